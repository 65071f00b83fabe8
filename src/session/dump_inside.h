#ifndef SESSION_DUMP_INSIDE_H
#define SESSION_DUMP_INSIDE_H

#include "base/diff.h"
#include "base/file.h"
#include "base/repo.h"
#include "event/state.h"
#include "event/tell.h"
#include "session/dump.h"

/* One dump while it is made: what all its writers read, and what each of them needs. */
struct dump {
	struct journal *journal;
	const struct blobs *blobs;
	int64_t head;
	const char *to;
	struct usage spent[ROLE_COUNT]; /* on all branches */
	struct state last;              /* at the head */
	struct state now;               /* with the event at hand in it */
	struct file_draft draft;
	struct strbuf out; /* on its way to the draft */

	const struct markup *markup; /* of a page */
	struct telling telling;
	struct bill bill;
	int64_t began_ms;
	struct strbuf pictures_dir;

	struct repo *repo; /* of a git folder */
	struct strbuf note, verdict;

	bool has_failed;
	struct error *err;
};

/* What comes once, for each event on the way to the head, and at the end. */
struct dump_writer {
	bool (*begin)(struct dump *d, struct error *err);
	bool (*event)(struct dump *d, const struct event *ev, struct error *err);
	bool (*end)(struct dump *d, struct error *err);
};

extern const struct dump_writer dump_markdown, dump_html, dump_lines, dump_git;

/* How a page says things; each adds to d->out. All texts come as models and people wrote them. */
struct markup {
	void (*begin)(struct dump *d, const char *title);
	void (*fact)(struct dump *d, const char *name, const char *value); /* rows of one table */
	void (*heading)(struct dump *d, const char *text);
	void (*entry)(struct dump *d, const struct telling *t, int64_t after_ms);
	void (*step)(struct dump *d, int64_t number);
	void (*diff)(struct dump *d, const struct diff *diff);
	void (*script)(struct dump *d, struct text_span text);
	void (*end)(struct dump *d);

	/* In a row, between two calls that open and close it. `bytes` is NULL: it is missing. */
	void (*pictures)(struct dump *d, bool open);
	bool (*picture)(struct dump *d, const char *name, const char *hash,
	                const struct strbuf *bytes, struct error *err);
};

extern const struct markup markdown, html;

/* The same for every page, whatever its markup. */
bool page_begin(struct dump *d, const struct markup *markup, struct error *err);
bool page_event(struct dump *d, const struct event *ev, struct error *err);
bool page_end(struct dump *d, struct error *err);

/* "image/png", or NULL for what is no picture we know. */
const char *dump_picture_type(const struct strbuf *bytes);

bool dump_is_step(const struct dump *d, const struct event *ev);
bool dump_flush(struct dump *d, struct error *err);

#endif
