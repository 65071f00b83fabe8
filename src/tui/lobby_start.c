#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/lobby_inside.h"

/* What works here, and how to begin. */

enum {
	SUBJECT_COLS = 10,
	LABEL_COLS = 27,
	ROWS_MOST = 12, /* of one finding */
};

static void add_team(struct lobby *l, struct strbuf *out)
{
	const char *team = l->host.team(l->host.ctx);

	if (team)
		strbuf_addf(out, "asks %s", team);
	else
		strbuf_addstr(out, "no model is set yet: begin with 3");
}

static void add_count(struct lobby *l, struct strbuf *out)
{
	if (l->sessions.count)
		strbuf_addf(out, "%zu %s here", l->sessions.count,
		            l->sessions.count == 1 ? "is" : "are");
	else
		strbuf_addstr(out, "there is none yet");
}

static void take_sample(struct lobby *l)
{
	lobby_choose(l, LOBBY_SAMPLE, NULL);
}

static void on_prompt(struct lobby *l, const char *text)
{
	if (text[strspn(text, " \t")])
		lobby_choose(l, LOBBY_PROMPT, text);
}

static void take_prompt(struct lobby *l)
{
	if (l->host.team(l->host.ctx))
		lobby_ask(l, "what to model: ", "", on_prompt);
	else
		lobby_say(l, "nobody answers for the agents yet: choose 3, or set llm.roles in "
		             "config.yaml");
}

static void on_url(struct lobby *l, const char *text)
{
	struct error err;

	if (!strncmp(text, "http://", 7) || !strncmp(text, "https://", 8)) {
		server_ask(l, text);
		return;
	}
	failed(&err, ERR_USAGE, "a server's address begins with http:// or https://");
	lobby_complain(l, &err);
}

static void take_server(struct lobby *l)
{
	lobby_ask(l, "its URL: ", "http://127.0.0.1:8080/v1", on_url);
}

static void on_script(struct lobby *l, const char *text)
{
	if (*text)
		lobby_choose(l, LOBBY_SCRIPT, text);
}

static void take_script(struct lobby *l)
{
	lobby_ask(l, "script: ", "", on_script);
	l->field.ending = ".py";
}

static void take_session(struct lobby *l)
{
	lobby_go(l, &sessions_page);
}

static void take_tour(struct lobby *l)
{
	l->card = 0;
	lobby_go(l, &tour_page);
}

/* In the order of their keys. */
static const struct {
	const char *label, *detail; /* NULL: add() knows */
	void (*add)(struct lobby *l, struct strbuf *out);
	void (*take)(struct lobby *l);
} choices[] = {
	{ "Watch a sample session", "recorded agents, live Blender: no key, no cost", NULL,
	  take_sample },
	{ "Describe what to model", NULL, add_team, take_prompt },
	{ "Use a server that I run", "its models are asked for when you press Enter", NULL,
	  take_server },
	{ "Open my own script (.py)", "views, checks and history, without any model", NULL,
	  take_script },
	{ "Open a session", NULL, add_count, take_session },
	{ "Take a tour of the keys", "two minutes", NULL, take_tour },
};

static void draw_choice(struct lobby *l, const struct canvas *on, int row, size_t number)
{
	struct strbuf detail = { 0 };

	if (choices[number].add)
		choices[number].add(l, &detail);
	else
		strbuf_addstr(&detail, choices[number].detail);
	canvas_sayf(on, row, 2, LOOK_KEY, "%zu", number + 1);
	canvas_say(on, row, 5, LOOK_TEXT, choices[number].label);
	lobby_cell(on, row, 5 + LABEL_COLS, on->cols - 6 - LABEL_COLS, LOOK_DIM,
	           strbuf_str(&detail));
	if (number == l->start.choices.cursor) {
		canvas_tint(on, row, 0, on->cols, LOOK_SELECTED);
		canvas_put_mark(on, row, 0, LOOK_SELECTED, MARK_BAR);
	}
	strbuf_release(&detail);
}

