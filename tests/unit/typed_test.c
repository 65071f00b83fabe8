#include "tui/typed.h"

#include <string.h>

#include "test.h"

static void assert_rows(const char *text, size_t cols, const char *const *rows)
{
	struct typed typed;

	typed_wrap(&typed, text, strlen(text), cols);
	for (size_t i = 0; i < typed.count; i++) {
		size_t len = typed.rows[i].to - typed.rows[i].from;

		assert_non_null(rows[i]);
		assert_int_equal(len, strlen(rows[i]));
		assert_memory_equal(text + typed.rows[i].from, rows[i], len);
	}
	assert_null(rows[typed.count]);
	typed_release(&typed);
}

TEST(rows_are_broken_between_words_and_blanks_stay)
{
	assert_rows("one two three", 8, (const char *const[]){ "one two ", "three", NULL });
	assert_rows("one two  three", 7, (const char *const[]){ "one two  ", "three", NULL });
	assert_rows("abcdefgh", 3, (const char *const[]){ "abc", "def", "gh", NULL });
	assert_rows("", 3, (const char *const[]){ "", NULL });
}

TEST(a_line_end_at_the_end_begins_a_row)
{
	assert_rows("a\n", 8, (const char *const[]){ "a", "", NULL });
	assert_rows("\n\n", 8, (const char *const[]){ "", "", "", NULL });
}

TEST(a_wide_character_is_never_cut)
{
	assert_rows("\u6728\u6728\u6728", 5,
	            (const char *const[]){ "\u6728\u6728", "\u6728", NULL });
	assert_rows("\u6728", 1, (const char *const[]){ "\u6728", NULL });
}

TEST(every_place_has_one_row)
{
	static const char text[] = "one two\nthree";
	static const size_t rows[] = { 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2 };
	struct typed typed;

	typed_wrap(&typed, text, strlen(text), 4);
	for (size_t place = 0; place < 12; place++)
		assert_int_equal(typed_row_of(&typed, place), rows[place]);
	typed_release(&typed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_broken_between_words_and_blanks_stay),
		cmocka_unit_test(a_line_end_at_the_end_begins_a_row),
		cmocka_unit_test(a_wide_character_is_never_cut),
		cmocka_unit_test(every_place_has_one_row),
	};

	return RUN_ALL(tests);
}
