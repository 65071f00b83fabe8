#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/lobby_inside.h"

/* The sessions there are. Only those on the screen are read, one at a time between two keys. */

enum {
	SIDE_COLS_LEAST = 76, /* of the screen, for a side panel */
	SIDE_ROWS_LEAST = 12,
	STATUS_COLS = 9,
	STEPS_COLS = 5,
	COST_COLS = 9,
	AGE_COLS = 7,
	NAME_COLS_LEAST = 12,
};

static struct pick *pick_at(const struct lobby *l, size_t shown)
{
	return shown < l->sessions.shown_count ? &l->sessions.items[l->sessions.shown[shown]]
	                                       : NULL;
}

static struct pick *selected(const struct lobby *l)
{
	return pick_at(l, l->sessions.rows.cursor);
}

static bool fits(const struct pick *p, const char *filter)
{
	return strcasestr(p->name, filter) ||
	       (p->is_read && p->glance.prompt && strcasestr(p->glance.prompt, filter));
}

static void narrow(struct lobby *l)
{
	const struct pick *was = selected(l);
	const char *filter = strbuf_str(&l->sessions.filter);

	l->sessions.shown_count = 0;
	l->sessions.rows.cursor = 0;
	for (size_t i = 0; i < l->sessions.count; i++) {
		if (!fits(&l->sessions.items[i], filter))
			continue;
		if (&l->sessions.items[i] == was)
			l->sessions.rows.cursor = l->sessions.shown_count;
		l->sessions.shown[l->sessions.shown_count++] = i;
	}
}

/* The one that the cursor is on, then what is seen, then, for a filter, all the others. */
static struct pick *next_unread(const struct lobby *l)
{
	const struct rows *r = &l->sessions.rows;
	struct pick *p = selected(l);

	if (p && !p->is_read)
		return p;
	for (size_t i = r->top; i < r->top + (size_t)r->seen && (p = pick_at(l, i)); i++)
		if (!p->is_read)
			return p;
	for (size_t i = 0; l->sessions.filter.len && i < l->sessions.count; i++)
		if (!l->sessions.items[i].is_read)
			return &l->sessions.items[i];
	return NULL;
}

static void read_next(void *ctx);

static void read_on(struct lobby *l)
{
	if (!l->sessions.reading && next_unread(l))
		l->sessions.reading = loop_after(l->stage.loop, 0, read_next, l);
}

static void read_next(void *ctx)
{
	struct lobby *l = ctx;
	struct pick *p = next_unread(l);

	l->sessions.reading = NULL;
	if (!p)
		return;
	glance_read(&p->glance, p->dir);
	p->is_read = true;
	if (l->sessions.filter.len)
		narrow(l);
	term_redraw(l->stage.term, TERM_SOON);
	read_on(l);
}

void sessions_open(struct lobby *l, const struct lobby_options *options)
{
	l->sessions.items = xcalloc(options->count + 1, sizeof(*l->sessions.items));
	l->sessions.shown = xcalloc(options->count + 1, sizeof(*l->sessions.shown));
	l->sessions.count = options->count;
	for (size_t i = 0; i < options->count; i++) {
		const struct lobby_session *from = &options->sessions[i];

		l->sessions.items[i] = (struct pick){ .name = xstrdup(from->name),
			                              .dir = xstrdup(from->dir),
			                              .changed_ms = from->changed_ms };
	}
	narrow(l);
}

static void release(struct pick *p)
{
	glance_release(&p->glance);
	free(p->name);
	free(p->dir);
}

void sessions_close(struct lobby *l)
{
	timer_free(l->sessions.reading);
	for (size_t i = 0; i < l->sessions.count; i++)
		release(&l->sessions.items[i]);
	free(l->sessions.items);
	free(l->sessions.shown);
	strbuf_release(&l->sessions.filter);
}

static void add_age(struct strbuf *out, const struct pick *p)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	glance_add_age(out, (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 - p->changed_ms);
}

