#include "tui/rows.h"

#include "test.h"

/* Items of one row, but for those whose number is divisible by ten: they have five. */
static int mixed(void *ctx, size_t item)
{
	size_t *asked = ctx;

	if (asked)
		(*asked)++;
	return item % 10 ? 1 : 5;
}

static struct rows at_top(size_t count, int screen_rows)
{
	struct rows r = { 0 };

	rows_fit(&r, count, screen_rows, rows_one, NULL);
	return r;
}

TEST(the_cursor_stays_in_sight)
{
	struct rows r = at_top(100, 10);

	rows_go(&r, 50);
	rows_fit(&r, 100, 10, rows_one, NULL);
	assert_int_equal(r.top, 41);
	rows_go(&r, 45);
	rows_fit(&r, 100, 10, rows_one, NULL);
	assert_int_equal(r.top, 41);
	rows_go(&r, 3);
	rows_fit(&r, 100, 10, rows_one, NULL);
	assert_int_equal(r.top, 3);
}

TEST(moving_stops_at_both_ends)
{
	struct rows r = at_top(2, 10);

	assert_false(rows_move(&r, MOVE_UP, rows_one, NULL));
	assert_true(rows_move(&r, MOVE_DOWN, rows_one, NULL));
	assert_false(rows_move(&r, MOVE_DOWN, rows_one, NULL));
	assert_int_equal(r.cursor, 1);
	r = at_top(0, 10);
	assert_false(rows_move(&r, MOVE_DOWN, rows_one, NULL));
}

TEST(an_item_of_many_rows_is_seen_whole)
{
	struct rows r = { 0 };

	rows_fit(&r, 100, 12, mixed, NULL);
	rows_go(&r, 10);
	rows_fit(&r, 100, 12, mixed, NULL);
	assert_int_equal(r.top, 3);
	assert_int_equal(r.skip, 0);
	assert_int_equal(rows_at(&r, 7, mixed, NULL), 10);
	assert_int_equal(rows_at(&r, 11, mixed, NULL), 10);
}

/* The first has thirty rows. */
static int tall(void *ctx, size_t item)
{
	(void)ctx;
	return item ? 1 : 30;
}

TEST(an_item_higher_than_the_screen_is_read_to_its_end)
{
	struct rows r = { 0 };

	for (int i = 0; i < 20; i++) {
		rows_fit(&r, 5, 10, tall, NULL);
		assert_int_equal(r.skip, i);
		assert_int_equal(r.cursor, 0);
		assert_true(rows_move(&r, MOVE_DOWN, tall, NULL));
	}
	rows_fit(&r, 5, 10, tall, NULL);
	assert_true(rows_move(&r, MOVE_DOWN, tall, NULL));
	rows_fit(&r, 5, 10, tall, NULL);
	assert_int_equal(r.cursor, 1);
	assert_int_equal(rows_at(&r, 9, tall, NULL), 1);
}

TEST(pages_meet_without_a_gap)
{
	struct rows r = { 0 };

	rows_fit(&r, 100, 10, mixed, NULL);
	assert_int_equal(rows_at(&r, 9, mixed, NULL), 5);
	assert_true(rows_move(&r, MOVE_PAGE_DOWN, mixed, NULL));
	rows_fit(&r, 100, 10, mixed, NULL);
	assert_int_equal(rows_at(&r, 0, mixed, NULL), 5);
	assert_true(rows_move(&r, MOVE_PAGE_UP, mixed, NULL));
	rows_fit(&r, 100, 10, mixed, NULL);
	assert_int_equal(r.top, 0);
	assert_int_equal(r.cursor, 0);
}

TEST(the_wheel_leaves_the_cursor_alone)
{
	struct rows r = at_top(100, 10);

	rows_move(&r, MOVE_WHEEL_DOWN, rows_one, NULL);
	rows_fit(&r, 100, 10, rows_one, NULL);
	assert_int_equal(r.top, 3);
	assert_int_equal(r.cursor, 0);
	rows_move(&r, MOVE_DOWN, rows_one, NULL);
	rows_fit(&r, 100, 10, rows_one, NULL);
	assert_int_equal(r.top, 1);
}

