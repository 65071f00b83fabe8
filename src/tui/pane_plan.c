#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/house.h"
#include "tui/marks.h"
#include "tui/plan_bill.h"
#include "tui/rows.h"

/*
 * What the planner made of the prompt: subtasks and how far they have come, each with what it has
 * taken, and below them the parts of the asset. The one under the cursor can be unfolded.
 */
struct plan_pane {
	struct pane pane;
	struct rows
		rows; /* subtasks, then the head of the parts, then the parts if they are open */
	struct plan_bill bill;
	bool is_open;   /* what the cursor is on shows all it has */
	bool has_parts; /* are shown */
	int cols;       /* when it was last drawn */
};

static const struct {
	enum mark mark;
	enum look look;
	const char *words;
} kinds[] = {
	[SUBTASK_WAITING] = { MARK_WAITING, LOOK_TEXT, "waits" },
	[SUBTASK_ACTIVE] = { MARK_ACTIVE, LOOK_STRONG, "is being built" },
	[SUBTASK_DONE] = { MARK_DONE, LOOK_GOOD, "done" },
	[SUBTASK_SKIPPED] = { MARK_SKIPPED, LOOK_DIM, "given up" },
};

static const struct state *state_of(const struct plan_pane *p)
{
	return session_state(house_session(p->pane.house));
}

static const struct plan *plan_of(const struct plan_pane *p)
{
	return &state_of(p)->plan;
}

static size_t count_items(const struct plan_pane *p)
{
	const struct plan *plan = plan_of(p);

	if (!plan->parts.count)
		return plan->subtasks.count;
	return plan->subtasks.count + 1 + (p->has_parts ? plan->parts.count : 0);
}

static void open(void *pane)
{
	struct plan_pane *p = pane;
	struct journal *journal = session_journal(house_session(p->pane.house));
	struct journal_index index = journal_index(journal);

	for (size_t i = 0; i < index.count; i++) {
		struct event ev = { 0 };
		struct error err;

		if (!journal_read(&ev, journal, index.entries[i].id, &err)) {
			house_complain(p->pane.house, &err);
			return;
		}
		plan_bill_hear(&p->bill, &ev);
		event_release(&ev);
	}
}

static void close(void *pane)
{
	plan_bill_release(&((struct plan_pane *)pane)->bill);
}

static bool hear(void *pane, const struct event *ev)
{
	struct plan_pane *p = pane;

	plan_bill_hear(&p->bill, ev);
	return !event_types[ev->kind].live;
}

/* A text of an item in rows, drawn if there is a canvas; how many rows it takes. */
static int put(const struct canvas *on, int row, int left, int cols, enum look look,
               const char *text)
{
	struct strbuf clean = { 0 };
	struct text_span rest, line;
	int rows = 0;

	if (text)
		text_clean(&clean, text, strlen(text), TEXT_ONE_LINE);
	rest = (struct text_span){ strbuf_str(&clean), clean.len };
	while (text_next_row(&line, &rest, (size_t)(cols - left > 4 ? cols - left : 4))) {
		if (on)
			canvas_text(on, row + rows, left, look, line.at, line.len, cols - left);
		rows++;
	}
	strbuf_release(&clean);
	return rows;
}

static void write_taken(struct strbuf *out, const struct plan_pane *p, size_t item)
{
	struct plan_bill_item taken = plan_bill_of(&p->bill, item + 1);

	if (taken.took_ms > 0)
		text_add_duration(out, taken.took_ms);
	if (taken.cost_usd > 0) {
		strbuf_addstr(out, taken.took_ms > 0 ? "  " : "");
		text_add_usd(out, taken.cost_usd);
	}
}

static void write_names(struct strbuf *out, const char *label, const text_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : label, list->items[i]);
}

/* "done, 12 s, $0.03; builds body, lip" */
static void write_more(struct strbuf *out, const struct plan_pane *p, size_t item)
{
	struct strbuf taken = { 0 };

	strbuf_addf(out, "%s", kinds[state_of(p)->subtasks[item]].words);
	write_taken(&taken, p, item);
	if (taken.len)
		strbuf_addf(out, ", %s", taken.buf);
	write_names(out, "; builds ", &plan_of(p)->subtasks.items[item].parts);
	strbuf_release(&taken);
}

