/* What is on the screen, and what has to be sent so that it shows what is wanted. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/kitty.h"
#include "tui/layer_inside.h"

enum {
	PLACES_MOST = 10, /* of the 16 that xterm has; a frame may add a few before it is noticed */
	PLACES_SPARE = 3,
	STRIP_ROWS = 5,         /* of a picture, so that text comes through between them */
	PIECE_MOST = 16 * 1024, /* bytes of pictures in a frame, on a slow link */
};

static bool has_quirk(const struct layer *layer, enum term_quirk quirk)
{
	return term_caps(layer->term)->quirks & (unsigned)quirk;
}

/* ncurses wrote over them, or the terminal is new: nothing has to be done to hide them. */
static void forget_shown(struct slot *slot)
{
	slot->shown_print = 0;
	slot->showings = 0;
	mask_release(&slot->shown);
}

void layer_on_lost(void *ctx)
{
	struct layer *layer = ctx;

	for (int i = 0; i < LAYER_SLOTS; i++)
		forget_shown(&layer->slots[i]);
	layer->upload_count = 0;
	layer->place_count = layer->purged_count = 0;
	layer->is_lost = true;
}

void layer_lost(struct layer *layer)
{
	layer_on_lost(layer);
	term_repaint(layer->term);
}

void layer_forget(struct layer *layer, struct strbuf *out)
{
	for (int i = 0; i < layer->upload_count; i++)
		kitty_forget(out, layer->uploads[i]);
	layer->upload_count = 0;
}

/*
 * xterm keeps 16 pictures, also those that text has long covered, and when it needs room forgets
 * the topmost, which may be one of ours that is to be seen. It shows at the next expose. So before
 * there are that many, push all of them above the screen, from where they are taken first.
 */
static void purge(struct layer *layer, struct strbuf *first)
{
	int rows, cols;

	term_size(layer->term, &rows, &cols);
	strbuf_addf(first, "\033[r\033[%dS", rows);
	layer_on_lost(layer);
	clearok(curscr, TRUE);
	layer->is_purged = true;
	layer->stats.purges++;
}

/* Those that are shown right after a purge cannot be purged, so they do not count. */
static bool is_purge_due(const struct layer *layer)
{
	int most = layer->purged_count + PLACES_SPARE;

	return has_quirk(layer, TERM_QUIRK_SLOTS) &&
	       layer->place_count >= (most > PLACES_MOST ? most : PLACES_MOST);
}

static bool is_mark(int row, int col)
{
	wchar_t text[CCHARW_MAX + 1] = { 0 };
	attr_t attributes;
	short pair;
	cchar_t cell;

	return mvwin_wch(newscr, row, col, &cell) == OK &&
	       getcchar(&cell, text, &attributes, &pair, NULL) == OK && text[0] == LAYER_MARK;
}

static void look(struct slot *slot)
{
	struct mask before = slot->visible;

	slot->visible = (struct mask){ 0 };
	if (slot->is_used && slot->print && slot->window)
		mask_make(&slot->visible, slot->area.rows, slot->area.cols);
	for (int row = 0; row < slot->visible.rows; row++)
		for (int col = 0; col < slot->visible.cols; col++)
			if (is_mark(slot->area.row + row, slot->area.col + col))
				mask_set(&slot->visible, (struct cells){ row, col, 1, 1 }, true);
	slot->is_recut = !mask_equal(&before, &slot->visible);
	mask_release(&before);
}

void layer_before(void *ctx, struct strbuf *first)
{
	struct layer *layer = ctx;
	int row, col;

	/* Whatever shows pictures another way from now on begins with a clean screen. */
	if (layer->graphics != layer_graphics(layer)) {
		layer->graphics = layer_graphics(layer);
		layer_on_lost(layer);
		clearok(curscr, TRUE);
	}
	if (is_purge_due(layer))
		purge(layer, first);
	if (layer->is_lost && layer->graphics == TERM_KITTY)
		kitty_forget_all(first);
	layer->is_lost = false;
	getyx(newscr, row, col);
	for (int i = 0; i < LAYER_SLOTS; i++)
		look(&layer->slots[i]);
	wmove(newscr, row, col);
}

static void remember_place(struct layer *layer, struct cells place)
{
	for (int i = 0; i < layer->place_count; i++)
		if (cells_equal(layer->places[i], place))
			return;
	if (layer->place_count < LAYER_PLACES)
		layer->places[layer->place_count++] = place;
}

static struct cells on_screen(const struct slot *slot, struct cells part)
{
	part.row += slot->area.row;
	part.col += slot->area.col;
	return part;
}

static void go_to(struct strbuf *out, struct cells at)
{
	strbuf_addf(out, "\033[%d;%dH", at.row + 1, at.col + 1);
}

static bool show_sixels(struct layer *layer, const struct slot *slot, const struct print *print,
                        struct cells part, struct strbuf *out)
{
	const struct strbuf *sixels = darkroom_cut(layer->room, print, part);
	struct cells at = on_screen(slot, part);

	if (!sixels)
		return false;
	go_to(out, at);
	strbuf_add(out, strbuf_str(sixels), sixels->len);
	remember_place(layer, at);
	return true;
}

static bool show_symbols(struct layer *layer, const struct slot *slot, const struct print *print,
                         struct cells part, struct strbuf *out)
{
	struct cells at = on_screen(slot, part);

	(void)layer;
	symbols_add(out, &print->symbols, part, at.row, at.col);
	return true;
}

