#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "event/tell.h"
#include "tui/critique.h"
#include "tui/find.h"
#include "tui/house.h"
#include "tui/marks.h"
#include "tui/rows.h"
#include "tui/told.h"

/*
 * What everybody said and what came of it, on the way to the head; in review what was said about
 * the proposal. Only numbers are kept of each item: its text is read from the journal when it is on
 * the screen.
 */
struct item {
	int64_t event;
	int64_t turn; /* the turn.ended that brought it; 0: none did */
	enum event_kind kind;
	enum role role;
	bool is_open;
	int cols; /* that its height was measured at; 0: not yet */
	int height;
};

/* Items on one screen never share a place in it. */
#define KEPT 128

/* What is scrolled at once while words come. */
#define JUMP 8

struct talk_pane {
	struct pane pane;
	struct item *items;
	size_t count, cap;
	size_t *shown; /* items, if some are left out */
	size_t shown_count;
	enum role only; /* whose they are; ROLE_NONE: everybody's */
	struct rows rows;
	int cols;
	struct told kept[KEPT]; /* by the number of the item */
	struct strbuf both;     /* of one that is searched */
	char *search;
	bool has_detail; /* all is unfolded */
	struct bill bill;
	int64_t turn; /* that the bill is of */

	enum role speaker; /* whose words are coming; ROLE_NONE: nobody's */
	int64_t since_ms;
	struct wrap words, thoughts;
	struct remarks critique;
};

static const enum look role_looks[ROLE_COUNT] = {
	[ROLE_NONE] = LOOK_DIM,
	[ROLE_PLANNER] = LOOK_PLANNER,
	[ROLE_CODER] = LOOK_CODER,
	[ROLE_CRITIC] = LOOK_CRITIC,
	[ROLE_VERIFIER] = LOOK_VERIFIER,
	[ROLE_PROXY] = LOOK_PROXY,
	[ROLE_BLENDER] = LOOK_KEY,
	[ROLE_USER] = LOOK_PERSON,
	[ROLE_RETRIEVER] = LOOK_RETRIEVER,
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

/* Its place among those that are shown. */
static void show(struct talk_pane *p, size_t item)
{
	if (p->only && p->items[item].role != p->only)
		return;
	p->shown[p->shown_count++] = item;
}

/* A turn is paid for by the first thing that its agent brought. */
static int64_t turn_of(struct talk_pane *p, const struct event *ev)
{
	bool is_of_it = p->bill.is_open && p->bill.role == ev->role;

	p->bill.is_open = false;
	return is_of_it ? p->turn : 0;
}

static void add(const struct event *ev, void *ctx)
{
	struct talk_pane *p = ctx;

	bill_hear(&p->bill, ev);
	if (ev->kind == EV_TURN_ENDED)
		p->turn = ev->id;
	if (!is_told(ev))
		return;
	if (p->count == p->cap) {
		p->cap = p->cap ? 2 * p->cap : 64;
		p->items = xrealloc(p->items, p->cap * sizeof(*p->items));
		p->shown = xrealloc(p->shown, p->cap * sizeof(*p->shown));
	}
	p->items[p->count] = (struct item){ .event = ev->id,
		                            .turn = turn_of(p, ev),
		                            .kind = ev->kind,
		                            .role = ev->role,
		                            .is_open = is_open_at_first(ev->kind) };
	show(p, p->count++);
}

static void load(struct talk_pane *p)
{
	struct journal *journal = session_journal(house_session(p->pane.house));
	struct error err;

	p->count = p->shown_count = 0;
	p->bill = (struct bill){ 0 };
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

	for (size_t i = 0; i < KEPT; i++)
		told_release(&p->kept[i]);
	wrap_release(&p->words);
	wrap_release(&p->thoughts);
	remarks_release(&p->critique);
	strbuf_release(&p->both);
	free(p->items);
	free(p->shown);
	free(p->search);
}

static void hush(struct talk_pane *p)
{
	wrap_reset(&p->words);
	wrap_reset(&p->thoughts);
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
		p->since_ms = loop_now_ms(house_loop(p->pane.house));
		hush(p);
		break;
	case EV_WORDS_CAME:
		wrap_add(ev->body.words.reasoning ? &p->thoughts : &p->words, ev->body.words.text,
		         strlen(ev->body.words.text));
		break;
	case EV_TURN_ENDED:
		p->speaker = ROLE_NONE;
		hush(p);
		break;
	default:
		break;
	}
	add(ev, p);
	return true;
}

