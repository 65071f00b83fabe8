#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <curses.h>
#include <stdbool.h>
#include <stddef.h>

#include "tui/caps.h"
#include "tui/theme.h"

/* A theme as this terminal shows it. */
struct looks {
	attr_t attrs[LOOK_COUNT];
	int pairs[LOOK_COUNT];
};

void looks_apply(struct looks *out, const struct theme *theme, int colors);

/*
 * A rectangle to draw in. Nothing gets outside of it, whatever the coordinates: rows and columns
 * count from its corner, may be negative, and what is not inside is not drawn. A character is drawn
 * whole or as a blank, and takes as many columns as text_cell_width() says in every terminal.
 *
 * U+00A0 is never drawn: a cell that holds it is a picture's.
 */
struct canvas {
	WINDOW *window;
	int top, left, rows, cols; /* in the window */
	const struct looks *looks;
	bool unicode; /* else frames are + - | and characters that are not sure are ? */
};

struct canvas canvas_of(WINDOW *window, const struct looks *looks, const struct term_caps *caps);
struct canvas canvas_part(const struct canvas *c, int row, int col, int rows, int cols);

/* One line, as text_clean() leaves it; at most `most` columns. How many it took, or would have. */
int canvas_text(const struct canvas *c, int row, int col, enum look look, const char *text,
                size_t len, int most);
int canvas_say(const struct canvas *c, int row, int col, enum look look, const char *text);

void canvas_fill(const struct canvas *c, int row, int col, int rows, int cols, enum look look);
/* Another look for what is there. */
void canvas_tint(const struct canvas *c, int row, int col, int cols, enum look look);

struct canvas_frame {
	const char *title; /* any may be NULL */
	const char *badge; /* above, at the right */
	const char *foot;  /* below, at the right */
	bool focused;
};

/* Around the canvas's own edge; what is inside is the result. */
struct canvas canvas_frame(const struct canvas *c, const struct canvas_frame *frame);
void canvas_rule(const struct canvas *c, int row, enum look look); /* across, joined to a frame */

/* Where one is in something long. */
struct canvas_scroll {
	size_t total, first, shown;
	const size_t *ticks; /* places worth a mark */
	size_t tick_count;
};

/* In one column; nothing at all when everything is seen. */
void canvas_scrollbar(const struct canvas *c, int col, const struct canvas_scroll *scroll);

/*
 * The first row to show of something that grows at its end, so that it moves `jump` rows at a time:
 * scrolling by one line repaints everything for each of them.
 */
size_t canvas_tail(size_t total, size_t shown, size_t jump);

#endif