static void draw_mark(const struct canvas *on, int row, enum lobby_health health)
{
	static const enum look looks[] = { LOOK_GOOD, LOOK_DIM, LOOK_WARN, LOOK_BAD };

	if (health == LOBBY_WEAK)
		canvas_say(on, row, 0, looks[health], "!");
	else
		canvas_put_mark(on, row, 0, looks[health],
		                health == LOBBY_FINE   ? MARK_DONE
		                : health == LOBBY_NOTE ? MARK_WAITING
		                                       : MARK_BAD);
}

static bool is_bad(const struct lobby_finding *f)
{
	return f->health == LOBBY_WEAK || f->health == LOBBY_ILL;
}

/* Trouble is told whole, the rest in a row each; from a row on, which may lie above the canvas. */
static int draw_finding(const struct canvas *on, int row, const struct lobby_finding *f)
{
	int col = 2 + SUBJECT_COLS, rows = 1;
	struct strbuf cure = { 0 };

	draw_mark(on, row, f->health);
	lobby_cell(on, row, 2, SUBJECT_COLS - 1, LOOK_STRONG, f->subject);
	if (is_bad(f))
		rows = lobby_wrap(on, row, col, ROWS_MOST, LOOK_TEXT, f->text);
	else
		lobby_cell(on, row, col, on->cols - col,
		           f->health == LOBBY_NOTE ? LOOK_DIM : LOOK_TEXT, f->text);
	if (f->cure) {
		strbuf_addf(&cure, "%s %s", on->unicode ? "\u2192" : "->", f->cure);
		rows += lobby_wrap(on, row + rows, col, ROWS_MOST, LOOK_HINT, strbuf_str(&cure));
	}
	strbuf_release(&cure);
	return rows;
}

/* What only we know, since the terminal was asked. */
static int draw_pictures(struct lobby *l, const struct canvas *on, int row)
{
	const struct term_caps *caps = term_caps(l->stage.term);
	struct lobby_finding finding = { .subject = "pictures" };
	struct strbuf text = { 0 };
	int rows;

	strbuf_addstr(&text, term_graphics_name(caps->graphics));
	if (caps->cell_width_px)
		strbuf_addf(&text, ", cells of %dx%d pixels", caps->cell_width_px,
		            caps->cell_height_px);
	if (caps->name[0])
		strbuf_addf(&text, "; the terminal is %s", caps->name);
	finding.text = strbuf_str(&text);
	finding.health = caps->graphics >= TERM_SIXEL ? LOBBY_FINE : LOBBY_NOTE;
	rows = draw_finding(on, row, &finding);
	strbuf_release(&text);
	return rows;
}

/* What is wrong comes first. Begins with the first line that is seen; how many there are in all. */
static int draw_findings(struct lobby *l, const struct canvas *on)
{
	struct lobby_finding f;
	int row = -l->start.top;

	for (int bad = 1; bad >= 0; bad--)
		for (size_t i = 0; l->host.finding(l->host.ctx, i, &f); i++)
			if (is_bad(&f) == (bool)bad)
				row += draw_finding(on, row, &f);
	row += draw_pictures(l, on, row);
	return row + l->start.top;
}

/* How many lines they take at that width, drawn where nobody sees it. */
static int measure(struct lobby *l, int cols)
{
	struct canvas nowhere = { .cols = cols, .looks = &l->stage.looks, .unicode = true };
	int top = l->start.top, lines;

	l->start.top = 0;
	lines = draw_findings(l, &nowhere);
	l->start.top = top;
	return lines;
}

static void hold(struct lobby *l, int lines, int rows)
{
	int most = lines > rows ? lines - rows : 0;

	l->start.top = l->start.top > most ? most : l->start.top < 0 ? 0 : l->start.top;
}