static bool is_in_review(const struct talk_pane *p)
{
	return house_mode(p->pane.house) == MODE_REVIEW;
}

/* What is behind a place on the screen; NULL: the words that are coming. */
static struct item *item_at(const struct talk_pane *p, size_t at)
{
	return at < p->shown_count ? &p->items[p->shown[at]] : NULL;
}

static bool is_open(const struct talk_pane *p, const struct item *item)
{
	return item->is_open || p->has_detail;
}

/* What a coder writes is a script: it is read in another pane, unless one looks closer. */
static bool is_worth_reading_whole(const struct item *item)
{
	return item->role == ROLE_CODER || item->kind == EV_REPLY_REFUSED;
}

static struct told *told_of(struct talk_pane *p, const struct item *item)
{
	struct told *told = &p->kept[(size_t)(item - p->items) % KEPT];
	struct told_options options = { item->event, item->turn, is_worth_reading_whole(item) };
	struct error err;

	if (told->event == item->event ||
	    told_read(told, house_session(p->pane.house), &options, &err))
		return told;
	return NULL;
}

/* Under the head, with the margin. */
static int words_cols(const struct talk_pane *p)
{
	return p->cols > 3 ? p->cols - 2 : 1;
}

/* Thoughts are a row of the latest, unless one wants to see all. */
static int thought_rows(struct talk_pane *p)
{
	size_t rows = wrap_fit(&p->thoughts, (size_t)words_cols(p));

	return p->has_detail || rows < 1 ? (int)rows : 1;
}

static int live_height(struct talk_pane *p)
{
	return 1 + thought_rows(p) + (int)wrap_fit(&p->words, (size_t)words_cols(p));
}

static int height(void *ctx, size_t at)
{
	struct talk_pane *p = ctx;
	struct item *item = item_at(p, at);
	struct told *told;

	if (!item)
		return live_height(p);
	if (item->cols == p->cols)
		return item->height;
	item->cols = p->cols;
	item->height = 1;
	told = told_of(p, item);
	if (told)
		item->height += (int)wrap_fit(&told->text, (size_t)words_cols(p));
	if (told && is_open(p, item))
		item->height += (int)wrap_fit(&told->details, (size_t)words_cols(p) - 2);
	return item->height;
}

static size_t count_places(const struct talk_pane *p)
{
	bool speaks = p->speaker != ROLE_NONE && (!p->only || p->only == p->speaker);

	return p->shown_count + speaks;
}

/* Of a text of any length only the rows that are on the screen are looked at. */
static int draw_rows(const struct talk_pane *p, const struct canvas *on, int row, int col,
                     enum look look, struct wrap *text)
{
	int count = (int)wrap_fit(text, (size_t)(p->cols > col + 1 ? p->cols - col : 1));

	for (int i = row < 0 ? -row : 0; i < count && row + i < on->rows; i++) {
		struct text_span line = wrap_row(text, (size_t)i);

		canvas_text(on, row + i, col, look, line.at, line.len, on->cols - col);
		find_tint(on, row + i, col, line, p->search);
	}
	return row + count;
}

/* Who it was, whether there is more of it, and what it took: "13 coder +     2.1 s  $0.02". */
static void draw_head(const struct talk_pane *p, const struct canvas *on, int row,
                      const struct item *item, const struct told *told)
{
	struct strbuf bill = { 0 };
	int col = 1;

	col += canvas_sayf(on, row, col, LOOK_DIM, "%lld ", (long long)item->event);
	col += canvas_say(on, row, col, role_looks[item->role], tell_who(item->role)) + 1;
	if (told->details.text.len)
		col += canvas_put_mark(on, row, col, LOOK_DIM,
		                       is_open(p, item) ? MARK_OPEN : MARK_FOLDED);
	told_write_bill(&bill, told, true);
	if ((int)bill.len + col + 2 > on->cols) {
		strbuf_reset(&bill);
		told_write_bill(&bill, told, false);
	}
	canvas_right(on, row, LOOK_DIM, strbuf_str(&bill));
	strbuf_release(&bill);
}

static enum look tone_look(enum tone tone)
{
	static const enum look looks[] = {
		[TONE_PLAIN] = LOOK_TEXT,   [TONE_HEADING] = LOOK_STRONG, [TONE_GOOD] = LOOK_GOOD,
		[TONE_WARNING] = LOOK_WARN, [TONE_BAD] = LOOK_BAD,
	};

