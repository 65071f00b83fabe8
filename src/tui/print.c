#include "tui/print.h"

#include <stdlib.h>
#include <string.h>

#include "tui/kitty.h"
#include "tui/sixel.h"

enum {
	SIDE_MOST =
		4096, /* of what is shown, in px; cells are said to be whatever a terminal says */
};

/* Of a noisy render of 512 x 512 px: 38 KB at 34 dB, 53 KB at 35 dB, 180 KB at 42 dB. */
static const struct palette_options grades[] = {
	[PRINT_COARSE] = { .colors = 32, .price = 850 },
	[PRINT_FINE] = { .colors = 64, .price = 800 },
	[PRINT_SHARP] = { .colors = 256, .price = 150 },
};

void print_name(struct strbuf *out, const struct print_order *order)
{
	strbuf_addf(out, "%d.%d %dx%d %dx%d %dx%d %d %d %d %06x ", (int)order->graphics,
	            (int)order->grade, order->rows, order->cols, order->cell_width,
	            order->cell_height, order->most_width, order->most_height, order->registers,
	            order->colors, order->is_sixth, (unsigned)order->background);
}

static struct cells whole_of(const struct print_order *order)
{
	return (struct cells){ 0, 0, order->rows, order->cols };
}

void print_limits(const struct print_order *order, int *most_rows, int *most_cols)
{
	int rows = order->most_height ? order->most_height / order->cell_height : order->rows;
	int cols = order->most_width ? order->most_width / order->cell_width : order->cols;

	*most_rows = rows < 1 ? 1 : rows;
	*most_cols = cols < 1 ? 1 : cols;
}

struct pixels_area print_area(const struct print_order *order, struct cells part)
{
	struct pixels_area area = {
		.x = part.col * order->cell_width,
		.y = part.row * order->cell_height,
		.width = part.cols * order->cell_width,
		.height = part.rows * order->cell_height,
	};

	/* tmux would round up, and its spill would cover text. */
	if (order->is_sixth && area.height > 6)
		area.height -= area.height % 6;
	return area;
}

static void make_indexed(struct indexed *out, const struct pixels *pixels,
                         const struct print_order *order)
{
	struct palette_options options = grades[order->grade];

	if (order->registers >= 2 && order->registers < options.colors)
		options.colors = order->registers;
	indexed_make(out, pixels, &options);
}

static void make_sixels(struct print *out, const struct pixels *pixels)
{
	int most_rows, most_cols;

	make_indexed(&out->image, pixels, &out->order);
	print_limits(&out->order, &most_rows, &most_cols);
	if (out->order.rows <= most_rows && out->order.cols <= most_cols)
		print_cut(&out->whole, out, whole_of(&out->order), &out->err);
}

static void make_upload(struct print *out, const struct pixels *pixels)
{
	struct indexed image = { 0 };

	make_indexed(&image, pixels, &out->order);
	kitty_send(&out->upload, &image, out->number, &out->err);
	indexed_release(&image);
}

static void make_symbols(struct print *out, const struct pixels *pixels)
{
	symbols_make(&out->symbols, pixels, out->order.rows, out->order.cols, out->order.colors);
}

static void (*const makers[])(struct print *out, const struct pixels *pixels) = {
	[TERM_SYMBOLS] = make_symbols,
	[TERM_SIXEL] = make_sixels,
	[TERM_KITTY] = make_upload,
};

void print_make(struct print *out, const struct picture *picture, struct picture_files *files)
{
	struct picture_canvas canvas = {
		.width = out->order.cols * out->order.cell_width,
		.height = out->order.rows * out->order.cell_height,
		.background = out->order.background,
	};
	struct pixels pixels = { 0 };

	if (canvas.width > SIDE_MOST || canvas.height > SIDE_MOST)
		failed(&out->err, ERR_IO, "no terminal is %d x %d px", canvas.width, canvas.height);
	else if (picture_draw(&pixels, &out->difference, picture, &canvas, files, &out->err))
		makers[out->order.graphics](out, &pixels);
	pixels_release(&pixels);
}

void print_release(struct print *print)
{
	indexed_release(&print->image);
	strbuf_release(&print->whole);
	strbuf_release(&print->upload);
	symbols_release(&print->symbols);
	*print = (struct print){ 0 };
}

size_t print_size(const struct print *print)
{
	return sizeof(*print) + (size_t)print->image.width * (size_t)print->image.height +
	       print->whole.cap + print->upload.cap +
	       (size_t)print->symbols.rows * (size_t)print->symbols.cols * sizeof(struct symbol);
}

bool print_cut(struct strbuf *out, const struct print *print, struct cells part, struct error *err)
{
	struct indexed cut = { 0 };
	bool ok;

	indexed_crop(&cut, &print->image, print_area(&print->order, part));
	ok = sixel_add(out, &cut, err);
	indexed_release(&cut);
	return ok;
}
