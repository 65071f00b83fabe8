#include "tui/picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"

/* The most that may stay in memory because it might be needed again. */
enum {
	KEPT_PIXELS_MOST = 1 << 22,
};

void picture_name(struct strbuf *out, const struct picture *picture)
{
	strbuf_addf(out, "%d %d %d,%d %d", (int)picture->way, picture->zoom_percent,
	            picture->zoom_x, picture->zoom_y, picture->wipe);
	for (int i = 0; i < picture->count; i++)
		strbuf_addf(out, " %zu:%s", strlen(picture->files[i]), picture->files[i]);
}

void picture_copy(struct picture *out, const struct picture *from)
{
	struct picture copy = *from;

	for (int i = 0; i < from->count; i++)
		copy.files[i] = xstrdup(from->files[i]);
	copy.words = from->words ? xstrdup(from->words) : NULL;
	picture_release(out);
	*out = copy;
}

void picture_release(struct picture *copy)
{
	for (int i = 0; i < copy->count; i++)
		free((char *)copy->files[i]);
	free((char *)copy->words);
	*copy = (struct picture){ 0 };
}

void picture_files_release(struct picture_files *files)
{
	for (size_t i = 0; i < COUNT(files->kept); i++) {
		free(files->kept[i].path);
		pixels_release(&files->kept[i].pixels);
	}
	*files = (struct picture_files){ 0 };
}

/* Valid until the next call: a large file takes the place of whatever was used longest ago. */
static const struct pixels *load(struct picture_files *files, const char *path, struct error *err)
{
	size_t oldest = 0;

	files->turn++;
	for (size_t i = 0; i < COUNT(files->kept); i++) {
		if (files->kept[i].path && strcmp(files->kept[i].path, path) == 0) {
			files->kept[i].used = files->turn;
			return &files->kept[i].pixels;
		}
		if (files->kept[i].used < files->kept[oldest].used)
			oldest = i;
	}
	free(files->kept[oldest].path);
	files->kept[oldest].path = NULL;
	if (!pixels_load(&files->kept[oldest].pixels, path, err))
		return NULL;
	files->kept[oldest].path = xstrdup(path);
	files->kept[oldest].used = files->turn;
	return &files->kept[oldest].pixels;
}

static void forget_large(struct picture_files *files)
{
	for (size_t i = 0; i < COUNT(files->kept); i++) {
		struct pixels *pixels = &files->kept[i].pixels;

		if ((long)pixels->width * pixels->height <= KEPT_PIXELS_MOST)
			continue;
		pixels_release(pixels);
		free(files->kept[i].path);
		files->kept[i].path = NULL;
		files->kept[i].used = 0;
	}
}

static bool draw_file(struct pixels *out, const struct picture *picture, int which,
                      const struct picture_canvas *canvas, struct picture_files *files,
                      struct error *err)
{
	const struct pixels *pixels = load(files, picture->files[which], err);
	int percent = picture->zoom_percent ? picture->zoom_percent : 100;

	if (!pixels)
		return false;
	pixels_fit(out, pixels, pixels_zoomed(pixels, percent, picture->zoom_x, picture->zoom_y),
	           canvas->width, canvas->height, canvas->background);
	return true;
}

static bool draw_sheet(struct pixels *out, const struct picture *picture,
                       const struct picture_canvas *canvas, struct picture_files *files,
                       struct error *err)
{
	struct pixels tile = { 0 };
	bool ok = true;

	pixels_make(out, canvas->width, canvas->height);
	pixels_fill(out, canvas->background);
	for (int i = 0; ok && i < picture->count; i++) {
		struct pixels_area area =
			pixels_tile(picture->count, i, canvas->width, canvas->height);
		struct picture_canvas inside = { area.width, area.height, canvas->background };

		ok = draw_file(&tile, picture, i, &inside, files, err);
		if (ok)
			pixels_paste(out, &tile, area.x, area.y);
	}
	pixels_release(&tile);
	return ok;
}

/* *onto is the second file. */
static bool draw_before(struct pixels *onto, double *difference, const struct picture *picture,
                        const struct picture_canvas *canvas, struct picture_files *files,
                        struct error *err)
{
	struct pixels before = { 0 };
	bool ok = draw_file(&before, picture, 0, canvas, files, err);

	if (ok && picture->way == PICTURE_WIPE)
		pixels_wipe(onto, &before, canvas->width * picture->wipe / 1000);
	else if (ok)
		*difference = pixels_differ(onto, &before);
	pixels_release(&before);
	return ok;
}

bool picture_draw(struct pixels *out, double *difference, const struct picture *picture,
                  const struct picture_canvas *canvas, struct picture_files *files,
                  struct error *err)
{
	bool is_pair = picture->way == PICTURE_WIPE || picture->way == PICTURE_DIFFERENCE;
	bool ok;

	*difference = 0;
	if (picture->count < (is_pair ? 2 : 1) || picture->count > PICTURE_FILES_MOST)
		return failed(err, ERR_USAGE, "there is no picture to show");
	if (picture->way == PICTURE_SHEET)
		ok = draw_sheet(out, picture, canvas, files, err);
	else if (is_pair)
		ok = draw_file(out, picture, 1, canvas, files, err) &&
		     draw_before(out, difference, picture, canvas, files, err);
	else
		ok = draw_file(out, picture, 0, canvas, files, err);
	forget_large(files);
	return ok;
}
