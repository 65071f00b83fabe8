#include "tui/house.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/options.h"
#include "base/path.h"
#include "base/text.h"
#include "tui/guard.h"
#include "tui/house_inside.h"

struct session *house_session(const struct house *h)
{
	return h->session;
}

struct layer *house_layer(const struct house *h)
{
	return h->layer;
}

struct loop *house_loop(const struct house *h)
{
	return h->loop;
}

const struct story *house_story(const struct house *h)
{
	return &h->story;
}

int64_t house_marked(const struct house *h)
{
	return h->marked;
}

void house_mark(struct house *h, int64_t version)
{
	h->marked = version;
	h->compares = false;
	house_redraw(h, PANE_NONE);
}

int64_t house_base(const struct house *h)
{
	if (h->mode == MODE_REVIEW)
		return session_state(h->session)->accepted.id;
	return h->compares && h->marked != house_version(h) ? h->marked : 0;
}

void house_compare(struct house *h, int64_t version)
{
	struct strbuf line = { 0 };

	if (h->marked == version) {
		house_mark(h, 0);
		house_say(h, "no version is marked any more");
		return;
	}
	if (!h->marked) {
		house_mark(h, version);
		strbuf_addf(&line, "version %lld is marked: go to another and do this again",
		            (long long)version);
	} else {
		h->compares = true;
		house_look_at(h, version);
		house_focus(h, PANE_SCRIPT);
		strbuf_addf(&line, "version %lld against %lld; Esc ends it", (long long)version,
		            (long long)h->marked);
	}
	house_say(h, strbuf_str(&line));
	strbuf_release(&line);
}

void house_end_compare(struct house *h)
{
	if (h->compares)
		house_look_at(h, 0);
	h->compares = false;
}

const char *house_title(const struct house *h, enum pane_id pane)
{
	const struct pane_type *type = pane_types[pane];
	const char *title = type->retitle && h->panes[pane] ? type->retitle(h->panes[pane]) : NULL;

	return title ? title : type->title;
}

enum mode house_mode(const struct house *h)
{
	return h->mode;
}

bool house_is_plain(const struct house *h)
{
	return !term_caps(h->term)->unicode;
}

int64_t house_version(const struct house *h)
{
	return h->look_at ? h->look_at : state_version(session_state(h->session))->id;
}

void house_look_at(struct house *h, int64_t version)
{
	h->look_at = version;
	house_redraw(h, PANE_NONE);
}

void house_redraw(struct house *h, enum pane_id pane)
{
	if (!pane || house_is_seen(h, pane))
		term_redraw(h->term, TERM_SOON);
}

void house_say(struct house *h, const char *text)
{
	strbuf_reset(&h->said);
	text_clean(&h->said, text, strlen(text), TEXT_ONE_LINE);
	h->is_complaint = false;
	house_redraw(h, PANE_NONE);
}

void house_complain(struct house *h, const struct error *err)
{
	house_say(h, err->text);
	h->is_complaint = true;
}

bool house_is_seen(const struct house *h, enum pane_id pane)
{
	int box = h->layout ? layout_box_of(h->layout, pane) : -1;

	return box >= 0 && h->front[box] == pane && h->scene.boxes[box].rows;
}

void house_focus(struct house *h, enum pane_id pane)
{
	int box = h->layout ? layout_box_of(h->layout, pane) : -1;

	if (box < 0 || !h->panes[pane])
		return;
	h->front[box] = pane;
	h->focus = pane;
	house_arrange(h);
}

enum pane_id house_pane_at(const struct house *h, int row, int col)
{
	for (size_t i = 0; h->layout && i < h->layout->box_count; i++)
		if (cells_has(h->scene.boxes[i], row, col))
			return h->front[i];
	return PANE_NONE;
}

/* One that is asked for by name has to fit, too. */
static const struct layout *choose_layout(const struct house *h, int rows, int cols)
{
	for (size_t i = 0; h->wanted_layout && i < h->layouts.list.count; i++) {
		const struct layout *l = &h->layouts.list.items[i];

		if (!strcmp(l->name, h->wanted_layout) && l->box_count && l->rows <= rows &&
		    l->cols <= cols)
			return l;
	}
	return layouts_for(&h->layouts, rows, cols);
}

