#include "config.h"

#include "tui/symbols.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#ifdef HAVE_CHAFA
#include <chafa.h>
#endif

#include "base/mem.h"
#include "base/text.h"

enum {
	UPPER_HALF = 0x2580,
	TRUE_COLOR = 1 << 24,
};

/* What xterm shows for the first 16; the others can be computed. */
static const uint32_t basic_colors[16] = {
	0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
	0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
};

static uint32_t color_of(int number)
{
	static const uint32_t levels[6] = { 0, 95, 135, 175, 215, 255 };
	int cube = number - 16;
	uint32_t gray = (uint32_t)(8 + 10 * (number - 232));

	if (number < 16)
		return basic_colors[number];
	if (number >= 232)
		return gray << 16 | gray << 8 | gray;
	return levels[cube / 36] << 16 | levels[cube / 6 % 6] << 8 | levels[cube % 6];
}

static int square(int x)
{
	return x * x;
}

static int distance(uint32_t a, uint32_t b)
{
	return square((int)(a >> 16) - (int)(b >> 16)) +
	       square((int)(a >> 8 & 255) - (int)(b >> 8 & 255)) +
	       square((int)(a & 255) - (int)(b & 255));
}

/* Of 256, those that a person can choose are left alone: nobody knows what they look like. */
static uint32_t nearest_color(uint32_t rgb, int colors)
{
	int least = INT_MAX, nearest = 0;

	if (colors >= TRUE_COLOR)
		return rgb;
	for (int i = colors == 256 ? 16 : 0; i < colors; i++)
		if (distance(color_of(i), rgb) < least) {
			least = distance(color_of(i), rgb);
			nearest = i;
		}
	return (uint32_t)nearest;
}

static void make(struct symbols *out, int rows, int cols, int colors)
{
	symbols_release(out);
	out->rows = rows;
	out->cols = cols;
	out->colors = colors;
	out->cells = xcalloc((size_t)rows * (size_t)cols, sizeof(*out->cells));
}

static uint32_t color_at(const struct pixels *p, int x, int y)
{
	const uint8_t *rgba = p->rgba + 4 * ((size_t)y * (size_t)p->width + (size_t)x);

	return (uint32_t)(rgba[0] << 16 | rgba[1] << 8 | rgba[2]);
}

void symbols_make_halves(struct symbols *out, const struct pixels *from, int rows, int cols,
                         int colors)
{
	struct pixels_area whole = { 0, 0, from->width, from->height };
	struct pixels small = { 0 };

	make(out, rows, cols, colors);
	pixels_stretch(&small, from, whole, cols, 2 * rows, 0);
	for (int i = 0; i < rows * cols; i++) {
		int x = i % cols, y = i / cols * 2;

		out->cells[i].character = UPPER_HALF;
		out->cells[i].foreground = nearest_color(color_at(&small, x, y), colors);
		out->cells[i].background = nearest_color(color_at(&small, x, y + 1), colors);
	}
	pixels_release(&small);
}

#ifdef HAVE_CHAFA
static ChafaCanvas *make_canvas(int rows, int cols, int colors)
{
	ChafaCanvasConfig *config = chafa_canvas_config_new();
	ChafaSymbolMap *map = chafa_symbol_map_new();
	ChafaCanvas *canvas;

	/* Blocks and lines are in every font; what looks better on paper is missing in some. */
	chafa_symbol_map_add_by_tags(map, CHAFA_SYMBOL_TAG_BLOCK | CHAFA_SYMBOL_TAG_BORDER |
	                                          CHAFA_SYMBOL_TAG_SPACE);
	chafa_symbol_map_remove_by_tags(map, CHAFA_SYMBOL_TAG_WIDE);
	chafa_canvas_config_set_symbol_map(config, map);
	chafa_canvas_config_set_geometry(config, cols, rows);
	chafa_canvas_config_set_canvas_mode(config, colors >= TRUE_COLOR
	                                                    ? CHAFA_CANVAS_MODE_TRUECOLOR
	                                            : colors >= 256 ? CHAFA_CANVAS_MODE_INDEXED_240
	                                            : colors >= 16  ? CHAFA_CANVAS_MODE_INDEXED_16
	                                                            : CHAFA_CANVAS_MODE_INDEXED_8);
	chafa_canvas_config_set_work_factor(config, 0.5F);
	canvas = chafa_canvas_new(config);
	chafa_canvas_config_unref(config);
	chafa_symbol_map_unref(map);
	return canvas;
}

/* No color means that the cell is all of the other one. */
static uint32_t known(gint color, gint other)
{
	return (uint32_t)(color >= 0 ? color : other >= 0 ? other : 0);
}

void symbols_make(struct symbols *out, const struct pixels *from, int rows, int cols, int colors)
{
	ChafaCanvas *canvas = make_canvas(rows, cols, colors);

	make(out, rows, cols, colors);
	chafa_set_n_threads(1); /* one helper thread is what we promise */
	chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, from->rgba,
	                             from->width, from->height, 4 * from->width);
	for (int i = 0; i < rows * cols; i++) {
		struct symbol *cell = &out->cells[i];
		gint foreground, background;

		chafa_canvas_get_raw_colors_at(canvas, i % cols, i / cols, &foreground,
		                               &background);
		cell->character = chafa_canvas_get_char_at(canvas, i % cols, i / cols);
		cell->foreground = known(foreground, background);
		cell->background = known(background, foreground);
	}
	chafa_canvas_unref(canvas);
}
#else
void symbols_make(struct symbols *out, const struct pixels *from, int rows, int cols, int colors)
{
	symbols_make_halves(out, from, rows, cols, colors);
}
#endif

void symbols_release(struct symbols *symbols)
{
	free(symbols->cells);
	*symbols = (struct symbols){ 0 };
}

static void add_color(struct strbuf *out, uint32_t color, int colors, int base)
{
	if (colors >= TRUE_COLOR)
		strbuf_addf(out, "\033[%d;2;%u;%u;%um", base + 8, (unsigned)(color >> 16),
		            (unsigned)(color >> 8 & 255), (unsigned)(color & 255));
	else if (color >= 16)
		strbuf_addf(out, "\033[%d;5;%um", base + 8, (unsigned)color);
	else
		strbuf_addf(out, "\033[%um",
		            (unsigned)base + (unsigned)color + (color < 8 ? 0 : 52));
}

static const uint32_t no_color = UINT32_MAX;

/* What the terminal draws with: never said twice, and a space has no foreground. */
struct pen {
	uint32_t foreground, background;
};

static void add_cell(struct strbuf *out, const struct symbol *cell, struct pen *pen, int colors)
{
	bool is_space = cell->character == ' ' || cell->character == 0;

	if (!is_space && pen->foreground != cell->foreground) {
		add_color(out, cell->foreground, colors, 30);
		pen->foreground = cell->foreground;
	}
	if (pen->background != cell->background) {
		add_color(out, cell->background, colors, 40);
		pen->background = cell->background;
	}
	text_encode(out, is_space ? ' ' : cell->character);
}

void symbols_add(struct strbuf *out, const struct symbols *symbols, struct cells part, int row,
                 int col)
{
	struct pen pen = { no_color, no_color };

	for (int y = 0; y < part.rows; y++) {
		const struct symbol *cell = symbols->cells +
		                            (size_t)(part.row + y) * (size_t)symbols->cols +
		                            (size_t)part.col;

		strbuf_addf(out, "\033[%d;%dH", row + y + 1, col + 1);
		for (int x = 0; x < part.cols; x++)
			add_cell(out, cell++, &pen, symbols->colors);
	}
	strbuf_addstr(out, "\033[m");
}
