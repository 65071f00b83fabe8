#include "tui/theme.h"

#include <string.h>

#include "scratch.h"
#include "test.h"

static void assert_style(const char *words, unsigned attrs, int fore, int back)
{
	struct style style;
	struct error err;

	assert_true(style_parse(&style, words, &err));
	assert_int_equal(style.attrs, attrs);
	assert_int_equal(style.fore, fore);
	assert_int_equal(style.back, back);
}

TEST(words_say_how_something_looks)
{
	assert_style("", 0, COLOR_OWN, COLOR_OWN);
	assert_style("bold cyan", STYLE_BOLD, 6, COLOR_OWN);
	assert_style("black on bright-yellow underline", STYLE_UNDERLINE, 0, 11);
	assert_style("on 17", 0, COLOR_OWN, 17);
	assert_style("reverse #fFcC00", STYLE_REVERSE, COLOR_RGB | 0xffcc00, COLOR_OWN);
	assert_style("default on default", 0, COLOR_OWN, COLOR_OWN);
}

TEST(what_is_no_style_is_said_to_be_none)
{
	static const char *const bad[] = { "bolt",    "256", "#12345",   "#1234567",
		                           "#12345g", "on",  "red blue", "on red on blue",
		                           "-1" };
	struct style style;
	struct error err;

	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(style_parse(&style, bad[i], &err));
	assert_false(style_parse(&style, "red blue", &err));
	assert_non_null(strstr(err.text, "after \"on\""));
}

static void assert_refused(const char *text, const char *complaint)
{
	struct theme theme;
	struct error err;

	assert_false(theme_parse(&theme, text, strlen(text), "x.yaml", &err));
	assert_int_equal(strncmp(err.text, complaint, strlen(complaint)), 0);
}

TEST(mistakes_are_told_with_their_place)
{
	assert_refused("text: red\ntitel: bold\n",
	               "x.yaml:2:1: nothing is called \"titel\"; did you mean \"title\"?");
	assert_refused("text: red\n\ntitle:  bolt\n", "x.yaml:3:9: \"bolt\" is neither");
	assert_refused("title: [bold]\n", "x.yaml:1:8: title is one line");
	assert_refused("- bold\n", "x.yaml:1:1: a theme is lines");
	assert_refused("title: bold\ntitle: dim\n", "x.yaml:2:1");
}

TEST(what_is_left_out_looks_like_its_kind)
{
	static const char text[] = "good: green\nfunction: ~\ntext: white\n";
	struct theme theme;
	struct error err;

	assert_true(theme_parse(&theme, text, strlen(text), "x", &err));
	assert_int_equal(theme.styles[LOOK_ADDED_WORD].fore, 2);
	assert_int_equal(theme.styles[LOOK_FUNCTION].fore, 7);
	assert_int_equal(theme.styles[LOOK_CRITIC].fore, 7);
}

TEST(every_look_has_a_name_and_a_kind_that_ends)
{
	for (size_t i = 0; i < LOOK_COUNT; i++) {
		enum look kind = look_types[i].kind_of;

		assert_non_null(look_types[i].name);
		assert_non_null(look_types[i].help);
		for (size_t steps = 0; kind != LOOK_TEXT; steps++) {
			assert_in_range(steps, 0, LOOK_COUNT);
			kind = look_types[kind].kind_of;
		}
	}
}

TEST(the_themes_that_come_with_us_are_whole)
{
	static const char *const names[] = { "default", "dark", "light", "blue-orange", "mono" };

	for (size_t i = 0; i < COUNT(names); i++) {
		struct theme theme;
		struct error err;

		if (!theme_load(&theme, names[i], &err))
			fail_msg("%s", err.text);
	}
}

TEST(a_theme_of_ones_own_comes_first)
{
	struct scratch dir = scratch_new();
	struct theme theme;
	struct error err;

	setenv("XDG_CONFIG_HOME", dir.dir, 1);
	assert_int_equal(mkdir(scratch_path(&dir, "ll3m"), 0700), 0);
	assert_int_equal(mkdir(scratch_path(&dir, "ll3m/themes"), 0700), 0);
	scratch_write(&dir, "ll3m/themes/mono.yaml", "text: 42\n");
	assert_true(theme_load(&theme, "mono", &err));
	assert_int_equal(theme.styles[LOOK_TEXT].fore, 42);
	scratch_write(&dir, "ll3m/themes/mono.yaml", "text: 4x\n");
	assert_false(theme_load(&theme, "mono", &err));
	assert_non_null(strstr(err.text, "mono.yaml:1:7"));
	assert_false(theme_load(&theme, "../mono", &err));
	assert_false(theme_load(&theme, "none-such", &err));
	unsetenv("XDG_CONFIG_HOME");
	scratch_free(&dir);
}

TEST(colors_become_what_the_terminal_has)
{
	const struct style orange = { .fore = COLOR_RGB | 0xff8700, .back = COLOR_OWN };
	const struct style gray = { .fore = COLOR_RGB | 0x808080, .back = 238 };
	const struct style bright = { .fore = 9, .back = 11 };

	assert_int_equal(style_for(&orange, 256).fore, 208);
	assert_int_equal(style_for(&orange, 1 << 24).fore, 208);
	assert_int_equal(style_for(&orange, 8).fore, 3);
	assert_int_equal(style_for(&gray, 256).fore, 244);
	assert_int_equal(style_for(&gray, 256).back, 238);
	assert_int_equal(style_for(&gray, 8).fore, 7);
	assert_int_equal(style_for(&gray, 8).back, 0);
	assert_int_equal(style_for(&bright, 16).fore, 9);
	assert_int_equal(style_for(&bright, 8).fore, 1);
	assert_int_equal(style_for(&bright, 8).attrs, STYLE_BOLD);
	assert_int_equal(style_for(&bright, 8).back, 3);
}

TEST(without_colors_a_background_is_reverse)
{
	const struct style match = { .attrs = STYLE_BOLD, .fore = 0, .back = 11 };
	struct style style = style_for(&match, 0);

	assert_int_equal(style.attrs, STYLE_BOLD | STYLE_REVERSE);
	assert_int_equal(style.fore, COLOR_OWN);
	assert_int_equal(style.back, COLOR_OWN);
}

TEST(text_never_vanishes_into_what_is_behind_it)
{
	const struct style near = { .fore = COLOR_RGB | 0x262626, .back = COLOR_RGB | 0x000000 };
	struct style style = style_for(&near, 8);

	assert_int_not_equal(style.fore, style.back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_say_how_something_looks),
		cmocka_unit_test(what_is_no_style_is_said_to_be_none),
		cmocka_unit_test(mistakes_are_told_with_their_place),
		cmocka_unit_test(what_is_left_out_looks_like_its_kind),
		cmocka_unit_test(every_look_has_a_name_and_a_kind_that_ends),
		cmocka_unit_test(the_themes_that_come_with_us_are_whole),
		cmocka_unit_test(a_theme_of_ones_own_comes_first),
		cmocka_unit_test(colors_become_what_the_terminal_has),
		cmocka_unit_test(without_colors_a_background_is_reverse),
		cmocka_unit_test(text_never_vanishes_into_what_is_behind_it),
	};

	return RUN_ALL(tests);
}