static void draw_upper(struct lobby *l, const struct canvas *on, bool is_framed, int lines)
{
	struct canvas_frame frame = { .title = "What works here" };
	struct strbuf badge = { 0 };
	struct canvas in = *on;
	struct strbuf foot = { 0 };
	int inner = is_framed ? on->rows - 2 : on->rows;
	const char *key = lobby_key(l, &start_page, "page down");

	hold(l, lines, inner);
	if (lines > l->start.top + inner)
		strbuf_addf(&foot, "%d more below: %s", lines - l->start.top - inner,
		            key ? key : "wheel");
	if (l->host.is_checking(l->host.ctx))
		strbuf_addf(&badge, "%s still looking", canvas_mark(on, MARK_ACTIVE));
	frame.foot = foot.len ? foot.buf : NULL;
	frame.badge = badge.len ? badge.buf : NULL;
	if (is_framed)
		in = canvas_frame(on, &frame);
	draw_findings(l, &in);
	strbuf_release(&foot);
	strbuf_release(&badge);
}

static void draw(struct lobby *l, const struct canvas *on)
{
	const int count = (int)COUNT(choices);
	bool is_framed = on->rows >= count + 7;
	int lower = count + (is_framed ? 3 : 0), most = on->rows - lower;
	int lines = measure(l, is_framed ? on->cols - 2 : on->cols);
	int upper = lines + (is_framed ? 2 : 0) < most ? lines + (is_framed ? 2 : 0) : most;
	struct canvas above = canvas_part(on, 0, 0, upper, on->cols);
	struct canvas below = canvas_part(on, upper, 0, lower, on->cols);
	struct canvas in = canvas_part(&below, 0, 0, count, on->cols);

	if (upper > 0)
		draw_upper(l, &above, is_framed, lines);
	if (is_framed) {
		in = canvas_part(&below, 0, 0, count + 2, on->cols);
		in = canvas_frame(&in, &(struct canvas_frame){ .title = "Begin", .focused = true });
		canvas_say(&below, count + 2, 1, LOOK_DIM,
		           "Nothing is sent anywhere until you choose 2 or 3.");
	}
	l->start.first_row = in.top - on->top;
	rows_fit(&l->start.choices, COUNT(choices), in.rows, rows_one, NULL);
	for (int row = 0; row < in.rows && row < count; row++)
		draw_choice(l, &in, row, (size_t)row + l->start.choices.top);
}

static void act(struct lobby *l, const char *command)
{
	size_t number = 0;

	if (!strncmp(command, "choose ", 7))
		number = (size_t)strtoul(command + 7, NULL, 10);
	if (!strcmp(command, "take"))
		number = l->start.choices.cursor + 1;
	if (number && number <= COUNT(choices)) {
		l->start.choices.cursor = number - 1;
		choices[number - 1].take(l);
	} else if (!strcmp(command, "close")) {
		lobby_choose(l, LOBBY_LEAVE, NULL);
	} else if (!strcmp(command, "cancel") && l->sessions.count) {
		lobby_go(l, &sessions_page);
	} else if (!strcmp(command, "page down") || !strcmp(command, "half down")) {
		l->start.top += 5;
	} else if (!strcmp(command, "page up") || !strcmp(command, "half up")) {
		l->start.top -= 5;
	} else {
		lobby_moves(&l->start.choices, command);
	}
}

static void click(struct lobby *l, int row, int col)
{
	size_t number = (size_t)(row - l->start.first_row) + l->start.choices.top;

	(void)col;
	if (row < l->start.first_row || number >= COUNT(choices))
		return;
	l->start.choices.cursor = number;
	choices[number].take(l);
}

static void wheel(struct lobby *l, enum move move)
{
	l->start.top += move == MOVE_WHEEL_UP ? -3 : 3;
}

const struct page start_page = {
	.title = "what works here, and how to begin",
	.contexts = { "start", "move", "global" },
	.hints = { { "take", "choose" },
	           { "down", "down" },
	           { "up", "up" },
	           { "sessions", "sessions" },
	           { "close", "leave" } },
	.draw = draw,
	.act = act,
	.click = click,
	.wheel = wheel,
};