static void add_cost(struct strbuf *out, const struct pick *p)
{
	text_add_usd(out, p->glance.usage.cost_usd);
	if (p->glance.usage.unpriced)
		strbuf_addstr(out, "+");
}

static void right(const struct canvas *c, int row, int end, enum look look, const char *text)
{
	canvas_say(c, row, end - (int)text_width(text, strlen(text)), look, text);
}

/* What columns are left for the name, and whether there is more than name and age. */
static int name_cols(int cols, bool *has_all)
{
	int rest = STATUS_COLS + STEPS_COLS + COST_COLS;

	*has_all = cols >= NAME_COLS_LEAST + AGE_COLS + rest + 3;
	return cols - AGE_COLS - (*has_all ? rest : 0) - 3;
}

static void draw_head(const struct canvas *on)
{
	bool has_all;
	int col = 2 + name_cols(on->cols, &has_all);

	canvas_say(on, 0, 2, LOOK_DIM, "name");
	if (has_all) {
		canvas_say(on, 0, col + 1, LOOK_DIM, "phase");
		col += STATUS_COLS + STEPS_COLS;
		right(on, 0, col, LOOK_DIM, "steps");
		right(on, 0, col += COST_COLS, LOOK_DIM, "cost");
	}
	right(on, 0, on->cols - 1, LOOK_DIM, "age");
}

static void draw_row(struct lobby *l, const struct canvas *on, int row, const struct pick *p)
{
	struct strbuf text = { 0 };
	bool has_all;
	int cols = name_cols(on->cols, &has_all), col = 2 + cols;

	lobby_cell(on, row, 2, cols - 1, LOOK_TEXT, p->name);
	if (has_all && p->is_read) {
		canvas_say(on, row, col + 1, p->glance.trouble ? LOOK_BAD : LOOK_DIM,
		           p->glance.status);
		col += STATUS_COLS + STEPS_COLS;
		strbuf_addf(&text, "%zu", p->glance.steps);
		right(on, row, col, LOOK_TEXT, strbuf_str(&text));
		strbuf_reset(&text);
		add_cost(&text, p);
		right(on, row, col += COST_COLS, LOOK_TEXT, strbuf_str(&text));
		strbuf_reset(&text);
	}
	add_age(&text, p);
	right(on, row, on->cols - 1, LOOK_DIM, strbuf_str(&text));
	if (p == selected(l)) {
		canvas_tint(on, row, 0, on->cols, LOOK_SELECTED);
		canvas_put_mark(on, row, 0, LOOK_SELECTED, MARK_BAR);
	}
	strbuf_release(&text);
}

static void draw_none(struct lobby *l, const struct canvas *on)
{
	if (l->sessions.filter.len)
		lobby_wrap(on, 2, 2, 3, LOOK_DIM, "Nothing is called so, and no prompt says it.");
	else
		lobby_wrap(
			on, 2, 2, 3, LOOK_DIM,
			"There is no session yet: n begins one, and ! shows what else there is.");
}

static void draw_list(struct lobby *l, const struct canvas *on)
{
	struct canvas rows = canvas_part(on, 1, 0, on->rows - 1, on->cols);
	struct canvas_scroll scroll;

	rows_fit(&l->sessions.rows, l->sessions.shown_count, rows.rows, rows_one, NULL);
	draw_head(on);
	if (!l->sessions.shown_count)
		draw_none(l, on);
	for (int row = 0; row < rows.rows; row++) {
		struct pick *p = pick_at(l, l->sessions.rows.top + (size_t)row);

		if (p)
			draw_row(l, &rows, row, p);
	}
	scroll = (struct canvas_scroll){ .total = l->sessions.shown_count,
		                         .first = l->sessions.rows.top,
		                         .shown = (size_t)rows.rows };
	canvas_scrollbar(&rows, rows.cols - 1, &scroll);
	read_on(l);
}

