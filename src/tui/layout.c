#include "tui/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Status, tabs, banner, prompt and hints. */
#define CHROME_ROWS 5

const char *const pane_names[] = { "",       "plan",  "talk",   "script", "views",
	                           "params", "steps", "checks", NULL };

static const struct field layout_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct layout, name), .help = "what :layout calls it" },
	{ "cols", FIELD_INT, offsetof(struct layout, cols), .min = LAYOUT_COLS_MIN, .max = 10000,
	  .help = "the least columns it is for" },
	{ "rows", FIELD_INT, offsetof(struct layout, rows), .min = LAYOUT_ROWS_MIN, .max = 10000,
	  .help = "the least rows it is for" },
	{ "panes", FIELD_TEXT, offsetof(struct layout, panes),
	  .help = "what stands where: plan 2 / steps 3 = 26 | talk, script = 54" },
	{ "frameless", FIELD_BOOL, offsetof(struct layout, frameless), .optional = true,
	  .help = "no borders, but a row of tabs" },
	{ "named", FIELD_BOOL, offsetof(struct layout, named), .optional = true,
	  .help = "only taken when asked for by its name" },
	{ 0 },
};
static const struct record_type layout_type = { "layout", sizeof(struct layout), layout_fields };

static const struct field layouts_fields[] = {
	{ "layouts", FIELD_LIST, offsetof(struct layouts, list), .of = &layout_type,
	  .help = "the first that a screen is large enough for is taken" },
	{ 0 },
};
const struct record_type layouts_type = { "layouts", sizeof(struct layouts), layouts_fields };

bool cells_has(struct cells r, int row, int col)
{
	return row >= r.row && row < r.row + r.rows && col >= r.col && col < r.col + r.cols;
}

/* Take what stands before a mark off the front of *rest; without the mark, all of it. */
static bool next_part(struct text_span *part, struct text_span *rest, char mark)
{
	const char *end;
	size_t len;

	if (!rest->at)
		return false;
	end = memchr(rest->at, mark, rest->len);
	len = end ? (size_t)(end - rest->at) : rest->len;
	*part = text_trim((struct text_span){ rest->at, len });
	*rest = end ? (struct text_span){ end + 1, rest->len - len - 1 } : (struct text_span){ 0 };
	return true;
}

/* A share: 1 to 1000. */
static bool read_share(int *out, struct text_span word)
{
	int share = 0;

	for (size_t i = 0; i < word.len; i++) {
		if (word.at[i] < '0' || word.at[i] > '9' || share > 100)
			return false;
		share = share * 10 + (word.at[i] - '0');
	}
	*out = share;
	return share > 0;
}

static enum pane_id find_pane(struct text_span word)
{
	for (int i = PANE_PLAN; i < PANE_COUNT; i++)
		if (text_is(word, pane_names[i]))
			return (enum pane_id)i;
	return PANE_NONE;
}

/* "views", "checks 12", "plan 2!" */
static bool read_pane(struct box *box, struct text_span text, unsigned *seen, struct error *err)
{
	const char *blank = memchr(text.at, ' ', text.len);
	size_t len = blank ? (size_t)(blank - text.at) : text.len;
	struct text_span share = text_trim((struct text_span){ text.at + len, text.len - len });
	enum pane_id pane = find_pane((struct text_span){ text.at, len });

	if (!pane)
		return failed(err, ERR_CONFIG,
		              "\"%.*s\" is not a pane; write plan, talk, script, views, params, "
		              "steps or checks",
		              (int)(len < 40 ? len : 40), text.at);
	if (*seen & 1u << pane)
		return failed(err, ERR_CONFIG, "%s stands in two places", pane_names[pane]);
	*seen |= 1u << pane;
	box->panes[box->count++] = pane;
	if (share.len && share.at[share.len - 1] == '!') {
		box->is_fixed = true;
		share.len--;
	}
	if (share.len && !read_share(&box->share, share))
		return failed(err, ERR_CONFIG, "\"%.*s\" is not a share of 1 to 1000",
		              (int)(share.len < 40 ? share.len : 40), share.at);
	return true;
}

static bool read_box(struct layout *l, struct text_span text, unsigned *seen, struct error *err)
{
	struct box *box = &l->boxes[l->box_count];
	struct text_span pane;

	if (l->box_count == LAYOUT_BOXES_MAX)
		return failed(err, ERR_CONFIG, "more than %d boxes", LAYOUT_BOXES_MAX);
	*box = (struct box){ .column = (int)l->column_count, .share = 1 };
	while (next_part(&pane, &text, ','))
		if (!read_pane(box, pane, seen, err))
			return false;
	l->box_count++;
	return true;
}

