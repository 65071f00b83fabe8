#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/house.h"
#include "tui/marks.h"
#include "tui/rows.h"

/*
 * The tree of steps: what was accepted, which way leads to the head, and before each step the
 * versions that came to nothing. What is on its way is the last.
 */
struct line {
	const struct history_step *step;
	int64_t version; /* of the script; 0: the step is a plan */
	size_t depth;
	bool begins_branch;
};

struct steps_pane {
	struct pane pane;
	struct history history;
	struct line *lines;
	size_t count;
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
	struct steps_pane *p = pane;

	history_release(&p->history);
	free(p->lines);
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

static void add(struct steps_pane *p, struct line line)
{
	p->lines = xrealloc(p->lines, (p->count + 1) * sizeof(*p->lines));
	p->lines[p->count++] = line;
}

/* Steps in the order of their ids, or of their scripts: they are looked for by these. */
static int by_id(const void *a, const void *b)
{
	const struct history_step *const *x = a, *const *y = b;

	return ((*x)->id > (*y)->id) - ((*x)->id < (*y)->id);
}

static int by_script(const void *a, const void *b)
{
	const struct history_step *const *x = a, *const *y = b;

	return ((*x)->script > (*y)->script) - ((*x)->script < (*y)->script);
}

struct sorted {
	const struct history_step **by_id, **by_script;
	size_t count;
};

static struct sorted sort_steps(const struct history *h)
{
	struct sorted s = { xcalloc(h->count + 1, sizeof(*s.by_id)),
		            xcalloc(h->count + 1, sizeof(*s.by_script)), h->count };

	for (size_t i = 0; i < h->count; i++)
		s.by_id[i] = s.by_script[i] = &h->steps[i];
	qsort(s.by_id, s.count, sizeof(*s.by_id), by_id);
	qsort(s.by_script, s.count, sizeof(*s.by_script), by_script);
	return s;
}

static bool is_kept(const struct sorted *s, int64_t version)
{
	const struct history_step wanted = { .script = version }, *key = &wanted;

	return bsearch(&key, s->by_script, s->count, sizeof(key), by_script) != NULL;
}

/* The first step that came after a version, on whatever branch; NULL: there is none yet. */
static const struct history_step *step_after(const struct sorted *s, int64_t version)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (s->by_id[middle]->id > version)
			high = middle;
		else
			low = middle + 1;
	}
	return low < s->count ? s->by_id[low] : NULL;
}

/* A version that nobody kept, and the step that it was tried for. */
struct tried {
	int64_t version;
	const struct history_step *step;
};

static size_t find_tried(struct tried *out, const struct steps_pane *p, const struct sorted *s)
{
	const struct story *story = house_story(p->pane.house);
	size_t count = 0;

	for (size_t i = 0; i < story->count; i++) {
		int64_t id = story->versions[i].id;

		if (!is_kept(s, id))
			out[count++] = (struct tried){ id, step_after(s, id) };
	}
	return count;
}

/* They are in the order of the steps they were tried for, those without one last. */
static void add_tried(struct steps_pane *p, const struct tried *tried, size_t count,
                      const struct history_step *step)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct history_step *of = tried[middle].step;

		if (of && (!step || of->id < step->id))
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < count && tried[low].step == step; low++)
		add(p, (struct line){ .version = tried[low].version,
		                      .depth = step ? step->depth : 0 });
}

/* The first on its way stands deeper than the step it is from. */
static bool begins_branch(const struct sorted *s, const struct history_step *step)
{
	const struct history_step wanted = { .id = step->from }, *key = &wanted;
	const struct history_step **from = bsearch(&key, s->by_id, s->count, sizeof(key), by_id);

	return step->depth > (from ? (*from)->depth : 0);
}

static void list_all(struct steps_pane *p)
{
	struct tried *tried = xcalloc(house_story(p->pane.house)->count + 1, sizeof(*tried));
	struct sorted sorted = sort_steps(&p->history);
	size_t count = find_tried(tried, p, &sorted);

	p->count = 0;
	for (size_t i = 0; i < p->history.count; i++) {
		const struct history_step *s = &p->history.steps[i];

		add_tried(p, tried, count, s);
		add(p, (struct line){ s, s->script, s->depth, begins_branch(&sorted, s) });
	}
	add_tried(p, tried, count, NULL);
	free(sorted.by_id);
	free(sorted.by_script);
	free(tried);
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
	list_all(p);
}

static const struct line *selected(const struct steps_pane *p)
{
	return p->rows.cursor < p->count ? &p->lines[p->rows.cursor] : NULL;
}

