#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "event/tell.h"
#include "tui/find.h"
#include "tui/house.h"
#include "tui/marks.h"
#include "tui/rows.h"

/*
 * What everybody said and what came of it, on the way to the head. Only numbers are kept; the text
 * of an item is read from the journal when it is on the screen.
 */
struct item {
	int64_t event;
	enum event_kind kind;
	enum role role;
	bool is_open;
	int cols; /* that its height was measured at; 0: not yet */
	int height;
};

struct talk_pane {
	struct pane pane;
	struct item *items;
	size_t count, cap;
	struct rows rows;
	int cols;
	struct event event; /* the one that was read last */
	struct telling told;
	struct strbuf text, details; /* of it, clean */
	struct strbuf both;          /* the same as one, to be searched */

	enum role speaker; /* whose words are coming; ROLE_NONE: nobody's */
	struct strbuf words;
	bool is_reasoning;
};

static const enum look role_looks[ROLE_COUNT] = {
	[ROLE_NONE] = LOOK_DIM,      [ROLE_PLANNER] = LOOK_PLANNER,   [ROLE_CODER] = LOOK_CODER,
	[ROLE_CRITIC] = LOOK_CRITIC, [ROLE_VERIFIER] = LOOK_VERIFIER, [ROLE_PROXY] = LOOK_PROXY,
	[ROLE_BLENDER] = LOOK_KEY,   [ROLE_USER] = LOOK_PERSON,
};

/* What says nothing to a reader. */
static bool is_told(const struct event *ev)
{
	static const bool quiet[EV_COUNT] = {
		[EV_TURN_BEGAN] = true,
		[EV_QUEUE_CHANGED] = true,
		[EV_GATE_OPENED] = true,
		[EV_FACTS_FOUND] = true,
	};

	if (ev->kind == EV_TURN_ENDED)
		return ev->body.turn_end.error != NULL;
	if (ev->kind == EV_GATE_ANSWERED)
		return ev->body.answer.gate != GATE_TURN && !ev->body.answer.automatic;
	return !quiet[ev->kind] && !event_types[ev->kind].live;
}

/* What one wants to read without being asked. */
static bool is_open_at_first(enum event_kind kind)
{
	return kind == EV_FLAWS_FOUND || kind == EV_VERDICT_GIVEN || kind == EV_SCRIPT_FAILED ||
	       kind == EV_PLAN_MADE || kind == EV_INSTRUCTION_READ;
}

static void add(const struct event *ev, void *ctx)
{
	struct talk_pane *p = ctx;

	if (!is_told(ev))
		return;
	if (p->count == p->cap) {
		p->cap = p->cap ? 2 * p->cap : 64;
		p->items = xrealloc(p->items, p->cap * sizeof(*p->items));
	}
	p->items[p->count++] = (struct item){ .event = ev->id,
		                              .kind = ev->kind,
		                              .role = ev->role,
		                              .is_open = is_open_at_first(ev->kind) };
}

static void load(struct talk_pane *p)
{
	struct journal *journal = session_journal(house_session(p->pane.house));
	struct error err;

	p->count = 0;
	if (!journal_path(journal, journal_index(journal).head, add, p, &err))
		house_complain(p->pane.house, &err);
}

static void open(void *pane)
{
	struct talk_pane *p = pane;

	p->rows.follows = true;
	load(p);
}

static void close(void *pane)
{
	struct talk_pane *p = pane;

	event_release(&p->event);
	telling_release(&p->told);
	strbuf_release(&p->text);
	strbuf_release(&p->details);
	strbuf_release(&p->both);
	strbuf_release(&p->words);
	free(p->items);
}

static bool hear(void *pane, const struct event *ev)
{
	struct talk_pane *p = pane;

	switch (ev->kind) {
	case EV_HEAD_MOVED:
		load(p);
		break;
	case EV_TURN_BEGAN:
		p->speaker = ev->role;
		strbuf_reset(&p->words);
		break;
	case EV_WORDS_CAME:
		p->is_reasoning = ev->body.words.reasoning;
		strbuf_addstr(&p->words, ev->body.words.text);
		break;
	case EV_TURN_ENDED:
		p->speaker = ROLE_NONE;
		strbuf_reset(&p->words);
		break;
	default:
		break;
	}
	add(ev, p);
	return true;
}