static bool read_column(struct layout *l, struct text_span text, unsigned *seen, struct error *err)
{
	struct text_span boxes, share = text, box;

	if (l->column_count == LAYOUT_COLUMNS_MAX)
		return failed(err, ERR_CONFIG, "more than %d columns", LAYOUT_COLUMNS_MAX);
	l->column_share[l->column_count] = 1;
	next_part(&boxes, &share, '=');
	if (share.at && !read_share(&l->column_share[l->column_count], text_trim(share)))
		return failed(err, ERR_CONFIG, "a column's share is a number of 1 to 1000");
	while (next_part(&box, &boxes, '/'))
		if (!read_box(l, box, seen, err))
			return false;
	l->column_count++;
	return true;
}

/* Every box has to get its rows, and every column room for a frame. */
static bool has_room(const struct layout *l, struct error *err)
{
	int rows[LAYOUT_COLUMNS_MAX] = { 0 };

	for (size_t i = 0; i < l->box_count; i++)
		rows[l->boxes[i].column] += l->boxes[i].is_fixed ? l->boxes[i].share : 3;
	for (size_t i = 0; i < l->column_count; i++)
		if (rows[i] > l->rows - CHROME_ROWS)
			return failed(err, ERR_CONFIG, "a column needs %d rows of the %d there are",
			              rows[i], (int)l->rows - CHROME_ROWS);
	return true;
}

static bool prepare(struct layout *l, struct error *err)
{
	struct text_span rest = text_span(l->panes), column;
	unsigned seen = 0;

	l->box_count = l->column_count = 0;
	while (next_part(&column, &rest, '|'))
		if (!read_column(l, column, &seen, err))
			return failed_in(err, "layout %s", l->name);
	return has_room(l, err) || failed_in(err, "layout %s", l->name);
}

bool layouts_prepare(struct layouts *layouts, struct error *err)
{
	for (size_t i = 0; i < layouts->list.count; i++)
		if (!prepare(&layouts->list.items[i], err))
			return false;
	return true;
}

static void leave_out_panes(struct box *box, const bool missing[PANE_COUNT])
{
	size_t count = 0;

	for (size_t i = 0; i < box->count; i++)
		if (!missing[box->panes[i]])
			box->panes[count++] = box->panes[i];
	box->count = count;
}

static void leave_out_columns(struct layout *l)
{
	int moved[LAYOUT_COLUMNS_MAX] = { 0 };
	bool used[LAYOUT_COLUMNS_MAX] = { false };
	size_t count = 0;

	for (size_t i = 0; i < l->box_count; i++)
		used[l->boxes[i].column] = true;
	for (size_t i = 0; i < l->column_count; i++) {
		moved[i] = (int)count;
		if (used[i])
			l->column_share[count++] = l->column_share[i];
	}
	for (size_t i = 0; i < l->box_count; i++)
		l->boxes[i].column = moved[l->boxes[i].column];
	l->column_count = count;
}

void layouts_leave_out(struct layouts *layouts, const bool missing[PANE_COUNT])
{
	for (size_t i = 0; i < layouts->list.count; i++) {
		struct layout *l = &layouts->list.items[i];
		size_t count = 0;

		for (size_t k = 0; k < l->box_count; k++) {
			leave_out_panes(&l->boxes[k], missing);
			if (l->boxes[k].count)
				l->boxes[count++] = l->boxes[k];
		}
		l->box_count = count;
		leave_out_columns(l);
	}
}

const struct layout *layouts_for(const struct layouts *layouts, int rows, int cols)
{
	for (size_t i = 0; i < layouts->list.count; i++)
		if (!layouts->list.items[i].named && layouts->list.items[i].box_count &&
		    layouts->list.items[i].rows <= rows && layouts->list.items[i].cols <= cols)
			return &layouts->list.items[i];
	return NULL;
}

int layout_box_of(const struct layout *layout, enum pane_id pane)
{
	for (size_t i = 0; i < layout->box_count; i++)
		for (size_t k = 0; k < layout->boxes[i].count; k++)
			if (layout->boxes[i].panes[k] == pane)
				return (int)i;
	return -1;
}

/* Divide `room` among `count` shares: none gets less than 1, together they are exactly `room`. */
static void divide(int *out, const int *shares, size_t count, int room)
{
	int total = 0, given = 0;

	for (size_t i = 0; i < count; i++)
		total += shares[i] > 0 ? shares[i] : 1;
	for (size_t i = 0; i < count; i++) {
		int share = shares[i] > 0 ? shares[i] : 1;
		int rest = (int)(count - i) - 1;

		out[i] = i + 1 == count ? room - given : room * share / total;
		if (out[i] > room - given - rest)
			out[i] = room - given - rest;
		if (out[i] < 1)
			out[i] = 1;
		given += out[i];
	}
}