/* The branches that a line lies in, each as a bar; the first of one hangs on it. */
static int draw_tree(const struct canvas *on, int row, const struct line *line)
{
	size_t depth = line->depth < 8 ? line->depth : 8;
	int col = 2;

	for (size_t i = 0; i < depth; i++) {
		bool hangs = line->begins_branch && i + 1 == depth;

		col += canvas_say(on, row, col, LOOK_FRAME,
		                  !on->unicode ? hangs ? "|-" : "| "
		                  : hangs      ? "\u251c\u2500"
		                               : "\u2502 ");
	}
	return col;
}

/* At the right, if there is room beside the words. */
static int draw_price(const struct canvas *on, int row, int64_t took_ms, double cost_usd)
{
	struct strbuf text = { 0 };
	int cols;

	if (took_ms > 0)
		text_add_duration(&text, took_ms);
	if (cost_usd > 0) {
		strbuf_addstr(&text, text.len ? " " : "");
		text_add_usd(&text, cost_usd);
	}
	cols = (int)text.len;
	if (cols + 14 > on->cols)
		cols = 0;
	if (cols)
		canvas_right(on, row, LOOK_DIM, strbuf_str(&text));
	strbuf_release(&text);
	return cols ? cols + 1 : 0;
}

static void draw_words(const struct canvas *on, int row, int col, int end, enum look look,
                       const struct strbuf *words)
{
	struct strbuf clean = { 0 }, cut = { 0 };

	text_clean(&clean, strbuf_str(words), words->len, TEXT_ONE_LINE);
	if (end > col)
		text_cut(&cut, strbuf_str(&clean), clean.len, (size_t)(end - col));
	canvas_say(on, row, col, look, strbuf_str(&cut));
	strbuf_release(&clean);
	strbuf_release(&cut);
}

static void draw_step(const struct steps_pane *p, const struct canvas *on, int row,
                      const struct line *line)
{
	const struct history_step *s = line->step;
	bool is_here = s->id == p->history.here;
	enum look look = is_here ? LOOK_STRONG : s->is_on_path ? LOOK_TEXT : LOOK_DIM;
	int price = draw_price(on, row, s->took_ms, s->cost_usd);
	int col = draw_tree(on, row, line);
	struct strbuf words = { 0 };

	canvas_put_mark(on, row, 0, is_here ? LOOK_GOOD : LOOK_DIM,
	                is_here ? MARK_ACTIVE : MARK_WAITING);
	col += canvas_sayf(on, row, col, LOOK_DIM, "%lld ", (long long)s->id);
	strbuf_addf(&words, "%s%s%s", s->script ? purpose_names[s->purpose] : "plan",
	            s->note ? ": " : "", s->note ? s->note : "");
	draw_words(on, row, col, on->cols - price, look, &words);
	strbuf_release(&words);
}

/* What came of a version that is no step, and how that looks. */
struct fate {
	enum mark mark;
	enum look look;
	const char *words;
};

static struct fate fate_of(const struct steps_pane *p, const struct story_version *v)
{
	const struct state *now = session_state(house_session(p->pane.house));
	bool is_candidate = v->id == now->candidate.id;

	if (is_candidate && now->waiting && now->gate == GATE_SCRIPT)
		return (struct fate){ MARK_NEEDS, LOOK_WARN, "waits for you" };
	if (v->fate == STORY_FAILED)
		return (struct fate){ MARK_BAD, LOOK_BAD,
			              is_candidate ? "failed, being repaired" : "failed" };
	if (v->fate == STORY_REJECTED)
		return (struct fate){ MARK_BAD, LOOK_WARN, "rejected" };
	if (is_candidate)
		return (struct fate){ MARK_NEEDS, LOOK_WARN,
			              now->candidate.ran ? "is being looked at"
			                                 : "is being tried" };
	return (struct fate){ MARK_SKIPPED, LOOK_DIM, "left behind" };
}

static void draw_version(const struct steps_pane *p, const struct canvas *on, int row,
                         const struct line *line)
{
	const struct story_version *v = story_version(house_story(p->pane.house), line->version);
	struct fate fate = v ? fate_of(p, v) : (struct fate){ MARK_SKIPPED, LOOK_DIM, "" };
	int col = draw_tree(on, row, line);
	struct strbuf words = { 0 };

	canvas_put_mark(on, row, 0, fate.look, fate.mark);
	col += canvas_sayf(on, row, col, LOOK_DIM, "%lld ", (long long)line->version);
	strbuf_addstr(&words, fate.words);
	if (v && v->fate == STORY_FAILED)
		strbuf_addf(&words, ": %s", v->failure.message);
	else if (v && v->note)
		strbuf_addf(&words, ": %s", v->note);
	draw_words(on, row, col, on->cols, fate.look == LOOK_BAD ? LOOK_DIM : fate.look, &words);
	strbuf_release(&words);
}

