#include <string.h>

#include "tui/lobby_inside.h"

/* A tour of the keys of a session: a few cards, with the keys as they are mapped here. */

enum {
	CARDS = 6,
	LINES_MOST = 7,
};

struct card_line {
	const char *context, *command; /* NULL: only words */
	const char *text;
};

static const struct {
	const char *title;
	struct card_line lines[LINES_MOST + 1];
} cards[CARDS] = {
	{ "Looking around",
	  { { NULL, NULL, "A session is a few panes; one of them has the focus and the keys." },
	    { "global", "pane next", "go to the next pane; or press its number" },
	    { "move", "down", "and the arrows move in it; [ ] go from thing to thing" },
	    { "global", "zoom", "make it as large as the screen, and small again" },
	    { "global", "layout next", "arrange the panes differently" },
	    { NULL, NULL, "The mouse does all of this: click, wheel, drag a border." } } },
	{ "Pictures",
	  { { NULL, NULL, "The Views pane shows what Blender drew of the latest version." },
	    { "move", "next", "the next camera" },
	    { "views", "next view", "before and after, a wipe between them, what differs, all" },
	    { "views", "zoom in", "look closer; the arrows then move the picture" },
	    { "global", "copy path", "copy the name of its file, for other programs" } } },
	{ "Saying what you want",
	  { { "global", "write", "write to the agents; Enter sends" },
	    { "prompt", "newline", "begin another line" },
	    { "prompt", "delivery", "say when it is to arrive: now, later, as a note" },
	    { "global", "line", "give a command; Tab completes, :help explains" },
	    { "global", "search", "search in the pane that has the focus" } } },
	{ "Deciding",
	  { { NULL, NULL, "A changed script waits for you. Nothing is decided by Enter." },
	    { "global", "review", "see what changed, before and after, and what the critic says" },
	    { "global", "accept", "keep it" },
	    { "global", "reject", "drop it; the agents read your reason" },
	    { "global", "reprompt", "drop it, and say what to do instead" },
	    { "global", "edit", "change the script yourself, in your editor" } } },
	{ "Going back",
	  { { "global", "undo", "go back; nothing is ever lost" },
	    { "global", "redo", "and forward again" },
	    { "global", "fork", "begin a session of its own from here" },
	    { NULL, NULL, "The Steps pane is the tree of all of them: Enter goes there." } } },
	{ "Pace, and leaving",
	  { { "global", "pause", "stop after this turn" },
	    { "global", "step", "one turn" },
	    { "global", "continue", "go on" },
	    { "global", "stop", "stop what is being done, at once" },
	    { "global", "keys", "all keys; each can be run from the list" },
	    { "global", "close", "leave; `ll3m` has the session when you come back" } } },
};

/* How many rows it took. */
static int draw_line(struct lobby *l, const struct canvas *on, int row,
                     const struct card_line *line)
{
	const char *contexts[] = { line->context, NULL };
	const char *key;

	if (!line->command)
		return lobby_wrap(on, row, 1, on->rows, LOOK_TEXT, line->text);
	key = keymap_key(l->stage.keymap, contexts, line->command);
	canvas_say(on, row, 2, LOOK_KEY, key ? key : line->command);
	return lobby_wrap(on, row, 10, on->rows, LOOK_TEXT, line->text);
}

static void draw(struct lobby *l, const struct canvas *on)
{
	int rows = LINES_MOST + 4, cols = on->cols > 78 ? 78 : on->cols;
	bool is_framed = on->rows >= rows;
	int height = is_framed ? rows : on->rows;
	struct canvas box =
		canvas_part(on, (on->rows - height) / 2, (on->cols - cols) / 2, height, cols);
	struct strbuf badge = { 0 };
	int row = 0;

	strbuf_addf(&badge, "%zu of %d", l->card + 1, CARDS);
	if (is_framed) {
		box = canvas_frame(&box, &(struct canvas_frame){ .title = cards[l->card].title,
		                                                 .badge = strbuf_str(&badge),
		                                                 .focused = true });
		box = canvas_part(&box, 1, 0, box.rows - 1, box.cols);
	} else {
		canvas_say(&box, 0, 1, LOOK_TITLE, cards[l->card].title);
		box = canvas_part(&box, 1, 0, box.rows - 1, box.cols);
	}
	for (int i = 0; i < LINES_MOST && cards[l->card].lines[i].text; i++)
		row += draw_line(l, &box, row, &cards[l->card].lines[i]);
	strbuf_release(&badge);
}

static void go(struct lobby *l, int by)
{
	size_t to = l->card + (size_t)by;

	if (to < CARDS)
		l->card = to;
	else if (by > 0)
		lobby_go(l, &start_page);
}

static void act(struct lobby *l, const char *command)
{
	static const struct {
		const char *name;
		int by;
	} ways[] = {
		{ "take", 1 },     { "right", 1 }, { "down", 1 }, { "page down", 1 },
		{ "page up", -1 }, { "left", -1 }, { "up", -1 },
	};

	for (size_t i = 0; i < COUNT(ways); i++)
		if (!strcmp(ways[i].name, command))
			go(l, ways[i].by);
	if (!strcmp(command, "close") || !strcmp(command, "cancel"))
		lobby_go(l, &start_page);
}

static void click(struct lobby *l, int row, int col)
{
	(void)row;
	(void)col;
	go(l, 1);
}

const struct page tour_page = {
	.title = "a tour of the keys",
	.contexts = { "start", "move", "global" },
	.hints = { { "take", "next" },
	           { "right", "next" },
	           { "left", "back" },
	           { "close", "enough" } },
	.draw = draw,
	.act = act,
	.click = click,
};
