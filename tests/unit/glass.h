#ifndef UNIT_GLASS_H
#define UNIT_GLASS_H

#include <curses.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "plane.h"
#include "render.h"
#include "scratch.h"
#include "sixdec.h"
#include "tui/curses.h"
#include "tui/layer.h"

/* Takes the place of the real one: a screen in memory, and a person who can wait. */
struct term {
	struct term_caps caps;
	struct term_overlay overlay;
	bool is_redraw_wanted;
	term_fence_fn fence;
	void *fence_ctx;
	struct strbuf emitted;
};

const struct term_caps *term_caps(const struct term *t)
{
	return &t->caps;
}

void term_size(const struct term *t UNUSED, int *rows, int *cols)
{
	*rows = LINES;
	*cols = COLS;
}

void term_redraw(struct term *t, enum term_pace pace UNUSED)
{
	t->is_redraw_wanted = true;
}

void term_repaint(struct term *t)
{
	t->is_redraw_wanted = true;
	clearok(curscr, TRUE);
}

void term_set_overlay(struct term *t, const struct term_overlay *overlay)
{
	t->overlay = *overlay;
}

void term_emit(struct term *t, const void *bytes, size_t len)
{
	strbuf_add(&t->emitted, bytes, len);
}

void term_fence(struct term *t, term_fence_fn fn, void *ctx)
{
	assert_null(t->fence);
	t->fence = fn;
	t->fence_ctx = ctx;
}

void term_unfence(struct term *t, term_fence_fn fn, void *ctx)
{
	if (t->fence == fn && t->fence_ctx == ctx)
		t->fence = NULL;
}

enum {
	CELL_WIDTH = 8,
	CELL_HEIGHT = 16,
};

struct stage {
	struct term term;
	struct loop *loop;
	struct work *work;
	struct layer *layer;
	struct plane *plane;
	struct scratch scratch;
	struct curses curses;
	struct strbuf sent;   /* by the layer, since somebody looked */
	struct cells pop_up;  /* no rows: none */
	char text[32];        /* beside the picture */
	char paths[3][80];    /* of pictures */
	bool is_fence_stuck;  /* the terminal is slow */
	bool is_always_shown; /* fail if a frame uncovers the picture */
};

static const struct cells pane = { 2, 30, 16, 40 };

static inline struct stage *open_stage(enum term_graphics graphics, unsigned quirks)
{
	static const uint32_t colors[] = { 0xcc3333, 0x33cc33, 0x3333cc };
	struct stage *s = NEW(struct stage);
	struct error err;

	assert_true(curses_open(&s->curses, "xterm-256color", 24, 80, &err));
	s->term.caps = (struct term_caps){
		.graphics = graphics,
		.quirks = quirks,
		.cell_width_px = CELL_WIDTH,
		.cell_height_px = CELL_HEIGHT,
		.colors = 1 << 24,
		.unicode = true,
		.link_ms = 5,
	};
	s->loop = loop_new();
	loop_set_clock(s->loop, 1000);
	s->work = work_new(s->loop);
	s->layer = layer_open(&s->term, s->loop, s->work);
	layer_limit(s->layer, PRINT_FINE);
	s->plane = plane_new(quirks & TERM_QUIRK_TMUX ? PLANE_TMUX : PLANE_XTERM,
	                     (struct plane_size){ 24, 80, CELL_WIDTH, CELL_HEIGHT });
	s->scratch = scratch_new();
	for (size_t i = 0; i < COUNT(s->paths); i++) {
		struct pixels p = render(160, 120), spot = render_plain(40, 40, colors[i]);

		pixels_paste(&p, &spot, 10, 10);
		snprintf(s->paths[i], sizeof(s->paths[i]), "%s/%zu.png", s->scratch.dir, i);
		render_save(&p, s->paths[i]);
		pixels_release(&p);
		pixels_release(&spot);
	}
	return s;
}

static inline void close_stage(struct stage *s)
{
	layer_close(s->layer);
	assert_null(s->term.fence);
	work_free(s->work);
	loop_free(s->loop);
	curses_close(&s->curses);
	assert_int_equal(plane_facts(s->plane).bad, 0);
	assert_int_equal(plane_facts(s->plane).tall, 0);
	plane_free(s->plane);
	scratch_free(&s->scratch);
	strbuf_release(&s->sent);
	strbuf_release(&s->term.emitted);
	free(s);
}