	return looks[tone];
}

static void draw_item(struct talk_pane *p, const struct canvas *on, int row,
                      const struct item *item)
{
	struct told *told = told_of(p, item);

	if (!told)
		return;
	draw_head(p, on, row, item, told);
	row = draw_rows(p, on, row + 1, 2, tone_look(told->tone), &told->text);
	if (is_open(p, item))
		draw_rows(p, on, row, 4, LOOK_TEXT, &told->details);
}

static void draw_live(struct talk_pane *p, const struct canvas *on, int row)
{
	bool thinks = !p->words.text.len && p->thoughts.text.len;
	struct strbuf took = { 0 };
	int col = 2, rows = thought_rows(p);

	canvas_put_mark(on, row, 0, LOOK_STRONG, MARK_ACTIVE);
	col += canvas_sayf(on, row, col, role_looks[p->speaker], "%s%s ", tell_who(p->speaker),
	                   thinks ? " thinks" : "");
	if (p->thoughts.text.len)
		canvas_put_mark(on, row, col, LOOK_DIM, p->has_detail ? MARK_OPEN : MARK_FOLDED);
	text_add_duration(&took,
	                  (loop_now_ms(house_loop(p->pane.house)) - p->since_ms) / 1000 * 1000);
	canvas_right(on, row++, LOOK_DIM, strbuf_str(&took));
	strbuf_release(&took);
	if (p->has_detail) {
		row = draw_rows(p, on, row, 2, LOOK_DIM, &p->thoughts);
	} else if (rows) {
		struct text_span line = wrap_row(&p->thoughts, p->thoughts.count - 1);

		canvas_text(on, row++, 2, LOOK_DIM, line.at, line.len, on->cols - 2);
	}
	draw_rows(p, on, row, 2, LOOK_TEXT, &p->words);
}

static void draw(void *pane, struct canvas *on)
{
	struct talk_pane *p = pane;
	int row;

	if (is_in_review(p)) {
		critique_write(&p->critique, p->pane.house);
		remarks_draw(&p->critique, on);
		return;
	}
	p->cols = on->cols;
	p->rows.jump = p->speaker ? JUMP : 0;
	rows_fit(&p->rows, count_places(p), on->rows, height, p);
	row = -p->rows.skip;
	for (size_t at = p->rows.top; at < p->rows.count && row < on->rows; at++) {
		if (item_at(p, at))
			draw_item(p, on, row, item_at(p, at));
		else
			draw_live(p, on, row);
		if (at == p->rows.cursor && !p->rows.follows)
			canvas_put_mark(on, row, 0, LOOK_KEY, MARK_BAR);
		row += height(p, at);
	}
}

static const char *retitle(const void *pane)
{
	return is_in_review(pane) ? "Critique" : NULL;
}

static void badge(void *pane, struct strbuf *out)
{
	struct talk_pane *p = pane;

	if (p->only && !is_in_review(p))
		strbuf_addf(out, "only %s", tell_who(p->only));
}

static void foot(void *pane, struct strbuf *out)
{
	struct talk_pane *p = pane;
	size_t below;

	if (is_in_review(p)) {
		remarks_foot(&p->critique, out);
		return;
	}
	if (p->rows.follows) {
		strbuf_addstr(out, "follow");
		return;
	}
	below = p->cols ? rows_below(&p->rows, height, p) : 0;
	if (below)
		strbuf_addf(out, "%zu below", below);
}

