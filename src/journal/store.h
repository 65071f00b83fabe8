#ifndef JOURNAL_STORE_H
#define JOURNAL_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * A file of lines that only grows: events.jsonl and the lock beside it. A line that was added is
 * on the disk; one that could not be added has left no trace.
 */
struct store {
	char *dir; /* for messages only: the folder may be renamed while it is open */
	int dir_fd, lock_fd, fd;
	int64_t end; /* what lies behind it is not ours */
	bool read_only;
	bool broken; /* half a line stands at the end and cannot be taken away */
	char *window;
	size_t window_len, window_cap;
	int64_t window_at;
};

/* All zeros is no store, and may be closed. */
bool store_open(struct store *s, const char *dir, bool read_only, struct error *err);
void store_close(struct store *s);

/* One line without its LF: the bytes are borrowed until the next call. */
struct store_line {
	const char *text;
	size_t len;
	int64_t next; /* where the line after it begins */
	bool ended;   /* by a LF; only the last line may lack it */
};

#define STORE_MOST_LINE (16u << 20)

/* The line that begins at `offset`, which lies before the end. */
bool store_line(struct store_line *out, struct store *s, int64_t offset, struct error *err);

/* `line` comes with its LF. */
bool store_add(struct store *s, const char *line, size_t len, struct error *err);

/* Take what follows `from` away, and keep a copy of it in a file called `name`. */
bool store_cut(struct store *s, int64_t from, char *name, size_t size, struct error *err);

struct store_range {
	int64_t from, until;
};

/* Those parts of it make the file of another folder that has none yet: all of them or nothing. */
bool store_copy(const struct store *s, const struct store_range *ranges, size_t count,
                const char *dir, struct error *err);

#endif