static void draw(void *pane, struct canvas *on)
{
	struct steps_pane *p = pane;
	int64_t marked = house_marked(p->pane.house);

	bring_up(p);
	rows_fit(&p->rows, p->count, on->rows, rows_one, p);
	for (int row = 0; row < on->rows && p->rows.top + (size_t)row < p->count; row++) {
		size_t at = p->rows.top + (size_t)row;
		const struct line *line = &p->lines[at];

		if (line->step)
			draw_step(p, on, row, line);
		else
			draw_version(p, on, row, line);
		if (marked && line->version == marked)
			canvas_say(on, row, 1, LOOK_KEY, "=");
		if (at == p->rows.cursor && !p->rows.follows)
			canvas_tint(on, row, 0, on->cols, LOOK_CURSOR_LINE);
	}
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

/* What is shown elsewhere when it is not the head's; else what the panes call this step's. */
static void foot(void *pane, struct strbuf *out)
{
	struct steps_pane *p = pane;
	const struct line *line = p->rows.follows ? NULL : selected(p);
	int64_t shown = house_version(p->pane.house);

	if (shown != state_version(session_state(house_session(p->pane.house)))->id)
		strbuf_addf(out, "looking at version %lld", (long long)shown);
	else if (line && line->version)
		strbuf_addf(out, "version %lld", (long long)line->version);
}

/* To the step before or after, past what came to nothing. */
static bool jump(struct steps_pane *p, int by)
{
	size_t at = p->rows.cursor;

	while ((at += (size_t)by) < p->count)
		if (p->lines[at].step) {
			rows_go(&p->rows, at);
			return true;
		}
	return false;
}

static bool on_move(void *pane, enum move move)
{
	struct steps_pane *p = pane;

	if (move == MOVE_NEXT || move == MOVE_NEXT_BIG)
		return jump(p, 1);
	if (move == MOVE_PREV || move == MOVE_PREV_BIG)
		return jump(p, -1);
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
	const struct line *line = selected(p);

	if (!strcmp(args, "head")) {
		p->rows.follows = true;
		house_look_at(p->pane.house, 0);
		return true;
	}
	if (!line || !line->version)
		return failed(err, ERR_USAGE, "that step has no script to look at");
	house_look_at(p->pane.house, line->version);
	house_say(p->pane.house, "looking at an earlier step; . goes back to the head");
	return true;
}

static bool do_mark(void *pane, const char *args, struct error *err)
{
	struct steps_pane *p = pane;
	const struct line *line = selected(p);
	int64_t marked = house_marked(p->pane.house);

	(void)args;
	if (!line || !line->version)
		return failed(err, ERR_USAGE, "that step has no script to compare with");
	house_mark(p->pane.house, marked == line->version ? 0 : line->version);
	return true;
}

static bool do_compare(void *pane, const char *args, struct error *err)
{
	struct steps_pane *p = pane;
	const struct line *line = selected(p);

	(void)args;
	if (house_mode(p->pane.house) == MODE_REVIEW)
		return failed(err, ERR_USAGE,
		              "the review compares with what you have; R leaves it");
	if (!line || !line->version)
		return failed(err, ERR_USAGE, "that step has no script to compare with");
	house_compare(p->pane.house, line->version);
	return true;
}

static bool do_fork(void *pane, const char *args, struct error *err)
{
	struct steps_pane *p = pane;
	const struct line *at = selected(p);
	struct strbuf line = { 0 };
	bool ok;

	(void)args;
	if (!at || !at->step)
		return failed(err, ERR_USAGE, "there is no step to fork from");
	strbuf_addf(&line, "branch %lld", (long long)at->step->id);
	ok = session_do(house_session(p->pane.house), strbuf_str(&line), err);
	strbuf_release(&line);
	if (ok)
		house_say(p->pane.house, "what comes next begins a branch here; the rest stays");
	return ok;
}

static const struct verb verbs[] = {
	{ "goto", "[head]", do_goto, "Look at this step in all panes; the head stays" },
	{ "mark", "", do_mark, "Mark this version to compare others with" },
	{ "compare", "", do_compare, "Mark this version; on another: show how they differ" },
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
	.foot = foot,
	.move = on_move,
	.click = on_click,
};
