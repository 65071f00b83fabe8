#ifndef TUI_CURSES_H
#define TUI_CURSES_H

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
struct curses {
	FILE *file; /* NULL: not open */
	void *screen;
	bool has_alternate; /* the terminal has a second screen */
	int colors, pairs;
};

bool curses_open(struct curses *s, const char *term, int rows, int cols, struct error *err);
void curses_close(struct curses *s);

void curses_resize(struct curses *s, int rows, int cols);

/* What ncurses has to say since the last time. */
void curses_take(struct curses *s, struct strbuf *out);

#endif
