#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/command.h"
#include "tui/house_inside.h"

/* What can be done anywhere on the screen. */

static const struct {
	const char *name;
	enum move move;
} moves[] = {
	{ "up", MOVE_UP },
	{ "down", MOVE_DOWN },
	{ "left", MOVE_LEFT },
	{ "right", MOVE_RIGHT },
	{ "far left", MOVE_FAR_LEFT },
	{ "far right", MOVE_FAR_RIGHT },
	{ "top", MOVE_TOP },
	{ "bottom", MOVE_BOTTOM },
	{ "half up", MOVE_HALF_UP },
	{ "half down", MOVE_HALF_DOWN },
	{ "page up", MOVE_PAGE_UP },
	{ "page down", MOVE_PAGE_DOWN },
	{ "previous", MOVE_PREV },
	{ "next", MOVE_NEXT },
	{ "previous big", MOVE_PREV_BIG },
	{ "next big", MOVE_NEXT_BIG },
};

static bool try_move(struct house *h, const char *line, bool *ok)
{
	struct pane *pane = h->panes[h->focus];

	for (size_t i = 0; i < COUNT(moves); i++)
		if (!strcmp(moves[i].name, line)) {
			*ok = pane && pane->type->move && pane->type->move(pane, moves[i].move);
			return true;
		}
	return false;
}

bool move_is_known(const char *name)
{
	for (size_t i = 0; i < COUNT(moves); i++)
		if (!strcmp(moves[i].name, name))
			return true;
	return false;
}

bool house_run(struct house *h, const char *line, struct error *err)
{
	struct pane *pane = h->panes[h->focus];
	const struct verb *verb;
	const char *args;
	bool moved;

	line += strspn(line, " ");
	if (!*line || try_move(h, line, &moved))
		return true;
	verb = pane ? verb_find(pane->type->verbs, line, &args) : NULL;
	if (verb)
		return verb->run(pane, args, err);
	for (size_t i = 0; house_tables[i]; i++) {
		verb = verb_find(house_tables[i], line, &args);
		if (verb)
			return verb->run(h, args, err);
	}
	return session_do(h->session, line, err);
}

bool house_do(struct house *h, const char *line)
{
	struct error err;

	if (house_run(h, line, &err))
		return true;
	house_complain(h, &err);
	return false;
}

/* The next pane in the order of the boxes; `by` is 1 or -1. */
static enum pane_id neighbour(const struct house *h, int by)
{
	int pane = h->focus;

	for (int i = 0; i < PANE_COUNT; i++) {
		pane = (pane + by + PANE_COUNT) % PANE_COUNT;
		if (h->panes[pane] && house_is_seen(h, (enum pane_id)pane))
			return (enum pane_id)pane;
	}
	return h->focus;
}

/* The pane after this one among those that share its box. */
static enum pane_id next_tab(const struct house *h)
{
	const struct box *box = &h->layout->boxes[layout_box_of(h->layout, h->focus)];
	size_t at = 0;

	while (box->panes[at] != h->focus)
		at++;
	do
		at = (at + 1) % box->count;
	while (!h->panes[box->panes[at]]);
	return box->panes[at];
}

static bool do_pane(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	int number = args[0] - '0';

	if (!h->layout)
		return failed(err, ERR_USAGE, "the screen is too small for panes");
	if (!strcmp(args, "next") || !strcmp(args, "previous")) {
		/* Where all share one box, the next pane is the next tab. */
		enum pane_id to = neighbour(h, *args == 'n' ? 1 : -1);

		house_focus(h, to == h->focus ? next_tab(h) : to);
		return true;
	}
	for (int i = PANE_PLAN; i < PANE_COUNT; i++)
		if (!strcmp(args, pane_names[i]))
			number = i;
	if (number < PANE_PLAN || number >= PANE_COUNT || (args[1] && args[0] < 'a'))
		return failed(err, ERR_USAGE, "pane: write 1 to 7, next, previous or a name");
	if (!h->panes[number] || layout_box_of(h->layout, (enum pane_id)number) < 0)
		return failed(err, ERR_USAGE, "there is no %s pane here", pane_names[number]);
	house_focus(h, (enum pane_id)number == h->focus ? next_tab(h) : (enum pane_id)number);
	return true;
}

static bool do_zoom(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	(void)args;
	(void)err;
	h->is_zoomed = !h->is_zoomed;
	house_arrange(h);
	return true;
}

