#ifndef JOURNAL_JOURNAL_H
#define JOURNAL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "event/bus.h"
#include "event/event.h"

/*
 * Everything that happened in a session: events.jsonl in its folder, one event a line, which only
 * ever grows. An event is on the disk before journal_add() returns, whole or not at all.
 *
 * Events form a tree by their parents. The head is the latest one on the branch we are on; a
 * head.moved is written beside the tree, and nothing ever follows one. Only an index is kept in
 * memory: lines are read when somebody asks for them.
 */
struct journal;

/* What the index knows of an event. */
struct journal_entry {
	int64_t id, parent, at_ms;
	int64_t to;     /* of a head.moved: the new head; 0: before everything */
	int64_t offset; /* of its line in the file */
	enum event_kind kind;
	enum gate gate; /* of a gate.answered, as is the answer */
	enum answer answer;
	bool redo; /* of a head.moved */
};

/* All of them in the order they happened, ids growing. Valid until the next journal_add(). */
struct journal_index {
	const struct journal_entry *entries;
	size_t count;
	int64_t head; /* 0: nothing has happened yet */
};

struct journal_options {
	bool read_only; /* takes no lock and changes nothing: for looking at a session in use */
	int64_t (*now_ms)(void *ctx); /* since 1970; NULL: the clock of the system */
	void *ctx;
};

/* What was mended on opening. The last line is torn when the power went while it was written. */
struct journal_report {
	int64_t lost_bytes; /* of that line */
	char cut_file[64];  /* in the session's folder: where they are kept; "": nowhere */
};

/*
 * The folder has to exist; without read_only the file is made if there is none. A session that
 * another process has open is a failure (ERR_IO), and so is a line that cannot be read, unless it
 * is the last: that one is cut off, and a copy of it kept.
 */
bool journal_open(struct journal **out, const char *dir, const struct journal_options *options,
                  struct journal_report *report, struct error *err);
void journal_close(struct journal *j);

/*
 * Sets the event's id, parent and time, saves it and moves the head. When the disk is full nothing
 * has changed, and the same may be tried again once there is room. A limit on file sizes is
 * reported like a full disk, provided that the program ignores SIGXFSZ.
 */
bool journal_add(struct journal *j, struct event *ev, struct error *err);

struct journal_index journal_index(const struct journal *j);
const struct journal_entry *journal_find(const struct journal_index *index, int64_t id);

/* One event by its id; what is read owns its strings. */
bool journal_read(struct event *out, struct journal *j, int64_t id, struct error *err);

/* fn hears of the events that lead to `head`, the first one first; or of all there are. */
bool journal_path(struct journal *j, int64_t head, event_fn fn, void *ctx, struct error *err);
bool journal_each(struct journal *j, event_fn fn, void *ctx, struct error *err);

/*
 * The way to `head` as a journal of its own in another folder, which has none yet. Events keep
 * their ids, since scripts are called by them; new ones go on above the highest.
 */
bool journal_copy(struct journal *j, int64_t head, const char *new_dir, struct error *err);

#endif
