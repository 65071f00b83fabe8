#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/house_inside.h"

/* What stands around the panes: status, frames, tabs, banner, hints. */

static const char *phase_words(const struct state *now)
{
	static const char *const words[] = { "1/3 creation", "2/3 refinement", "3/3 yours" };

	return now->begun ? words[now->phase] : "new";
}

static void add_cost(struct strbuf *out, const struct state *now)
{
	struct usage all = state_usage(now);

	text_add_usd(out, all.cost_usd);
	if (all.unpriced)
		strbuf_addf(out, "+%lld?", (long long)all.unpriced);
}

static void add_who(struct strbuf *out, const struct house *h, const struct canvas *c)
{
	const struct state *now = session_state(h->session);

	if (now->waiting)
		strbuf_addf(out, " \u2502 %s NEEDS YOU", canvas_mark(c, MARK_NEEDS));
	else if (session_is_stopped(h->session))
		strbuf_addf(out, " \u2502 %s PAUSED", canvas_mark(c, MARK_PAUSED));
	else if (now->is_over)
		strbuf_addf(out, " \u2502 %s", ending_names[now->ending]);
}

static void draw_status(struct house *h, struct canvas *screen)
{
	static const char *const autonomy[] = { "STEP", "REVIEW", "AUTO" };
	const struct state *now = session_state(h->session);
	struct canvas row = house_part(screen, h->scene.status);
	struct strbuf left = { 0 }, right = { 0 };

	canvas_fill(&row, 0, 0, 1, row.cols, LOOK_STATUS);
	strbuf_addf(&left, " %s \u2502 %s", h->options.name, phase_words(now));
	add_who(&left, h, screen);
	strbuf_addf(&right, "%s \u2502 ", autonomy[now->autonomy]);
	add_cost(&right, now);
	strbuf_addstr(&right, " ");
	canvas_say(&row, 0, 0, LOOK_STATUS, strbuf_str(&left));
	canvas_right(&row, 0, LOOK_STATUS, strbuf_str(&right));
	strbuf_release(&left);
	strbuf_release(&right);
}

static void draw_banner(struct house *h, struct canvas *screen)
{
	const struct state *now = session_state(h->session);
	struct canvas row = house_part(screen, h->scene.banner);
	struct strbuf text = { 0 };
	enum look look = LOOK_BANNER;

	if (h->said.len) {
		strbuf_addstr(&text, h->said.buf);
		look = h->is_complaint ? LOOK_BAD : LOOK_BANNER;
	} else if (now->waiting) {
		strbuf_addf(&text, "%s %s", canvas_mark(screen, MARK_NEEDS), now->question);
		look = LOOK_WARN;
	}
	canvas_say(&row, 0, 1, look, strbuf_str(&text));
	strbuf_release(&text);
}

/* The likeliest keys of this place. */
static void draw_hints(struct house *h, struct canvas *screen)
{
	static const char *const likely[][2] = {
		{ "review", "review" }, { "write", "prompt" },      { "pause", "pause" },
		{ "step", "step" },     { "continue", "continue" }, { "zoom", "zoom" },
		{ "keys", "help" },     { "line", "command" },
	};
	struct canvas row = house_part(screen, h->scene.hints);
	const char *contexts[5];
	int col = 1;

	house_contexts(h, contexts);
	for (size_t i = 0; i < COUNT(likely); i++) {
		const char *key = keymap_key(h->keymap, contexts, likely[i][0]);

		if (!key)
			continue;
		col += canvas_say(&row, 0, col, LOOK_KEY, key) + 1;
		col += canvas_say(&row, 0, col, LOOK_HINT, likely[i][1]) + 2;
	}
}

static void draw_tabs(struct house *h, struct canvas *screen)
{
	struct canvas row = house_part(screen, h->scene.tabs);
	int col = 1;

	for (int i = PANE_PLAN; i < PANE_COUNT && h->scene.tabs.rows; i++) {
		bool is_it = h->focus == (enum pane_id)i;

		if (!h->panes[i])
			continue;
		col += canvas_sayf(&row, 0, col, is_it ? LOOK_TITLE_FOCUSED : LOOK_TITLE,
		                   is_it ? "[%d%.2s]" : "%d%.2s", i,
		                   house_title(h, (enum pane_id)i)) +
		       1;
	}
}

void chrome_draw(struct house *h, struct canvas *screen)
{
	draw_status(h, screen);
	draw_tabs(h, screen);
	draw_banner(h, screen);
	draw_hints(h, screen);
}

/* "1 Plan 4/6", or of a box that several share: "[2 Talk] 3 Script". */
static void write_title(struct strbuf *out, struct house *h, const struct box *box,
                        enum pane_id front)
{
	for (size_t i = 0; i < box->count; i++) {
		enum pane_id pane = box->panes[i];
		bool is_front = pane == front && box->count > 1;

		if (!h->panes[pane])
			continue;
		strbuf_addf(out, "%s%s%d %s%s", i ? " " : "", is_front ? "[" : "", pane,
		            house_title(h, pane), is_front ? "]" : "");
		if (pane == front && pane_types[pane]->badge) {
			strbuf_addstr(out, " ");
			pane_types[pane]->badge(h->panes[pane], out);
		}
	}
}

void chrome_pane(struct house *h, struct canvas *screen, size_t box)
{
	const struct box *b = &h->layout->boxes[box];
	struct canvas part = house_part(screen, h->scene.boxes[box]);
	enum pane_id front = h->front[box];
	bool has_focus = front == h->focus && !h->in_prompt;
	struct strbuf title = { 0 }, note = { 0 };

	if (h->layout->frameless)
		return;
	write_title(&title, h, b, front);
	if (h->panes[front] && pane_types[front]->foot)
		pane_types[front]->foot(h->panes[front], &note);
	canvas_frame(&part, &(struct canvas_frame){ .title = strbuf_str(&title),
	                                            .foot = note.len ? note.buf : NULL,
	                                            .focused = has_focus });
	strbuf_release(&title);
	strbuf_release(&note);
}

struct cells chrome_inner(const struct house *h, size_t box)
{
	struct cells r = h->scene.boxes[box];

	if (h->layout->frameless)
		return r;
	return (struct cells){ r.row + 1, r.col + 1, r.rows > 2 ? r.rows - 2 : 0,
		               r.cols > 2 ? r.cols - 2 : 0 };
}

void chrome_card(struct house *h, struct canvas *screen)
{
	const struct state *now = session_state(h->session);

	canvas_sayf(screen, 0, 0, LOOK_STRONG, "%s: %s", h->options.name,
	            now->waiting ? now->question : phase_words(now));
	canvas_sayf(screen, 1, 0, LOOK_TEXT, "%dx%d is too small; %dx%d shows panes. It goes on.",
	            screen->cols, screen->rows, LAYOUT_COLS_MIN, LAYOUT_ROWS_MIN);
}
