#include "tui/traits.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

static const char *const variables[] = { "NO_COLOR", "COLORTERM", "TMUX", "LL3M_GRAPHICS",
	                                 "LL3M_CELL" };

static struct traits traits_of(const char *term)
{
	struct traits f;

	traits_begin(&f, term, true);
	for (size_t i = 0; i < COUNT(variables); i++)
		unsetenv(variables[i]);
	traits_resize(&f, 25, 80, 0, 0);
	f.terminfo_colors = 256;
	return f;
}

static struct reply reply_of(enum reply_type type, size_t count, int a, int b, int c, int d)
{
	return (struct reply){ .type = type, .count = count, .numbers = { a, b, c, d } };
}

static void hear(struct traits *f, enum reply_type type, size_t count, int a, int b, int c, int d)
{
	struct reply reply = reply_of(type, count, a, b, c, d);

	traits_hear(f, &reply);
}

static void hear_name(struct traits *f, const char *name)
{
	struct reply reply = { .type = REPLY_VERSION };

	strcpy(reply.text, name);
	traits_hear(f, &reply);
}

static struct term_caps caps_of(const struct traits *f)
{
	struct term_caps caps;

	traits_conclude(f, &caps);
	return caps;
}

TEST(a_silent_terminal_gets_symbols)
{
	struct traits f = traits_of("xterm-256color");

	assert_int_equal(caps_of(&f).graphics, TERM_SYMBOLS);
	assert_false(caps_of(&f).settled);
	f.overdue = true;
	assert_true(caps_of(&f).settled);
	f.terminfo_colors = 0;
	assert_int_equal(caps_of(&f).graphics, TERM_NO_GRAPHICS);
}

TEST(sixel_needs_the_size_of_a_cell)
{
	struct traits f = traits_of("xterm-256color");

	hear(&f, REPLY_DEVICE, 3, 62, 4, 22, 0);
	assert_int_equal(caps_of(&f).graphics, TERM_SYMBOLS);
	hear(&f, REPLY_WINDOW, 3, 6, 16, 8, 0);
	assert_int_equal(caps_of(&f).graphics, TERM_SIXEL);
	assert_int_equal(caps_of(&f).cell_width_px, 8);
	assert_int_equal(caps_of(&f).cell_height_px, 16);
}

TEST(the_first_number_of_da1_is_no_capability)
{
	struct traits f = traits_of("vt");

	hear(&f, REPLY_WINDOW, 3, 6, 16, 8, 0);
	hear(&f, REPLY_DEVICE, 2, 4, 6, 0, 0);
	assert_int_equal(caps_of(&f).graphics, TERM_SYMBOLS);
}

TEST(the_cell_is_taken_from_the_best_source)
{
	struct traits f = traits_of("xterm");

	traits_resize(&f, 25, 80, 644, 404);
	assert_int_equal(caps_of(&f).cell_width_px, 8); /* the border is rounded away */
	hear(&f, REPLY_GRAPHICS, 4, 2, 0, 640, 400);
	assert_int_equal(caps_of(&f).cell_height_px, 16);
	hear(&f, REPLY_GRAPHICS, 4, 2, 0, 500, 400); /* clamped: not the window's size */
	assert_int_equal(caps_of(&f).cell_width_px, 8);
	hear(&f, REPLY_WINDOW, 3, 6, 20, 10, 0);
	assert_int_equal(caps_of(&f).cell_width_px, 10);
	traits_resize(&f, 50, 100, 1000, 1000);
	assert_int_equal(caps_of(&f).cell_width_px, 10);
	assert_int_equal(caps_of(&f).most_width_px, 0);
}

TEST(sizes_that_cannot_be_are_not_believed)
{
	static const int sizes[][2] = { { 0, 8 }, { -1, 8 }, { 16, 100000 }, { 16, -1 } };

	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct traits f = traits_of("xterm");

		hear(&f, REPLY_WINDOW, 3, 6, sizes[i][0], sizes[i][1], 0);
		hear(&f, REPLY_WINDOW, 3, 4, sizes[i][0], sizes[i][1], 0);
		hear(&f, REPLY_GRAPHICS, 4, 2, 0, sizes[i][1], sizes[i][0]);
		hear(&f, REPLY_GRAPHICS, 3, 1, 0, -5, 0);
		assert_int_equal(caps_of(&f).cell_width_px, 0);
		assert_int_equal(caps_of(&f).most_width_px, 0);
		assert_int_equal(caps_of(&f).registers, 0);
	}
}