static int put_subtask(const struct plan_pane *p, const struct canvas *on, int row, size_t item)
{
	const struct subtask *t = &plan_of(p)->subtasks.items[item];
	enum subtask_status status = state_of(p)->subtasks[item];
	struct strbuf more = { 0 };
	int rows;

	if (on)
		canvas_put_mark(on, row, 0, kinds[status].look, kinds[status].mark);
	rows = put(on, row, 2, p->cols, status == SUBTASK_ACTIVE ? LOOK_STRONG : LOOK_TEXT,
	           t->title);
	rows = rows ? rows : 1;
	if (!p->is_open || p->rows.cursor != item)
		return rows;
	rows += put(on, row + rows, 3, p->cols, LOOK_TEXT, t->goal);
	write_more(&more, p, item);
	rows += put(on, row + rows, 3, p->cols, LOOK_DIM, strbuf_str(&more));
	strbuf_release(&more);
	return rows;
}

static int put_head(const struct plan_pane *p, const struct canvas *on, int row)
{
	if (on) {
		canvas_put_mark(on, row, 0, LOOK_DIM, p->has_parts ? MARK_OPEN : MARK_FOLDED);
		canvas_sayf(on, row, 2, LOOK_TITLE, "%zu parts", plan_of(p)->parts.count);
	}
	return 1;
}

static void write_part(struct strbuf *out, const struct plan_part *part)
{
	strbuf_addf(out, "%s", part->looks ? part->looks : "");
	if (part->size)
		strbuf_addf(out, "; %s", part->size);
	if (part->material)
		strbuf_addf(out, "; %s", part->material);
	if (part->parent)
		strbuf_addf(out, "; on %s%s%s", part->parent, part->relation ? ": " : "",
		            part->relation ? part->relation : "");
}

static int put_part(const struct plan_pane *p, const struct canvas *on, int row, size_t item)
{
	const struct plan_part *part = &plan_of(p)->parts.items[item];
	size_t at = plan_of(p)->subtasks.count + 1 + item;
	struct strbuf text = { 0 };
	int rows = put(on, row, 2, p->cols, LOOK_TEXT, part->name);

	rows = rows ? rows : 1;
	if (p->is_open && p->rows.cursor == at) {
		write_part(&text, part);
		rows += put(on, row + rows, 3, p->cols, LOOK_DIM, strbuf_str(&text));
	}
	strbuf_release(&text);
	return rows;
}

static int put_item(const struct plan_pane *p, const struct canvas *on, int row, size_t item)
{
	size_t subtasks = plan_of(p)->subtasks.count;

	if (item < subtasks)
		return put_subtask(p, on, row, item);
	return item == subtasks ? put_head(p, on, row) : put_part(p, on, row, item - subtasks - 1);
}

/* Asked of a plan that may have become shorter since it was last drawn. */
static int height(void *ctx, size_t item)
{
	return item < count_items(ctx) ? put_item(ctx, NULL, 0, item) : 1;
}

/* What it has taken stands at the right, where a short title leaves room. */
static void draw_taken(const struct plan_pane *p, const struct canvas *on, int row, size_t item)
{
	struct strbuf text = { 0 };
	const char *title;

	if (item >= plan_of(p)->subtasks.count)
		return;
	title = plan_of(p)->subtasks.items[item].title;
	write_taken(&text, p, item);
	if (text.len + text_width(title, strlen(title)) + 4 <= (size_t)on->cols)
		canvas_right(on, row, LOOK_DIM, strbuf_str(&text));
	strbuf_release(&text);
}

static void draw(void *pane, struct canvas *on)
{
	struct plan_pane *p = pane;
	int row;

	p->cols = on->cols;
	rows_fit(&p->rows, count_items(p), on->rows, height, p);
	if (!p->rows.count)
		canvas_say(on, 0, 0, LOOK_DIM, "The plan will be here.");
	row = -p->rows.skip;
	for (size_t i = p->rows.top; i < p->rows.count && row < on->rows; i++) {
		int rows = put_item(p, on, row, i);

		draw_taken(p, on, row, i);
		if (i == p->rows.cursor)
			canvas_tint(on, row, 0, on->cols, LOOK_CURSOR_LINE);
		row += rows;
	}
}

