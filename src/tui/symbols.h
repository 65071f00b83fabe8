#ifndef TUI_SYMBOLS_H
#define TUI_SYMBOLS_H

#include <stdint.h>

#include "base/strbuf.h"
#include "tui/mask.h"
#include "tui/pixels.h"

/* A cell that shows a bit of a picture: 0xrrggbb, or numbers of the terminal's colors. */
struct symbol {
	uint32_t character;
	uint32_t foreground, background;
};

/* A picture made of characters, for terminals without graphics. All zeros: none. */
struct symbols {
	int rows, cols;
	int colors; /* 8, 16, 256 or 1 << 24 */
	struct symbol *cells;
};

/* Replaces *out. */
void symbols_make(struct symbols *out, const struct pixels *from, int rows, int cols, int colors);
void symbols_release(struct symbols *symbols);

/* The same of half blocks alone: what symbols_make() does without libchafa. */
void symbols_make_halves(struct symbols *out, const struct pixels *from, int rows, int cols,
                         int colors);

/* Adds that part, with its upper left cell at row, col of the screen. Ends with normal colors. */
void symbols_add(struct strbuf *out, const struct symbols *symbols, struct cells part, int row,
                 int col);

#endif