TEST(tmux_has_sixel_only_if_the_terminal_around_it_has)
{
	struct traits f = traits_of("tmux-256color");

	hear_name(&f, "tmux 3.5a");
	hear(&f, REPLY_WINDOW, 3, 6, 16, 8, 0);
	hear(&f, REPLY_DEVICE, 3, 1, 2, 4, 0);
	assert_int_equal(caps_of(&f).graphics, TERM_SYMBOLS);
	assert_true(caps_of(&f).quirks & TERM_QUIRK_TMUX);
	f.tmux_says_sixel = true;
	assert_int_equal(caps_of(&f).graphics, TERM_SIXEL);
}

TEST(names_bring_their_quirks)
{
	struct traits f = traits_of("xterm");

	hear_name(&f, "XTerm(379)");
	assert_int_equal(caps_of(&f).quirks, TERM_QUIRK_SLOTS);
	hear_name(&f, "foot(1.21.0)");
	assert_int_equal(caps_of(&f).quirks, 0);
	assert_int_equal(caps_of(&f).notify, TERM_NOTIFY_OSC777);
	hear_name(&f, "bad\033]0;name\a");
	assert_string_equal(caps_of(&f).name, "bad]0;name");
}

TEST(colors_follow_the_environment)
{
	struct traits f;

	setenv("COLORTERM", "truecolor", 1);
	f = traits_of("xterm");
	assert_int_equal(caps_of(&f).colors, 1 << 24);
	setenv("NO_COLOR", "1", 1);
	f = traits_of("xterm");
	assert_int_equal(caps_of(&f).colors, 0);
	setenv("NO_COLOR", "", 1); /* empty means nothing, as its makers say */
	f = traits_of("xterm");
	assert_int_equal(caps_of(&f).colors, 256);
}

TEST(a_person_may_know_better)
{
	struct traits f;

	setenv("LL3M_GRAPHICS", "sixel", 1);
	f = traits_of("xterm");
	assert_int_equal(caps_of(&f).graphics, TERM_SYMBOLS); /* but pixels need a cell */
	setenv("LL3M_GRAPHICS", "sixel", 1);
	setenv("LL3M_CELL", "9x18", 1);
	f = traits_of("xterm");
	assert_int_equal(caps_of(&f).graphics, TERM_SIXEL);
	assert_int_equal(caps_of(&f).cell_height_px, 18);
	setenv("LL3M_GRAPHICS", "none", 1);
	setenv("LL3M_CELL", "9x", 1);
	f = traits_of("xterm");
	hear(&f, REPLY_DEVICE, 3, 62, 4, 22, 0);
	hear(&f, REPLY_WINDOW, 3, 6, 16, 8, 0);
	assert_int_equal(caps_of(&f).graphics, TERM_NO_GRAPHICS);
	assert_int_equal(caps_of(&f).cell_height_px, 16);
}

TEST(wide_glyphs_make_plain_frames)
{
	struct traits f = traits_of("xterm");

	hear(&f, REPLY_CURSOR, 2, 1, 5, 0, 0);
	assert_true(caps_of(&f).unicode);
	hear(&f, REPLY_CURSOR, 2, 1, 9, 0, 0);
	assert_false(caps_of(&f).unicode);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_silent_terminal_gets_symbols),
		cmocka_unit_test(sixel_needs_the_size_of_a_cell),
		cmocka_unit_test(the_first_number_of_da1_is_no_capability),
		cmocka_unit_test(the_cell_is_taken_from_the_best_source),
		cmocka_unit_test(sizes_that_cannot_be_are_not_believed),
		cmocka_unit_test(tmux_has_sixel_only_if_the_terminal_around_it_has),
		cmocka_unit_test(names_bring_their_quirks),
		cmocka_unit_test(colors_follow_the_environment),
		cmocka_unit_test(a_person_may_know_better),
		cmocka_unit_test(wide_glyphs_make_plain_frames),
	};

	return RUN_ALL(tests);
}