/* A terminal keeps some 300 MB of pictures; no more of them should be ours than can be shown. */
static void upload(struct layer *layer, const struct print *print, struct strbuf *out)
{
	for (int i = 0; i < layer->upload_count; i++)
		if (layer->uploads[i] == print->number)
			return;
	if (layer->upload_count == LAYER_UPLOADS) {
		kitty_forget(out, layer->uploads[0]);
		memmove(layer->uploads, layer->uploads + 1,
		        (size_t)--layer->upload_count * sizeof(*layer->uploads));
	}
	strbuf_add(out, print->upload.buf, print->upload.len);
	layer->uploads[layer->upload_count++] = print->number;
}

static unsigned showing_of(const struct layer *layer, const struct slot *slot, unsigned which)
{
	return (unsigned)(slot - layer->slots) * 1000 + which + 1;
}

static bool show_upload(struct layer *layer, const struct slot *slot, const struct print *print,
                        struct cells part, struct strbuf *out)
{
	upload(layer, print, out);
	go_to(out, on_screen(slot, part));
	kitty_show(out, print->number, showing_of(layer, slot, slot->showings),
	           print_area(&print->order, part), part.rows, part.cols);
	return true;
}

/* Text does not cover them there, so they have to be taken away by hand. */
static void hide_uploads(struct layer *layer, struct slot *slot, struct strbuf *out)
{
	for (unsigned i = 0; i < slot->showings; i++)
		kitty_hide(out, slot->shown_print, showing_of(layer, slot, i));
	forget_shown(slot);
}

static bool (*const showers[])(struct layer *, const struct slot *, const struct print *,
                               struct cells, struct strbuf *) = {
	[TERM_SYMBOLS] = show_symbols,
	[TERM_SIXEL] = show_sixels,
	[TERM_KITTY] = show_upload,
};

/*
 * What was shown and is not marked any more has been written over. In tmux then all is gone; and
 * since parts have gaps between them there, a picture that gets whole again is sent as a whole.
 */
static void cover(struct layer *layer, struct slot *slot, struct strbuf *out)
{
	bool is_gone = !cells_equal(slot->shown_area, slot->area) || !slot->visible.bits;

	(void)out;
	if (!is_gone && slot->is_recut && has_quirk(layer, TERM_QUIRK_TMUX) &&
	    !mask_is_empty(&slot->shown)) {
		layer->stats.lost++;
		is_gone = true;
	}
	if (is_gone)
		forget_shown(slot);
	else
		mask_limit(&slot->shown, &slot->visible);
}

/* kitty's pictures lie over the text: where something else is wanted they go before it shows. */
static void uncover(struct layer *layer, struct slot *slot, struct strbuf *out)
{
	if (!slot->visible.bits || !cells_equal(slot->shown_area, slot->area) ||
	    !mask_equal(&slot->shown, &slot->visible))
		hide_uploads(layer, slot, out);
}

/* The picture that stands there is another one, or stands elsewhere: all of the new one is due. */
static void begin_print(struct layer *layer, struct slot *slot, struct strbuf *out)
{
	if (slot->shown_print == slot->print && cells_equal(slot->shown_area, slot->area))
		return;
	hide_uploads(layer, slot, out);
	slot->shown_print = slot->print;
	slot->shown_area = slot->area;
	mask_make(&slot->shown, slot->area.rows, slot->area.cols);
}

static bool is_full(const struct layer *layer, const struct strbuf *out, size_t from)
{
	return layer->is_slow && out->len - from > PIECE_MOST;
}

static void show(struct layer *layer, struct slot *slot, const struct print *print,
                 struct strbuf *out, size_t from)
{
	struct mask dirty = { 0 };
	struct cells part;
	int most_rows = 0, most_cols = 0;

	if (print->order.graphics == TERM_SIXEL) {
		print_limits(&print->order, &most_rows, &most_cols);
		if (layer->is_slow && !has_quirk(layer, TERM_QUIRK_SLOTS) && most_rows > STRIP_ROWS)
			most_rows = STRIP_ROWS;
	}
	begin_print(layer, slot, out);
	mask_copy(&dirty, &slot->visible);
	mask_subtract(&dirty, &slot->shown);
	while (!is_full(layer, out, from) && mask_take(&dirty, &part, most_rows, most_cols)) {
		if (!showers[print->order.graphics](layer, slot, print, part, out))
			continue;
		mask_set(&slot->shown, part, true);
		slot->showings += layer->graphics == TERM_KITTY;
		layer->stats.pieces++;
	}
	layer->is_unfinished = layer->is_unfinished || !mask_is_empty(&dirty);
	mask_release(&dirty);
}

/* Nothing else has changed if all that is to be seen is seen. */
static bool is_due(const struct slot *slot)
{
	return slot->print && !mask_is_empty(&slot->visible) &&
	       (slot->shown_print != slot->print || !cells_equal(slot->shown_area, slot->area) ||
	        !mask_equal(&slot->shown, &slot->visible));
}

static void show_slot(struct layer *layer, struct slot *slot, struct strbuf *out, size_t from)
{
	const struct print *print;

	(layer->graphics == TERM_KITTY ? uncover : cover)(layer, slot, out);
	if (!is_due(slot))
		return;
	print = darkroom_find(layer->room, slot->print);
	if (!print || layer->is_in_flight || is_full(layer, out, from)) {
		layer->is_unfinished = true;
		return;
	}
	show(layer, slot, print, out, from);
}

void layer_after(void *ctx, struct strbuf *last)
{
	struct layer *layer = ctx;
	size_t from = last->len;

	layer->is_unfinished = false;
	for (int i = 0; i < LAYER_SLOTS; i++)
		show_slot(layer, &layer->slots[i], last, from);
	layer->stats.bytes += last->len - from;
	if (layer->is_purged && !layer->is_unfinished) {
		layer->purged_count = layer->place_count;
		layer->is_purged = false;
	}
	if (last->len > from && layer->graphics >= TERM_SIXEL)
		layer_start_fence(layer);
}
