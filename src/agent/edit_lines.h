#ifndef AGENT_EDIT_LINES_H
#define AGENT_EDIT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* What one edit_apply() works with. */
struct edit_work {
	struct edit_chunk *chunks; /* memory of the lines that were made */
	size_t steps;              /* what may still be spent; hostile input ends here */
	bool has_tabs;             /* the script is indented by tabs */
	bool has_cr;               /* its lines end in CRLF */
};

bool edit_spend(struct edit_work *work, size_t steps); /* false: too much */
void edit_work_release(struct edit_work *work);

enum line_kind {
	LINE_BLANK,
	LINE_COMMENT,
	LINE_CODE,
};

/* A line seen in the ways in which it is compared. The bytes live elsewhere. */
struct line {
	struct text_span raw;  /* as it is, without its end */
	struct text_span body; /* without blanks at both ends */
	struct text_span key;  /* body with single spaces and plain punctuation */
	size_t indent;         /* in columns, a tab to every fourth */
	enum line_kind kind;
	bool has_cr;
};

struct lines {
	struct line *all;
	size_t count;
	size_t cap; /* 0 while `all` is part of someone else's */
};

struct line edit_line_read(struct edit_work *work, struct text_span raw);

/* The same line `indent` columns in, in the way the script indents. */
struct line line_made(struct edit_work *work, struct text_span body, size_t indent);

/* Its text with plain quotes, dashes and spaces; the same bytes if they were plain. */
struct text_span line_plain(struct edit_work *work, struct text_span text);

bool line_is_ellipsis(const struct line *line); /* `...`, or a comment that begins so */
bool span_equals(struct text_span a, struct text_span b);

void lines_read(struct lines *out, struct edit_work *work, struct text_span text,
                size_t most_lines);
void lines_push(struct lines *lines, struct line line);
void lines_add(struct lines *lines, const struct lines *from, size_t start, size_t end);
struct lines lines_part(const struct lines *lines, size_t start, size_t end); /* borrowed */
struct lines lines_trimmed(const struct lines *lines); /* without blank ones around; borrowed */
bool lines_equal(const struct lines *a, const struct lines *b);
void lines_write(struct strbuf *out, const struct lines *lines, bool ends_line);
void lines_release(struct lines *lines);

#endif
