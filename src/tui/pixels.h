#ifndef TUI_PIXELS_H
#define TUI_PIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A picture whole in memory: red, green, blue, alpha, rows from the top. All zeros: none. */
struct pixels {
	int width, height;
	uint8_t *rgba;
};

enum {
	PIXELS_SIDE_MOST = 1 << 14, /* a PNG may claim 2^31 */
	PIXELS_MOST = 1 << 25,      /* 128 MB */
};

void pixels_release(struct pixels *p);

/* Replaces *out, all of it transparent black. Both sides have to be in 1 .. PIXELS_SIDE_MOST. */
void pixels_make(struct pixels *out, int width, int height);

void pixels_fill(struct pixels *p, uint32_t color); /* 0xrrggbb, opaque */

/* A PNG. Whatever the bytes are, it is read or refused. Replaces *out. */
bool pixels_read(struct pixels *out, const void *bytes, size_t len, struct error *err);
bool pixels_load(struct pixels *out, const char *path, struct error *err);

struct pixels_area {
	int x, y, width, height;
};

/*
 * The part of `from` that is looked at: at 100 percent the whole, at 200 a quarter of it around
 * the given point (of 1000 in both directions), moved so that it stays inside.
 */
struct pixels_area pixels_zoomed(const struct pixels *from, int percent, int x, int y);

/*
 * That part of `from`, as large as it can be in width x height, in the middle of an opaque
 * background (0xrrggbb). Replaces *out.
 */
void pixels_fit(struct pixels *out, const struct pixels *from, struct pixels_area area, int width,
                int height, uint32_t background);

/* The same, but all of width x height, whatever becomes of the shape. */
void pixels_stretch(struct pixels *out, const struct pixels *from, struct pixels_area area,
                    int width, int height, uint32_t background);

/* A part of `from` as it is. Replaces *out. */
void pixels_crop(struct pixels *out, const struct pixels *from, struct pixels_area area);

/* `from` onto `onto`, of which it hides what is below; what would be outside is left out. */
void pixels_paste(struct pixels *onto, const struct pixels *from, int x, int y);

/* Both of one size: what is left of x shows `before`, the rest stays; a line is between them. */
void pixels_wipe(struct pixels *onto, const struct pixels *before, int x);

/*
 * Both of one size: where they differ `onto` glows, elsewhere it is dimmed. The result is the
 * share of pixels that differ, 0 to 1; the noise of a renderer does not count.
 */
double pixels_differ(struct pixels *onto, const struct pixels *before);

/* The tile of a sheet for `count` pictures, side by side or in rows, whichever makes them larger.
 */
struct pixels_area pixels_tile(int count, int which, int width, int height);

#endif
