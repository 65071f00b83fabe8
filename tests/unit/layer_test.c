#include "tui/layer.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "glass.h"

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