/* The text of an item, clean, in p->text and p->details. */
static bool read_item(struct talk_pane *p, size_t i)
{
	struct journal *journal = session_journal(house_session(p->pane.house));
	struct error err;

	if (p->event.id == p->items[i].event)
		return true;
	event_release(&p->event);
	p->event = (struct event){ 0 };
	if (!journal_read(&p->event, journal, p->items[i].event, &err))
		return false;
	tell(&p->told, &p->event);
	strbuf_reset(&p->text);
	strbuf_reset(&p->details);
	text_clean(&p->text, strbuf_str(&p->told.text), p->told.text.len, TEXT_LINES);
	text_clean(&p->details, strbuf_str(&p->told.details), p->told.details.len, TEXT_LINES);
	return true;
}

static int count_rows(const struct strbuf *text, int cols)
{
	struct text_span rest = { strbuf_str(text), text->len }, row;
	int rows = 0;

	while (text_next_row(&row, &rest, (size_t)(cols > 1 ? cols : 1)))
		rows++;
	return rows;
}

/* Behind the items stand the words that are coming. */
static bool is_live(const struct talk_pane *p, size_t i)
{
	return i == p->count;
}

static int live_height(const struct talk_pane *p)
{
	return 1 + count_rows(&p->words, p->cols - 2);
}

static int height(void *ctx, size_t i)
{
	struct talk_pane *p = ctx;
	struct item *item;

	if (is_live(p, i))
		return live_height(p);
	item = &p->items[i];
	if (item->cols == p->cols)
		return item->height;
	item->cols = p->cols;
	item->height = 1;
	if (read_item(p, i)) {
		item->height += count_rows(&p->text, p->cols - 2);
		if (item->is_open)
			item->height += count_rows(&p->details, p->cols - 4);
	}
	return item->height;
}

static size_t count_items(const struct talk_pane *p)
{
	return p->count + (p->speaker != ROLE_NONE);
}

static int draw_text(const struct canvas *on, int row, int col, enum look look,
                     const struct strbuf *text)
{
	struct text_span rest = { strbuf_str(text), text->len }, line;
	int cols = on->cols - col;

	while (text_next_row(&line, &rest, (size_t)(cols > 1 ? cols : 1)))
		canvas_text(on, row++, col, look, line.at, line.len, cols);
	return row;
}

/* "13 coder +": who it was, and whether there is more of it. */
static void draw_head(const struct talk_pane *p, const struct canvas *on, int row, size_t i)
{
	const struct item *item = &p->items[i];
	int col = 1;

	col += canvas_sayf(on, row, col, LOOK_DIM, "%lld ", (long long)item->event);
	col += canvas_say(on, row, col, role_looks[item->role], tell_who(item->role)) + 1;
	if (p->details.len)
		canvas_put_mark(on, row, col, LOOK_DIM, item->is_open ? MARK_OPEN : MARK_FOLDED);
}

static enum look tone_look(enum tone tone)
{
	static const enum look looks[] = {
		[TONE_PLAIN] = LOOK_TEXT,   [TONE_HEADING] = LOOK_STRONG, [TONE_GOOD] = LOOK_GOOD,
		[TONE_WARNING] = LOOK_WARN, [TONE_BAD] = LOOK_BAD,
	};

	return looks[tone];
}

static void draw_item(struct talk_pane *p, const struct canvas *on, int row, size_t i)
{
	if (!read_item(p, i))
		return;
	draw_head(p, on, row++, i);
	row = draw_text(on, row, 2, tone_look(p->told.tone), &p->text);
	if (p->items[i].is_open)
		draw_text(on, row, 4, LOOK_TEXT, &p->details);
}

static void draw_live(struct talk_pane *p, const struct canvas *on, int row)
{
	struct strbuf clean = { 0 };

	canvas_put_mark(on, row, 0, LOOK_STRONG, MARK_ACTIVE);
	canvas_sayf(on, row, 2, role_looks[p->speaker], "%s%s", tell_who(p->speaker),
	            p->is_reasoning ? " thinks" : "");
	text_clean(&clean, strbuf_str(&p->words), p->words.len, TEXT_LINES);
	draw_text(on, row + 1, 2, p->is_reasoning ? LOOK_DIM : LOOK_TEXT, &clean);
	strbuf_release(&clean);
}

static void draw(void *pane, struct canvas *on)
{
	struct talk_pane *p = pane;
	int row;

	p->cols = on->cols;
	rows_fit(&p->rows, count_items(p), on->rows, height, p);
	row = -p->rows.skip;
	for (size_t i = p->rows.top; i < p->rows.count && row < on->rows; i++) {
		if (is_live(p, i))
			draw_live(p, on, row);
		else
			draw_item(p, on, row, i);
		if (i == p->rows.cursor && !p->rows.follows)
			canvas_put_mark(on, row, 0, LOOK_KEY, MARK_BAR);
		row += height(p, i);
	}
}