/* What is said of the selected one, from the top of the canvas. */
static void draw_words(const struct pick *p, const struct canvas *on)
{
	const struct glance *g = &p->glance;
	struct strbuf line = { 0 };
	int row = 0;

	if (g->trouble) {
		lobby_wrap(on, row, 0, on->rows, LOOK_BAD, g->trouble);
		return;
	}
	row += lobby_wrap(on, row, 0, 3, LOOK_STRONG,
	                  g->prompt       ? g->prompt
	                  : g->has_script ? "A script of your own."
	                                  : "Nothing was asked for yet.");
	row = row > 3 ? 3 : row;
	strbuf_addf(&line, "%s, %zu step%s, ", g->status, g->steps, g->steps == 1 ? "" : "s");
	add_cost(&line, p);
	strbuf_addf(&line, ", %lld calls, ", (long long)g->usage.calls);
	add_age(&line, p);
	row += lobby_wrap(on, row, 0, 2, LOOK_DIM, strbuf_str(&line));
	strbuf_reset(&line);
	if (g->words)
		strbuf_addf(&line, "%s: %s", role_names[g->who], g->words);
	lobby_wrap(on, row + 1, 0, on->rows - row - 1, LOOK_TEXT, strbuf_str(&line));
	strbuf_release(&line);
}

/* Its picture as large as leaves six rows for words. */
static void draw_side(struct lobby *l, const struct canvas *on)
{
	const struct pick *p = selected(l);
	int picture_rows = on->rows - 8 > on->cols / 2 ? on->cols / 2 : on->rows - 8;
	struct canvas words =
		canvas_part(on, picture_rows, 1, on->rows - picture_rows, on->cols - 2);
	struct picture picture = { .way = PICTURE_PLAIN, .count = 1 };
	struct cells area = { on->top, on->left, picture_rows, on->cols };

	if (!p || !p->is_read)
		return;
	if (p->glance.picture && picture_rows > 2) {
		picture.files[0] = p->glance.picture;
		picture.words = p->name;
		layer_place(l->stage.layer, 0, &picture, area);
	} else {
		words = canvas_part(on, 0, 1, on->rows, on->cols - 2);
	}
	draw_words(p, &words);
}

static void draw_filter(struct lobby *l, const struct canvas *row)
{
	int cols = canvas_sayf(row, 0, 1, LOOK_PROMPT, "/");

	cols += canvas_say(row, 0, 1 + cols, LOOK_TEXT, strbuf_str(&l->sessions.filter));
	if (l->sessions.is_filtering)
		term_cursor(l->stage.term, TERM_CURSOR_BAR, row->top, row->left + 1 + cols);
}

static void draw(struct lobby *l, const struct canvas *on)
{
	bool has_side = on->cols >= SIDE_COLS_LEAST && on->rows >= SIDE_ROWS_LEAST;
	bool has_filter = l->sessions.is_filtering || l->sessions.filter.len;
	int side = has_side ? on->cols * 2 / 5 : 0;
	struct canvas left = canvas_part(on, 0, 0, on->rows, on->cols - side);
	struct canvas list = left, below;
	struct strbuf badge = { 0 };

	strbuf_addf(&badge, "%zu of %zu", l->sessions.shown_count, l->sessions.count);
	if (has_side) {
		struct canvas frame = canvas_part(on, 0, on->cols - side, on->rows, side);

		frame = canvas_frame(&frame, &(struct canvas_frame){ .title = "Selected" });
		draw_side(l, &frame);
		list = canvas_frame(&left, &(struct canvas_frame){ .title = "Sessions",
		                                                   .badge = strbuf_str(&badge),
		                                                   .focused = true });
	}
	if (has_filter) {
		below = canvas_part(&list, list.rows - 1, 0, 1, list.cols);
		list.rows--;
		draw_filter(l, &below);
	}
	l->sessions.first_row = list.top + 1 - on->top;
	if (list.rows > 1)
		draw_list(l, &list);
	strbuf_release(&badge);
}

static void take(struct lobby *l)
{
	if (selected(l))
		lobby_choose(l, LOBBY_SESSION, selected(l)->name);
}

