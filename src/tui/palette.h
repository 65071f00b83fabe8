#ifndef TUI_PALETTE_H
#define TUI_PALETTE_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/pixels.h"

/* At most 256 colors, each of them one that a sixel can name: whole percents of red, green, blue.
 */
struct palette {
	int count;
	uint8_t colors[256][3];
};

/* A picture as numbers of its palette's colors. All zeros: none. */
struct indexed {
	int width, height;
	uint8_t *indices;
	struct palette palette;
};

/*
 * Bytes are saved where neighbors have the same color, so a change of color may have a price, in
 * squared error: 0 takes the nearest color for each pixel, at 1000 only what is clearly different
 * has another one. Dithering is for few colors and no price.
 */
struct palette_options {
	int colors; /* 2 .. 256 */
	int price;
	bool is_dithered;
};

/* The colors that stand for the pixels with the least error. */
void palette_make(struct palette *out, const struct pixels *from, int colors);

/* Replaces *out. Alpha is not looked at. */
void indexed_make(struct indexed *out, const struct pixels *from,
                  const struct palette_options *options);
void indexed_release(struct indexed *image);

/* That part, with only the colors it has. Replaces *out. */
void indexed_crop(struct indexed *out, const struct indexed *from, struct pixels_area area);

#endif