static bool do_write(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	(void)args;
	(void)err;
	h->in_prompt = true;
	prompt_settle(h->prompt);
	return true;
}

static bool do_redraw(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	(void)args;
	(void)err;
	term_repaint(h->term);
	return true;
}

static bool do_suspend(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	(void)args;
	return term_suspend(h->term, err);
}

static void leave_main(struct house *h)
{
	h->before.focus = h->focus;
	h->before.wanted_layout = h->wanted_layout;
	h->before.is_zoomed = h->is_zoomed;
	h->before.layout = h->layout;
	h->before.splits = h->splits;
	memcpy(h->before.front, h->front, sizeof(h->front));
	h->wanted_layout = "review";
	h->is_zoomed = false;
	house_arrange(h);
	house_focus(h, PANE_SCRIPT);
}

/* As it was, unless the terminal has another size by now. */
static void return_to_main(struct house *h)
{
	h->focus = h->before.focus;
	h->wanted_layout = h->before.wanted_layout;
	h->is_zoomed = h->before.is_zoomed;
	house_arrange(h);
	if (h->layout != h->before.layout)
		return;
	h->splits = h->before.splits;
	memcpy(h->front, h->before.front, sizeof(h->front));
	house_arrange(h);
}

void house_enter_mode(struct house *h, enum mode mode)
{
	if (h->mode == mode)
		return;
	h->mode = mode;
	h->seen_since_ms = loop_now_ms(h->loop);
	prompt_settle(h->prompt);
	if (mode == MODE_REVIEW)
		leave_main(h);
	else
		return_to_main(h);
}

bool house_has_proposal(const struct house *h)
{
	const struct state *now = session_state(h->session);

	return now->waiting && now->gate == GATE_SCRIPT;
}

static bool do_review(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	(void)args;
	if (h->mode == MODE_REVIEW) {
		house_enter_mode(h, MODE_MAIN);
		return true;
	}
	if (!house_has_proposal(h))
		return failed(err, ERR_USAGE, "no proposal waits for you");
	house_look_at(h, 0);
	house_enter_mode(h, MODE_REVIEW);
	return true;
}

/* A verdict that was typed before anybody can have seen what it is about is none. */
#define SEEN_MS 250

static bool may_answer(const struct house *h, struct error *err)
{
	const struct state *now = session_state(h->session);

	if (!now->waiting)
		return failed(err, ERR_USAGE, "nothing waits for you");
	if (now->gate == GATE_SCRIPT && h->mode != MODE_REVIEW)
		return failed(err, ERR_USAGE, "R opens the proposal; there it is judged");
	if (now->gate == GATE_SCRIPT && loop_now_ms(h->loop) - h->seen_since_ms < SEEN_MS)
		return failed(err, ERR_USAGE, "that was quick: look at it, then say it again");
	return true;
}

static bool answer(struct house *h, const char *command, const char *args, struct error *err)
{
	struct strbuf line = { 0 };
	bool ok = may_answer(h, err);

	strbuf_addf(&line, "%s%s%s", command, *args ? " " : "", args);
	ok = ok && session_do(h->session, strbuf_str(&line), err);
	strbuf_release(&line);
	return ok;
}

static bool do_accept(void *self, const char *args, struct error *err)
{
	return answer(self, "accept", args, err);
}

static bool do_close(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	(void)args;
	(void)err;
	if (h->is_zoomed)
		do_zoom(h, "", err);
	else if (h->mode != MODE_MAIN)
		house_enter_mode(h, MODE_MAIN);
	else if (h->compares)
		house_end_compare(h);
	else
		house_leave(h);
	return true;
}

static void search_for(struct house *h, const char *text, int by)
{
	struct pane *pane = h->panes[h->focus];
	struct matches m = { 0 };
	struct strbuf line = { 0 };

	if (pane && pane->type->find)
		m = pane->type->find(pane, text, by);
	if (m.count)
		strbuf_addf(&line, "/%s  %zu of %zu", text, m.at, m.count);
	else if (*text)
		strbuf_addf(&line, "/%s  not found here", text);
	house_say(h, strbuf_str(&line));
	strbuf_release(&line);
}

static bool do_cancel(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	(void)args;
	(void)err;
	strbuf_reset(&h->said);
	house_end_compare(h);
	if (h->search)
		search_for(h, "", 0);
	return true;
}

