#include "tui/canvas.h"

#include <limits.h>
#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "test.h"
#include "tui/curses.h"

/* A screen in memory, and a canvas in its middle; what is around it must stay as it is. */
struct scene {
	struct curses curses;
	struct looks looks;
	struct canvas canvas;
	struct strbuf row;
};

static struct scene *scene_new(int rows, int cols, bool unicode)
{
	static struct scene s;
	const struct term_caps caps = { .unicode = unicode };
	struct theme theme = { 0 };
	struct canvas all;
	struct error err;

	s = (struct scene){ 0 };
	if (!curses_open(&s.curses, "xterm-256color", rows + 2, cols + 2, &err))
		fail_msg("%s", err.text);
	looks_apply(&s.looks, &theme, 0);
	all = canvas_of(stdscr, &s.looks, &caps);
	for (int row = 0; row < all.rows; row++)
		for (int col = 0; col < all.cols; col++)
			mvwaddch(stdscr, row, col, '.');
	s.canvas = canvas_part(&all, 1, 1, rows, cols);
	return &s;
}

static const char *row_of(struct scene *s, int row)
{
	strbuf_reset(&s->row);
	for (int col = 0; col < s->canvas.cols + 2; col++) {
		wchar_t text[CCHARW_MAX + 1] = { 0 };
		cchar_t cell;
		attr_t attrs;
		short pair;

		mvwin_wch(stdscr, row, col, &cell);
		getcchar(&cell, text, &attrs, &pair, NULL);
		for (int i = 0; text[i]; i++)
			text_encode(&s->row, (uint32_t)text[i]);
		if (wcwidth(text[0]) == 2)
			col++;
	}
	return strbuf_str(&s->row);
}

static void scene_free(struct scene *s)
{
	curses_close(&s->curses);
	strbuf_release(&s->row);
}

static void assert_drawn(const char *text, int col, int most, const char *expected)
{
	struct scene *s = scene_new(1, 8, true);

	canvas_text(&s->canvas, 0, col, LOOK_TEXT, text, strlen(text), most);
	assert_string_equal(row_of(s, 1), expected);
	assert_string_equal(row_of(s, 0), "..........");
	assert_string_equal(row_of(s, 2), "..........");
	scene_free(s);
}

TEST(text_stays_inside)
{
	assert_drawn("hello", 1, INT_MAX, "..hello...");
	assert_drawn("hello world", 0, INT_MAX, ".hello wo.");
	assert_drawn("hello", -3, INT_MAX, ".lo.......");
	assert_drawn("hello", 6, INT_MAX, ".......he.");
	assert_drawn("hello", 8, INT_MAX, "..........");
	assert_drawn("hello", INT_MAX, INT_MAX, "..........");
	assert_drawn("hello", INT_MIN, INT_MAX, "..........");
	assert_drawn("hello", 0, 3, ".hel......");
	assert_drawn("hello", 0, -1, "..........");
}

TEST(what_nobody_has_cleaned_still_does_no_harm)
{
	assert_drawn("a\xe2\x80\xae"
	             "b\xc2\xad"
	             "c",
	             0, INT_MAX,
	             ".ab\xef\xbf\xbd"
	             "c.....");
	assert_drawn("a\xef\xb8\x8f"
	             "b\033[2J",
	             0, INT_MAX, ".ab\xef\xbf\xbd[2J...");
	assert_drawn("\xe2\x81\xa6"
	             "ab\xc2\x9b",
	             0, INT_MAX,
	             ".\xef\xbf\xbd"
	             "ab\xef\xbf\xbd.....");
}

TEST(wide_characters_are_drawn_whole_or_as_blanks)
{
	assert_drawn("日本", 1, INT_MAX, "..日本....");
	assert_drawn("日本日本日", 1, INT_MAX, "..日本日 .");
	assert_drawn("日本", -1, INT_MAX, ". 本......");
	assert_drawn("日本", 0, 3, ".日 ......");
}

TEST(a_wide_character_is_never_left_half)
{
	struct scene *s = scene_new(1, 8, true);

	canvas_say(&s->canvas, 0, 0, LOOK_TEXT, "日本語字");
	canvas_say(&s->canvas, 0, 1, LOOK_TEXT, "x");
	assert_string_equal(row_of(s, 1), ". x本語字.");
	canvas_say(&s->canvas, 0, 3, LOOK_TEXT, "日");
	assert_string_equal(row_of(s, 1), ". x 日 字.");
	canvas_fill(&s->canvas, 0, 4, 1, 3, LOOK_TEXT);
	assert_string_equal(row_of(s, 1), ". x      .");
	scene_free(s);
}

TEST(no_character_is_drawn_wider_or_narrower_than_it_counts)
{
	assert_drawn("e\xcc\x81x", 0, INT_MAX, ".e\xcc\x81x.......");
	assert_drawn("a\xc2\xa0"
	             "b",
	             0, INT_MAX, ".a b......"); /* the marker of pictures is never text */
	assert_drawn("a\033b\xc2\x9b", 0, INT_MAX,
	             ".a\xef\xbf\xbd"
	             "b\xef\xbf\xbd.....");
	assert_drawn("\xdb\x9dz", 0, INT_MAX, ".\xef\xbf\xbdz.......");
}

