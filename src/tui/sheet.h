#ifndef TUI_SHEET_H
#define TUI_SHEET_H

#include "base/blob.h"
#include "base/diff.h"
#include "tui/python.h"
#include "tui/story.h"

/*
 * A version of the script as rows to be shown: whole, or as what changed since another one. Every
 * line knows the version that wrote it.
 */
enum sheet_row_kind {
	SHEET_SAME,
	SHEET_ADDED,
	SHEET_REMOVED,
	SHEET_HUNK, /* the head of a hunk: text is the function it is in */
};

struct sheet_row {
	enum sheet_row_kind kind;
	size_t old_line, new_line; /* from 1; 0: not there */
	struct text_span text;     /* clean: no control codes, tabs set */
	struct python_state state; /* before this line */
	size_t word, word_len; /* what differs from its counterpart; len 0: all of it, or none */
	bool has_word;
	bool is_moved; /* the same line is gone, or has come, elsewhere */
	int64_t by;    /* the version that wrote it; 0: not known */
	size_t part;   /* the hunk it is in or, of a whole script, the function; from 1; 0: none */
};

struct sheet {
	struct sheet_row *rows;
	size_t count;
	size_t parts; /* a part's first row is its head */
	size_t added, removed;
	struct strbuf before, after; /* clean texts; rows point into these */
	struct diff diff;
};

/*
 * `base` NULL: the whole script. Replaces *out. Versions are read from the blobs; one that is
 * missing is a failure.
 */
struct sheet_options {
	const struct story_version *version, *base;
	size_t context_lines;
	bool has_blame;
};

/* The row that a part begins with, or `count`. */
size_t sheet_part(const struct sheet *sheet, size_t part);
bool sheet_is_head(const struct sheet *sheet, size_t row);

bool sheet_make(struct sheet *out, const struct blobs *blobs, const struct story *story,
                const struct sheet_options *options, struct error *err);
void sheet_release(struct sheet *sheet);

#endif
