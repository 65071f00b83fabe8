#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/code.h"
#include "tui/find.h"
#include "tui/house.h"
#include "tui/marks.h"
#include "tui/rows.h"
#include "tui/sheet.h"

/*
 * The script of a version: whole, or what changed since its parent, the marked one or, where all
 * panes compare, what they compare with. Parts of it fold.
 */
enum base {
	BASE_NONE,
	BASE_PARENT,
	BASE_MARK,
	BASE_COUNT,
};

/* Less than that is too narrow for two scripts beside each other. */
#define BESIDE_COLS 110

/* What one row of the screen shows: of the sheet, a row of the old and one of the new side. */
struct shown {
	size_t old, new;
};

struct script_pane {
	struct pane pane;
	struct sheet sheet;
	struct shown *shown;
	size_t count;
	bool *folded; /* by part */
	struct rows rows;
	int64_t version, against; /* what the sheet is of; 0: nothing */
	enum base base;
	bool has_blame, sheet_has_blame;
	bool is_old; /* the sheet, in some other way */
	bool wants_beside, is_beside;
	int cols; /* of the pane when it was last drawn */
	size_t context;
	int left; /* columns scrolled to the side */
	char *search;
};

static void open(void *pane)
{
	struct script_pane *p = pane;

	p->context = 3;
}

static void close(void *pane)
{
	struct script_pane *p = pane;

	sheet_release(&p->sheet);
	free(p->shown);
	free(p->folded);
	free(p->search);
}

static bool hear(void *pane, const struct event *ev)
{
	(void)pane;
	return ev->kind == EV_SCRIPT_WRITTEN || ev->kind == EV_HEAD_MOVED;
}

/* 0: the whole script. What nobody has yet is held against nothing. */
static int64_t wanted_base(const struct script_pane *p, const struct story_version *v)
{
	const struct house *h = p->pane.house;

	if (house_base(h) || house_mode(h) == MODE_REVIEW)
		return house_base(h);
	if (p->base == BASE_MARK)
		return house_marked(h) != v->id ? house_marked(h) : 0;
	return p->base == BASE_PARENT ? v->from : 0;
}

/* The row of the sheet that a row of the screen is about. */
static const struct sheet_row *row_at(const struct script_pane *p, size_t at)
{
	const struct shown *s = &p->shown[at];

	return &p->sheet.rows[s->new != CODE_NONE ? s->new : s->old];
}

static size_t index_of(const struct script_pane *p, size_t at)
{
	return (size_t)(row_at(p, at) - p->sheet.rows);
}

static void show(struct script_pane *p, size_t old, size_t new)
{
	p->shown[p->count++] = (struct shown){ old, new };
}

/* Lines that are gone beside those that came; how many rows of the sheet that were. */
static size_t show_change(struct script_pane *p, size_t at)
{
	const struct sheet *s = &p->sheet;
	size_t removed = 0, added = 0;

	while (at + removed < s->count && s->rows[at + removed].kind == SHEET_REMOVED)
		removed++;
	while (at + removed + added < s->count && s->rows[at + removed + added].kind == SHEET_ADDED)
		added++;
	for (size_t i = 0; i < removed || i < added; i++)
		show(p, i < removed ? at + i : CODE_NONE, i < added ? at + removed + i : CODE_NONE);
	return removed + added;
}

/* What there is to be seen, but for what is folded. */
static void lay_out(struct script_pane *p)
{
	const struct sheet *s = &p->sheet;

	p->is_beside = p->wants_beside && p->against && p->cols >= BESIDE_COLS;
	p->shown = xrealloc(p->shown, (s->count + 1) * sizeof(*p->shown));
	p->count = 0;
	for (size_t i = 0; i < s->count;) {
		const struct sheet_row *r = &s->rows[i];

		if (p->folded[r->part] && !sheet_is_head(s, i)) {
			i++;
		} else if (p->is_beside && (r->kind == SHEET_ADDED || r->kind == SHEET_REMOVED)) {
			i += show_change(p, i);
		} else {
			show(p, i, i);
			i++;
		}
	}
}