/* In a layout that is new to us, each box shows its first pane, and the focus stays in sight. */
static void enter_layout(struct house *h, const struct layout *layout)
{
	h->layout = layout;
	h->splits = (struct splits){ 0 };
	for (size_t i = 0; layout && i < layout->box_count; i++)
		h->front[i] = layout->boxes[i].panes[0];
	if (layout && layout_box_of(layout, h->focus) >= 0)
		h->front[layout_box_of(layout, h->focus)] = h->focus;
}

void house_arrange(struct house *h)
{
	int rows, cols;
	const struct layout *layout;
	size_t zoomed = 0;

	term_size(h->term, &rows, &cols);
	layout = choose_layout(h, rows, cols);
	if (layout != h->layout)
		enter_layout(h, layout);
	if (layout && (h->is_zoomed || layout->frameless))
		zoomed = (size_t)layout_box_of(layout, h->focus) + 1;
	layout_solve(&h->scene, layout, &h->splits, rows, cols, prompt_rows(h->prompt, cols),
	             zoomed);
	house_redraw(h, PANE_NONE);
}

void house_contexts(const struct house *h, const char *out[5])
{
	size_t count = 0;

	if (h->popups) {
		out[count++] = h->popups->type->context;
	} else if (h->in_prompt) {
		out[count++] = prompt_is_in_chord(h->prompt) ? "chord" : "prompt";
	} else {
		if (h->mode == MODE_REVIEW && h->focus == PANE_SCRIPT)
			out[count++] = "review";
		else
			out[count++] = pane_names[h->focus];
		out[count++] = "move";
		out[count++] = "global";
	}
	out[count] = NULL;
}

struct canvas house_part(const struct canvas *screen, struct cells where)
{
	return canvas_part(screen, where.row, where.col, where.rows, where.cols);
}

const struct pane_type *house_type(const struct house *h, enum pane_id pane)
{
	return h->panes[pane] ? ((struct pane *)h->panes[pane])->type : NULL;
}

static void hide_pictures(struct house *h)
{
	for (int i = 0; i < LAYER_SLOTS; i++)
		layer_hide(h->layer, i);
}

static void draw_panes(struct house *h, struct canvas *screen)
{
	hide_pictures(h);
	for (size_t i = 0; i < h->layout->box_count; i++) {
		struct canvas on;

		if (!h->scene.boxes[i].rows)
			continue;
		chrome_pane(h, screen, i);
		on = house_part(screen, chrome_inner(h, i));
		if (house_type(h, h->front[i]))
			house_type(h, h->front[i])->draw(h->panes[h->front[i]], &on);
	}
}

static void draw_prompt(struct house *h, struct canvas *screen)
{
	struct canvas on = house_part(screen, h->scene.prompt);
	bool has_focus = h->in_prompt && !h->popups;
	int row = 0, col = 0;

	prompt_draw(h->prompt, &on, has_focus, &row, &col);
	if (has_focus)
		term_cursor(h->term, TERM_CURSOR_BAR, h->scene.prompt.row + row,
		            h->scene.prompt.col + col);
	else
		term_cursor(h->term, TERM_CURSOR_HIDDEN, 0, 0);
}

/* What is at the bottom of the stack is drawn first. */
static void draw_popups(struct house *h, struct popup *p, struct canvas *screen)
{
	if (!p)
		return;
	draw_popups(h, p->below, screen);
	p->cursor_row = -1;
	p->type->draw(p, screen);
	if (p->cursor_row >= 0 && p == h->popups)
		term_cursor(h->term, TERM_CURSOR_BAR, p->cursor_row, p->cursor_col);
}

/* The window's title says who is waited for, also where the window is not seen. */
static void entitle(struct house *h)
{
	const struct state *now = session_state(h->session);
	const char *what = now->waiting                     ? "needs you"
	                   : h->alarm.stops                 ? "stopped"
	                   : session_is_busy(h->session)    ? "at work"
	                   : session_is_stopped(h->session) ? "paused"
	                                                    : "";
	bool needs = now->waiting || h->alarm.stops;
	struct strbuf title = { 0 };

	strbuf_addf(&title, "%s%s%s%s", needs ? house_is_plain(h) ? "# " : "\u25c6 " : "",
	            h->options.name, *what ? ": " : "", what);
	if (!h->title || strcmp(h->title, strbuf_str(&title)) != 0) {
		free(h->title);
		h->title = xstrdup(strbuf_str(&title));
		term_title(h->term, h->title);
	}
	strbuf_release(&title);
}

