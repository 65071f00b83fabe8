#ifndef BASE_DIFF_H
#define BASE_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

/*
 * What changed between two texts, line by line, in hunks with a few lines of context.
 *
 * The diff owns copies of the lines it shows, so the texts may go. Lines are counted from 1; a
 * line that a side does not have has number 0 there.
 */
enum diff_kind {
	DIFF_SAME,
	DIFF_REMOVED,
	DIFF_ADDED,
};

struct diff_line {
	enum diff_kind kind;
	size_t old_line, new_line;
	struct text_span text; /* without its LF */
	bool is_open;          /* the last of its text, and no LF ends it */
};

struct diff_hunk {
	size_t old_start, old_count; /* where the count is 0, the start is the line before */
	size_t new_start, new_count;
	const struct diff_line *lines;
	size_t line_count;
	size_t added, removed;
};

struct diff {
	struct diff_hunk *hunks;
	size_t hunk_count;
	struct diff_line *lines; /* of all hunks */
	size_t line_count;
	size_t added, removed;
	char *text; /* what the lines point into */
};

enum {
	DIFF_BYTES_MAX = 16 << 20,
	DIFF_CONTEXT_MAX = 1000,
};

/* Fails only for texts over the limit; equal texts have no hunks. */
bool diff_make(struct diff *out, struct text_span before, struct text_span after,
               size_t context_lines, struct error *err);
void diff_release(struct diff *diff);

/* In the form that patch(1) reads; nothing when there are no hunks. */
void diff_write(struct strbuf *out, const struct diff *diff, const char *old_label,
                const char *new_label);

#endif
