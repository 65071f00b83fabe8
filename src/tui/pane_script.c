#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/find.h"
#include "tui/house.h"
#include "tui/marks.h"
#include "tui/rows.h"
#include "tui/sheet.h"

/* The script of a version: whole, or what changed since its parent or a marked one. */
enum base {
	BASE_NONE,
	BASE_PARENT,
	BASE_MARK,
	BASE_COUNT,
};

struct script_pane {
	struct pane pane;
	struct sheet sheet;
	struct rows rows;
	int64_t version, against; /* what the sheet is of; 0: nothing */
	enum base base;
	bool has_blame, sheet_has_blame;
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
	free(p->search);
}

static bool hear(void *pane, const struct event *ev)
{
	(void)pane;
	return ev->kind == EV_SCRIPT_WRITTEN || ev->kind == EV_HEAD_MOVED;
}

static enum base base_of(const struct script_pane *p)
{
	return house_mode(p->pane.house) == MODE_REVIEW && !p->base ? BASE_PARENT : p->base;
}

/* In review what the user has now is what the proposal is held against. */
static int64_t wanted_base(const struct script_pane *p, const struct story_version *v)
{
	const struct state *now = session_state(house_session(p->pane.house));

	if (base_of(p) == BASE_NONE)
		return 0;
	if (base_of(p) == BASE_MARK && house_marked(p->pane.house))
		return house_marked(p->pane.house);
	if (house_mode(p->pane.house) == MODE_REVIEW && now->accepted.id)
		return now->accepted.id;
	return v->from;
}

/* Make the sheet anew if it is not that of what is to be seen. */
static void bring_up(struct script_pane *p)
{
	struct house *h = p->pane.house;
	const struct story *story = house_story(h);
	const struct story_version *v = story_version(story, house_version(h));
	int64_t against = v ? wanted_base(p, v) : 0;
	struct error err;

	if (!v) {
		sheet_release(&p->sheet);
		p->version = 0;
		return;
	}
	if (p->version == v->id && p->against == against && p->sheet_has_blame == p->has_blame)
		return;
	if (!sheet_make(&p->sheet, house_session(h), story,
	                &(struct sheet_options){ .version = v,
	                                         .base = story_version(story, against),
	                                         .context_lines = p->context,
	                                         .has_blame = p->has_blame },
	                &err))
		house_complain(h, &err);
	if (p->version != v->id)
		p->rows.cursor = 0;
	p->version = v->id;
	p->against = against;
	p->sheet_has_blame = p->has_blame;
}

static int number_width(const struct sheet *s)
{
	size_t most = s->count ? s->rows[s->count - 1].new_line : 0;

	return most >= 10000 ? 5 : most >= 1000 ? 4 : 3;
}

/* The text with its colours, from a column on. */
static void draw_code(const struct canvas *on, int row, const struct sheet_row *r, int left)
{
	struct python_piece pieces[PYTHON_PIECES_MOST];
	struct python_state state = r->state;
	size_t count = python_color(pieces, r->text, &state), at = 0;
	int col = -left;

	for (size_t i = 0; i <= count; i++) {
		size_t from = i < count ? pieces[i].from : r->text.len;

		col += canvas_text(on, row, col, LOOK_TEXT, r->text.at + at, from - at, 1 << 14);
		if (i == count)
			break;
		col += canvas_text(on, row, col, pieces[i].look, r->text.at + from, pieces[i].len,
		                   1 << 14);
		at = from + pieces[i].len;
	}
}

/* Only the line's kind is coloured, and the word that differs. */
static void draw_changed(const struct canvas *on, int row, const struct sheet_row *r, int left)
{
	bool is_added = r->kind == SHEET_ADDED;
	enum look look = is_added ? LOOK_ADDED : LOOK_REMOVED;
	enum look word = is_added ? LOOK_ADDED_WORD : LOOK_REMOVED_WORD;
	size_t from = r->has_word ? r->word : r->text.len, len = r->has_word ? r->word_len : 0;
	int col = -left;

	col += canvas_text(on, row, col, look, r->text.at, from, 1 << 14);
	col += canvas_text(on, row, col, word, r->text.at + from, len, 1 << 14);
	canvas_text(on, row, col, look, r->text.at + from + len, r->text.len - from - len, 1 << 14);
}

static void draw_hunk_head(const struct canvas *on, int row, const struct sheet_row *r)
{
	int col = canvas_sayf(on, row, 0, LOOK_HUNK, "%zu  line %zu  ", r->hunk, r->new_line);

	canvas_text(on, row, col, LOOK_HUNK, r->text.len ? r->text.at : "", r->text.len,
	            on->cols - col);
}

