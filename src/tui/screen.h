#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * ncurses, drawing into memory.
 *
 * It gets a file of ours for a terminal, so it can neither block nor write at a moment of its own
 * choosing, and it never touches the terminal's settings. Like ncurses itself, there is one of it.
 */
struct screen {
	FILE *file; /* NULL: not open */
	void *curses;
	bool has_alternate; /* the terminal has a second screen */
	int colors, pairs;
};

bool screen_open(struct screen *s, const char *term, int rows, int cols, struct error *err);
void screen_close(struct screen *s);

void screen_resize(struct screen *s, int rows, int cols);

/* What ncurses has to say since the last time. */
void screen_take(struct screen *s, struct strbuf *out);

#endif
