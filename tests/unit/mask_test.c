#include "tui/mask.h"

#include <string.h>

#include "test.h"

/* '#' is yes. */
static struct mask mask_of(const char *const rows[], int count)
{
	struct mask mask = { 0 };

	mask_make(&mask, count, (int)strlen(rows[0]));
	for (int row = 0; row < count; row++)
		for (int col = 0; col < mask.cols; col++)
			mask_set(&mask, (struct cells){ row, col, 1, 1 }, rows[row][col] == '#');
	return mask;
}

static int take_all(struct mask *mask, int most_rows, int most_cols)
{
	struct mask rest = { 0 };
	struct cells part;
	int count = 0;

	mask_copy(&rest, mask);
	while (mask_take(&rest, &part, most_rows, most_cols)) {
		count++;
		assert_true(part.rows > 0 && part.cols > 0);
		if (most_rows)
			assert_true(part.rows <= most_rows && part.cols <= most_cols);
		for (int row = part.row; row < part.row + part.rows; row++)
			for (int col = part.col; col < part.col + part.cols; col++) {
				assert_true(mask_get(mask, row, col));
				mask_set(mask, (struct cells){ row, col, 1, 1 }, false);
			}
	}
	assert_true(mask_is_empty(mask));
	mask_release(&rest);
	return count;
}

TEST(a_mask_is_taken_apart_without_rest_or_overlap)
{
	static const char *const rows[] = {
		"##########", "###....###", "###....###", "##########", ".#.#.#.#.#", "##########",
	};
	struct mask mask = mask_of(rows, COUNT(rows));

	take_all(&mask, 0, 0);
	mask_release(&mask);
	mask = mask_of(rows, COUNT(rows));
	take_all(&mask, 2, 3);
	mask_release(&mask);
}

TEST(a_picture_with_a_hole_is_four_pieces)
{
	static const char *const rows[] = { "#####", "#...#", "#...#", "#####" };
	struct mask mask = mask_of(rows, COUNT(rows));

	assert_int_equal(take_all(&mask, 0, 0), 4);
	mask_release(&mask);
}

TEST(limits_make_tiles)
{
	static const char *const rows[] = { "######", "######", "######", "######" };
	struct mask mask = mask_of(rows, COUNT(rows));

	assert_int_equal(take_all(&mask, 2, 3), 4);
	mask_release(&mask);
}

TEST(what_is_outside_of_a_mask_is_no)
{
	struct mask mask = { 0 };
	struct cells part;

	assert_true(mask_is_empty(&mask));
	assert_false(mask_get(&mask, 0, 0));
	assert_false(mask_take(&mask, &part, 0, 0));
	mask_make(&mask, 2, 2);
	mask_set(&mask, (struct cells){ -5, -5, 20, 6 }, true);
	assert_true(mask_get(&mask, 0, 0));
	assert_true(mask_get(&mask, 1, 0));
	assert_false(mask_get(&mask, 0, 1));
	assert_false(mask_get(&mask, -1, 0));
	mask_release(&mask);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mask_is_taken_apart_without_rest_or_overlap),
		cmocka_unit_test(a_picture_with_a_hole_is_four_pieces),
		cmocka_unit_test(limits_make_tiles),
		cmocka_unit_test(what_is_outside_of_a_mask_is_no),
	};

	return RUN_ALL(tests);
}
