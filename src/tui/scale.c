/*
 * Scaling: each pixel of the result is the mean of the area it covers; where the picture gets
 * larger, a mix of the two nearest pixels in each direction. First the columns, then the rows.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/pixels.h"

enum {
	ONE = 1 << 14, /* the weights of one pixel add up to this */
};

/* Which pixels of a line make one of the result. */
struct tap {
	int first, count;
	const uint16_t *weights;
};

struct taps {
	struct tap *at;
	uint16_t *weights;
};

/* How much pixel i counts for the one whose middle is there in the original. */
static double weight(int i, double middle, double scale)
{
	if (scale > 1)
		return fmax(0, fmin(i + 1, middle + scale / 2) - fmax(i, middle - scale / 2));
	return fmax(0, 1 - fabs(i + 0.5 - middle));
}

/* Rounds the running sum, not each weight, so that they add up to ONE however many there are. */
static void fill_weights(uint16_t *out, struct tap *tap, double middle, double scale)
{
	double whole = 0, sum = 0;
	long before = 0;

	for (int i = 0; i < tap->count; i++)
		whole += weight(tap->first + i, middle, scale);
	for (int i = 0; i < tap->count; i++) {
		long now;

		sum += weight(tap->first + i, middle, scale);
		now = lround(sum / whole * ONE);
		out[i] = (uint16_t)(now - before);
		before = now;
	}
	tap->weights = out;
}

static struct taps make_taps(int from, int to)
{
	double scale = (double)from / to, reach = scale > 1 ? scale / 2 : 1;
	int most = (int)(2 * reach) + 3;
	struct taps taps = {
		.at = xcalloc((size_t)to, sizeof(*taps.at)),
		.weights = xcalloc((size_t)to * (size_t)most, sizeof(*taps.weights)),
	};

	for (int i = 0; i < to; i++) {
		struct tap *tap = &taps.at[i];
		double middle = (i + 0.5) * scale;
		int first = (int)floor(middle - reach), end = (int)ceil(middle + reach);

		tap->first = first < 0 ? 0 : first;
		tap->count = (end > from ? from : end) - tap->first;
		fill_weights(taps.weights + (size_t)i * (size_t)most, tap, middle, scale);
	}
	return taps;
}

static void taps_release(struct taps *taps)
{
	free(taps->at);
	free(taps->weights);
}

/* 8.8 bits of each color, of a pixel that stands on the background. */
static void flatten(uint16_t out[3], const uint8_t rgba[4], uint32_t background)
{
	for (int i = 0; i < 3; i++) {
		unsigned below = background >> (16 - 8 * i) & 0xff;
		unsigned mixed = rgba[i] * rgba[3] + below * (255u - rgba[3]);

		out[i] = (uint16_t)(mixed * 256 / 255);
	}
}

static void scale_row(uint16_t *out, const uint16_t *flat, const struct tap taps[], int width)
{
	for (int x = 0; x < width; x++, out += 3) {
		const uint16_t *in = flat + 3 * (size_t)taps[x].first;
		uint32_t sums[3] = { ONE / 2, ONE / 2, ONE / 2 };

		for (int i = 0; i < taps[x].count; i++, in += 3)
			for (int k = 0; k < 3; k++)
				sums[k] += (uint32_t)in[k] * taps[x].weights[i];
		for (int k = 0; k < 3; k++)
			out[k] = (uint16_t)(sums[k] / ONE);
	}
}

static void scale_column(uint8_t *rgba, const uint16_t *in, const struct tap *tap, size_t step)
{
	uint32_t sums[3] = { 128 * ONE, 128 * ONE, 128 * ONE };

	for (int i = 0; i < tap->count; i++, in += step)
		for (int k = 0; k < 3; k++)
			sums[k] += (uint32_t)in[k] * tap->weights[i];
	for (int k = 0; k < 3; k++)
		rgba[k] = (uint8_t)(sums[k] / ONE >> 8 > 255 ? 255 : sums[k] / ONE >> 8);
	rgba[3] = 255;
}

static uint16_t *scale_rows(const struct pixels *from, struct pixels_area area, int width,
                            uint32_t background)
{
	struct taps taps = make_taps(area.width, width);
	uint16_t *flat = xcalloc(3 * (size_t)area.width, sizeof(*flat));
	uint16_t *rows = xcalloc(3 * (size_t)width * (size_t)area.height, sizeof(*rows));

	for (int y = 0; y < area.height; y++) {
		const uint8_t *rgba = from->rgba + 4 * ((size_t)(area.y + y) * (size_t)from->width +
		                                        (size_t)area.x);

		for (int x = 0; x < area.width; x++)
			flatten(flat + 3 * (size_t)x, rgba + 4 * (size_t)x, background);
		scale_row(rows + 3 * (size_t)y * (size_t)width, flat, taps.at, width);
	}
	free(flat);
	taps_release(&taps);
	return rows;
}

void pixels_stretch(struct pixels *out, const struct pixels *from, struct pixels_area area,
                    int width, int height, uint32_t background)
{
	uint16_t *rows = scale_rows(from, area, width, background);
	struct taps taps = make_taps(area.height, height);
	size_t step = 3 * (size_t)width;

	pixels_make(out, width, height);
	for (int y = 0; y < out->height; y++) {
		const uint16_t *in = rows + (size_t)taps.at[y].first * step;
		uint8_t *rgba = out->rgba + 4 * (size_t)y * (size_t)out->width;

		for (int x = 0; x < out->width; x++)
			scale_column(rgba + 4 * (size_t)x, in + 3 * (size_t)x, &taps.at[y], step);
	}
	taps_release(&taps);
	free(rows);
}

void pixels_fit(struct pixels *out, const struct pixels *from, struct pixels_area area, int width,
                int height, uint32_t background)
{
	double by = fmin((double)width / area.width, (double)height / area.height);
	struct pixels scaled = { 0 };

	pixels_stretch(&scaled, from, area, (int)fmax(1, round(area.width * by)),
	               (int)fmax(1, round(area.height * by)), background);
	pixels_make(out, width, height);
	pixels_fill(out, background);
	pixels_paste(out, &scaled, (width - scaled.width) / 2, (height - scaled.height) / 2);
	pixels_release(&scaled);
}