static void foot(void *pane, struct strbuf *out)
{
	struct talk_pane *p = pane;
	size_t below = rows_below(&p->rows, height, p);

	if (p->rows.follows)
		strbuf_addstr(out, "follow");
	else if (below)
		strbuf_addf(out, "%zu below", below);
}

/* To the next item that is one of those; `by` is 1 or -1. */
static bool jump(struct talk_pane *p, int by, bool (*is_it)(const struct item *item))
{
	size_t i = p->rows.cursor;

	while ((i += (size_t)by) < p->count)
		if (is_it(&p->items[i])) {
			rows_go(&p->rows, i);
			return true;
		}
	return false;
}

static bool is_turn(const struct item *item)
{
	return item->role != ROLE_BLENDER && item->role != ROLE_NONE;
}

static bool is_own(const struct item *item)
{
	return item->role == ROLE_USER && item->kind != EV_AUTONOMY_SET;
}

static bool on_move(void *pane, enum move move)
{
	struct talk_pane *p = pane;

	switch (move) {
	case MOVE_NEXT:
		return jump(p, 1, is_turn);
	case MOVE_PREV:
		return jump(p, -1, is_turn);
	case MOVE_NEXT_BIG:
		return jump(p, 1, is_own);
	case MOVE_PREV_BIG:
		return jump(p, -1, is_own);
	default:
		return rows_move(&p->rows, move, height, p);
	}
}

static void on_click(void *pane, int row, int col)
{
	struct talk_pane *p = pane;

	(void)col;
	rows_go(&p->rows, rows_at(&p->rows, row, height, p));
}

/* An item's text and what is folded behind it. */
static struct text_span text_of(void *ctx, size_t i)
{
	struct talk_pane *p = ctx;

	strbuf_reset(&p->both);
	if (read_item(p, i)) {
		strbuf_add(&p->both, strbuf_str(&p->text), p->text.len);
		strbuf_addstr(&p->both, "\n");
		strbuf_add(&p->both, strbuf_str(&p->details), p->details.len);
	}
	return (struct text_span){ strbuf_str(&p->both), p->both.len };
}

/* What is found is unfolded, or nobody would see it. */
static struct matches find(void *pane, const char *text, int by)
{
	struct talk_pane *p = pane;
	struct finder in = { p->count, p->rows.cursor, text_of, p };
	size_t at = p->rows.cursor;
	struct matches m = find_item(&at, &in, text, by);

	if (!m.count)
		return m;
	rows_go(&p->rows, at);
	read_item(p, at);
	if (!p->items[at].is_open &&
	    find_has((struct text_span){ strbuf_str(&p->details), p->details.len }, text)) {
		p->items[at].is_open = true;
		p->items[at].cols = 0;
	}
	return m;
}

static bool do_fold(void *pane, const char *args, struct error *err)
{
	struct talk_pane *p = pane;
	struct item *item = p->rows.cursor < p->count ? &p->items[p->rows.cursor] : NULL;

	(void)args;
	if (!item)
		return failed(err, ERR_USAGE, "there is nothing to unfold");
	item->is_open = !item->is_open;
	item->cols = 0;
	p->rows.follows = false;
	return true;
}

static bool do_follow(void *pane, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	((struct talk_pane *)pane)->rows.follows = true;
	return true;
}

static bool copy(void *pane, struct strbuf *out)
{
	struct talk_pane *p = pane;

	if (p->rows.cursor >= p->count || !read_item(p, p->rows.cursor))
		return false;
	strbuf_add(out, strbuf_str(&p->text), p->text.len);
	strbuf_addstr(out, "\n");
	strbuf_add(out, strbuf_str(&p->details), p->details.len);
	return true;
}

static const struct verb verbs[] = {
	{ "fold", "", do_fold, "Show what is behind this, or hide it" },
	{ "follow", "", do_follow, "Stay with what comes" },
	{ 0 },
};

const struct pane_type talk_pane = {
	.id = PANE_TALK,
	.title = "Talk",
	.size = sizeof(struct talk_pane),
	.verbs = verbs,
	.open = open,
	.close = close,
	.hear = hear,
	.draw = draw,
	.foot = foot,
	.move = on_move,
	.click = on_click,
	.find = find,
	.copy = copy,
};
