#ifndef TUI_ROWS_H
#define TUI_ROWS_H

#include "tui/pane.h"

/*
 * A long list of which a part is seen: where it is scrolled to and which item the keys act on.
 * Items may be several rows high; only the heights of those on the screen are asked for, so a list
 * of 100,000 is as quick as one of ten. All zeros is a list at its top.
 *
 * At its tail it follows what is added; anywhere else it stands still.
 */
struct rows {
	size_t count, cursor;
	size_t top; /* the first item that is seen, */
	int skip;   /* and how many of its rows are above the edge */
	int seen;   /* rows of the screen */
	bool follows;
	int jump;    /* as it follows, by so many rows at a time: each time costs a repaint */
	bool wheels; /* scrolled away from the cursor by the wheel; until the cursor moves */
};

/* At least 1. */
typedef int (*rows_height_fn)(void *ctx, size_t item);

/* Before drawing: for a screen of so many rows, and so many items. */
void rows_fit(struct rows *r, size_t count, int screen_rows, rows_height_fn height, void *ctx);

/* Up, down (within an item that is higher than the screen: by rows), pages, ends and the wheel;
 * false for other moves, and where it went no further. */
bool rows_move(struct rows *r, enum move move, rows_height_fn height, void *ctx);

void rows_go(struct rows *r, size_t item); /* the cursor; into sight with the next rows_fit() */

/* The item at a row of the screen; count: none. */
size_t rows_at(const struct rows *r, int row, rows_height_fn height, void *ctx);

/* Items after the last that is seen. */
size_t rows_below(const struct rows *r, rows_height_fn height, void *ctx);

int rows_one(void *ctx, size_t item); /* the height of items that are a row each */

#endif
