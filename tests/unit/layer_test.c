#include "tui/layer.h"

#include <curses.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "plane.h"
#include "render.h"
#include "scratch.h"
#include "sixdec.h"
#include "tui/screen.h"

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
	struct screen screen;
	struct strbuf sent;   /* by the layer, since somebody looked */
	struct cells pop_up;  /* no rows: none */
	char text[32];        /* beside the picture */
	char paths[3][80];    /* of pictures */
	bool is_fence_stuck;  /* the terminal is slow */
	bool is_always_shown; /* fail if a frame uncovers the picture */
};

static const struct cells pane = { 2, 30, 16, 40 };

static struct stage *open_stage(enum term_graphics graphics, unsigned quirks)
{
	static const uint32_t colors[] = { 0xcc3333, 0x33cc33, 0x3333cc };
	struct stage *s = NEW(struct stage);
	struct error err;

	assert_true(screen_open(&s->screen, "xterm-256color", 24, 80, &err));
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

static void close_stage(struct stage *s)
{
	layer_close(s->layer);
	if (s->term.fence)
		s->term.fence(s->term.fence_ctx, -1);
	work_free(s->work);
	loop_free(s->loop);
	screen_close(&s->screen);
	assert_int_equal(plane_facts(s->plane).bad, 0);
	assert_int_equal(plane_facts(s->plane).tall, 0);
	plane_free(s->plane);
	scratch_free(&s->scratch);
	strbuf_release(&s->sent);
	strbuf_release(&s->term.emitted);
	free(s);
}

static void draw(struct stage *s)
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

static void put_cursor_back(struct stage *s)
{
	char bytes[32];
	int row, col;

	getyx(curscr, row, col);
	plane_feed(s->plane, bytes,
	           (size_t)snprintf(bytes, sizeof(bytes), "\033[%d;%dH", row + 1, col + 1));
}

static void frame(struct stage *s)
{
	struct strbuf first = { 0 }, text = { 0 }, last = { 0 };

	s->term.is_redraw_wanted = false;
	draw(s);
	s->term.overlay.before(s->term.overlay.ctx, &first);
	doupdate();
	plane_feed(s->plane, strbuf_str(&first), first.len);
	screen_take(&s->screen, &text);
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
static void answer_fence(struct stage *s, int took_ms)
{
	term_fence_fn fence = s->term.fence;

	s->term.fence = NULL;
	if (fence)
		fence(s->term.fence_ctx, took_ms);
}

/* Frames until there is nothing left to do; how many bytes of pictures they had. */
static size_t settle(struct stage *s)
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

static void place(struct stage *s, int which)
{
	struct picture picture = { .count = 1, .words = "front view" };

	picture.files[0] = s->paths[which];
	layer_place(s->layer, 0, &picture, pane);
}

static double coverage(const struct stage *s)
{
	return plane_coverage(s->plane, pane.row, pane.col, pane.rows, pane.cols);
}

static struct pixels_area px_of(struct cells area)
{
	return (struct pixels_area){ area.col * CELL_WIDTH, area.row * CELL_HEIGHT,
		                     area.cols * CELL_WIDTH, area.rows * CELL_HEIGHT };
}

/* In that part of the area, from its upper left cell, there is that picture to be seen. */
static void assert_shows_part(struct stage *s, int which, struct cells area, struct cells part)
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

static void assert_shows(struct stage *s, int which, struct cells area)
{
	assert_shows_part(s, which, area, (struct cells){ 0, 0, area.rows, area.cols });
}

static bool has_text(int row, const char *text)
{
	char line[400] = "";

	mvwinnstr(newscr, row, 0, line, sizeof(line) - 1);
	return strstr(line, text);
}

TEST(a_picture_is_sent_once_however_much_text_streams)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);

	place(s, 0);
	assert_true(settle(s) > 1000);
	assert_shows(s, 0, pane);
	s->is_always_shown = true;
	for (int i = 0; i < 20; i++) {
		snprintf(s->text, sizeof(s->text), "word %d", i * 7919);
		place(s, 0);
		assert_int_equal(settle(s), 0);
	}
	assert_shows(s, 0, pane);
	assert_true(layer_view(s->layer, 0).is_shown);
	assert_int_equal(layer_stats(s->layer).pieces, 1);
	close_stage(s);
}