static inline void draw(struct stage *s)
{
	WINDOW *pop_up = NULL;

	werase(stdscr);
	mvaddstr(3, 2, s->text);
	for (int row = 0; row < LINES; row++)
		mvaddch(row, pane.col - 1, ACS_VLINE);
	wnoutrefresh(stdscr);
	layer_mark(s->layer);
	if (s->pop_up.rows) {
		pop_up = newwin(s->pop_up.rows, s->pop_up.cols, s->pop_up.row, s->pop_up.col);
		box(pop_up, 0, 0);
		wnoutrefresh(pop_up);
		delwin(pop_up);
	}
}

static inline void put_cursor_back(struct stage *s)
{
	char bytes[32];
	int row, col;

	getyx(curscr, row, col);
	plane_feed(s->plane, bytes,
	           (size_t)snprintf(bytes, sizeof(bytes), "\033[%d;%dH", row + 1, col + 1));
}

static inline void frame(struct stage *s)
{
	struct strbuf first = { 0 }, text = { 0 }, last = { 0 };

	s->term.is_redraw_wanted = false;
	draw(s);
	s->term.overlay.before(s->term.overlay.ctx, &first);
	doupdate();
	plane_feed(s->plane, strbuf_str(&first), first.len);
	curses_take(&s->curses, &text);
	plane_feed(s->plane, strbuf_str(&text), text.len);
	s->term.overlay.after(s->term.overlay.ctx, &last);
	plane_feed(s->plane, strbuf_str(&last), last.len);
	if (last.len)
		put_cursor_back(s);
	strbuf_add(&s->sent, strbuf_str(&last), last.len);
	strbuf_release(&first);
	strbuf_release(&text);
	strbuf_release(&last);
	if (s->is_always_shown)
		assert_true(plane_coverage(s->plane, pane.row, pane.col, pane.rows, pane.cols) >
		            0.999);
}

/* As if it had taken that long. */
static inline void answer_fence(struct stage *s, int took_ms)
{
	term_fence_fn fence = s->term.fence;

	s->term.fence = NULL;
	if (fence)
		fence(s->term.fence_ctx, took_ms);
}

/* Frames until there is nothing left to do; how many bytes of pictures they had. */
static inline size_t settle(struct stage *s)
{
	strbuf_reset(&s->sent);
	s->term.is_redraw_wanted = true;
	do {
		if (s->term.is_redraw_wanted)
			frame(s);
		if (!s->is_fence_stuck)
			answer_fence(s, 5);
	} while (s->term.is_redraw_wanted || loop_turn(s->loop, -1));
	return s->sent.len;
}

static inline void place(struct stage *s, int which)
{
	struct picture picture = { .count = 1, .words = "front view" };

	picture.files[0] = s->paths[which];
	layer_place(s->layer, 0, &picture, pane);
}

static inline double coverage(const struct stage *s)
{
	return plane_coverage(s->plane, pane.row, pane.col, pane.rows, pane.cols);
}

static inline struct pixels_area px_of(struct cells area)
{
	return (struct pixels_area){ area.col * CELL_WIDTH, area.row * CELL_HEIGHT,
		                     area.cols * CELL_WIDTH, area.rows * CELL_HEIGHT };
}

/* In that part of the area, from its upper left cell, there is that picture to be seen. */
static inline void assert_shows_part(struct stage *s, int which, struct cells area,
                                     struct cells part)
{
	struct pixels file = { 0 }, whole = { 0 }, meant = { 0 }, seen = { 0 };
	struct pixels_area px = px_of(area);
	struct error err;
	double psnr;

	assert_true(pixels_load(&file, s->paths[which], &err));
	pixels_fit(&whole, &file, pixels_zoomed(&file, 100, 0, 0), px.width, px.height, 0);
	pixels_crop(&meant, &whole, px_of(part));
	part.row += area.row;
	part.col += area.col;
	pixels_crop(&seen, plane_pixels(s->plane), px_of(part));
	psnr = sixdec_psnr(&seen, &meant);
	pixels_release(&file);
	pixels_release(&whole);
	pixels_release(&meant);
	pixels_release(&seen);
	if (psnr < 33)
		fail_msg("the picture is off by %.1f dB", psnr);
}

static inline void assert_shows(struct stage *s, int which, struct cells area)
{
	assert_shows_part(s, which, area, (struct cells){ 0, 0, area.rows, area.cols });
}

static inline bool has_text(int row, const char *text)
{
	char line[400] = "";

	mvwinnstr(newscr, row, 0, line, sizeof(line) - 1);
	return strstr(line, text);
}

#endif