static bool is_waited(const struct house *h)
{
	return session_is_busy(h->session) || (h->activity.work && h->activity.doing) ||
	       (!session_blender(h->session) && !session_state(h->session)->is_over);
}

/* Once a second, and only while somebody waits: an idle screen costs nothing. */
static void on_tick(void *ctx)
{
	struct house *h = ctx;

	h->tick = NULL;
	house_redraw(h, PANE_NONE);
}

static void tick(struct house *h)
{
	if (!h->tick && is_waited(h))
		h->tick = loop_after(h->loop, 1000, on_tick, h);
}

static void draw(void *ctx)
{
	struct house *h = ctx;
	struct canvas screen = canvas_of(stdscr, &h->looks, term_caps(h->term));

	canvas_fill(&screen, 0, 0, screen.rows, screen.cols, LOOK_TEXT);
	entitle(h);
	tick(h);
	if (h->layout) {
		draw_panes(h, &screen);
		draw_prompt(h, &screen);
		chrome_draw(h, &screen);
	} else {
		hide_pictures(h);
		chrome_card(h, &screen);
		term_cursor(h->term, TERM_CURSOR_HIDDEN, 0, 0);
	}
	wnoutrefresh(stdscr);
	layer_mark(h->layer);
	if (h->popups) {
		draw_popups(h, h->popups, &screen);
		wnoutrefresh(stdscr);
	}
}

void popup_open(struct house *h, void *popup, const struct popup_type *type)
{
	struct popup *p = popup;

	p->type = type;
	p->house = h;
	p->below = h->popups;
	h->popups = p;
	house_redraw(h, PANE_NONE);
}

void popup_close(void *popup)
{
	struct popup *p = popup;
	struct house *h = p->house;
	bool is_last = false;

	while (h->popups && !is_last) {
		struct popup *top = h->popups;

		is_last = top == p;
		h->popups = top->below;
		top->type->close(top);
	}
	house_redraw(h, PANE_NONE);
}

static void on_resized(void *ctx)
{
	house_arrange(ctx);
}

/* On white the terminal's own yellow and cyan cannot be read. */
static bool is_light(const struct term_caps *caps)
{
	uint32_t c = caps->background;

	return caps->has_background && caps->colors >= 256 &&
	       2 * (c >> 16 & 255) + 5 * (c >> 8 & 255) + (c & 255) > 8 * 160;
}

static void on_learned(void *ctx)
{
	struct house *h = ctx;
	const char *chosen = h->options.theme;
	bool is_usual = !chosen || !strcmp(chosen, "default");
	struct theme light;
	struct error err;

	if (is_usual && !h->has_theme && is_light(term_caps(h->term)) &&
	    theme_load(&light, "light", &err))
		h->theme = light;
	looks_apply(&h->looks, &h->theme, term_caps(h->term)->colors);
}

static void on_ended(void *ctx, int signal)
{
	struct house *h = ctx;

	(void)signal;
	h->over(h->over_ctx);
}

/* Whoever looks elsewhere is called when the next move is his; by events, never by redraws. */
static void call_for(struct house *h, const struct event *ev)
{
	struct strbuf text = { 0 };
	const char *why = ev->kind == EV_GATE_OPENED ? ev->body.gate.question
	                  : ev->kind == EV_TROUBLE && ev->body.trouble.stops ? ev->body.trouble.text
	                  : ev->kind == EV_ENDED                             ? "the work is over"
	                                                                     : NULL;

	if (!why || h->is_here)
		return;
	strbuf_addf(&text, "%s: %s", h->options.name, why);
	term_call(h->term, strbuf_str(&text));
	strbuf_release(&text);
}

static void on_event(const struct event *ev, void *ctx)
{
	struct house *h = ctx;

	if (ev->kind == EV_HEAD_MOVED) {
		h->look_at = 0;
		h->compares = false;
	}
	story_hear(&h->story, ev);
	if (h->mode == MODE_REVIEW && !house_has_proposal(h))
		house_enter_mode(h, MODE_MAIN);
	if (ev->kind == EV_TURN_ENDED)
		usage_add(&h->spent, &ev->body.turn_end);
	activity_hear(&h->activity, ev, loop_now_ms(h->loop));
	alarm_hear(&h->alarm, ev);
	call_for(h, ev);
	prompt_hear(h->prompt, ev);
	for (int i = PANE_PLAN; i < PANE_COUNT; i++)
		if (house_type(h, (enum pane_id)i) && house_type(h, (enum pane_id)i)->hear)
			house_type(h, (enum pane_id)i)->hear(h->panes[i], ev);
	house_redraw(h, PANE_NONE);
}

