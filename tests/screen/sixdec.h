#ifndef SCREEN_SIXDEC_H
#define SCREEN_SIXDEC_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/pixels.h"

/*
 * A strict reader of sixels, as terminals with direct colors do it: a pixel keeps the color its
 * register had when it was painted. Shares nothing with what wrote them. All zeros: empty.
 */
struct sixdec {
	struct pixels pixels; /* alpha 0: not painted */
	int mistakes;         /* bytes that mean nothing, registers without a color */
	int registers;        /* painted with */
	size_t len;           /* of the whole sequence, its end included */
};

/* `bytes` begin with ESC P. False: not sixels, larger than the raster says, or not all there. */
bool sixdec_read(struct sixdec *out, const char *bytes, size_t len);
void sixdec_release(struct sixdec *picture);

/* How close `seen` comes to `meant`, in dB; 99: the same. The sizes have to be. */
double sixdec_psnr(const struct pixels *seen, const struct pixels *meant);

#endif