/* What a border was dragged counts in cells, so it is applied to cells. */
static void shift(int *sizes, const int *by, size_t count)
{
	for (size_t i = 0; i + 1 < count; i++) {
		int move = by[i];

		if (move > sizes[i + 1] - 1)
			move = sizes[i + 1] - 1;
		if (move < 1 - sizes[i])
			move = 1 - sizes[i];
		sizes[i] += move;
		sizes[i + 1] -= move;
	}
}

static void solve_column(struct scene *out, const struct splits *splits, int column, int col,
                         int cols, int rows)
{
	const struct layout *l = out->layout;
	int shares[LAYOUT_BOXES_MAX], sizes[LAYOUT_BOXES_MAX], fixed = 0, row = 1;
	size_t first = 0, count = 0, open = 0;

	while (l->boxes[first].column != column)
		first++;
	for (size_t i = first; i < l->box_count && l->boxes[i].column == column; i++, count++)
		if (!l->boxes[i].is_fixed)
			shares[open++] = l->boxes[i].share;
		else
			fixed += l->boxes[i].share;
	divide(sizes, shares, open, rows - fixed);
	for (size_t i = count, from = open; i-- > 0;)
		sizes[i] = l->boxes[first + i].is_fixed ? l->boxes[first + i].share : sizes[--from];
	shift(sizes, splits->box + first, count);
	row += out->tabs.rows;
	for (size_t i = 0; i < count; i++) {
		out->boxes[first + i] = (struct cells){ row, col, sizes[i], cols };
		row += sizes[i];
	}
}

void layout_solve(struct scene *out, const struct layout *layout, const struct splits *splits,
                  int rows, int cols, int prompt_rows, size_t zoomed)
{
	int widths[LAYOUT_COLUMNS_MAX], room, col = 0;

	*out = (struct scene){ .layout = layout, .zoomed = zoomed };
	if (!layout)
		return;
	if (prompt_rows > rows / 3)
		prompt_rows = rows / 3;
	out->status = (struct cells){ 0, 0, 1, cols };
	out->hints = (struct cells){ rows - 1, 0, 1, cols };
	out->prompt = (struct cells){ rows - 1 - prompt_rows, 0, prompt_rows, cols };
	out->banner = (struct cells){ rows - 2 - prompt_rows, 0, 1, cols };
	if (layout->frameless)
		out->tabs = (struct cells){ 1, 0, 1, cols };
	room = rows - 3 - prompt_rows - out->tabs.rows;
	if (zoomed) {
		out->boxes[zoomed - 1] = (struct cells){ 1 + out->tabs.rows, 0, room, cols };
		return;
	}
	divide(widths, layout->column_share, layout->column_count, cols);
	shift(widths, splits->column, layout->column_count);
	for (size_t i = 0; i < layout->column_count; i++) {
		solve_column(out, splits, (int)i, col, widths[i], room);
		col += widths[i];
	}
}

enum border layout_border_at(const struct scene *scene, int row, int col, size_t *at)
{
	const struct layout *l = scene->layout;

	if (!l || scene->zoomed || l->frameless)
		return BORDER_NONE;
	for (size_t i = 0; i + 1 < l->box_count; i++) {
		struct cells r = scene->boxes[i];
		bool is_last = l->boxes[i + 1].column != l->boxes[i].column;
		bool is_end = l->boxes[i].column + 1 == (int)l->column_count;

		*at = i;
		if (!is_last && row == r.row + r.rows - 1 && col > r.col &&
		    col < r.col + r.cols - 1)
			return BORDER_BOX;
		*at = (size_t)l->boxes[i].column;
		if (!is_end && cells_has(r, row, col) && col == r.col + r.cols - 1)
			return BORDER_COLUMN;
	}
	return BORDER_NONE;
}

/* The size of the box or column before a border, and of the one behind it. */
static void sizes_at(const struct scene *scene, enum border border, size_t at, int *before,
                     int *after)
{
	const struct layout *l = scene->layout;
	size_t i = 0, k = 0;

	if (border == BORDER_BOX) {
		*before = scene->boxes[at].rows;
		*after = scene->boxes[at + 1].rows;
		return;
	}
	while (l->boxes[i].column != (int)at)
		i++;
	while (l->boxes[k].column != (int)at + 1)
		k++;
	*before = scene->boxes[i].cols;
	*after = scene->boxes[k].cols;
}

void layout_drag(struct splits *splits, const struct scene *scene, enum border border, size_t at,
                 int by)
{
	int *split = border == BORDER_BOX ? &splits->box[at] : &splits->column[at];
	int least = border == BORDER_BOX ? 3 : 12, before, after;

	if (border == BORDER_NONE)
		return;
	sizes_at(scene, border, at, &before, &after);
	if (by < least - before)
		by = least - before;
	if (by > after - least)
		by = after - least;
	*split += by;
}