TEST(marks_without_end_stay_over_one_letter)
{
	struct strbuf text = { 0 };
	struct scene *s = scene_new(1, 8, true);

	strbuf_addstr(&text, "a");
	for (int i = 0; i < 5000; i++)
		strbuf_addstr(&text, "\xcc\x81");
	strbuf_addstr(&text, "b");
	assert_int_equal(canvas_say(&s->canvas, 0, 0, LOOK_TEXT, strbuf_str(&text)), 2);
	assert_int_equal(strlen(row_of(s, 1)), 10 + 2 * 3);
	strbuf_release(&text);
	scene_free(s);
}

TEST(where_unicode_is_not_sure_there_is_a_question_mark)
{
	struct scene *s = scene_new(3, 10, false);
	const struct canvas_frame frame = { .title = "a→b" };

	canvas_frame(&s->canvas, &frame);
	assert_string_equal(row_of(s, 1), ".+ a?b ---+.");
	assert_string_equal(row_of(s, 2), ".|........|.");
	scene_free(s);
}

TEST(frames_hold_what_fits)
{
	const struct canvas_frame frame = { "1 Plan", "2 new", "/ x", true };
	struct scene *s = scene_new(3, 20, true);
	struct canvas inside = canvas_frame(&s->canvas, &frame);

	assert_string_equal(row_of(s, 1), ".┌ 1 Plan ─── 2 new ┐.");
	assert_string_equal(row_of(s, 3), ".└───────────── / x ┘.");
	assert_int_equal(inside.rows, 1);
	assert_int_equal(inside.cols, 18);
	canvas_rule(&s->canvas, 1, LOOK_FRAME);
	assert_string_equal(row_of(s, 2), ".├──────────────────┤.");
	scene_free(s);
}

TEST(nothing_is_too_small_or_too_far_away)
{
	static const int values[] = { INT_MIN, INT_MIN + 1, -5, -1,          0,      1,
		                      2,       3,           7,  INT_MAX - 1, INT_MAX };
	static const size_t ticks[] = { 0, 50, SIZE_MAX };
	const struct canvas_frame frame = { "title", "badge", "foot", true };
	const struct canvas_scroll scroll = { 100, 90, 10, ticks, COUNT(ticks) };

	for (int size = 1; size < 6; size++) {
		struct scene *s = scene_new(size, size, true);
		struct canvas part;

		for (size_t i = 0; i < COUNT(values) * COUNT(values); i++) {
			int a = values[i % COUNT(values)], b = values[i / COUNT(values)];

			part = canvas_part(&s->canvas, a, b, b, a);
			assert_true(part.rows >= 0 && part.rows <= size && part.cols <= size);
			canvas_frame(&part, &frame);
			canvas_fill(&s->canvas, a, b, b, a, LOOK_TEXT);
			canvas_tint(&s->canvas, a, b, a, LOOK_MATCH);
			canvas_say(&s->canvas, a, b, LOOK_TEXT, "日本abc");
			canvas_rule(&part, a, LOOK_FRAME);
			canvas_scrollbar(&part, b, &scroll);
		}
		assert_int_equal(strspn(row_of(s, 0), "."), (size_t)size + 2);
		assert_int_equal(strspn(row_of(s, size + 1), "."), (size_t)size + 2);
		for (int row = 1; row <= size; row++) {
			const char *text = row_of(s, row);

			if (text[0] != '.' || text[strlen(text) - 1] != '.')
				fail_msg("size %d, row %d: %s", size, row, text);
		}
		scene_free(s);
	}
}

static void assert_bar(size_t total, size_t first, size_t shown, const char *expected)
{
	struct scene *s = scene_new(4, 1, true);
	const size_t tick = 0;
	const struct canvas_scroll scroll = { total, first, shown, &tick, 1 };
	struct strbuf bar = { 0 };

	canvas_scrollbar(&s->canvas, 0, &scroll);
	for (int row = 1; row <= 4; row++) {
		const char *text = row_of(s, row);

		strbuf_add(&bar, text + 1, strlen(text) - 2);
	}
	assert_string_equal(strbuf_str(&bar), expected);
	strbuf_release(&bar);
	scene_free(s);
}

TEST(a_scroll_bar_says_where_one_is)
{
	assert_bar(4, 0, 4, "....");
	assert_bar(8, 0, 4, "██││");
	assert_bar(8, 4, 4, "╴│██");
	assert_bar(100000, 0, 4, "█│││");
	assert_bar(100000, 99996, 4, "╴││█");
	assert_bar(100000, 50000, 4, "╴│█│");
}

TEST(a_growing_text_jumps)
{
	assert_int_equal(canvas_tail(5, 10, 8), 0);
	assert_int_equal(canvas_tail(11, 10, 8), 8);
	assert_int_equal(canvas_tail(18, 10, 8), 8);
	assert_int_equal(canvas_tail(19, 10, 8), 16);
	assert_int_equal(canvas_tail(19, 10, 1), 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_stays_inside),
		cmocka_unit_test(what_nobody_has_cleaned_still_does_no_harm),
		cmocka_unit_test(wide_characters_are_drawn_whole_or_as_blanks),
		cmocka_unit_test(a_wide_character_is_never_left_half),
		cmocka_unit_test(no_character_is_drawn_wider_or_narrower_than_it_counts),
		cmocka_unit_test(marks_without_end_stay_over_one_letter),
		cmocka_unit_test(where_unicode_is_not_sure_there_is_a_question_mark),
		cmocka_unit_test(frames_hold_what_fits),
		cmocka_unit_test(nothing_is_too_small_or_too_far_away),
		cmocka_unit_test(a_scroll_bar_says_where_one_is),
		cmocka_unit_test(a_growing_text_jumps),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return RUN_ALL(tests);
}
