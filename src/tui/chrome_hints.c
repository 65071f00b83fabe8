#include <string.h>

#include "base/text.h"
#include "tui/chrome_inside.h"

/* The likeliest keys of this place, in the lowest row. */

struct hint {
	const char *command, *words;
};

#define HINTS_MOST 8

/* Where the keys go decides first; then what waits; then what runs. */
static const struct hint of_prompt[HINTS_MOST] = {
	{ "send", "send" },   { "delivery", "when" },       { "newline", "new line" },
	{ "leave", "leave" }, { "history search", "past" }, { "chord", "more" },
};
static const struct hint of_chord[HINTS_MOST] = {
	{ "edit text", "editor" }, { "stash", "put aside" },  { "unsend", "take back" },
	{ "queue up", "earlier" }, { "queue down", "later" },
};
static const struct hint of_list[HINTS_MOST] = {
	{ "take", "take it" }, { "up", "up" }, { "down", "down" }, { "cancel", "close" }
};
static const struct hint of_line[HINTS_MOST] = { { "run", "do it" },
	                                         { "complete", "complete" },
	                                         { "history previous", "past" },
	                                         { "leave", "give up" } };
static const struct hint of_confirm[HINTS_MOST] = { { "yes", "yes" }, { "no", "no" } };
static const struct hint in_review[HINTS_MOST] = {
	{ "accept", "accept" }, { "reject", "reject" },    { "reprompt", "say instead" },
	{ "edit", "edit" },     { "next style", "style" }, { "review", "back" },
};
static const struct hint at_script[HINTS_MOST] = {
	{ "review", "review" }, { "write", "prompt" }, { "compare", "compare" }, { "undo", "undo" }
};
static const struct hint at_plan[HINTS_MOST] = { { "accept", "accept" },
	                                         { "reject", "reject" },
	                                         { "reprompt", "say instead" },
	                                         { "pane 1", "read it" },
	                                         { "write", "prompt" } };
static const struct hint at_help[HINTS_MOST] = { { "reprompt", "say what to do" },
	                                         { "edit", "edit it yourself" },
	                                         { "inspect", "inspect" },
	                                         { "reject", "drop it" } };
static const struct hint at_turn[HINTS_MOST] = { { "step", "one turn" },
	                                         { "step proposal", "to a proposal" },
	                                         { "continue", "continue" },
	                                         { "autonomy next", "ask less" } };
static const struct hint while_busy[HINTS_MOST] = {
	{ "write", "prompt" }, { "pause", "pause" },    { "stop", "stop" },
	{ "zoom", "zoom" },    { "pane next", "pane" },
};
static const struct hint while_stopped[HINTS_MOST] = { { "continue", "continue" },
	                                               { "step", "one turn" },
	                                               { "write", "prompt" },
	                                               { "undo", "undo" } };
static const struct hint before[HINTS_MOST] = {
	{ "write", "prompt" }, { "zoom", "zoom" }, { "pane next", "pane" }, { "close", "leave" }
};
static const struct hint otherwise[HINTS_MOST] = {
	{ "write", "prompt" }, { "undo", "undo" },      { "edit", "edit" },
	{ "zoom", "zoom" },    { "pane next", "pane" }, { "close", "leave" },
};

/* Of the pane with the focus, behind those. */
static const struct hint of_panes[PANE_COUNT][3] = {
	[PANE_PLAN] = { { "show", "goal" }, { "plan add", "add" }, { "plan drop", "drop" } },
	[PANE_TALK] = { { "fold", "fold" }, { "follow", "follow" } },
	[PANE_SCRIPT] = { { "next base", "diff" }, { "toggle blame", "who" } },
	[PANE_VIEWS] = { { "next view", "compare" }, { "view full", "full" } },
	[PANE_STEPS] = { { "goto", "look" }, { "mark", "mark" }, { "fork", "fork" } },
};

static const struct {
	const char *context;
	const struct hint *hints;
} of_contexts[] = {
	{ "prompt", of_prompt }, { "chord", of_chord },     { "list", of_list },
	{ "line", of_line },     { "confirm", of_confirm }, { "review", in_review },
};

static const struct hint *hints_for(const struct house *h, const char *context)
{
	static const struct hint *const at_gates[] = { [GATE_TURN] = at_turn,
		                                       [GATE_PLAN] = at_plan,
		                                       [GATE_SCRIPT] = at_script,
		                                       [GATE_HELP] = at_help };
	const struct state *now = session_state(h->session);

	for (size_t i = 0; i < COUNT(of_contexts); i++)
		if (!strcmp(of_contexts[i].context, context))
			return of_contexts[i].hints;
	if (now->waiting)
		return h->mode == MODE_REVIEW ? in_review : at_gates[now->gate];
	if (session_is_busy(h->session))
		return while_busy;
	if (!now->begun)
		return before;
	return session_is_stopped(h->session) ? while_stopped : otherwise;
}

/* Whole or not at all; the columns that it took. */
static int draw_hint(const struct house *h, const struct canvas *row, int col, int end,
                     const char *const *contexts, const struct hint *hint)
{
	const char *key = hint->command ? keymap_key(h->keymap, contexts, hint->command) : NULL;
	int cols;

	if (!key)
		return 0;
	cols = (int)(text_width(key, strlen(key)) + strlen(hint->words)) + 1;
	if (col + cols > end)
		return 0;
	col += canvas_say(row, 0, col, LOOK_KEY, key) + 1;
	canvas_say(row, 0, col, LOOK_HINT, hint->words);
	return cols + 2;
}

void chrome_hints(struct house *h, struct canvas *screen)
{
	static const struct hint help = { "keys", "all keys" }, line = { "line", "command" };
	struct canvas row = house_part(screen, h->scene.hints);
	const char *contexts[5];
	const struct hint *hints;
	bool is_commands;
	int col = 1, end = row.cols - 1;

	house_contexts(h, contexts);
	hints = hints_for(h, contexts[0]);
	is_commands = !h->popups && !h->in_prompt;
	if (is_commands && row.cols >= 60) {
		end -= 10;
		draw_hint(h, &row, end, row.cols, contexts, &help);
		end -= 11;
		draw_hint(h, &row, end, row.cols, contexts, &line);
		end -= 2;
	}
	for (size_t i = 0; i < HINTS_MOST; i++)
		col += draw_hint(h, &row, col, end, contexts, &hints[i]);
	for (size_t i = 0; is_commands && i < COUNT(of_panes[0]); i++)
		col += draw_hint(h, &row, col, end, contexts, &of_panes[h->focus][i]);
}