/* The row of the screen that shows a row of the sheet, or the head of what hides it. */
static size_t place_of(const struct script_pane *p, size_t index)
{
	size_t place = 0;

	for (size_t at = 0; at < p->count; at++) {
		const struct shown *s = &p->shown[at];

		if (s->old == index || s->new == index)
			return at;
		if (index_of(p, at) <= index)
			place = at;
	}
	return place;
}

/* Another way to show the same: the cursor stays on its line. */
static void lay_out_anew(struct script_pane *p)
{
	size_t index = p->rows.cursor < p->count ? index_of(p, p->rows.cursor) : 0;

	lay_out(p);
	p->rows.count = p->count;
	rows_go(&p->rows, place_of(p, index));
}

static size_t failed_line(const struct script_pane *p)
{
	const struct story_version *v = story_version(house_story(p->pane.house), p->version);

	return v && v->fate == STORY_FAILED && v->failure.line > 0 ? (size_t)v->failure.line : 0;
}

/* In a version that is new here: at what went wrong, else at the first change. */
static void go_to_the_point(struct script_pane *p)
{
	size_t line = failed_line(p), at = 0;

	for (size_t i = 0; line && i < p->sheet.count; i++)
		if (p->sheet.rows[i].kind != SHEET_REMOVED && p->sheet.rows[i].new_line == line)
			at = place_of(p, i);
	p->rows.count = p->count;
	rows_go(&p->rows, at);
}

static void make_sheet(struct script_pane *p, const struct story_version *v, int64_t against)
{
	struct house *h = p->pane.house;
	const struct story *story = house_story(h);
	const struct sheet_options options = { .version = v,
		                               .base = story_version(story, against),
		                               .context_lines = p->context,
		                               .has_blame = p->has_blame };
	bool is_other = p->version != v->id || p->against != against;
	struct error err;

	if (!sheet_make(&p->sheet, session_blobs(house_session(h)), story, &options, &err))
		house_complain(h, &err);
	p->version = v->id;
	p->against = against;
	p->sheet_has_blame = p->has_blame;
	p->is_old = false;
	free(p->folded);
	p->folded = xcalloc(p->sheet.parts + 1, sizeof(*p->folded));
	lay_out(p);
	if (is_other)
		go_to_the_point(p);
}

/* Make the sheet anew if it is not that of what is to be seen. */
static void bring_up(struct script_pane *p)
{
	struct house *h = p->pane.house;
	const struct story_version *v = story_version(house_story(h), house_version(h));
	int64_t against = v ? wanted_base(p, v) : 0;

	if (!v) {
		sheet_release(&p->sheet);
		p->version = 0;
		p->count = 0;
	} else if (p->version != v->id || p->against != against ||
	           p->sheet_has_blame != p->has_blame || p->is_old) {
		make_sheet(p, v, against);
	}
}

static void say_nothing(const struct script_pane *p, const struct canvas *on)
{
	const char *what =
		!p->version ? "The script will be here." : "Nothing differs between these two.";

	canvas_say(on, on->rows / 2, (on->cols - (int)strlen(what)) / 2, LOOK_DIM, what);
}

static void draw(void *pane, struct canvas *on)
{
	struct script_pane *p = pane;
	struct code code;

	bring_up(p);
	if (p->cols != on->cols) {
		p->cols = on->cols;
		if (p->wants_beside)
			lay_out_anew(p);
	}
	code = (struct code){ .sheet = &p->sheet,
		              .story = house_story(p->pane.house),
		              .left = p->left,
		              .has_blame = p->has_blame,
		              .failed_line = failed_line(p),
		              .search = p->search,
		              .folded = p->folded };
	rows_fit(&p->rows, p->count, on->rows, rows_one, p);
	if (!p->count)
		say_nothing(p, on);
	for (int row = 0; row < on->rows && p->rows.top + (size_t)row < p->count; row++) {
		size_t at = p->rows.top + (size_t)row;

		if (p->is_beside)
			code_draw_pair(&code, on, row, p->shown[at].old, p->shown[at].new);
		else
			code_draw(&code, on, row, p->shown[at].new);
		if (at == p->rows.cursor)
			canvas_tint(on, row, 0, 1, LOOK_SELECTED);
	}
}

