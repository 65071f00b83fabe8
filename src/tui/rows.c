#include "tui/rows.h"

int rows_one(void *ctx, size_t item)
{
	(void)ctx;
	(void)item;
	return 1;
}

/* Scroll by rows; stops at the first row. */
static void scroll_up(struct rows *r, int by, rows_height_fn height, void *ctx)
{
	r->skip -= by;
	while (r->skip < 0 && r->top)
		r->skip += height(ctx, --r->top);
	if (r->skip < 0)
		r->skip = 0;
}

static void scroll_down(struct rows *r, int by, rows_height_fn height, void *ctx)
{
	r->skip += by;
	while (r->top + 1 < r->count && r->skip >= height(ctx, r->top))
		r->skip -= height(ctx, r->top++);
}

/* The top from which the last row is the lowest of the screen. */
static void to_tail(struct rows *r, rows_height_fn height, void *ctx)
{
	r->top = r->count;
	r->skip = 0;
	scroll_up(r, r->seen, height, ctx);
}

/* Rows from the upper edge to the end; one more than are seen if there are more. */
static int rows_left(const struct rows *r, rows_height_fn height, void *ctx)
{
	int left = -r->skip;

	for (size_t i = r->top; i < r->count && left <= r->seen; i++)
		left += height(ctx, i);
	return left > r->seen ? r->seen + 1 : left;
}

/* Stay as long as the end is in sight; else leave room for what comes next. */
static void follow(struct rows *r, rows_height_fn height, void *ctx)
{
	int jump = r->jump < r->seen / 3 ? r->jump : r->seen / 3;
	int left = rows_left(r, height, ctx);
	bool is_at_top = !r->top && !r->skip;

	if (left <= r->seen && (is_at_top || (left > 0 && r->seen - left < jump)))
		return;
	to_tail(r, height, ctx);
	if (jump > 1 && (r->top || r->skip))
		scroll_down(r, jump - 1, height, ctx);
}

/* Past the tail there is nothing to see. */
static void hold_tail(struct rows *r, rows_height_fn height, void *ctx)
{
	struct rows tail = *r;

	to_tail(&tail, height, ctx);
	if (r->top > tail.top || (r->top == tail.top && r->skip > tail.skip)) {
		r->top = tail.top;
		r->skip = tail.skip;
	}
}

/* How far below the upper edge an item begins; -1: above it; `most` or more: below the lower. */
static int offset_of(const struct rows *r, size_t item, int most, rows_height_fn height, void *ctx)
{
	int offset = -r->skip;

	if (item < r->top || (item == r->top && r->skip))
		return -1;
	for (size_t i = r->top; i < item && offset < most; i++)
		offset += height(ctx, i);
	return offset;
}

static void show_cursor(struct rows *r, rows_height_fn height, void *ctx)
{
	int offset = offset_of(r, r->cursor, r->seen, height, ctx);
	int rows = height(ctx, r->cursor);

	if (rows > r->seen)
		rows = r->seen;
	if (offset < 0) {
		r->top = r->cursor;
		r->skip = 0;
	} else if (offset + rows > r->seen) {
		r->top = r->cursor + 1;
		r->skip = 0;
		scroll_up(r, r->seen, height, ctx);
		if (r->top == r->cursor)
			r->skip = 0;
	}
}

void rows_fit(struct rows *r, size_t count, int screen_rows, rows_height_fn height, void *ctx)
{
	r->count = count;
	r->seen = screen_rows > 0 ? screen_rows : 1;
	if (!count) {
		r->top = r->cursor = 0;
		r->skip = 0;
		return;
	}
	if (r->follows)
		r->cursor = count - 1;
	if (r->cursor >= count)
		r->cursor = count - 1;
	if (r->top >= count)
		r->top = count - 1;
	if (r->follows) {
		follow(r, height, ctx);
		return;
	}
	if (!r->wheels)
		show_cursor(r, height, ctx);
	hold_tail(r, height, ctx);
}

void rows_go(struct rows *r, size_t item)
{
	r->cursor = item < r->count ? item : r->count ? r->count - 1 : 0;
	r->follows = r->wheels = false;
}

static bool wheel(struct rows *r, int by, rows_height_fn height, void *ctx)
{
	r->wheels = true;
	r->follows = false;
	if (by < 0)
		scroll_up(r, -by, height, ctx);
	else
		scroll_down(r, by, height, ctx);
	return true;
}

/* So many rows, and the cursor to what is there then. */
static bool page(struct rows *r, int by, rows_height_fn height, void *ctx)
{
	size_t before = r->cursor;

	r->follows = r->wheels = false;
	if (by < 0)
		scroll_up(r, -by, height, ctx);
	else
		scroll_down(r, by, height, ctx);
	hold_tail(r, height, ctx);
	if (by > 0)
		r->cursor = rows_at(r, r->seen - 1, height, ctx);
	else
		r->cursor = r->skip && r->top + 1 < r->count ? r->top + 1 : r->top;
	if (r->cursor >= r->count)
		r->cursor = r->count - 1;
	return r->cursor != before;
}

/* An item that is higher than the screen is read row by row before the next one's turn. */
static bool read_on(struct rows *r, enum move move, rows_height_fn height, void *ctx)
{
	int below = height(ctx, r->cursor) - r->skip - r->seen;
	bool is_first = r->top == r->cursor;

	if (move == MOVE_DOWN && is_first && below > 0)
		scroll_down(r, 1, height, ctx);
	else if (move == MOVE_UP && is_first && r->skip)
		scroll_up(r, 1, height, ctx);
	else
		return false;
	r->wheels = true;
	r->follows = false;
	return true;
}

bool rows_move(struct rows *r, enum move move, rows_height_fn height, void *ctx)
{
	size_t before = r->cursor;

	if (!r->count)
		return false;
	if (read_on(r, move, height, ctx))
		return true;
	switch (move) {
	case MOVE_UP:
		rows_go(r, r->cursor ? r->cursor - 1 : 0);
		return r->cursor != before;
	case MOVE_DOWN:
		rows_go(r, r->cursor + 1);
		return r->cursor != before;
	case MOVE_TOP:
		rows_go(r, 0);
		return r->cursor != before;
	case MOVE_BOTTOM:
		rows_go(r, r->count - 1);
		r->follows = true;
		return r->cursor != before;
	case MOVE_PAGE_UP:
		return page(r, 1 - r->seen, height, ctx);
	case MOVE_PAGE_DOWN:
		return page(r, r->seen - 1, height, ctx);
	case MOVE_HALF_UP:
		return page(r, -(r->seen / 2), height, ctx);
	case MOVE_HALF_DOWN:
		return page(r, r->seen / 2, height, ctx);
	case MOVE_WHEEL_UP:
		return wheel(r, -3, height, ctx);
	case MOVE_WHEEL_DOWN:
		return wheel(r, 3, height, ctx);
	default:
		return false;
	}
}

size_t rows_at(const struct rows *r, int row, rows_height_fn height, void *ctx)
{
	int offset = -r->skip;

	for (size_t i = r->top; i < r->count; i++) {
		offset += height(ctx, i);
		if (row < offset)
			return i;
	}
	return r->count;
}

size_t rows_below(const struct rows *r, rows_height_fn height, void *ctx)
{
	size_t last = rows_at(r, r->seen - 1, height, ctx);

	return last >= r->count ? 0 : r->count - 1 - last;
}
