#ifndef TUI_WRAP_H
#define TUI_WRAP_H

#include "base/strbuf.h"
#include "base/text.h"

/*
 * A text broken into rows of a width. It may grow at its end for the price of what is new, so words
 * can come one by one to a text of any length. All zeros is an empty one.
 */
struct wrap {
	struct strbuf text; /* clean */
	struct strbuf line; /* the last line as it came: how it is cleaned may depend on the rest */
	size_t line_at;     /* where that begins in the text */
	size_t cols;        /* of a row; 0: there are no rows yet */
	size_t *rows;       /* where each begins in the text */
	size_t count, cap;
	size_t fresh; /* from where on the text is not in rows */
};

/* As it came from a model or a file: it is made harmless here. */
void wrap_add(struct wrap *w, const char *s, size_t len);
void wrap_reset(struct wrap *w); /* empty it but keep the memory */
void wrap_release(struct wrap *w);

/* Break what is new, or all of it if the width is another; how many rows there are. */
size_t wrap_fit(struct wrap *w, size_t cols);

struct text_span wrap_row(const struct wrap *w, size_t row); /* after wrap_fit() */

#endif
