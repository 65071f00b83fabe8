#include "tui/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/house_inside.h"
#include "tui/rows.h"

struct list {
	struct popup popup;
	char *title;
	struct list_item *items;
	size_t count;
	size_t *shown; /* of the items, those that fit the filter */
	size_t shown_count;
	struct strbuf filter;
	struct rows rows;
	void (*take)(void *ctx, const char *value);
	void *ctx;
	int left_cols;
};

static bool contains(const char *text, const char *part)
{
	return text && strcasestr(text, part);
}

static void narrow(struct list *l)
{
	const char *part = strbuf_str(&l->filter);

	l->shown_count = 0;
	for (size_t i = 0; i < l->count; i++)
		if (contains(l->items[i].left, part) || contains(l->items[i].right, part))
			l->shown[l->shown_count++] = i;
	l->rows.cursor = 0;
}

static void draw_right(const struct canvas *in, int row, int col, const char *text)
{
	struct strbuf cut = { 0 };

	text_cut(&cut, text, strlen(text), in->cols > col ? (size_t)(in->cols - col) : 0);
	canvas_say(in, row, col, LOOK_POPUP, strbuf_str(&cut));
	strbuf_release(&cut);
}

static void draw(void *popup, struct canvas *screen)
{
	struct list *l = popup;
	/* Two columns of what is below, on either side, would only look broken. */
	int cols = screen->cols > 84 ? 80 : screen->cols;
	int most = screen->rows - 6 > 3 ? screen->rows - 6 : 3;
	int rows = (int)l->count + 4 < most ? (int)l->count + 4 : most;
	struct canvas box = canvas_part(screen, (screen->rows - rows) / 2,
	                                (screen->cols - cols) / 2, rows, cols);
	struct canvas in;

	canvas_fill(&box, 0, 0, rows, cols, LOOK_POPUP);
	in = canvas_frame(&box, &(struct canvas_frame){ .title = l->title, .focused = true });
	canvas_sayf(&in, 0, 1, LOOK_PROMPT, "%s %s", canvas_mark(&in, MARK_PROMPT),
	            strbuf_str(&l->filter));
	l->popup.cursor_row = in.top;
	l->popup.cursor_col = in.left + 3 + (int)text_width(strbuf_str(&l->filter), l->filter.len);
	rows_fit(&l->rows, l->shown_count, in.rows - 1, rows_one, l);
	for (int row = 1; row < in.rows; row++) {
		size_t at = l->rows.top + (size_t)row - 1;

		if (at >= l->shown_count)
			break;
		canvas_say(&in, row, 1, LOOK_KEY, l->items[l->shown[at]].left);
		draw_right(&in, row, 3 + l->left_cols, l->items[l->shown[at]].right);
		if (at == l->rows.cursor)
			canvas_tint(&in, row, 0, in.cols, LOOK_SELECTED);
	}
}

/* It may open another one, so this one has to be gone before. */
static void take(struct list *l)
{
	size_t at = l->rows.cursor;
	const char *value = at < l->shown_count ? l->items[l->shown[at]].value : NULL;
	void (*fn)(void *ctx, const char *value) = l->take;
	void *ctx = l->ctx;
	char *copy;

	if (!value || !fn)
		return;
	copy = xstrdup(value);
	popup_close(l);
	fn(ctx, copy);
	free(copy);
}

static void delete_back(struct list *l)
{
	if (!l->filter.len)
		return;
	do
		strbuf_cut(&l->filter, l->filter.len - 1);
	while (l->filter.len && (l->filter.buf[l->filter.len] & 0xc0) == 0x80);
	narrow(l);
}

static void cancel(struct list *l)
{
	popup_close(l);
}

static const struct {
	const char *name;
	void (*run)(struct list *l); /* NULL: a move */
	enum move move;
} deeds[] = {
	{ "up", .move = MOVE_UP },
	{ "down", .move = MOVE_DOWN },
	{ "page up", .move = MOVE_PAGE_UP },
	{ "page down", .move = MOVE_PAGE_DOWN },
	{ "delete back", delete_back },
	{ "cancel", cancel },
	{ "take", take },
};

bool list_knows(const char *command)
{
	for (size_t i = 0; i < COUNT(deeds); i++)
		if (!strcmp(deeds[i].name, command))
			return true;
	return false;
}

static void act(void *popup, const char *command)
{
	struct list *l = popup;

	for (size_t i = 0; i < COUNT(deeds); i++) {
		if (strcmp(deeds[i].name, command) != 0)
			continue;
		if (deeds[i].run)
			deeds[i].run(l);
		else
			rows_move(&l->rows, deeds[i].move, rows_one, l);
		return;
	}
}

static void type(void *popup, const char *text)
{
	struct list *l = popup;

	text_clean(&l->filter, text, strlen(text), TEXT_ONE_LINE);
	narrow(l);
}

static void close(void *popup)
{
	struct list *l = popup;

	for (size_t i = 0; i < l->count; i++) {
		free((char *)(uintptr_t)l->items[i].left);
		free((char *)(uintptr_t)l->items[i].right);
		free((char *)(uintptr_t)l->items[i].value);
	}
	strbuf_release(&l->filter);
	free(l->items);
	free(l->shown);
	free(l->title);
	free(l);
}

static const struct popup_type list_type = {
	.context = "list",
	.draw = draw,
	.act = act,
	.type = type,
	.close = close,
};

static char *copy_clean(const char *text)
{
	struct strbuf clean = { 0 };

	text_clean(&clean, text ? text : "", text ? strlen(text) : 0, TEXT_ONE_LINE);
	return strbuf_detach(&clean);
}

void list_open(struct house *h, const struct list_options *options)
{
	struct list *l = NEW(struct list);

	l->title = xstrdup(options->title);
	l->items = xcalloc(options->count + 1, sizeof(*l->items));
	l->shown = xcalloc(options->count + 1, sizeof(*l->shown));
	l->count = options->count;
	l->take = options->take;
	l->ctx = options->ctx;
	for (size_t i = 0; i < l->count; i++) {
		const struct list_item *from = &options->items[i];
		int cols;

		l->items[i].left = copy_clean(from->left);
		l->items[i].right = copy_clean(from->right);
		l->items[i].value = from->value ? xstrdup(from->value) : NULL;
		cols = (int)text_width(l->items[i].left, strlen(l->items[i].left));
		l->left_cols = cols > l->left_cols ? cols : l->left_cols;
	}
	narrow(l);
	popup_open(h, l, &list_type);
}
