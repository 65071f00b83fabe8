#ifndef TUI_REMARKS_H
#define TUI_REMARKS_H

#include "tui/find.h"
#include "tui/marks.h"
#include "tui/rows.h"

/*
 * Short texts under each other, each with a sign before it: what a critique or a row of checks
 * looks like. They are put together anew for every frame; where one is in them stays.
 */
struct remark {
	enum look look;
	enum mark mark; /* MARK_COUNT: none */
	char *text;     /* clean */
	char *about;    /* the part of the asset; NULL: none */
};

struct remarks {
	struct remark *items;
	size_t count;
	struct rows rows;
	int cols;
	bool has_cursor; /* somebody has moved in it */
	char *search;
};

void remarks_clear(struct remarks *r);
void remarks_release(struct remarks *r);

/* The words may be a model's. Nothing is added for an empty text. */
void remarks_add(struct remarks *r, enum look look, enum mark mark, const char *fmt, ...)
	PRINTF_LIKE(4, 5);

void remarks_about(struct remarks *r, const char *part); /* the last that was added is about it */

/* What the one under the cursor is about; NULL: no part. */
const char *remarks_part(const struct remarks *r);

void remarks_draw(struct remarks *r, const struct canvas *on);
void remarks_foot(struct remarks *r, struct strbuf *out);

/* As those of a pane. The next and the previous thing are those that are not good. */
bool remarks_move(struct remarks *r, enum move move);
void remarks_click(struct remarks *r, int row);
struct matches remarks_find(struct remarks *r, const char *text, int by);
bool remarks_copy(const struct remarks *r, struct strbuf *out);

#endif