TEST(at_its_tail_a_list_follows_what_comes)
{
	struct rows r = { .follows = true };

	rows_fit(&r, 20, 10, rows_one, NULL);
	assert_int_equal(r.top, 10);
	rows_fit(&r, 25, 10, rows_one, NULL);
	assert_int_equal(r.top, 15);
	assert_int_equal(r.cursor, 24);
}

TEST(away_from_its_tail_a_list_stands_still)
{
	struct rows r = { .follows = true };

	rows_fit(&r, 20, 10, rows_one, NULL);
	rows_move(&r, MOVE_UP, rows_one, NULL);
	rows_fit(&r, 500, 10, rows_one, NULL);
	assert_int_equal(r.top, 10);
	assert_int_equal(rows_below(&r, rows_one, NULL), 480);
	rows_move(&r, MOVE_BOTTOM, rows_one, NULL);
	rows_fit(&r, 501, 10, rows_one, NULL);
	assert_int_equal(r.top, 491);
}

/* Each scrolling repaints all that is seen; so there is room for some rows after one. */
TEST(following_scrolls_once_for_several_rows)
{
	struct rows r = { .follows = true, .jump = 8 };
	size_t top = 0, scrolled = 0;

	for (size_t count = 1; count <= 240; count++) {
		rows_fit(&r, count, 24, rows_one, NULL);
		assert_true(count <= r.top + 24);
		scrolled += r.top != top;
		top = r.top;
	}
	assert_in_range(scrolled, 20, 30);
}

TEST(what_is_seen_is_full_again_once_nothing_comes_any_more)
{
	struct rows r = { .follows = true, .jump = 8 };

	rows_fit(&r, 24, 24, rows_one, NULL);
	rows_fit(&r, 25, 24, rows_one, NULL);
	assert_int_equal(r.top, 8);
	r.jump = 0;
	rows_fit(&r, 25, 24, rows_one, NULL);
	assert_int_equal(r.top, 1);
}

TEST(a_list_that_shrinks_shows_its_end)
{
	struct rows r = at_top(100, 10);

	rows_go(&r, 99);
	rows_fit(&r, 100, 10, rows_one, NULL);
	rows_fit(&r, 12, 10, rows_one, NULL);
	assert_int_equal(r.top, 2);
	assert_int_equal(r.cursor, 11);
	rows_fit(&r, 0, 10, rows_one, NULL);
	assert_int_equal(r.top, 0);
}

TEST(only_what_is_near_the_screen_is_measured)
{
	struct rows r = { .follows = true };
	size_t asked = 0;

	rows_fit(&r, 100000, 40, mixed, &asked);
	rows_move(&r, MOVE_PAGE_UP, mixed, &asked);
	rows_fit(&r, 100000, 40, mixed, &asked);
	rows_below(&r, mixed, &asked);
	assert_in_range(asked, 1, 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_stays_in_sight),
		cmocka_unit_test(moving_stops_at_both_ends),
		cmocka_unit_test(an_item_of_many_rows_is_seen_whole),
		cmocka_unit_test(an_item_higher_than_the_screen_is_read_to_its_end),
		cmocka_unit_test(pages_meet_without_a_gap),
		cmocka_unit_test(the_wheel_leaves_the_cursor_alone),
		cmocka_unit_test(at_its_tail_a_list_follows_what_comes),
		cmocka_unit_test(away_from_its_tail_a_list_stands_still),
		cmocka_unit_test(following_scrolls_once_for_several_rows),
		cmocka_unit_test(what_is_seen_is_full_again_once_nothing_comes_any_more),
		cmocka_unit_test(a_list_that_shrinks_shows_its_end),
		cmocka_unit_test(only_what_is_near_the_screen_is_measured),
	};

	return RUN_ALL(tests);
}
