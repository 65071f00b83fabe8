#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/house.h"
#include "tui/marks.h"
#include "tui/rows.h"

/* The tree of steps: what was accepted, which way leads to the head, and what is on its way. */
struct steps_pane {
	struct pane pane;
	struct history history;
	struct rows rows;
	bool is_old; /* events have come since it was read */
};

static void open(void *pane)
{
	struct steps_pane *p = pane;

	p->is_old = true;
	p->rows.follows = true;
}

static void close(void *pane)
{
	history_release(&((struct steps_pane *)pane)->history);
}

static bool hear(void *pane, const struct event *ev)
{
	struct steps_pane *p = pane;

	if (ev->kind != EV_GATE_ANSWERED && ev->kind != EV_HEAD_MOVED &&
	    ev->kind != EV_SCRIPT_WRITTEN)
		return false;
	p->is_old = true;
	return true;
}

static void bring_up(struct steps_pane *p)
{
	struct error err;

	if (!p->is_old)
		return;
	p->is_old = false;
	history_release(&p->history);
	if (!history_read(&p->history, session_journal(house_session(p->pane.house)), &err))
		house_complain(p->pane.house, &err);
}

static const struct history_step *selected(const struct steps_pane *p)
{
	return p->rows.cursor < p->history.count ? &p->history.steps[p->rows.cursor] : NULL;
}

static void draw_step(const struct steps_pane *p, const struct canvas *on, int row,
                      const struct history_step *s)
{
	bool is_here = s->id == p->history.here;
	bool is_marked = s->script && s->script == house_marked(p->pane.house);
	enum look look = is_here ? LOOK_STRONG : s->is_on_path ? LOOK_TEXT : LOOK_DIM;
	int col = 2 + 2 * (int)(s->depth < 8 ? s->depth : 8);

	canvas_put_mark(on, row, 0, is_here ? LOOK_GOOD : LOOK_DIM,
	                is_marked ? MARK_NEEDS
	                : is_here ? MARK_ACTIVE
	                          : MARK_WAITING);
	col += canvas_sayf(on, row, col, LOOK_DIM, "%lld ", (long long)s->id);
	canvas_sayf(on, row, col, look, "%s%s%s", s->script ? purpose_names[s->purpose] : "plan",
	            s->note ? ": " : "", s->note ? s->note : "");
}

static void draw_candidate(const struct canvas *on, int row, const struct state *now)
{
	canvas_put_mark(on, row, 0, LOOK_WARN, MARK_NEEDS);
	canvas_sayf(on, row, 2, LOOK_WARN, "%lld %s", (long long)now->candidate.id,
	            now->failure.script  ? "failed, being repaired"
	            : now->waiting       ? "waits for you"
	            : now->candidate.ran ? "is being looked at"
	                                 : "is being tried");
}

static void draw(void *pane, struct canvas *on)
{
	struct steps_pane *p = pane;
	const struct state *now = session_state(house_session(p->pane.house));
	int rows = on->rows - (now->candidate.id ? 1 : 0), row = 0;

	bring_up(p);
	rows_fit(&p->rows, p->history.count, rows, rows_one, p);
	for (size_t i = p->rows.top; i < p->history.count && row < rows; i++, row++) {
		draw_step(p, on, row, &p->history.steps[i]);
		if (i == p->rows.cursor && !p->rows.follows)
			canvas_tint(on, row, 0, on->cols, LOOK_CURSOR_LINE);
	}
	if (now->candidate.id)
		draw_candidate(on, row, now);
}

static void badge(void *pane, struct strbuf *out)
{
	struct steps_pane *p = pane;
	double cost = 0;

	bring_up(p);
	for (size_t i = 0; i < p->history.count; i++)
		cost += p->history.steps[i].cost_usd;
	if (p->history.count)
		strbuf_addf(out, "%zu", p->history.count);
	if (cost > 0) {
		strbuf_addstr(out, "  ");
		text_add_usd(out, cost);
	}
}

static bool on_move(void *pane, enum move move)
{
	struct steps_pane *p = pane;

	return rows_move(&p->rows, move, rows_one, p);
}

static void on_click(void *pane, int row, int col)
{
	struct steps_pane *p = pane;

	(void)col;
	rows_go(&p->rows, p->rows.top + (size_t)row);
}

static bool do_goto(void *pane, const char *args, struct error *err)
{
	struct steps_pane *p = pane;
	const struct history_step *s = selected(p);

	if (!strcmp(args, "head")) {
		p->rows.follows = true;
		house_look_at(p->pane.house, 0);
		return true;
	}
	if (!s || !s->script)
		return failed(err, ERR_USAGE, "that step has no script to look at");
	house_look_at(p->pane.house, s->script);
	house_say(p->pane.house, "looking at an earlier step; . goes back to the head");
	return true;
}

static bool do_mark(void *pane, const char *args, struct error *err)
{
	struct steps_pane *p = pane;
	const struct history_step *s = selected(p);

	(void)args;
	if (!s || !s->script)
		return failed(err, ERR_USAGE, "that step has no script to compare with");
	house_mark(p->pane.house, house_marked(p->pane.house) == s->script ? 0 : s->script);
	return true;
}

static bool do_fork(void *pane, const char *args, struct error *err)
{
	struct steps_pane *p = pane;
	const struct history_step *s = selected(p);
	struct strbuf line = { 0 };
	bool ok;

	(void)args;
	if (!s)
		return failed(err, ERR_USAGE, "there is no step to fork from");
	strbuf_addf(&line, "branch %lld", (long long)s->id);
	ok = session_do(house_session(p->pane.house), strbuf_str(&line), err);
	strbuf_release(&line);
	if (ok)
		house_say(p->pane.house, "what comes next begins a branch here; the rest stays");
	return ok;
}

static const struct verb verbs[] = {
	{ "goto", "[head]", do_goto, "Look at this step in all panes; the head stays" },
	{ "mark", "", do_mark, "Mark this version to compare others with" },
	{ "fork", "", do_fork, "Begin a branch at this step" },
	{ 0 },
};

const struct pane_type steps_pane = {
	.id = PANE_STEPS,
	.title = "Steps",
	.size = sizeof(struct steps_pane),
	.verbs = verbs,
	.open = open,
	.close = close,
	.hear = hear,
	.draw = draw,
	.badge = badge,
	.move = on_move,
	.click = on_click,
};
