#include "tui/layer.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/layer_inside.h"
#include "tui/sixel.h"

enum {
	CALM_MS = 800,      /* nobody is flipping through views any more */
	SLOW_MS = 150,      /* to send a picture and hear back */
	FAST_MS = 60,       /* sharper pictures must not be felt */
	SYMBOL_WIDTH = 8,   /* px of a cell, for pictures made of characters */
	SYMBOL_HEIGHT = 16, /* if the terminal does not tell its own */
};

static void on_changed(void *ctx)
{
	struct layer *layer = ctx;

	term_redraw(layer->term, TERM_NOW);
}

static enum print_grade grade_now(const struct layer *layer)
{
	int grade = (layer->is_slow ? PRINT_COARSE : PRINT_FINE) + layer->is_calm;

	return grade < (int)layer->most ? (enum print_grade)grade : layer->most;
}

static void on_calm(void *ctx)
{
	struct layer *layer = ctx;

	layer->calm_timer = NULL;
	layer->is_calm = true;
	term_redraw(layer->term, TERM_SOON);
}

/* A link that was found slow has to become clearly better before it is trusted again. */
static void judge_link(struct layer *layer, int took_ms)
{
	layer->stats.link_ms = took_ms;
	if (took_ms < 0)
		return;
	layer->is_slow = took_ms > (layer->is_slow ? SLOW_MS / 2 : SLOW_MS);
	if (!layer->is_calm && !layer->calm_timer && grade_now(layer) < layer->most &&
	    (layer->is_slow || took_ms <= FAST_MS))
		layer->calm_timer = loop_after(layer->loop, CALM_MS, on_calm, layer);
}

static void on_fence(void *ctx, int took_ms)
{
	struct layer *layer = ctx;

	layer->is_in_flight = false;
	judge_link(layer, took_ms);
	if (layer->is_unfinished)
		term_redraw(layer->term, TERM_NOW);
}

void layer_start_fence(struct layer *layer)
{
	/* A terminal that never answered a question would only make every picture wait. */
	if (layer->is_in_flight || term_caps(layer->term)->link_ms < 0)
		return;
	layer->is_in_flight = true;
	term_fence(layer->term, on_fence, layer);
}

struct layer *layer_open(struct term *term, struct loop *loop, struct work *work)
{
	struct layer *layer = NEW(struct layer);
	struct term_overlay overlay = {
		.before = layer_before,
		.after = layer_after,
		.lost = layer_on_lost,
		.ctx = layer,
	};

	layer->term = term;
	layer->loop = loop;
	layer->room = darkroom_open(work, on_changed, layer);
	layer->most = PRINT_SHARP;
	layer->stats.link_ms = -1;
	term_set_overlay(term, &overlay);
	return layer;
}

static void drop_window(struct slot *slot)
{
	if (slot->window)
		delwin(slot->window);
	slot->window = NULL;
}

static void slot_release(struct slot *slot)
{
	drop_window(slot);
	picture_release(&slot->picture);
	free(slot->name);
	mask_release(&slot->visible);
	mask_release(&slot->shown);
}

void layer_close(struct layer *layer)
{
	struct strbuf last = { 0 };

	if (!layer)
		return;
	layer_forget(layer, &last);
	if (last.len)
		term_emit(layer->term, last.buf, last.len);
	strbuf_release(&last);
	term_set_overlay(layer->term, &(struct term_overlay){ 0 });
	term_unfence(layer->term, on_fence, layer);
	for (int i = 0; i < LAYER_SLOTS; i++)
		slot_release(&layer->slots[i]);
	timer_free(layer->calm_timer);
	darkroom_close(layer->room);
	free(layer);
}

static struct slot *slot_at(struct layer *layer, int slot)
{
	if (slot < 0 || slot >= LAYER_SLOTS)
		BUG("there is no slot %d for a picture", slot);
	return &layer->slots[slot];
}

/* Whoever flips through views sees each of them soon rather than one of them sharp. */
static void stir(struct layer *layer)
{
	layer->is_calm = false;
	timer_free(layer->calm_timer);
	layer->calm_timer = NULL;
}

/* A picture in the last row makes xterm, mlterm and tmux scroll. */
static struct cells clip(const struct layer *layer, struct cells area)
{
	int rows, cols;