/* To the next item that is one of those; `by` is 1 or -1. */
static bool jump(struct talk_pane *p, int by, bool (*is_it)(const struct item *item))
{
	size_t at = p->rows.cursor;

	while ((at += (size_t)by) < p->shown_count)
		if (is_it(item_at(p, at))) {
			rows_go(&p->rows, at);
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

	if (is_in_review(p))
		return remarks_move(&p->critique, move);
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
	if (is_in_review(p))
		remarks_click(&p->critique, row);
	else
		rows_go(&p->rows, rows_at(&p->rows, row, height, p));
}

/* An item's text and what is folded behind it; of replies only what is told of them. */
static struct text_span text_of(void *ctx, size_t at)
{
	struct talk_pane *p = ctx;
	const struct item *item = item_at(p, at);
	const struct told_options options = { .event = item->event };
	struct told told = { 0 };
	struct error err;

	strbuf_reset(&p->both);
	if (told_read(&told, house_session(p->pane.house), &options, &err)) {
		strbuf_add(&p->both, strbuf_str(&told.text.text), told.text.text.len);
		strbuf_addstr(&p->both, "\n");
		strbuf_add(&p->both, strbuf_str(&told.details.text), told.details.text.len);
	}
	told_release(&told);
	return (struct text_span){ strbuf_str(&p->both), p->both.len };
}

/* What is found is unfolded, or nobody would see it. */
static void unfold(struct talk_pane *p, struct item *item, const char *text)
{
	const struct told *told = told_of(p, item);
	struct text_span details;

	if (!told || item->is_open)
		return;
	details = (struct text_span){ strbuf_str(&told->details.text), told->details.text.len };
	item->is_open = find_has(details, text);
	item->cols = 0;
}

static struct matches find(void *pane, const char *text, int by)
{
	struct talk_pane *p = pane;
	struct finder in = { p->shown_count, p->rows.cursor, text_of, p };
	size_t at = p->rows.cursor;
	struct matches m;

	if (is_in_review(p))
		return remarks_find(&p->critique, text, by);
	free(p->search);
	p->search = *text ? xstrdup(text) : NULL;
	if (!*text)
		return (struct matches){ 0 };
	m = find_item(&at, &in, text, by);
	if (m.count) {
		rows_go(&p->rows, at);
		unfold(p, item_at(p, at), text);
	}
	return m;
}

static bool do_fold(void *pane, const char *args, struct error *err)
{
	struct talk_pane *p = pane;
	struct item *item = is_in_review(p) ? NULL : item_at(p, p->rows.cursor);

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

static void measure_anew(struct talk_pane *p)
{
	for (size_t i = 0; i < p->count; i++)
		p->items[i].cols = 0;
}

static bool do_detail(void *pane, const char *args, struct error *err)
{
	struct talk_pane *p = pane;

	(void)args;
	(void)err;
	p->has_detail = !p->has_detail;
	measure_anew(p);
	house_say(p->pane.house,
	          p->has_detail ? "everything is unfolded, thinking too" : "folded as it was");
	return true;
}

/* The item with the cursor keeps it, or the one before it that is still shown. */
static void show_only(struct talk_pane *p, enum role only)
{
	const struct item *item = item_at(p, p->rows.cursor);
	size_t was = item ? (size_t)(item - p->items) : p->count, cursor = 0;

	p->only = only;
	p->shown_count = 0;
	for (size_t i = 0; i < p->count; i++)
		show(p, i);
	while (cursor + 1 < p->shown_count && p->shown[cursor + 1] <= was)
		cursor++;
	p->rows.count = p->shown_count;
	if (!p->rows.follows)
		rows_go(&p->rows, cursor);
}

static bool do_only(void *pane, const char *args, struct error *err)
{
	struct talk_pane *p = pane;

	for (int i = ROLE_NONE; i < ROLE_COUNT; i++)
		if (!strcmp(args, i ? tell_who((enum role)i) : "")) {
			show_only(p, (enum role)i);
			return true;
		}
	return failed(err, ERR_USAGE,
	              "only: write planner, retriever, coder, critic, verifier, proxy, blender, "
	              "you, or nothing for all");
}

static bool copy(void *pane, struct strbuf *out)
{
	struct talk_pane *p = pane;
	struct item *item = item_at(p, p->rows.cursor);
	struct told *told;

	if (is_in_review(p))
		return remarks_copy(&p->critique, out);
	told = item ? told_of(p, item) : NULL;
	if (!told)
		return false;
	strbuf_add(out, strbuf_str(&told->text.text), told->text.text.len);
	strbuf_addstr(out, "\n");
	strbuf_add(out, strbuf_str(&told->details.text), told->details.text.len);
	return true;
}

static const struct verb verbs[] = {
	{ "fold", "", do_fold, "Show what is behind this, or hide it" },
	{ "follow", "", do_follow, "Stay with what comes" },
	{ "toggle detail", "", do_detail, "Unfold everything, and what agents think" },
	{ "only", "[ROLE]", do_only, "Leave out what others said; nothing: show all again" },
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
	.retitle = retitle,
	.draw = draw,
	.badge = badge,
	.foot = foot,
	.move = on_move,
	.click = on_click,
	.find = find,
	.copy = copy,
};