static void forget(struct lobby *l, size_t at)
{
	size_t cursor = l->sessions.rows.cursor;

	release(&l->sessions.items[at]);
	memmove(&l->sessions.items[at], &l->sessions.items[at + 1],
	        (--l->sessions.count - at) * sizeof(*l->sessions.items));
	narrow(l);
	l->sessions.rows.cursor = cursor < l->sessions.shown_count ? cursor
	                          : cursor                         ? cursor - 1
	                                                           : 0;
}

static void on_delete(struct lobby *l, bool is_yes)
{
	const struct pick *p = selected(l);
	struct strbuf where = { 0 }, said = { 0 };
	struct error err;

	if (!is_yes || !p)
		return;
	if (l->host.remove(l->host.ctx, p->dir, &where, &err)) {
		strbuf_addf(&said, "%s is in %s now", p->name, strbuf_str(&where));
		forget(l, l->sessions.shown[l->sessions.rows.cursor]);
		lobby_say(l, strbuf_str(&said));
	} else {
		lobby_complain(l, &err);
	}
	strbuf_release(&where);
	strbuf_release(&said);
}

static void ask_delete(struct lobby *l)
{
	const struct pick *p = selected(l);
	struct strbuf text = { 0 };

	if (!p)
		return;
	strbuf_addf(&text, "Move %s to the trash?", p->name);
	lobby_question(l, strbuf_detach(&text), on_delete);
}

static void end_filter(struct lobby *l, bool keep)
{
	l->sessions.is_filtering = false;
	if (!keep)
		strbuf_reset(&l->sessions.filter);
	narrow(l);
}

static void delete_back(struct lobby *l)
{
	struct strbuf *filter = &l->sessions.filter;

	if (!filter->len) {
		end_filter(l, false);
		return;
	}
	do
		strbuf_cut(filter, filter->len - 1);
	while (filter->len && (filter->buf[filter->len] & 0xc0) == 0x80);
	narrow(l);
}

static void cancel(struct lobby *l)
{
	if (l->sessions.is_filtering || l->sessions.filter.len)
		end_filter(l, false);
}

static void begin_filter(struct lobby *l)
{
	l->sessions.is_filtering = true;
}

static void begin_new(struct lobby *l)
{
	lobby_go(l, &start_page);
	start_page.act(l, "choose 2");
}

static void leave(struct lobby *l)
{
	lobby_choose(l, LOBBY_LEAVE, NULL);
}

static void act(struct lobby *l, const char *command)
{
	static const struct {
		const char *name;
		void (*act)(struct lobby *l);
	} verbs[] = {
		{ "take", take },           { "new", begin_new },
		{ "delete", ask_delete },   { "close", leave },
		{ "cancel", cancel },       { "write", begin_new },
		{ "search", begin_filter }, { "delete back", delete_back },
	};

	for (size_t i = 0; i < COUNT(verbs); i++)
		if (!strcmp(verbs[i].name, command)) {
			verbs[i].act(l);
			return;
		}
	lobby_moves(&l->sessions.rows, command);
}

static void type(struct lobby *l, const char *text)
{
	if (!l->sessions.is_filtering)
		return;
	text_clean(&l->sessions.filter, text, strlen(text), TEXT_ONE_LINE);
	narrow(l);
}

/* The first click selects, the second one takes. */
static void click(struct lobby *l, int row, int col)
{
	size_t at = rows_at(&l->sessions.rows, row - l->sessions.first_row, rows_one, NULL);

	(void)col;
	if (row < l->sessions.first_row || at >= l->sessions.shown_count)
		return;
	if (at == l->sessions.rows.cursor)
		take(l);
	else
		rows_go(&l->sessions.rows, at);
}

static void wheel(struct lobby *l, enum move move)
{
	rows_move(&l->sessions.rows, move, rows_one, NULL);
}

const struct page sessions_page = {
	.title = "your sessions",
	.contexts = { "sessions", "move", "global" },
	.hints = { { "take", "go on with it" },
	           { "new", "new" },
	           { "close", "leave" },
	           { "search", "filter" },
	           { "delete", "delete" },
	           { "start", "what works here" } },
	.draw = draw,
	.act = act,
	.type = type,
	.click = click,
	.wheel = wheel,
};
