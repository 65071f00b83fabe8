#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/chrome_inside.h"

/* What stands around the panes: status, frames, tabs, banner, hints. */

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
	chrome_status(h, screen);
	draw_tabs(h, screen);
	chrome_banner(h, screen);
	chrome_hints(h, screen);
}

/* "1 Plan 4/6", or of a box that several share: "[2 Talk] 3 Script  12 new". */
static void write_title(struct strbuf *out, struct house *h, const struct box *box,
                        enum pane_id front)
{
	struct strbuf badge = { 0 };

	for (size_t i = 0; i < box->count; i++) {
		enum pane_id pane = box->panes[i];
		bool is_front = pane == front && box->count > 1;

		if (!h->panes[pane])
			continue;
		strbuf_addf(out, "%s%s%d %s%s", out->len ? " " : "", is_front ? "[" : "", pane,
		            house_title(h, pane), is_front ? "]" : "");
	}
	if (h->panes[front] && pane_types[front]->badge)
		pane_types[front]->badge(h->panes[front], &badge);
	if (badge.len)
		strbuf_addf(out, "%s%s", box->count > 1 ? "  " : " ", badge.buf);
	strbuf_release(&badge);
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
	            now->waiting ? now->question : chrome_phase(now));
	canvas_sayf(screen, 1, 0, LOOK_TEXT, "%dx%d is too small; %dx%d shows panes. It goes on.",
	            screen->cols, screen->rows, LAYOUT_COLS_MIN, LAYOUT_ROWS_MIN);
}