static bool on_move(void *pane, enum move move)
{
	struct plan_pane *p = pane;

	if (move == MOVE_NEXT)
		move = MOVE_DOWN;
	else if (move == MOVE_PREV)
		move = MOVE_UP;
	p->rows.follows = false;
	return rows_move(&p->rows, move, height, p);
}

static void on_click(void *pane, int row, int col)
{
	struct plan_pane *p = pane;
	size_t item = rows_at(&p->rows, row, height, p);

	(void)col;
	if (item >= count_items(p))
		return;
	rows_go(&p->rows, item);
	if (item == plan_of(p)->subtasks.count)
		p->has_parts = !p->has_parts;
}

static void badge(void *pane, struct strbuf *out)
{
	const struct state *now = state_of(pane);

	if (now->plan.subtasks.count)
		strbuf_addf(out, "%zu/%zu", now->subtask, now->plan.subtasks.count);
}

static void foot(void *pane, struct strbuf *out)
{
	struct plan_pane *p = pane;
	size_t below = p->rows.count ? rows_below(&p->rows, height, p) : 0;

	if (below)
		strbuf_addf(out, "%zu below", below);
}

/* What an item says, all of it. */
static void write_item(struct strbuf *out, const struct plan_pane *p, size_t item)
{
	const struct plan *plan = plan_of(p);

	if (item < plan->subtasks.count) {
		strbuf_addf(out, "%s: %s", plan->subtasks.items[item].title,
		            plan->subtasks.items[item].goal);
	} else if (item > plan->subtasks.count) {
		const struct plan_part *part = &plan->parts.items[item - plan->subtasks.count - 1];

		strbuf_addf(out, "%s: ", part->name);
		write_part(out, part);
	}
}

static bool copy(void *pane, struct strbuf *out)
{
	struct plan_pane *p = pane;
	size_t before = out->len;

	if (p->rows.cursor < count_items(p))
		write_item(out, p, p->rows.cursor);
	return out->len > before;
}

static bool is_match(const struct plan_pane *p, size_t item, const char *text)
{
	struct strbuf all = { 0 };
	bool has_capitals = false, is;

	for (const char *c = text; *c; c++)
		has_capitals |= *c >= 'A' && *c <= 'Z';
	write_item(&all, p, item);
	is = has_capitals ? strstr(strbuf_str(&all), text) : strcasestr(strbuf_str(&all), text);
	strbuf_release(&all);
	return is;
}

/* Parts are unfolded to be searched: nothing is found that cannot be seen. */
static struct matches find(void *pane, const char *text, int by)
{
	struct plan_pane *p = pane;
	struct matches m = { 0 };
	size_t *hits, want = 0;

	if (!*text)
		return m;
	p->has_parts = true;
	hits = xcalloc(count_items(p) + 1, sizeof(*hits));
	for (size_t i = 0; i < count_items(p); i++)
		if (is_match(p, i, text))
			hits[m.count++] = i;
	while (want < m.count && hits[want] < p->rows.cursor)
		want++;
	if (m.count) {
		if (by > 0 && want < m.count && hits[want] == p->rows.cursor)
			want++;
		want = (want + m.count + (by < 0 ? m.count - 1 : 0)) % m.count;
		p->rows.count = count_items(p);
		rows_go(&p->rows, hits[want]);
		m.at = want + 1;
	}
	free(hits);
	return m;
}

static bool do_show(void *pane, const char *args, struct error *err)
{
	struct plan_pane *p = pane;

	(void)args;
	if (!count_items(p))
		return failed(err, ERR_USAGE, "there is no plan yet");
	if (p->rows.cursor == plan_of(p)->subtasks.count)
		p->has_parts = !p->has_parts;
	else
		p->is_open = !p->is_open;
	return true;
}

/* The number of the subtask under the cursor, from 1. */
static bool number_here(const struct plan_pane *p, size_t *out, struct error *err)
{
	if (p->rows.cursor >= plan_of(p)->subtasks.count)
		return failed(err, ERR_USAGE, "there is no subtask under the cursor");
	*out = p->rows.cursor + 1;
	return true;
}

static bool change(struct plan_pane *p, const char *verb, size_t number, const char *text,
                   struct error *err)
{
	struct strbuf line = { 0 };
	bool ok;

