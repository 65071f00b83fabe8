#include "tui/pixels.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/strbuf.h"

enum {
	FILE_MOST = 64 << 20,
	NOISE_MOST = 12, /* of 255: what two renders of one scene differ by */
	TILE_GAP = 4,
};

void pixels_release(struct pixels *p)
{
	free(p->rgba);
	*p = (struct pixels){ 0 };
}

static size_t bytes_of(const struct pixels *p)
{
	return 4 * (size_t)p->width * (size_t)p->height;
}

static uint8_t *pixel_at(const struct pixels *p, int x, int y)
{
	return p->rgba + 4 * ((size_t)y * (size_t)p->width + (size_t)x);
}

void pixels_make(struct pixels *out, int width, int height)
{
	if (width < 1 || height < 1 || width > PIXELS_SIDE_MOST || height > PIXELS_SIDE_MOST)
		BUG("a picture of %d x %d", width, height);
	pixels_release(out);
	out->width = width;
	out->height = height;
	out->rgba = xcalloc(bytes_of(out), 1);
}

void pixels_fill(struct pixels *p, uint32_t color)
{
	const uint8_t rgba[4] = { (uint8_t)(color >> 16), (uint8_t)(color >> 8), (uint8_t)color,
		                  255 };

	for (size_t i = 0; i < (size_t)p->width * (size_t)p->height; i++)
		memcpy(p->rgba + 4 * i, rgba, 4);
}

static bool is_size_fine(const png_image *image, struct error *err)
{
	if (image->width <= PIXELS_SIDE_MOST && image->height <= PIXELS_SIDE_MOST &&
	    (uint64_t)image->width * image->height <= PIXELS_MOST)
		return true;
	return failed(err, ERR_PROTOCOL, "%u x %u pixels are too many to show",
	              (unsigned)image->width, (unsigned)image->height);
}

/*
 * Straight through libpng, although libsixel could load files, too: its loader tries a dozen
 * formats with built-in decoders that had memory errors every year, and reading JPEG is not worth
 * that. Our views are PNG.
 */
bool pixels_read(struct pixels *out, const void *bytes, size_t len, struct error *err)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	bool ok;

	if (len < 8 || png_sig_cmp(bytes, 0, 8) != 0)
		return failed(err, ERR_PROTOCOL, "this is not a PNG picture");
	if (!png_image_begin_read_from_memory(&image, bytes, len))
		return failed(err, ERR_PROTOCOL, "this PNG is damaged: %s", image.message);
	ok = is_size_fine(&image, err);
	if (ok) {
		pixels_make(out, (int)image.width, (int)image.height);
		image.format = PNG_FORMAT_RGBA;
		if (!png_image_finish_read(&image, NULL, out->rgba, 0, NULL)) {
			pixels_release(out);
			ok = failed(err, ERR_PROTOCOL, "this PNG is damaged: %s", image.message);
		}
	}
	png_image_free(&image);
	return ok;
}

bool pixels_load(struct pixels *out, const char *path, struct error *err)
{
	struct strbuf bytes = { 0 };
	bool ok = file_read(&bytes, path, FILE_MOST, err) &&
	          pixels_read(out, strbuf_str(&bytes), bytes.len, err);

	strbuf_release(&bytes);
	return ok;
}