TEST(words_stand_where_the_picture_will_be)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);

	place(s, 0);
	frame(s);
	assert_int_equal(s->sent.len, 0);
	assert_true(has_text(9, "front view"));
	settle(s);
	assert_false(has_text(9, "front view"));
	close_stage(s);
}

TEST(a_pop_up_costs_nothing_and_closing_it_only_what_it_covered)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);
	size_t whole, part;

	place(s, 0);
	whole = settle(s);
	s->pop_up = (struct cells){ 5, 35, 6, 12 };
	assert_int_equal(settle(s), 0);
	assert_true(plane_coverage(s->plane, 5, 35, 6, 12) < 0.001);
	assert_true(fabs(coverage(s) - (1 - 72 / 640.0)) < 0.001);
	snprintf(s->text, sizeof(s->text), "and text goes on");
	assert_int_equal(settle(s), 0);
	s->pop_up.rows = 0;
	part = settle(s);
	assert_in_range(part, 100, whole / 3);
	assert_shows(s, 0, pane);
	close_stage(s);
}

TEST(another_picture_below_a_pop_up_leaves_it_alone)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);

	place(s, 0);
	settle(s);
	s->pop_up = (struct cells){ 5, 35, 6, 12 };
	place(s, 1);
	settle(s);
	assert_true(plane_coverage(s->plane, 5, 35, 6, 12) < 0.001);
	assert_shows_part(s, 1, pane, (struct cells){ 10, 0, 6, 40 });
	s->pop_up.rows = 0;
	settle(s);
	assert_shows(s, 1, pane);
	close_stage(s);
}

TEST(the_next_picture_takes_the_place_of_the_last_without_a_gap)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);

	place(s, 0);
	settle(s);
	s->is_always_shown = true;
	for (int i = 0; i < 6; i++) {
		place(s, (i + 1) % 3);
		settle(s);
		assert_shows(s, (i + 1) % 3, pane);
	}
	close_stage(s);
}

TEST(hiding_leaves_nothing_and_showing_again_is_instant)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);

	place(s, 0);
	settle(s);
	layer_hide(s->layer, 0);
	assert_int_equal(settle(s), 0);
	assert_true(coverage(s) < 0.001);
	place(s, 0);
	frame(s);
	assert_shows(s, 0, pane);
	close_stage(s);
}

TEST(a_picture_that_moves_or_shrinks_leaves_nothing_behind)
{
	static const struct cells areas[] = {
		{ 2, 30, 16, 40 }, { 2, 30, 16, 30 }, { 4, 32, 8, 20 },
		{ 0, 0, 10, 20 },  { 1, 1, 10, 20 },  { 2, 30, 16, 40 },
	};
	struct picture picture = { .count = 1 };
	struct stage *s = open_stage(TERM_SIXEL, 0);

	picture.files[0] = s->paths[0];
	for (size_t i = 0; i < COUNT(areas); i++) {
		double share = areas[i].rows * areas[i].cols / (24.0 * 80);

		layer_place(s->layer, 0, &picture, areas[i]);
		settle(s);
		assert_true(fabs(plane_coverage(s->plane, 0, 0, 24, 80) - share) < 0.0001);
		assert_shows(s, 0, areas[i]);
	}
	close_stage(s);
}

TEST(moving_away_and_back_before_anything_was_sent_is_noticed)
{
	struct picture picture = { .count = 1 };
	struct stage *s = open_stage(TERM_SIXEL, 0);

	picture.files[0] = s->paths[0];
	place(s, 0);
	settle(s);
	s->is_fence_stuck = true;
	place(s, 1);
	settle(s);
	layer_place(s->layer, 0, &picture, (struct cells){ 0, 0, 10, 20 });
	frame(s);
	place(s, 1);
	frame(s);
	s->is_fence_stuck = false;
	settle(s);
	assert_shows(s, 1, pane);
	close_stage(s);
}

