#include "test.h"
#include "tui/find.h"

static const char *const lines[] = { "bm = bmesh.new()", "wall = 3", "Wall.offset", "rim",
	                             "a wall" };

static struct text_span line(void *ctx, size_t i)
{
	(void)ctx;
	return text_span(lines[i]);
}

static size_t found_from(size_t from, const char *what, int by, struct matches *m)
{
	struct finder in = { .count = COUNT(lines), .from = from, .text = line };
	size_t at = 99;

	*m = find_item(&at, &in, what, by);
	return at;
}

static void assert_found(size_t from, const char *what, int by, size_t expected)
{
	struct matches m;

	assert_int_equal(found_from(from, what, by, &m), expected);
}

TEST(capitals_matter_as_soon_as_there_are_any)
{
	struct matches m;

	found_from(0, "wall", 0, &m);
	assert_int_equal(m.count, 3);
	assert_int_equal(found_from(0, "Wall", 0, &m), 2);
	assert_int_equal(m.count, 1);
}

TEST(a_search_begins_where_one_is)
{
	assert_found(0, "wall", 0, 1);
	assert_found(2, "wall", 0, 2);
	assert_found(3, "wall", 0, 4);
}

TEST(the_next_match_is_another_one_and_goes_round_the_end)
{
	assert_found(1, "wall", 1, 2);
	assert_found(4, "wall", 1, 1);
	assert_found(3, "wall", 1, 4);
	assert_found(1, "wall", -1, 4);
	assert_found(3, "wall", -1, 2);
}

TEST(what_is_not_there_moves_nothing)
{
	struct matches m;

	assert_int_equal(found_from(0, "lamp", 1, &m), 99);
	assert_int_equal(m.count, 0);
	assert_int_equal(found_from(0, "", 0, &m), 99);
}

TEST(every_match_in_a_line_is_found_once)
{
	struct text_span text = text_span("rim, Rim and grim");
	size_t at = 0;

	assert_true(find_next(text, "rim", &at));
	assert_int_equal(at, 0);
	at++;
	assert_true(find_next(text, "rim", &at));
	assert_int_equal(at, 5);
	at++;
	assert_true(find_next(text, "rim", &at));
	assert_int_equal(at, 14);
	at++;
	assert_false(find_next(text, "rim", &at));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(capitals_matter_as_soon_as_there_are_any),
		cmocka_unit_test(a_search_begins_where_one_is),
		cmocka_unit_test(the_next_match_is_another_one_and_goes_round_the_end),
		cmocka_unit_test(what_is_not_there_moves_nothing),
		cmocka_unit_test(every_match_in_a_line_is_found_once),
	};

	return RUN_ALL(tests);
}