static const char *retitle(const void *pane)
{
	const struct script_pane *p = pane;

	return house_mode(p->pane.house) == MODE_REVIEW && p->against ? "Diff" : NULL;
}

static void badge(void *pane, struct strbuf *out)
{
	struct script_pane *p = pane;

	bring_up(p);
	if (!p->version)
		return;
	strbuf_addf(out, "@%lld", (long long)p->version);
	if (p->against)
		strbuf_addf(out, "  since %lld  +%zu -%zu", (long long)p->against, p->sheet.added,
		            p->sheet.removed);
	if (p->is_beside)
		strbuf_addstr(out, "  side by side");
}

/* What is wrong with the line under the cursor, else who wrote it, and where it is. */
static void foot(void *pane, struct strbuf *out)
{
	struct script_pane *p = pane;
	const struct story *story = house_story(p->pane.house);
	const struct story_version *v = story_version(story, p->version);
	const struct sheet_row *r;

	if (!p->count || !v)
		return;
	r = row_at(p, p->rows.cursor < p->count ? p->rows.cursor : 0);
	if (failed_line(p) && r->kind != SHEET_REMOVED && r->new_line == failed_line(p)) {
		text_clean(out, v->failure.message, strlen(v->failure.message), TEXT_ONE_LINE);
		return;
	}
	if (p->has_blame && r->by) {
		code_write_origin(out, story, r->by);
		strbuf_addstr(out, "  ");
	}
	if (p->against && r->part)
		strbuf_addf(out, "hunk %zu of %zu", r->part, p->sheet.parts);
	else
		strbuf_addf(out, "%zu/%zu", r->new_line, p->sheet.count);
}

static bool jump(struct script_pane *p, int by)
{
	size_t at = p->rows.cursor;

	while ((at += (size_t)by) < p->count)
		if (sheet_is_head(&p->sheet, index_of(p, at))) {
			rows_go(&p->rows, at);
			return true;
		}
	return false;
}

static bool on_move(void *pane, enum move move)
{
	struct script_pane *p = pane;
	const int aside[] = {
		[MOVE_LEFT] = -4, [MOVE_RIGHT] = 4, [MOVE_FAR_LEFT] = -40, [MOVE_FAR_RIGHT] = 40
	};

	if (move == MOVE_NEXT || move == MOVE_NEXT_BIG)
		return jump(p, 1);
	if (move == MOVE_PREV || move == MOVE_PREV_BIG)
		return jump(p, -1);
	if (move <= MOVE_FAR_RIGHT && move >= MOVE_LEFT) {
		p->left += aside[move];
		p->left = p->left < 0 ? 0 : p->left > 1000 ? 1000 : p->left;
		return true;
	}
	return rows_move(&p->rows, move, rows_one, p);
}

static bool do_fold(void *pane, const char *args, struct error *err)
{
	struct script_pane *p = pane;
	size_t part = p->rows.cursor < p->count ? row_at(p, p->rows.cursor)->part : 0;

	(void)args;
	if (!part)
		return failed(err, ERR_USAGE, "this line is in no function and no hunk to fold");
	p->folded[part] = !p->folded[part];
	lay_out_anew(p);
	return true;
}

/* A click on the head of a part folds it. */
static void on_click(void *pane, int row, int col)
{
	struct script_pane *p = pane;
	size_t at = p->rows.top + (size_t)row;
	struct error err;

	rows_go(&p->rows, at);
	if (at < p->count && sheet_is_head(&p->sheet, index_of(p, at)) && col < 2)
		do_fold(p, "", &err);
}