static void draw_row(struct script_pane *p, const struct canvas *on, int row,
                     const struct sheet_row *r)
{
	static const char signs[] = {
		[SHEET_SAME] = ' ', [SHEET_ADDED] = '+', [SHEET_REMOVED] = '-'
	};
	static const enum look looks[] = { [SHEET_SAME] = LOOK_LINE_NUMBER,
		                           [SHEET_ADDED] = LOOK_ADDED,
		                           [SHEET_REMOVED] = LOOK_REMOVED };
	int width = number_width(&p->sheet), gutter = p->has_blame ? 6 : 0;
	struct canvas code;

	if (r->kind == SHEET_HUNK) {
		draw_hunk_head(on, row, r);
		return;
	}
	canvas_sayf(on, row, 0, looks[r->kind], "%c%*zu", signs[r->kind], width,
	            r->kind == SHEET_REMOVED ? r->old_line : r->new_line);
	code = canvas_part(on, row, width + 2, 1, on->cols - width - 2 - gutter);
	if (r->kind == SHEET_SAME)
		draw_code(&code, 0, r, p->left);
	else
		draw_changed(&code, 0, r, p->left);
	if (gutter && r->by)
		canvas_sayf(on, row, on->cols - 5, LOOK_DIM, "%5lld", (long long)r->by);
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

	bring_up(p);
	rows_fit(&p->rows, p->sheet.count, on->rows, rows_one, p);
	if (!p->sheet.count)
		say_nothing(p, on);
	for (int row = 0; row < on->rows && p->rows.top + (size_t)row < p->sheet.count; row++) {
		size_t at = p->rows.top + (size_t)row;

		draw_row(p, on, row, &p->sheet.rows[at]);
		if (p->search && find_has(p->sheet.rows[at].text, p->search))
			canvas_tint(on, row, 0, number_width(&p->sheet) + 1, LOOK_MATCH);
		if (at == p->rows.cursor)
			canvas_tint(on, row, 0, on->cols, LOOK_CURSOR_LINE);
	}
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
}

static void foot(void *pane, struct strbuf *out)
{
	struct script_pane *p = pane;
	const struct sheet_row *r;

	if (!p->sheet.count)
		return;
	r = &p->sheet.rows[p->rows.cursor < p->sheet.count ? p->rows.cursor : 0];
	if (r->hunk)
		strbuf_addf(out, "hunk %zu of %zu", r->hunk, p->sheet.hunks);
	else
		strbuf_addf(out, "%zu/%zu", r->new_line, p->sheet.count);
}

/* Lines of a script that begin a part of it. */
static bool is_definition(const struct sheet_row *r)
{
	return r->text.len > 4 && (!strncmp(r->text.at, "def ", 4) ||
	                           (r->text.len > 6 && !strncmp(r->text.at, "class ", 6)));
}

static bool jump(struct script_pane *p, int by, bool is_big)
{
	bool to_hunk = p->against && !is_big;
	size_t i = p->rows.cursor;

	while ((i += (size_t)by) < p->sheet.count) {
		const struct sheet_row *r = &p->sheet.rows[i];

		if (to_hunk ? r->kind == SHEET_HUNK : is_definition(r)) {
			rows_go(&p->rows, i);
			return true;
		}
	}
	return false;
}

static bool on_move(void *pane, enum move move)
{
	struct script_pane *p = pane;
	const int aside[] = {
		[MOVE_LEFT] = -4, [MOVE_RIGHT] = 4, [MOVE_FAR_LEFT] = -40, [MOVE_FAR_RIGHT] = 40
	};

	if (move == MOVE_NEXT || move == MOVE_PREV)
		return jump(p, move == MOVE_NEXT ? 1 : -1, false);
	if (move == MOVE_NEXT_BIG || move == MOVE_PREV_BIG)
		return jump(p, move == MOVE_NEXT_BIG ? 1 : -1, true);
	if (move <= MOVE_FAR_RIGHT && move >= MOVE_LEFT) {
		p->left += aside[move];
		p->left = p->left < 0 ? 0 : p->left > 1000 ? 1000 : p->left;
		return true;
	}
	return rows_move(&p->rows, move, rows_one, p);
}

static void on_click(void *pane, int row, int col)
{
	struct script_pane *p = pane;

	(void)col;
	rows_go(&p->rows, p->rows.top + (size_t)row);
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
	p->version = 0;
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

static struct matches find(void *pane, const char *text, int by)
{
	struct script_pane *p = pane;
	struct finder in = { p->sheet.count, p->rows.cursor, text_of, p };
	size_t at = p->rows.cursor;
	struct matches m = find_item(&at, &in, text, by);

	free(p->search);
	p->search = *text ? xstrdup(text) : NULL;
	if (m.count)
		rows_go(&p->rows, at);
	return m;
}

static bool copy(void *pane, struct strbuf *out)
{
	struct script_pane *p = pane;

	if (p->rows.cursor >= p->sheet.count)
		return false;
	strbuf_add(out, p->sheet.rows[p->rows.cursor].text.at,
	           p->sheet.rows[p->rows.cursor].text.len);
	return true;
}

static const struct verb verbs[] = {
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
	.draw = draw,
	.badge = badge,
	.foot = foot,
	.move = on_move,
	.click = on_click,
	.find = find,
	.copy = copy,
};
