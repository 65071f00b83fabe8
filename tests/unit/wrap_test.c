#include "tui/wrap.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

static void add(struct wrap *w, const char *text)
{
	wrap_add(w, text, strlen(text));
}

static void assert_row(const struct wrap *w, size_t row, const char *expected)
{
	struct text_span span = wrap_row(w, row);

	if (!text_is(span, expected))
		fail_msg("row %zu is \"%.*s\", not \"%s\"", row, (int)span.len, span.at, expected);
}

/* A text given in pieces of so many bytes looks as it does at once. */
static void assert_same(const char *text, size_t piece, size_t cols)
{
	struct wrap once = { 0 }, grown = { 0 };
	size_t len = strlen(text), count;

	wrap_add(&once, text, len);
	count = wrap_fit(&once, cols);
	for (size_t i = 0; i < len; i += piece) {
		wrap_add(&grown, text + i, len - i < piece ? len - i : piece);
		wrap_fit(&grown, cols);
	}
	assert_int_equal(wrap_fit(&grown, cols), count);
	for (size_t i = 0; i < count; i++) {
		struct text_span row = wrap_row(&once, i);
		char *expected = strndup(row.at, row.len);

		assert_row(&grown, i, expected);
		free(expected);
	}
	wrap_release(&once);
	wrap_release(&grown);
}

TEST(words_that_come_one_by_one_look_as_if_they_had_come_at_once)
{
	static const char text[] = "The shade has no wall thickness, its rim reads as paper.\n\n"
				   "\tIt also floats 4 mm above the hinge.\r\n"
				   "  indented, andaverylongwordthatfitsnowhere at all\n"
				   "caf\xc3\xa9 \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e \033[31m red";

	for (size_t cols = 1; cols < 70; cols += 3)
		for (size_t piece = 1; piece < 12; piece += 2)
			assert_same(text, piece, cols);
}

TEST(a_line_may_be_as_long_as_a_whole_reply)
{
	struct strbuf text = { 0 };

	for (int i = 0; i < 300; i++)
		strbuf_addf(&text, "{\"edit\": \"caf\xc3\xa9 %d\"},%s", i, i % 7 ? " " : "");
	assert_same(strbuf_str(&text), 1, 33);
	assert_same(strbuf_str(&text), 701, 33);
	strbuf_release(&text);
}

TEST(another_width_breaks_all_of_it_again)
{
	struct wrap w = { 0 };

	add(&w, "one two three");
	assert_int_equal(wrap_fit(&w, 20), 1);
	assert_int_equal(wrap_fit(&w, 5), 3);
	assert_row(&w, 2, "three");
	assert_int_equal(wrap_fit(&w, 0), 11);
	wrap_release(&w);
}

TEST(what_drives_a_terminal_does_no_harm)
{
	struct wrap w = { 0 };

	add(&w, "a\033");
	add(&w, "]0;x\007b");
	wrap_fit(&w, 80);
	assert_null(memchr(w.text.buf, '\033', w.text.len));
	assert_null(memchr(w.text.buf, '\007', w.text.len));
	wrap_release(&w);
}

TEST(an_empty_text_has_no_rows_and_takes_new_ones)
{
	struct wrap w = { 0 };

	assert_int_equal(wrap_fit(&w, 10), 0);
	add(&w, "one");
	assert_int_equal(wrap_fit(&w, 10), 1);
	wrap_reset(&w);
	assert_int_equal(wrap_fit(&w, 10), 0);
	add(&w, "two");
	assert_int_equal(wrap_fit(&w, 10), 1);
	assert_row(&w, 0, "two");
	wrap_release(&w);
}

/* Were all of it wrapped again for each word, this would take minutes. */
TEST(a_long_reply_costs_no_more_per_word_than_a_short_one)
{
	struct wrap w = { 0 };

	for (int i = 0; i < 60000; i++) {
		add(&w, "wall = ");
		if (i % 20000 == 0)
			add(&w, "\n");
		wrap_fit(&w, 60);
	}
	assert_in_range(w.count, 60000 * 7 / 60, 60000 * 7 / 50);
	wrap_release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_come_one_by_one_look_as_if_they_had_come_at_once),
		cmocka_unit_test(a_line_may_be_as_long_as_a_whole_reply),
		cmocka_unit_test(another_width_breaks_all_of_it_again),
		cmocka_unit_test(what_drives_a_terminal_does_no_harm),
		cmocka_unit_test(an_empty_text_has_no_rows_and_takes_new_ones),
		cmocka_unit_test(a_long_reply_costs_no_more_per_word_than_a_short_one),
	};

	return RUN_ALL(tests);
}