	term_size(layer->term, &rows, &cols);
	if (area.row < 0 || area.col < 0)
		return (struct cells){ 0 };
	if (area.rows > rows - 1 - area.row)
		area.rows = rows - 1 - area.row;
	if (area.cols > cols - area.col)
		area.cols = cols - area.col;
	return area.rows > 0 && area.cols > 0 ? area : (struct cells){ 0 };
}

void layer_place(struct layer *layer, int which, const struct picture *picture, struct cells area)
{
	struct slot *slot = slot_at(layer, which);
	struct strbuf name = { 0 };

	area = clip(layer, area);
	picture_name(&name, picture);
	if (!slot->name || strcmp(slot->name, strbuf_str(&name)) != 0 ||
	    !cells_equal(slot->area, area))
		stir(layer);
	if (!cells_equal(slot->area, area))
		drop_window(slot);
	picture_copy(&slot->picture, picture);
	free(slot->name);
	slot->name = strbuf_detach(&name);
	slot->area = area;
	slot->is_used = area.rows > 0;
}

void layer_hide(struct layer *layer, int which)
{
	struct slot *slot = slot_at(layer, which);

	slot->is_used = false;
	drop_window(slot);
}

void layer_limit(struct layer *layer, enum print_grade most)
{
	layer->most = most;
}

/* Cells may be any size as far as the terminal says; the shape is all that symbols need of it. */
static void set_symbol_size(struct print_order *order, const struct term_caps *caps)
{
	order->cell_width = SYMBOL_WIDTH;
	order->cell_height = SYMBOL_HEIGHT;
	if (caps->cell_width_px > 0 && caps->cell_height_px > 0)
		order->cell_height = SYMBOL_WIDTH * caps->cell_height_px / caps->cell_width_px;
	if (order->cell_height < SYMBOL_WIDTH)
		order->cell_height = SYMBOL_WIDTH;
	if (order->cell_height > 4 * SYMBOL_WIDTH)
		order->cell_height = 4 * SYMBOL_WIDTH;
}

enum term_graphics layer_graphics(const struct layer *layer)
{
	const struct term_caps *caps = term_caps(layer->term);
	enum term_graphics graphics = caps->graphics;

	if (graphics >= TERM_SIXEL &&
	    (caps->cell_width_px < 1 || caps->cell_height_px < SIXEL_HEIGHT_LEAST))
		graphics = TERM_SYMBOLS;
	if (graphics == TERM_SYMBOLS && (!caps->unicode || caps->colors < 8))
		graphics = TERM_NO_GRAPHICS;
	return graphics;
}

static struct print_order make_order(const struct layer *layer, struct cells area,
                                     enum print_grade grade)
{
	const struct term_caps *caps = term_caps(layer->term);
	struct print_order order = {
		.graphics = layer_graphics(layer),
		.grade = grade,
		.rows = area.rows,
		.cols = area.cols,
		.cell_width = caps->cell_width_px,
		.cell_height = caps->cell_height_px,
		.background = caps->has_background ? caps->background : 0,
	};

	if (order.graphics == TERM_SYMBOLS) {
		set_symbol_size(&order, caps);
		order.grade = PRINT_FINE;
		order.colors = caps->colors >= 1 << 24 ? 1 << 24
		               : caps->colors >= 256   ? 256
		               : caps->colors >= 16    ? 16
		                                       : 8;
	} else if (order.graphics == TERM_SIXEL) {
		order.registers = caps->registers;
		order.most_width = caps->most_width_px;
		order.most_height = caps->most_height_px;
		order.is_sixth = caps->quirks & TERM_QUIRK_TMUX;
	}
	return order;
}

/* What is shown already, if it is as good as what would be made. */
static const struct print *find_shown(struct layer *layer, const struct slot *slot)
{
	const struct print *print;

	for (int grade = (int)grade_now(layer); grade <= PRINT_SHARP; grade++) {
		struct print_order order = make_order(layer, slot->area, (enum print_grade)grade);

		print = darkroom_peek(layer->room, &slot->picture, &order);
		if (print && print->number == slot->shown_print)
			return print;
	}
	return NULL;
}