TEST(after_a_repaint_everything_is_sent_again)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);

	place(s, 0);
	settle(s);
	layer_lost(s->layer);
	assert_true(settle(s) > 1000);
	assert_shows(s, 0, pane);
	close_stage(s);
}

TEST(the_last_row_stays_free)
{
	struct picture picture = { .count = 1 };
	struct stage *s = open_stage(TERM_SIXEL, 0);

	picture.files[0] = s->paths[0];
	layer_place(s->layer, 0, &picture, (struct cells){ 10, 50, 100, 100 });
	settle(s);
	assert_true(plane_coverage(s->plane, 10, 50, 13, 30) > 0.999);
	assert_true(plane_coverage(s->plane, 23, 0, 1, 80) < 0.001);
	layer_place(s->layer, 0, &picture, (struct cells){ 23, 0, 1, 10 });
	layer_place(s->layer, 1, &picture, (struct cells){ 5, 80, 10, 10 });
	layer_place(s->layer, 2, &picture, (struct cells){ -1, -1, 10, 10 });
	assert_int_equal(settle(s), 0);
	close_stage(s);
}

TEST(a_picture_larger_than_the_terminal_takes_comes_in_tiles)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);

	s->term.caps.most_width_px = 100;
	s->term.caps.most_height_px = 100;
	place(s, 0);
	settle(s);
	assert_shows(s, 0, pane);
	/* 12 columns of 40 and 6 rows of 16 fit into 100 px. */
	assert_int_equal(layer_stats(s->layer).pieces, 4 * 3);
	close_stage(s);
}

static double after_many_pop_ups(unsigned quirks, int *evicted)
{
	struct stage *s = open_stage(TERM_SIXEL, quirks);
	double covered;

	place(s, 0);
	settle(s);
	for (int i = 0; i < 30; i++) {
		s->pop_up = (struct cells){ 3 + i % 4, 32 + i, 6, 5 + i % 3 };
		settle(s);
		s->pop_up.rows = 0;
		settle(s);
	}
	plane_expose(s->plane);
	covered = coverage(s);
	*evicted = plane_facts(s->plane).evicted;
	close_stage(s);
	return covered;
}

TEST(xterm_never_forgets_a_picture_that_is_to_be_seen)
{
	int evicted;

	assert_true(after_many_pop_ups(0, &evicted) < 0.99);
	assert_true(evicted > 0);
	assert_true(after_many_pop_ups(TERM_QUIRK_SLOTS, &evicted) > 0.999);
}

TEST(more_pictures_than_xterm_keeps_do_not_make_it_repaint_for_ever)
{
	struct picture picture = { .count = 1 };
	struct stage *s = open_stage(TERM_SIXEL, TERM_QUIRK_SLOTS);

	picture.files[0] = s->paths[0];
	for (int i = 0; i < 15; i++)
		layer_place(s->layer, i, &picture, (struct cells){ i, 5 * i, 1, 4 });
	settle(s);
	settle(s);
	settle(s);
	assert_true(layer_stats(s->layer).purges <= 1);
	assert_true(plane_coverage(s->plane, 14, 70, 1, 4) > 0.999);
	close_stage(s);
}

TEST(in_tmux_a_covered_picture_is_sent_again)
{
	struct stage *s = open_stage(TERM_SIXEL, TERM_QUIRK_TMUX);

	place(s, 0);
	settle(s);
	s->pop_up = (struct cells){ 5, 35, 6, 12 };
	settle(s);
	assert_true(coverage(s) > 0.8);
	assert_true(plane_coverage(s->plane, 5, 35, 6, 12) < 0.001);
	s->pop_up.rows = 0;
	settle(s);
	assert_true(coverage(s) > 0.97);
	assert_true(layer_stats(s->layer).lost > 0);
	close_stage(s);
}

