#include "tui/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/options.h"
#include "data.h"
#include "test.h"

static struct layouts read_own(void)
{
	struct layouts layouts = { 0 };
	struct strbuf file = { 0 };
	struct error err;

	data_path(&file, "../../config/layouts.yaml");
	assert_true(options_read_file(&layouts, &layouts_type, strbuf_str(&file), &err));
	assert_true(layouts_prepare(&layouts, &err));
	strbuf_release(&file);
	return layouts;
}

/* Marks every cell that something is at, and fails where two things are. */
static void cover(char *cells, int rows, int cols, struct cells r)
{
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int col = r.col; col < r.col + r.cols; col++) {
			assert_in_range(row, 0, rows - 1);
			assert_in_range(col, 0, cols - 1);
			assert_int_equal(cells[row * cols + col]++, 0);
		}
}

static void assert_exact(const struct scene *s, int rows, int cols)
{
	char *cells = xcalloc((size_t)(rows * cols), 1);

	cover(cells, rows, cols, s->status);
	cover(cells, rows, cols, s->tabs);
	cover(cells, rows, cols, s->banner);
	cover(cells, rows, cols, s->prompt);
	cover(cells, rows, cols, s->hints);
	for (size_t i = 0; i < s->layout->box_count; i++)
		cover(cells, rows, cols, s->boxes[i]);
	for (int i = 0; i < rows * cols; i++)
		assert_int_equal(cells[i], 1);
	free(cells);
}

TEST(panes_that_there_are_not_leave_no_gap)
{
	static const struct splits none;
	static const bool missing[PANE_COUNT] = { [PANE_PARAMS] = true, [PANE_TALK] = true };
	struct layouts layouts = read_own();
	struct scene scene;

	layouts_leave_out(&layouts, missing);
	for (size_t i = 0; i < layouts.list.count; i++) {
		const struct layout *l = &layouts.list.items[i];

		assert_int_equal(layout_box_of(l, PANE_PARAMS), -1);
		assert_int_equal(layout_box_of(l, PANE_TALK), -1);
		assert_in_range(layout_box_of(l, PANE_STEPS), 0, 12);
		layout_solve(&scene, l, &none, 60, 200, 1, l->frameless ? 1 : 0);
		assert_exact(&scene, 60, 200);
	}
	record_release(&layouts_type, &layouts);
}

TEST(at_every_size_the_screen_is_covered_exactly_once)
{
	static const struct splits none;
	struct layouts layouts = read_own();
	struct scene scene;

	for (int rows = LAYOUT_ROWS_MIN; rows < 120; rows += 1)
		for (int cols = LAYOUT_COLS_MIN; cols < 300; cols += 7)
			for (int prompt = 1; prompt < 6; prompt += 4) {
				const struct layout *l = layouts_for(&layouts, rows, cols);

				assert_non_null(l);
				layout_solve(&scene, l, &none, rows, cols, prompt, 0);
				assert_exact(&scene, rows, cols);
				layout_solve(&scene, l, &none, rows, cols, prompt, l->box_count);
				assert_exact(&scene, rows, cols);
			}
	record_release(&layouts_type, &layouts);
}

TEST(each_size_has_the_layout_that_is_meant_for_it)
{
	static const struct {
		int rows, cols;
		const char *name;
	} cases[] = {
		{ 60, 200, "large" }, { 40, 120, "wide" }, { 60, 80, "portrait" },
		{ 24, 80, "two" },    { 12, 40, "one" },
	};
	struct layouts layouts = read_own();

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(layouts_for(&layouts, cases[i].rows, cases[i].cols)->name,
		                    cases[i].name);
	assert_null(layouts_for(&layouts, 11, 200));
	assert_null(layouts_for(&layouts, 200, 39));
	record_release(&layouts_type, &layouts);
}

TEST(every_layout_shows_every_pane)
{
	struct layouts layouts = read_own();

	for (size_t i = 0; i < layouts.list.count; i++)
		for (int pane = PANE_PLAN; pane < PANE_COUNT; pane++)
			assert_int_not_equal(
				layout_box_of(&layouts.list.items[i], (enum pane_id)pane), -1);
	record_release(&layouts_type, &layouts);
}

TEST(a_border_can_be_dragged_and_stops_at_its_neighbours)
{
	struct layouts layouts = read_own();
	const struct layout *l = layouts_for(&layouts, 24, 80);
	struct splits splits = { 0 };
	struct scene scene;
	size_t at;

	layout_solve(&scene, l, &splits, 24, 80, 1, 0);
	assert_int_equal(layout_border_at(&scene, 10, scene.boxes[0].cols - 1, &at), BORDER_COLUMN);
	layout_drag(&splits, &scene, BORDER_COLUMN, at, 5);
	layout_solve(&scene, l, &splits, 24, 80, 1, 0);
	assert_int_equal(scene.boxes[0].cols, 31);
	assert_exact(&scene, 24, 80);
	layout_drag(&splits, &scene, BORDER_COLUMN, at, 500);
	layout_solve(&scene, l, &splits, 24, 80, 1, 0);
	assert_int_equal(scene.boxes[2].cols, 12);
	layout_drag(&splits, &scene, BORDER_BOX, 0, -500);
	layout_solve(&scene, l, &splits, 24, 80, 1, 0);
	assert_int_equal(scene.boxes[0].rows, 3);
	assert_exact(&scene, 24, 80);
	record_release(&layouts_type, &layouts);
}

static void assert_refused(const char *panes, const char *why)
{
	struct layout one = { .name = "mine", .cols = 80, .rows = 24, .panes = panes };
	struct layouts layouts = { { &one, 1 } };
	struct error err;

	assert_false(layouts_prepare(&layouts, &err));
	assert_string_equal(err.text, why);
}

TEST(a_layout_that_makes_no_sense_is_refused_with_a_reason)
{
	assert_refused("plan | chat",
	               "layout mine: \"chat\" is not a pane; write plan, talk, script, "
	               "views, params, steps or checks");
	assert_refused("plan | plan", "layout mine: plan stands in two places");
	assert_refused("plan 0", "layout mine: \"0\" is not a share of 1 to 1000");
	assert_refused("plan 3x", "layout mine: \"3x\" is not a share of 1 to 1000");
	assert_refused("plan = lots", "layout mine: a column's share is a number of 1 to 1000");
	assert_refused("plan 30!", "layout mine: a column needs 30 rows of the 19 there are");
	assert_refused("", "layout mine: \"\" is not a pane; write plan, talk, script, views, "
	                   "params, steps or checks");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(panes_that_there_are_not_leave_no_gap),
		cmocka_unit_test(at_every_size_the_screen_is_covered_exactly_once),
		cmocka_unit_test(each_size_has_the_layout_that_is_meant_for_it),
		cmocka_unit_test(every_layout_shows_every_pane),
		cmocka_unit_test(a_border_can_be_dragged_and_stops_at_its_neighbours),
		cmocka_unit_test(a_layout_that_makes_no_sense_is_refused_with_a_reason),
	};

	return RUN_ALL(tests);
}