/* The one wanted; until it is made, the same less sharp, or sharper than needed. */
static const struct print *find_print(struct layer *layer, const struct slot *slot)
{
	struct print_order order = make_order(layer, slot->area, grade_now(layer));
	const struct print *print = find_shown(layer, slot);

	if (!print)
		print = darkroom_print(layer->room, &slot->picture, &order);
	for (int grade = PRINT_SHARP; !print && grade >= PRINT_COARSE; grade--) {
		order.grade = (enum print_grade)grade;
		print = darkroom_peek(layer->room, &slot->picture, &order);
	}
	return print;
}

/* What the slot shows stays until there is better, unless it would have another size. */
static void choose_print(struct layer *layer, struct slot *slot)
{
	const struct print *print = NULL;

	slot->print = 0;
	if (layer_graphics(layer) == TERM_NO_GRAPHICS)
		return;
	print = find_print(layer, slot);
	if (!print && slot->shown_print && cells_equal(slot->shown_area, slot->area))
		print = darkroom_find(layer->room, slot->shown_print);
	if (print && !print->err.code)
		slot->print = print->number;
}

static void fill_with_marks(WINDOW *window, struct cells area)
{
	wchar_t text[] = { LAYER_MARK, 0 };
	cchar_t mark;

	setcchar(&mark, text, A_NORMAL, 0, NULL);
	for (int row = 0; row < area.rows; row++)
		for (int col = 0; col < area.cols; col++)
			mvwadd_wch(window, row, col, &mark);
}

/* In the middle, and clean: words may come from a model, complaints from a file. */
static void fill_with_words(WINDOW *window, struct cells area, const char *words)
{
	struct strbuf clean = { 0 };
	struct text_span rest, row;
	int lines = 0;

	werase(window);
	text_clean(&clean, words, strlen(words), TEXT_LINES);
	rest = text_span(strbuf_str(&clean));
	while (text_next_row(&row, &rest, (size_t)area.cols))
		lines++;
	rest = text_span(strbuf_str(&clean));
	for (int i = lines > area.rows ? 0 : (area.rows - lines) / 2;
	     i < area.rows && text_next_row(&row, &rest, (size_t)area.cols); i++)
		mvwaddnstr(window, i, (area.cols - (int)text_width(row.at, row.len)) / 2, row.at,
		           (int)row.len);
	strbuf_release(&clean);
}

static const char *words_for(struct layer *layer, const struct slot *slot)
{
	struct layer_view view = layer_view(layer, (int)(slot - layer->slots));

	if (view.complaint)
		return view.complaint;
	return slot->picture.words ? slot->picture.words : "";
}

static void mark_slot(struct layer *layer, struct slot *slot)
{
	choose_print(layer, slot);
	if (!slot->window)
		slot->window =
			newwin(slot->area.rows, slot->area.cols, slot->area.row, slot->area.col);
	if (!slot->window)
		return;
	if (slot->print)
		fill_with_marks(slot->window, slot->area);
	else
		fill_with_words(slot->window, slot->area, words_for(layer, slot));
	touchwin(slot->window);
	wnoutrefresh(slot->window);
}

void layer_mark(struct layer *layer)
{
	darkroom_turn(layer->room);
	for (int i = 0; i < LAYER_SLOTS; i++)
		if (layer->slots[i].is_used)
			mark_slot(layer, &layer->slots[i]);
}

struct layer_view layer_view(const struct layer *layer, int which)
{
	const struct slot *slot = slot_at((struct layer *)layer, which);
	struct print_order order = make_order(layer, slot->area, grade_now(layer));
	const struct print *print = NULL;
	struct layer_view view = { 0 };

	if (!slot->is_used || order.graphics == TERM_NO_GRAPHICS)
		return view;
	print = find_print((struct layer *)layer, slot);
	view.is_shown = print && slot->shown_print == print->number &&
	                cells_equal(slot->shown_area, slot->area) &&
	                mask_equal(&slot->shown, &slot->visible);
	if (print) {
		view.grade = print->order.grade;
		view.difference = print->difference;
		view.complaint = print->err.code ? print->err.text : NULL;
	}
	return view;
}

struct layer_stats layer_stats(const struct layer *layer)
{
	struct layer_stats stats = layer->stats;

	stats.kept = darkroom_size(layer->room);
	return stats;
}
