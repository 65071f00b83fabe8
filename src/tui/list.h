#ifndef TUI_LIST_H
#define TUI_LIST_H

#include "tui/house.h"

/*
 * A list over the screen to choose from: keys, sessions, what has gone wrong. Letters narrow it
 * down; the chosen one is given to `take`, and then it closes.
 */
struct list_item {
	const char *left;  /* "C-x", a name: in a column of its own */
	const char *right; /* what it is */
	const char *value; /* given to take(); NULL: cannot be taken */
};

struct list_options {
	const char *title;
	const struct list_item *items; /* copied */
	size_t count;
	void (*take)(void *ctx, const char *value);
	void *ctx;
};

void list_open(struct house *h, const struct list_options *options);

bool list_knows(const char *command); /* that a key can stand for in one */

#endif
