#include "tui/remarks.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define INDENT 2 /* the mark and a blank */

void remarks_clear(struct remarks *r)
{
	for (size_t i = 0; i < r->count; i++)
		free(r->items[i].text);
	r->count = 0;
}

void remarks_release(struct remarks *r)
{
	remarks_clear(r);
	free(r->items);
	free(r->search);
	*r = (struct remarks){ 0 };
}

void remarks_add(struct remarks *r, enum look look, enum mark mark, const char *fmt, ...)
{
	struct strbuf text = { 0 }, clean = { 0 };
	va_list args;

	va_start(args, fmt);
	strbuf_vaddf(&text, fmt, args);
	va_end(args);
	text_clean(&clean, strbuf_str(&text), text.len, TEXT_ONE_LINE);
	strbuf_release(&text);
	if (!clean.len) {
		strbuf_release(&clean);
		return;
	}
	r->items = xrealloc(r->items, (r->count + 1) * sizeof(*r->items));
	r->items[r->count++] = (struct remark){ look, mark, strbuf_detach(&clean) };
}

static size_t room(const struct remarks *r)
{
	return r->cols > INDENT ? (size_t)(r->cols - INDENT) : 1;
}

static int height(void *ctx, size_t i)
{
	struct remarks *r = ctx;
	struct text_span rest = text_span(r->items[i].text), row;
	int rows = 0;

	while (text_next_row(&row, &rest, room(r)))
		rows++;
	return rows;
}

static int draw_one(const struct remarks *r, const struct canvas *on, int row, size_t i)
{
	const struct remark *item = &r->items[i];
	struct text_span rest = text_span(item->text), line;
	bool is_plain =
		item->look == LOOK_GOOD || item->look == LOOK_BAD || item->look == LOOK_WARN;

	if (item->mark != MARK_COUNT)
		canvas_put_mark(on, row, 0, item->look, item->mark);
	if (r->has_cursor && i == r->rows.cursor)
		canvas_put_mark(on, row, 1, LOOK_KEY, MARK_BAR);
	for (; text_next_row(&line, &rest, room(r)); row++) {
		canvas_text(on, row, INDENT, is_plain ? LOOK_TEXT : item->look, line.at, line.len,
		            on->cols - INDENT);
		find_tint(on, row, INDENT, line, r->search);
	}
	return row;
}

void remarks_draw(struct remarks *r, const struct canvas *on)
{
	int row;

	r->cols = on->cols;
	rows_fit(&r->rows, r->count, on->rows, height, r);
	row = -r->rows.skip;
	for (size_t i = r->rows.top; i < r->count && row < on->rows; i++)
		row = draw_one(r, on, row, i);
}

void remarks_foot(struct remarks *r, struct strbuf *out)
{
	size_t below = r->cols ? rows_below(&r->rows, height, r) : 0;

	if (below)
		strbuf_addf(out, "%s%zu more", out->len ? ", " : "", below);
}

bool remarks_move(struct remarks *r, enum move move)
{
	size_t i = r->rows.cursor;
	size_t by = move == MOVE_NEXT ? 1 : (size_t)-1;

	r->has_cursor |= move != MOVE_WHEEL_UP && move != MOVE_WHEEL_DOWN;
	if (move != MOVE_NEXT && move != MOVE_PREV)
		return rows_move(&r->rows, move, height, r);
	while ((i += by) < r->count)
		if (r->items[i].look == LOOK_BAD || r->items[i].look == LOOK_WARN) {
			rows_go(&r->rows, i);
			return true;
		}
	return false;
}

void remarks_click(struct remarks *r, int row)
{
	size_t at = rows_at(&r->rows, row, height, r);

	if (at >= r->count)
		return;
	r->has_cursor = true;
	rows_go(&r->rows, at);
}

static struct text_span text_of(void *ctx, size_t i)
{
	return text_span(((struct remarks *)ctx)->items[i].text);
}

struct matches remarks_find(struct remarks *r, const char *text, int by)
{
	struct finder in = { r->count, r->rows.cursor, text_of, r };
	size_t at = r->rows.cursor;
	struct matches m = find_item(&at, &in, text, by);

	free(r->search);
	r->search = *text ? xstrdup(text) : NULL;
	if (m.count)
		rows_go(&r->rows, at);
	r->has_cursor |= m.count > 0;
	return m;
}

bool remarks_copy(const struct remarks *r, struct strbuf *out)
{
	if (r->rows.cursor >= r->count)
		return false;
	strbuf_addstr(out, r->items[r->rows.cursor].text);
	return true;
}