static bool do_compare(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	(void)args;
	if (h->mode == MODE_REVIEW)
		return failed(err, ERR_USAGE,
		              "the review compares with what you have; R leaves it");
	if (!house_version(h))
		return failed(err, ERR_USAGE, "there is no version to compare yet");
	house_compare(h, house_version(h));
	return true;
}

static bool do_line(void *self, const char *args, struct error *err)
{
	(void)err;
	command_open(self, args);
	return true;
}

static bool do_keys(void *self, const char *args, struct error *err)
{
	(void)args;
	(void)err;
	command_keys(self);
	return true;
}

static void on_search(void *ctx, const char *text)
{
	search_for(ctx, text, 0);
}

static void on_searched(void *ctx, const char *text)
{
	struct house *h = ctx;

	free(h->search);
	h->search = text && *text ? xstrdup(text) : NULL;
	if (!h->search)
		search_for(h, "", 0);
}

static bool do_search(void *self, const char *args, struct error *err)
{
	struct house *h = self;
	struct pane *pane = h->panes[h->focus];

	if (!pane || !pane->type->find)
		return failed(err, ERR_USAGE, "there is nothing to search in this pane");
	if (!*args) {
		ask_open(h, &(struct ask_options){ .label = "/",
		                                   .history = ASK_SEARCHES,
		                                   .changed = on_search,
		                                   .done = on_searched,
		                                   .ctx = h });
		return true;
	}
	if (strcmp(args, "next") && strcmp(args, "previous")) {
		on_search(h, args);
		on_searched(h, args);
		return true;
	}
	if (!h->search)
		return failed(err, ERR_USAGE, "nothing has been searched for; / begins");
	search_for(h, h->search, *args == 'n' ? 1 : -1);
	return true;
}

static void on_reason(void *ctx, const char *text)
{
	struct error err;

	if (text && !answer(ctx, "reject", text, &err))
		house_complain(ctx, &err);
}

/* A reason may be empty; it is asked for unless it was said. */
static bool do_reject(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	if (*args)
		return answer(h, "reject", args, err);
	if (!may_answer(h, err))
		return false;
	ask_open(h, &(struct ask_options){ .label = "why not (may be empty): ",
	                                   .history = ASK_OTHERS,
	                                   .done = on_reason,
	                                   .ctx = h });
	return true;
}

static void on_instead(void *ctx, const char *text)
{
	struct error err;

	if (text && *text && !answer(ctx, "reprompt", text, &err))
		house_complain(ctx, &err);
}

static bool do_reprompt(void *self, const char *args, struct error *err)
{
	struct house *h = self;

	if (*args)
		return answer(h, "reprompt", args, err);
	if (!session_state(h->session)->waiting) {
		h->in_prompt = true;
		return true;
	}
	if (!may_answer(h, err))
		return false;
	ask_open(h, &(struct ask_options){ .label = "do this instead: ",
	                                   .history = ASK_OTHERS,
	                                   .done = on_instead,
	                                   .ctx = h });
	return true;
}

const struct verb house_verbs[] = {
	{ "line", "[TEXT]", do_line, "Write a command" },
	{ "keys", "", do_keys, "Which keys do what here; Enter does it" },
	{ "search", "[TEXT|next|previous]", do_search, "Find a text in this pane" },
	{ "reject", "[REASON]", do_reject, "Drop what waits; the agents read the reason" },
	{ "reprompt", "[TEXT]", do_reprompt, "Drop what waits and say what to do instead" },
	{ "pane", "N|NAME|next|previous", do_pane, "Go to a pane; again: its next tab" },
	{ "zoom", "", do_zoom, "Give a pane the whole screen, and back" },
	{ "write", "", do_write, "Write in the prompt" },
	{ "review", "", do_review, "Open the proposal that waits, and leave it" },
	{ "accept", "", do_accept, "Keep what waits for you" },
	{ "compare", "", do_compare, "Mark a version; on another: show how they differ" },
	{ "redraw", "", do_redraw, "Paint the screen anew" },
	{ "suspend", "", do_suspend, "Back to the shell; fg returns" },
	{ "cancel", "", do_cancel, "Close what is open, end a search; never more" },
	{ "close", "", do_close, "Close this; in the main screen: leave" },
	{ 0 },
};

const struct verb *const house_tables[] = { house_verbs, house_steer_verbs, house_out_verbs,
	                                    house_look_verbs, NULL };
