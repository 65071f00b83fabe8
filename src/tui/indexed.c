/* From pixels to numbers of a palette, and parts of such pictures. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/palette.h"
#include "tui/runs.h"

/* The nearest color to each of 2^18, found when first asked for. */
struct lookup {
	const struct palette *palette;
	int16_t *found; /* -1: not yet */
};

static int distance(const uint8_t color[3], const int rgb[3])
{
	int r = rgb[0] - color[0], g = rgb[1] - color[1], b = rgb[2] - color[2];

	return r * r + g * g + b * b;
}

static int find_nearest(const struct palette *palette, const int rgb[3])
{
	int least = INT32_MAX, nearest = 0;

	for (int i = 0; i < palette->count; i++) {
		int this = distance(palette->colors[i], rgb);

		if (this < least) {
			least = this;
			nearest = i;
		}
	}
	return nearest;
}

static int look_up(const struct lookup *lookup, const int rgb[3])
{
	int16_t *found = &lookup->found[rgb[0] >> 2 << 12 | rgb[1] >> 2 << 6 | rgb[2] >> 2];

	if (*found < 0) {
		const int middle[3] = { (rgb[0] & ~3) | 2, (rgb[1] & ~3) | 2, (rgb[2] & ~3) | 2 };

		*found = (int16_t)find_nearest(lookup->palette, middle);
	}
	return *found;
}

static struct lookup lookup_make(const struct palette *palette)
{
	struct lookup lookup = { palette, xcalloc(1 << 18, sizeof(*lookup.found)) };

	memset(lookup.found, 0xff, (1 << 18) * sizeof(*lookup.found));
	return lookup;
}

static void map_plain(struct indexed *out, const struct pixels *from, const struct lookup *lookup)
{
	const uint8_t *in = from->rgba;

	for (size_t i = 0; i < (size_t)out->width * (size_t)out->height; i++, in += 4) {
		const int rgb[3] = { in[0], in[1], in[2] };

		out->indices[i] = (uint8_t)look_up(lookup, rgb);
	}
}

static int clamp_byte(int value)
{
	return value < 0 ? 0 : value > 255 ? 255 : value;
}

/* Floyd and Steinberg at half strength: as smooth to the eye, and two thirds of the bytes. */
static void dither_row(struct indexed *out, const struct pixels *from, const struct lookup *lookup,
                       int y, int *here, int *below)
{
	int step = y % 2 ? -1 : 1;

	for (int i = 0, x = y % 2 ? out->width - 1 : 0; i < out->width; i++, x += step) {
		size_t at = (size_t)y * (size_t)out->width + (size_t)x;
		const uint8_t *in = from->rgba + 4 * at;
		int rgb[3], index;

		for (int k = 0; k < 3; k++)
			rgb[k] = clamp_byte(in[k] + here[3 * (x + 1) + k] / 32);
		index = look_up(lookup, rgb);
		out->indices[at] = (uint8_t)index;
		for (int k = 0; k < 3; k++) {
			int error = rgb[k] - out->palette.colors[index][k];

			here[3 * (x + 1 + step) + k] += 7 * error;
			below[3 * (x + 1 - step) + k] += 3 * error;
			below[3 * (x + 1) + k] += 5 * error;
			below[3 * (x + 1 + step) + k] += error;
		}
	}
}

static void map_dithered(struct indexed *out, const struct pixels *from,
                         const struct lookup *lookup)
{
	size_t size = 3 * ((size_t)out->width + 2) * sizeof(int);
	int *here = xcalloc(1, size), *below = xcalloc(1, size);

	for (int y = 0; y < out->height; y++) {
		int *done = here;

		dither_row(out, from, lookup, y, here, below);
		here = below;
		below = done;
		memset(below, 0, size);
	}
	free(here);
	free(below);
}

static void make(struct indexed *out, int width, int height)
{
	indexed_release(out);
	out->width = width;
	out->height = height;
	out->indices = xcalloc((size_t)width, (size_t)height);
}

void indexed_make(struct indexed *out, const struct pixels *from,
                  const struct palette_options *options)
{
	struct lookup lookup;

	make(out, from->width, from->height);
	palette_make(&out->palette, from, options->colors);
	if (options->price > 0) {
		runs_map(out, from, options->price);
		return;
	}
	lookup = lookup_make(&out->palette);
	(options->is_dithered ? map_dithered : map_plain)(out, from, &lookup);
	free(lookup.found);
}

void indexed_release(struct indexed *image)
{
	free(image->indices);
	*image = (struct indexed){ 0 };
}

void indexed_crop(struct indexed *out, const struct indexed *from, struct pixels_area area)
{
	int renamed[256];
	uint8_t *index;

	make(out, area.width, area.height);
	memset(renamed, -1, sizeof(renamed));
	index = out->indices;
	for (int y = 0; y < area.height; y++) {
		const uint8_t *in =
			from->indices + (size_t)(area.y + y) * (size_t)from->width + (size_t)area.x;

		for (int x = 0; x < area.width; x++, in++, index++) {
			if (renamed[*in] < 0) {
				renamed[*in] = out->palette.count;
				memcpy(out->palette.colors[out->palette.count++],
				       from->palette.colors[*in], 3);
			}
			*index = (uint8_t)renamed[*in];
		}
	}
}
