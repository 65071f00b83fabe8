#include "tui/python.h"

#include <string.h>

#include "test.h"

/* The letters of a line by what they are: k(eyword) s(tring) n(umber) c(omment) f(unction)
 * b(uilt-in), a blank for what is plain. */
static void assert_colors(const char *line, struct python_state *state, const char *expected)
{
	static const char letters[LOOK_COUNT] = {
		[LOOK_KEYWORD] = 'k', [LOOK_STRING] = 's',   [LOOK_NUMBER] = 'n',
		[LOOK_COMMENT] = 'c', [LOOK_FUNCTION] = 'f', [LOOK_LINK] = 'b',
	};
	struct python_piece pieces[PYTHON_PIECES_MOST];
	size_t count = python_color(pieces, text_span(line), state), at = 0;
	char colors[200] = { 0 };

	memset(colors, ' ', strlen(line));
	for (size_t i = 0; i < count; i++) {
		assert_true(pieces[i].from >= at && pieces[i].from + pieces[i].len <= strlen(line));
		at = pieces[i].from + pieces[i].len;
		memset(colors + pieces[i].from, letters[pieces[i].look], pieces[i].len);
	}
	assert_string_equal(colors, expected);
}

static void assert_line(const char *line, const char *expected)
{
	struct python_state state = { 0 };

	assert_colors(line, &state, expected);
	assert_int_equal(state.quote, 0);
}

TEST(a_line_is_told_by_its_words)
{
	assert_line("def build(x):", "kkk fffff    ");
	assert_line("class Lamp(Base):", "kkkkk ffff       ");
	assert_line("for i in range(12):", "kkk   kk bbbbb nn  ");
	assert_line("return 0.5e3 + 0x1f", "kkkkkk nnnnn   nnnn");
}

TEST(a_member_is_no_keyword_and_no_builtin)
{
	assert_line("bm.in_ = ob.import_x", "                    ");
	assert_line("a.sum + sum", "        bbb");
}

TEST(a_comment_ends_the_line_but_not_in_a_string)
{
	assert_line("x = 1  # not 2", "    n  ccccccc");
	assert_line("x = '#2f6f52'", "    sssssssss");
}

TEST(strings_end_where_their_quote_does)
{
	assert_line("'it\\'s' + \"'\"", "sssssss   sss");
	assert_line("f'{x}' rb\"x\" ''", "ssssss sssss ss");
	assert_line("'open", "sssss");
	assert_line("'ends in \\", "ssssssssss");
}

TEST(a_long_string_goes_on_over_lines)
{
	struct python_state state = { 0 };

	assert_colors("x = \"\"\"one", &state, "    ssssss");
	assert_int_equal(state.quote, '"');
	assert_colors("it's # 'two'", &state, "ssssssssssss");
	assert_colors("end\"\"\" if y", &state, "ssssss kk  ");
	assert_int_equal(state.quote, 0);
}

TEST(one_kind_of_quotes_does_not_end_the_other)
{
	struct python_state state = { 0 };

	assert_colors("'''a", &state, "ssss");
	assert_colors("\"\"\" b", &state, "sssss");
	assert_colors("'''", &state, "sss");
	assert_int_equal(state.quote, 0);
}

TEST(whatever_the_text_there_are_never_too_many_pieces)
{
	struct python_piece pieces[PYTHON_PIECES_MOST];
	struct python_state state = { 0 };
	char line[4000];

	for (size_t i = 0; i < sizeof(line); i++)
		line[i] = i % 2 ? ' ' : '1';
	assert_int_equal(python_color(pieces, (struct text_span){ line, sizeof(line) }, &state),
	                 PYTHON_PIECES_MOST);
	memset(line, 0xff, sizeof(line));
	python_color(pieces, (struct text_span){ line, sizeof(line) }, &state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_told_by_its_words),
		cmocka_unit_test(a_member_is_no_keyword_and_no_builtin),
		cmocka_unit_test(a_comment_ends_the_line_but_not_in_a_string),
		cmocka_unit_test(strings_end_where_their_quote_does),
		cmocka_unit_test(a_long_string_goes_on_over_lines),
		cmocka_unit_test(one_kind_of_quotes_does_not_end_the_other),
		cmocka_unit_test(whatever_the_text_there_are_never_too_many_pieces),
	};

	return RUN_ALL(tests);
}