static int clamp(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

struct pixels_area pixels_zoomed(const struct pixels *from, int percent, int x, int y)
{
	struct pixels_area area;

	percent = clamp(percent, 100, 6400);
	area.width = clamp(from->width * 100 / percent, 1, from->width);
	area.height = clamp(from->height * 100 / percent, 1, from->height);
	area.x = clamp(from->width * clamp(x, 0, 1000) / 1000 - area.width / 2, 0,
	               from->width - area.width);
	area.y = clamp(from->height * clamp(y, 0, 1000) / 1000 - area.height / 2, 0,
	               from->height - area.height);
	return area;
}

void pixels_crop(struct pixels *out, const struct pixels *from, struct pixels_area area)
{
	pixels_make(out, area.width, area.height);
	for (int y = 0; y < area.height; y++)
		memcpy(pixel_at(out, 0, y), pixel_at(from, area.x, area.y + y),
		       4 * (size_t)area.width);
}

void pixels_paste(struct pixels *onto, const struct pixels *from, int x, int y)
{
	int left = clamp(-x, 0, from->width), right = clamp(onto->width - x, left, from->width);
	int top = clamp(-y, 0, from->height), end = clamp(onto->height - y, top, from->height);

	for (int row = top; row < end && left < right; row++)
		memcpy(pixel_at(onto, x + left, y + row), pixel_at(from, left, row),
		       4 * (size_t)(right - left));
}

void pixels_wipe(struct pixels *onto, const struct pixels *before, int x)
{
	x = clamp(x, 0, onto->width);
	for (int y = 0; y < onto->height; y++) {
		memcpy(pixel_at(onto, 0, y), pixel_at(before, 0, y), 4 * (size_t)x);
		/* White between black, to be seen on any picture. */
		for (int i = -2; i < 2; i++)
			if (x + i >= 0 && x + i < onto->width)
				memset(pixel_at(onto, x + i, y), i == -2 || i == 1 ? 0 : 255, 3);
	}
}

static void glow(uint8_t rgb[3], int difference)
{
	/* From blue over red to yellow gets brighter all the way: no color has to be told apart. */
	static const uint8_t stops[][3] = {
		{ 40, 40, 110 },  { 130, 40, 140 },  { 220, 60, 70 },
		{ 250, 150, 30 }, { 255, 250, 150 },
	};
	const int last = (int)COUNT(stops) - 1;
	int at = clamp(difference, 0, 255) * last, low = at / 255;
	int high = low < last ? low + 1 : last;

	for (int i = 0; i < 3; i++)
		rgb[i] =
			(uint8_t)((stops[low][i] * (255 - at % 255) + stops[high][i] * (at % 255)) /
		                  255);
}

/* Of a pixel and its neighbours, because noise averages out and an edge that moved does not. */
static int difference_around(const struct pixels *a, const struct pixels *b, int x, int y)
{
	int sums[3] = { 0 }, count = 0, most = 0;

	for (int v = clamp(y - 1, 0, y); v <= y + 1 && v < a->height; v++)
		for (int u = clamp(x - 1, 0, x); u <= x + 1 && u < a->width; u++, count++)
			for (int i = 0; i < 3; i++)
				sums[i] += pixel_at(a, u, v)[i] - pixel_at(b, u, v)[i];
	for (int i = 0; i < 3; i++)
		if (abs(sums[i]) > most)
			most = abs(sums[i]);
	return most / count;
}

double pixels_differ(struct pixels *onto, const struct pixels *before)
{
	struct pixels after = { 0 };
	size_t count = 0;

	pixels_crop(&after, onto, (struct pixels_area){ 0, 0, onto->width, onto->height });
	for (int y = 0; y < onto->height; y++)
		for (int x = 0; x < onto->width; x++) {
			int by = difference_around(&after, before, x, y);
			uint8_t *rgb = pixel_at(onto, x, y);
			int gray = (rgb[0] * 2 + rgb[1] * 5 + rgb[2]) / 24;

			if (by > NOISE_MOST) {
				glow(rgb, by * 2);
				count++;
			} else {
				memset(rgb, gray, 3);
			}
		}
	pixels_release(&after);
	return (double)count / ((double)onto->width * onto->height);
}

/* Square pictures in mind: more columns until the rows would be lower than the columns narrow. */
struct pixels_area pixels_tile(int count, int which, int width, int height)
{
	int columns = 1, rows, best = 0, best_columns = 1;

	for (; columns <= count; columns++) {
		int side = width / columns;

		rows = (count + columns - 1) / columns;
		if (height / rows < side)
			side = height / rows;
		if (side > best) {
			best = side;
			best_columns = columns;
		}
	}
	rows = (count + best_columns - 1) / best_columns;
	return (struct pixels_area){
		.x = width * (which % best_columns) / best_columns,
		.y = height * (which / best_columns) / rows,
		.width = clamp(width / best_columns - TILE_GAP, 1, width),
		.height = clamp(height / rows - TILE_GAP, 1, height),
	};
}