TEST(one_picture_is_on_its_way_and_the_newest_wins)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);

	s->is_fence_stuck = true;
	place(s, 0);
	settle(s);
	for (int i = 0; i < 10; i++) {
		place(s, 1 + i % 2);
		assert_int_equal(settle(s), 0);
	}
	s->is_fence_stuck = false;
	settle(s);
	assert_shows(s, 2, pane);
	assert_int_equal(layer_stats(s->layer).pieces, 2);
	close_stage(s);
}

TEST(a_slow_line_gets_coarse_pictures_and_better_ones_later)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);

	s->is_fence_stuck = true;
	place(s, 0);
	while (!s->term.fence) {
		loop_turn(s->loop, 100);
		frame(s);
	}
	answer_fence(s, 400);
	place(s, 1);
	frame(s);
	while (!layer_view(s->layer, 0).is_shown) {
		loop_turn(s->loop, 100);
		frame(s);
		answer_fence(s, 200);
	}
	assert_int_equal(layer_view(s->layer, 0).grade, PRINT_COARSE);
	assert_true(layer_stats(s->layer).pieces > 3);
	loop_set_clock(s->loop, 5000);
	while (layer_view(s->layer, 0).grade == PRINT_COARSE) {
		loop_turn(s->loop, 100);
		frame(s);
		answer_fence(s, 5);
	}
	assert_int_equal(layer_view(s->layer, 0).grade, PRINT_FINE);
	close_stage(s);
}

TEST(a_picture_gets_sharp_once_nothing_moves)
{
	struct stage *s = open_stage(TERM_SIXEL, 0);

	layer_limit(s->layer, PRINT_SHARP);
	place(s, 0);
	while (!layer_view(s->layer, 0).is_shown) {
		frame(s);
		answer_fence(s, 5);
		loop_turn(s->loop, 100);
	}
	assert_int_equal(layer_view(s->layer, 0).grade, PRINT_FINE);
	loop_set_clock(s->loop, 3000);
	assert_true(settle(s) > 1000);
	assert_int_equal(layer_view(s->layer, 0).grade, PRINT_SHARP);
	assert_int_equal(settle(s), 0);
	close_stage(s);
}

static int count_of(const struct strbuf *bytes, const char *what)
{
	int count = 0;

	for (const char *at = strbuf_str(bytes); (at = strstr(at, what)); at++)
		count++;
	return count;
}

TEST(kitty_gets_a_picture_once_and_then_shows_parts_of_it)
{
	struct stage *s = open_stage(TERM_KITTY, 0);
	size_t whole;

	place(s, 0);
	whole = settle(s);
	assert_int_equal(count_of(&s->sent, "a=t"), 1);
	assert_int_equal(count_of(&s->sent, "a=p"), 1);
	s->pop_up = (struct cells){ 5, 35, 6, 12 };
	assert_in_range(settle(s), 1, whole / 10);
	assert_int_equal(count_of(&s->sent, "a=d"), 1);
	assert_int_equal(count_of(&s->sent, "a=p"), 4);
	snprintf(s->text, sizeof(s->text), "text beside");
	assert_int_equal(settle(s), 0);
	s->pop_up.rows = 0;
	settle(s);
	assert_int_equal(count_of(&s->sent, "a=d"), 4);
	assert_int_equal(count_of(&s->sent, "a=p"), 1);
	layer_hide(s->layer, 0);
	settle(s);
	assert_int_equal(count_of(&s->sent, "a=d"), 1);
	place(s, 0);
	settle(s);
	assert_int_equal(count_of(&s->sent, "a=t"), 0);
	assert_int_equal(count_of(&s->sent, "a=p"), 1);
	layer_lost(s->layer);
	settle(s);
	assert_int_equal(count_of(&s->sent, "a=t"), 1);
	close_stage(s);
}

TEST(without_graphics_there_are_symbols_and_without_colors_words)
{
	struct stage *s = open_stage(TERM_SYMBOLS, 0);

	place(s, 0);
	assert_true(settle(s) > 1000);
	assert_true(layer_view(s->layer, 0).is_shown);
	s->pop_up = (struct cells){ 5, 35, 6, 12 };
	assert_int_equal(settle(s), 0);
	s->pop_up.rows = 0;
	assert_true(settle(s) > 100);
	s->term.caps.colors = 0;
	assert_int_equal(settle(s), 0);
	assert_true(has_text(9, "front view"));
	close_stage(s);
}