	strbuf_addf(&line, "plan %s", verb);
	if (number)
		strbuf_addf(&line, " %zu", number);
	strbuf_addf(&line, " %s", text);
	ok = session_do(house_session(p->pane.house), strbuf_str(&line), err);
	strbuf_release(&line);
	return ok;
}

/* Typed with a number it means that subtask, by a key the one under the cursor. */
static bool change_here(struct plan_pane *p, const char *verb, const char *args, struct error *err)
{
	size_t number = 0;

	if (*args)
		return change(p, verb, 0, args, err);
	return number_here(p, &number, err) && change(p, verb, number, "", err);
}

static bool do_drop(void *pane, const char *args, struct error *err)
{
	struct plan_pane *p = pane;

	if (!change_here(p, "drop", args, err))
		return false;
	house_say(p->pane.house, "dropped; the agents build what is left");
	return true;
}

static bool do_up(void *pane, const char *args, struct error *err)
{
	struct plan_pane *p = pane;
	bool ok = change_here(p, "up", args, err);

	if (ok && !*args)
		rows_go(&p->rows, p->rows.cursor - 1);
	return ok;
}

static bool do_down(void *pane, const char *args, struct error *err)
{
	struct plan_pane *p = pane;
	bool ok = change_here(p, "down", args, err);

	if (ok && !*args)
		rows_go(&p->rows, p->rows.cursor + 1);
	return ok;
}

static void on_added(void *ctx, const char *text)
{
	struct plan_pane *p = ctx;
	size_t at = p->rows.cursor + 2, count = plan_of(p)->subtasks.count;
	struct error err;

	if (!text || !*text)
		return;
	/* Behind the one under the cursor; where that has begun, at the end. */
	if (at > count + 1 || !change(p, "add", at, text, &err))
		if (!change(p, "add", 0, text, &err))
			house_complain(p->pane.house, &err);
}

static bool do_add(void *pane, const char *args, struct error *err)
{
	struct plan_pane *p = pane;

	if (*args)
		return change(p, "add", 0, args, err);
	if (!plan_of(p)->subtasks.count)
		return failed(err, ERR_USAGE, "there is no plan yet");
	ask_open(p->pane.house, &(struct ask_options){ .label = "new subtask (title: goal): ",
	                                               .history = ASK_OTHERS,
	                                               .done = on_added,
	                                               .ctx = p });
	return true;
}

static void on_rewritten(void *ctx, const char *text)
{
	struct plan_pane *p = ctx;
	struct error err;
	size_t number = 0;

	if (text && *text &&
	    (!number_here(p, &number, &err) || !change(p, "edit", number, text, &err)))
		house_complain(p->pane.house, &err);
}

static bool do_rewrite(void *pane, const char *args, struct error *err)
{
	struct plan_pane *p = pane;
	struct strbuf text = { 0 };
	size_t number = 0;

	if (*args)
		return change(p, "edit", 0, args, err);
	if (!number_here(p, &number, err))
		return false;
	write_item(&text, p, number - 1);
	ask_open(p->pane.house, &(struct ask_options){ .label = "title: goal: ",
	                                               .text = strbuf_str(&text),
	                                               .history = ASK_OTHERS,
	                                               .done = on_rewritten,
	                                               .ctx = p });
	strbuf_release(&text);
	return true;
}

static const struct verb verbs[] = {
	{ "show", "", do_show, "Unfold what the cursor is on" },
	{ "fold", "", do_show, "Fold what the cursor is on" },
	{ "plan add", "[[N] TITLE: GOAL]", do_add, "Add a subtask behind this one" },
	{ "plan drop", "[N]", do_drop, "Drop a subtask that has not begun" },
	{ "plan up", "[N]", do_up, "Build it earlier" },
	{ "plan down", "[N]", do_down, "Build it later" },
	{ "plan edit", "[N TITLE: GOAL]", do_rewrite, "Write a subtask anew" },
	{ 0 },
};

const struct pane_type plan_pane = {
	.id = PANE_PLAN,
	.title = "Plan",
	.size = sizeof(struct plan_pane),
	.verbs = verbs,
	.open = open,
	.close = close,
	.hear = hear,
	.draw = draw,
	.badge = badge,
	.foot = foot,
	.move = on_move,
	.click = on_click,
	.find = find,
	.copy = copy,
};