static bool do_next_style(void *pane, const char *args, struct error *err)
{
	struct script_pane *p = pane;

	(void)args;
	if (!p->against)
		return failed(err, ERR_USAGE,
		              "this is a whole script: there is nothing to put beside it");
	if (!p->wants_beside && p->cols < BESIDE_COLS)
		return failed(err, ERR_USAGE,
		              "side by side needs %d columns, these are %d: z gives it the screen",
		              BESIDE_COLS, p->cols);
	p->wants_beside = !p->wants_beside;
	lay_out_anew(p);
	return true;
}

static bool do_next_base(void *pane, const char *args, struct error *err)
{
	struct script_pane *p = pane;

	(void)args;
	(void)err;
	p->base = (p->base + 1) % BASE_COUNT;
	if (p->base == BASE_MARK && !house_marked(p->pane.house))
		p->base = BASE_NONE;
	return true;
}

static bool do_blame(void *pane, const char *args, struct error *err)
{
	struct script_pane *p = pane;

	(void)args;
	(void)err;
	p->has_blame = !p->has_blame;
	return true;
}

static bool set_context(struct script_pane *p, size_t lines)
{
	p->context = lines > DIFF_CONTEXT_MAX ? DIFF_CONTEXT_MAX : lines;
	p->is_old = true;
	return true;
}

static bool do_more(void *pane, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	return set_context(pane, ((struct script_pane *)pane)->context + 3);
}

static bool do_less(void *pane, const char *args, struct error *err)
{
	struct script_pane *p = pane;

	(void)args;
	(void)err;
	return set_context(p, p->context > 3 ? p->context - 3 : 0);
}

static struct text_span text_of(void *ctx, size_t i)
{
	return ((struct script_pane *)ctx)->sheet.rows[i].text;
}

/* What is found is unfolded, or nobody would see it. */
static void go_to(struct script_pane *p, size_t index)
{
	size_t part = p->sheet.rows[index].part;

	if (p->folded[part] && !sheet_is_head(&p->sheet, index)) {
		p->folded[part] = false;
		lay_out(p);
		p->rows.count = p->count;
	}
	rows_go(&p->rows, place_of(p, index));
}

static struct matches find(void *pane, const char *text, int by)
{
	struct script_pane *p = pane;
	size_t at = p->rows.cursor < p->count ? index_of(p, p->rows.cursor) : 0;
	struct finder in = { p->sheet.count, at, text_of, p };
	struct matches m = find_item(&at, &in, text, by);

	free(p->search);
	p->search = *text ? xstrdup(text) : NULL;
	if (m.count)
		go_to(p, at);
	return m;
}

static bool copy(void *pane, struct strbuf *out)
{
	struct script_pane *p = pane;

	if (p->rows.cursor >= p->count)
		return false;
	strbuf_add(out, row_at(p, p->rows.cursor)->text.at, row_at(p, p->rows.cursor)->text.len);
	return true;
}

static const struct verb verbs[] = {
	{ "fold", "", do_fold, "Hide this hunk or function but for its first line, or show it" },
	{ "next style", "", do_next_style, "The diff in one column, or side by side" },
	{ "next base", "", do_next_base, "The script, what changed since its parent, or the mark" },
	{ "toggle blame", "", do_blame, "Which version wrote each line" },
	{ "more context", "", do_more, "Show more lines around each change" },
	{ "less context", "", do_less, "Show fewer lines around each change" },
	{ 0 },
};

const struct pane_type script_pane = {
	.id = PANE_SCRIPT,
	.title = "Script",
	.size = sizeof(struct script_pane),
	.verbs = verbs,
	.open = open,
	.close = close,
	.hear = hear,
	.retitle = retitle,
	.draw = draw,
	.badge = badge,
	.foot = foot,
	.move = on_move,
	.click = on_click,
	.find = find,
	.copy = copy,
};
