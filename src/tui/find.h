#ifndef TUI_FIND_H
#define TUI_FIND_H

#include "base/text.h"
#include "tui/pane.h"

/*
 * Searching a list whose items are texts. Smart case: capitals matter as soon as there are any in
 * what is looked for.
 */
struct finder {
	size_t count;
	size_t from; /* the item to begin at */
	/* Borrowed until the next call. */
	struct text_span (*text)(void *ctx, size_t item);
	void *ctx;
};

/* `by` 0: `from` itself or the next after it; else so many matches on, round the end. */
struct matches find_item(size_t *item, const struct finder *in, const char *what, int by);

bool find_has(struct text_span text, const char *what);

/* The first match that begins at *at or after it. */
bool find_next(struct text_span text, const char *what, size_t *at);

/* Show the matches in a text that has been drawn there; `what` may be NULL. */
void find_tint(const struct canvas *c, int row, int col, struct text_span text, const char *what);

#endif