TEST(a_terminal_that_tells_late_what_it_can_do_gets_better_pictures)
{
	struct stage *s = open_stage(TERM_SYMBOLS, 0);

	place(s, 0);
	settle(s);
	s->term.caps.graphics = TERM_SIXEL;
	settle(s);
	assert_shows(s, 0, pane);
	close_stage(s);
}

TEST(why_there_is_no_picture_stands_in_its_place)
{
	struct picture picture = { .count = 1, .files = { "/nowhere/\033[2J.png" } };
	struct stage *s = open_stage(TERM_SIXEL, 0);

	layer_place(s->layer, 0, &picture, pane);
	assert_int_equal(settle(s), 0);
	assert_true(has_text(9, "nowhere"));
	assert_non_null(layer_view(s->layer, 0).complaint);
	close_stage(s);
}

TEST(two_pictures_stand_side_by_side)
{
	static const struct cells left = { 1, 0, 10, 29 }, right = { 1, 31, 10, 29 };
	struct picture picture = { .count = 1 };
	struct stage *s = open_stage(TERM_SIXEL, TERM_QUIRK_SLOTS);

	picture.files[0] = s->paths[0];
	layer_place(s->layer, 3, &picture, left);
	picture.files[0] = s->paths[1];
	layer_place(s->layer, 7, &picture, right);
	settle(s);
	assert_shows(s, 0, left);
	assert_shows(s, 1, right);
	close_stage(s);
}

TEST(closing_with_work_and_fences_outstanding_is_safe)
{
	struct stage *s = open_stage(TERM_KITTY, 0);

	s->is_fence_stuck = true;
	place(s, 0);
	settle(s);
	place(s, 1);
	frame(s);
	close_stage(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_is_sent_once_however_much_text_streams),
		cmocka_unit_test(words_stand_where_the_picture_will_be),
		cmocka_unit_test(a_pop_up_costs_nothing_and_closing_it_only_what_it_covered),
		cmocka_unit_test(another_picture_below_a_pop_up_leaves_it_alone),
		cmocka_unit_test(the_next_picture_takes_the_place_of_the_last_without_a_gap),
		cmocka_unit_test(hiding_leaves_nothing_and_showing_again_is_instant),
		cmocka_unit_test(a_picture_that_moves_or_shrinks_leaves_nothing_behind),
		cmocka_unit_test(moving_away_and_back_before_anything_was_sent_is_noticed),
		cmocka_unit_test(after_a_repaint_everything_is_sent_again),
		cmocka_unit_test(the_last_row_stays_free),
		cmocka_unit_test(a_picture_larger_than_the_terminal_takes_comes_in_tiles),
		cmocka_unit_test(xterm_never_forgets_a_picture_that_is_to_be_seen),
		cmocka_unit_test(more_pictures_than_xterm_keeps_do_not_make_it_repaint_for_ever),
		cmocka_unit_test(in_tmux_a_covered_picture_is_sent_again),
		cmocka_unit_test(one_picture_is_on_its_way_and_the_newest_wins),
		cmocka_unit_test(a_slow_line_gets_coarse_pictures_and_better_ones_later),
		cmocka_unit_test(a_picture_gets_sharp_once_nothing_moves),
		cmocka_unit_test(kitty_gets_a_picture_once_and_then_shows_parts_of_it),
		cmocka_unit_test(without_graphics_there_are_symbols_and_without_colors_words),
		cmocka_unit_test(a_terminal_that_tells_late_what_it_can_do_gets_better_pictures),
		cmocka_unit_test(why_there_is_no_picture_stands_in_its_place),
		cmocka_unit_test(two_pictures_stand_side_by_side),
		cmocka_unit_test(closing_with_work_and_fences_outstanding_is_safe),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return RUN_ALL(tests);
}