static bool load_layouts(struct house *h, struct error *err)
{
	struct strbuf path = { 0 };
	bool ok = path_shared(&path, "config/layouts.yaml", err) &&
	          options_read_file(&h->layouts, &layouts_type, strbuf_str(&path), err) &&
	          layouts_prepare(&h->layouts, err);
	bool missing[PANE_COUNT];

	for (int i = 0; i < PANE_COUNT; i++)
		missing[i] = !pane_types[i];
	layouts_leave_out(&h->layouts, missing);
	strbuf_release(&path);
	return ok;
}

/* By all branches: an undo brings no money back. */
static bool load_spent(struct house *h, struct error *err)
{
	struct usage by_role[ROLE_COUNT] = { { 0 } };

	if (!history_spent(by_role, session_journal(h->session), err))
		return false;
	h->spent = usage_total(by_role);
	return true;
}

static void open_panes(struct house *h)
{
	for (int i = PANE_PLAN; i < PANE_COUNT; i++) {
		struct pane *p;

		if (!pane_types[i])
			continue;
		p = xcalloc(1, pane_types[i]->size);
		p->type = pane_types[i];
		p->house = h;
		h->panes[i] = p;
		if (p->type->open)
			p->type->open(p);
	}
}

static void close_panes(struct house *h)
{
	for (int i = PANE_PLAN; i < PANE_COUNT; i++) {
		if (h->panes[i] && house_type(h, (enum pane_id)i)->close)
			house_type(h, (enum pane_id)i)->close(h->panes[i]);
		free(h->panes[i]);
	}
}

static bool open_terminal(struct house *h, struct error *err)
{
	struct term_events events = { draw, house_input, on_resized, on_learned, on_ended, h };
	struct term_options options = { .mouse = !h->options.no_mouse };

	if (!term_open(&h->term, h->loop, &options, &events, err))
		return false;
	h->mouse = options.mouse;
	on_learned(h);
	h->work = work_new(h->loop);
	h->layer = layer_open(h->term, h->loop, h->work);
	return true;
}

void tui_guard(void)
{
	guard_split();
}

bool tui_open(struct tui **out, struct loop *loop, struct session *session,
              const struct tui_options *options, tui_over_fn over, void *ctx, struct error *err)
{
	struct house *h = NEW(struct house);

	h->loop = loop;
	h->session = session;
	h->options = *options;
	h->over = over;
	h->over_ctx = ctx;
	h->opened_ms = loop_now_ms(loop);
	h->focus = PANE_TALK;
	if (!load_spent(h, err) || !story_load(&h->story, session_journal(session), err) ||
	    !theme_load(&h->theme, options->theme ? options->theme : "default", err) ||
	    !keymap_load_usual(&h->keymap, err) || !load_layouts(h, err) ||
	    !open_terminal(h, err)) {
		tui_close((struct tui *)h);
		return false;
	}
	h->prompt = prompt_new(h);
	h->in_prompt = !options->is_told && !session_state(session)->begun;
	open_panes(h);
	session_watch(session, on_event, h);
	house_arrange(h);
	*out = (struct tui *)h;
	return true;
}

void tui_close(struct tui *t)
{
	struct house *h = (struct house *)t;

	if (!h)
		return;
	editor_free(h->editing);
	while (h->popups)
		popup_close(h->popups);
	if (h->term)
		session_unwatch(h->session, on_event, h);
	close_panes(h);
	layer_close(h->layer);
	work_free(h->work);
	term_close(h->term);
	prompt_free(h->prompt);
	activity_release(&h->activity);
	alarm_release(&h->alarm);
	if (h->tick)
		timer_free(h->tick);
	free(h->title);
	keymap_free(h->keymap);
	record_release(&layouts_type, &h->layouts);
	for (size_t i = 0; i < ASK_HISTORIES; i++) {
		while (h->asked[i].count)
			free(h->asked[i].items[--h->asked[i].count]);
		free(h->asked[i].items);
	}
	story_release(&h->story);
	strbuf_release(&h->said);
	free(h->search);
	free(h);
}
