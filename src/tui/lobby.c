#include "tui/lobby.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/complete.h"
#include "tui/lobby_inside.h"

static void redraw(struct lobby *l)
{
	if (l->stage.term)
		term_redraw(l->stage.term, TERM_SOON);
}

void lobby_choose(struct lobby *l, enum lobby_choice choice, const char *text)
{
	if (l->is_over)
		return;
	l->is_over = true;
	l->chosen(l->ctx, choice, text);
}

void lobby_go(struct lobby *l, const struct page *page)
{
	l->page = page;
	redraw(l);
}

void lobby_say(struct lobby *l, const char *text)
{
	strbuf_reset(&l->said);
	text_clean(&l->said, text, strlen(text), TEXT_ONE_LINE);
	l->is_complaint = false;
	redraw(l);
}

void lobby_complain(struct lobby *l, const struct error *err)
{
	lobby_say(l, err->text);
	l->is_complaint = true;
}

void lobby_ask(struct lobby *l, const char *label, const char *text, lobby_said_fn done)
{
	line_release(&l->field.line);
	line_set(&l->field.line, text);
	l->field.label = label;
	l->field.done = done;
	l->field.ending = NULL;
	redraw(l);
}

void lobby_question(struct lobby *l, char *text, void (*answered)(struct lobby *l, bool is_yes))
{
	free(l->question.text);
	l->question.text = text;
	l->question.answered = answered;
	redraw(l);
}

bool lobby_moves(struct rows *rows, const char *command)
{
	static const struct {
		const char *name;
		enum move move;
	} moves[] = {
		{ "up", MOVE_UP },           { "down", MOVE_DOWN },
		{ "top", MOVE_TOP },         { "bottom", MOVE_BOTTOM },
		{ "page up", MOVE_PAGE_UP }, { "page down", MOVE_PAGE_DOWN },
		{ "half up", MOVE_HALF_UP }, { "half down", MOVE_HALF_DOWN },
	};

	for (size_t i = 0; i < COUNT(moves); i++)
		if (!strcmp(moves[i].name, command)) {
			rows_move(rows, moves[i].move, rows_one, NULL);
			rows->follows = false;
			return true;
		}
	return false;
}

const char *lobby_key(const struct lobby *l, const struct page *page, const char *command)
{
	return keymap_key(l->stage.keymap, page->contexts, command);
}

void lobby_cell(const struct canvas *c, int row, int col, int cols, enum look look,
                const char *text)
{
	struct strbuf clean = { 0 }, cut = { 0 };

	if (cols > 0) {
		text_clean(&clean, text, strlen(text), TEXT_ONE_LINE);
		text_cut(&cut, strbuf_str(&clean), clean.len, (size_t)cols);
		canvas_text(c, row, col, look, strbuf_str(&cut), cut.len, cols);
	}
	strbuf_release(&clean);
	strbuf_release(&cut);
}

int lobby_wrap(const struct canvas *c, int row, int col, int most_rows, enum look look,
               const char *text)
{
	struct strbuf clean = { 0 };
	struct text_span rest, part;
	int cols = c->cols - col, count = 0;

	text_clean(&clean, text, strlen(text), TEXT_ONE_LINE);
	rest = (struct text_span){ strbuf_str(&clean), clean.len };
	while (text_next_row(&part, &rest, cols > 1 ? (size_t)cols : 1)) {
		if (count < most_rows)
			canvas_text(c, row + count, col, look, part.at, part.len, cols);
		count++;
	}
	strbuf_release(&clean);
	return count;
}

static void draw_status(struct lobby *l, const struct canvas *screen)
{
	struct canvas row = canvas_part(screen, 0, 0, 1, screen->cols);
	const char *keys = lobby_key(l, l->page, "keys"), *leave = lobby_key(l, l->page, "close");
	struct strbuf right = { 0 };
	int used;

	canvas_fill(&row, 0, 0, 1, row.cols, LOOK_STATUS);
	used = canvas_sayf(&row, 0, 1, LOOK_STATUS, "ll3m %s %s %s", l->version,
	                   canvas_mark(&row, MARK_BETWEEN), l->page->title);
	if (leave)
		strbuf_addf(&right, "%s leave  ", leave);
	if (keys)
		strbuf_addf(&right, "%s keys ", keys);
	if (used + 2 + (int)right.len <= row.cols)
		canvas_right(&row, 0, LOOK_STATUS, strbuf_str(&right));
	strbuf_release(&right);
}

static void draw_hints(struct lobby *l, const struct canvas *row)
{
	int col = 1;

	for (size_t i = 0; l->page->hints[i][0]; i++) {
		const char *key = lobby_key(l, l->page, l->page->hints[i][0]);

		if (!key)
			continue;
		col += canvas_say(row, 0, col, LOOK_KEY, key) + 1;
		col += canvas_say(row, 0, col, LOOK_HINT, l->page->hints[i][1]) + 2;
	}
}

/* The end of what is written is what has to be seen. */
static void draw_field(struct lobby *l, const struct canvas *row)
{
	const struct line *line = &l->field.line;
	int label = (int)text_width(l->field.label, strlen(l->field.label));
	int cursor = (int)text_width(strbuf_str(&line->text), line->cursor);
	int over = label + 2 + cursor - row->cols;
	int left = over > 0 ? over : 0;
	struct canvas text = canvas_part(row, 0, 1 + label, 1, row->cols - 1 - label);

	canvas_say(row, 0, 1, LOOK_PROMPT, l->field.label);
	canvas_say(&text, 0, -left, LOOK_TEXT, strbuf_str(&line->text));
	term_cursor(l->stage.term, TERM_CURSOR_BAR, row->top,
	            row->left + 1 + label + cursor - left);
}

static void draw_bottom(struct lobby *l, const struct canvas *screen)
{
	struct canvas row = canvas_part(screen, screen->rows - 2, 0, 1, screen->cols);
	struct canvas hints = canvas_part(screen, screen->rows - 1, 0, 1, screen->cols);

	if (l->question.text)
		canvas_sayf(&row, 0, 1, LOOK_WARN, "%s  y yes, n no (Enter)", l->question.text);
	else if (l->field.label)
		draw_field(l, &row);
	else if (l->said.len)
		lobby_cell(&row, 0, 1, row.cols - 2, l->is_complaint ? LOOK_BAD : LOOK_BANNER,
		           l->said.buf);
	if (l->field.label)
		canvas_say(&hints, 0, 1, LOOK_HINT,
		           l->field.ending ? "Enter take it  Tab complete  Esc back"
		                           : "Enter take it  Esc back");
	else if (!l->question.text)
		draw_hints(l, &hints);
}

static void draw(void *ctx)
{
	struct lobby *l = ctx;
	struct canvas screen = stage_canvas(&l->stage);
	struct canvas body = canvas_part(&screen, 1, 0, screen.rows - 3, screen.cols);

	for (int i = 0; i < LAYER_SLOTS; i++)
		layer_hide(l->stage.layer, i);
	term_cursor(l->stage.term, TERM_CURSOR_HIDDEN, 0, 0);
	if (body.rows > 0)
		l->page->draw(l, &body);
	draw_status(l, &screen);
	draw_bottom(l, &screen);
	wnoutrefresh(stdscr);
	layer_mark(l->stage.layer);
}

static void end_field(struct lobby *l, bool is_given)
{
	char *text = is_given ? xstrdup(strbuf_str(&l->field.line.text)) : NULL;
	lobby_said_fn done = l->field.done;

	l->field.label = NULL;
	line_release(&l->field.line);
	if (text)
		done(l, text);
	free(text);
}

static void complete(struct lobby *l)
{
	struct strbuf text = { 0 };

	strbuf_addstr(&text, strbuf_str(&l->field.line.text));
	complete_file(&text, l->field.ending);
	line_set(&l->field.line, strbuf_str(&text));
	strbuf_release(&text);
}

static void act_field(struct lobby *l, const char *command)
{
	if (!strcmp(command, "leave"))
		end_field(l, false);
	else if (!strcmp(command, "run"))
		end_field(l, true);
	else if (!strcmp(command, "delete back") && !l->field.line.text.len)
		end_field(l, false);
	else if (!strcmp(command, "complete") && l->field.ending)
		complete(l);
	else
		line_act(&l->field.line, command);
}

static void answer(struct lobby *l, const char *command)
{
	free(l->question.text);
	l->question.text = NULL;
	l->question.answered(l, !strcmp(command, "yes"));
}

/* The keys that mean the same on every page. */
static void act_page(struct lobby *l, const char *command)
{
	struct error err;

	if (!strcmp(command, "redraw"))
		term_repaint(l->stage.term);
	else if (!strcmp(command, "suspend") && !term_suspend(l->stage.term, &err))
		lobby_complain(l, &err);
	else if (!strcmp(command, "stop"))
		lobby_choose(l, LOBBY_LEAVE, NULL);
	else if (!strcmp(command, "keys"))
		lobby_go(l, &tour_page);
	else if (!strcmp(command, "start"))
		lobby_go(l, &start_page);
	else if (!strcmp(command, "sessions"))
		lobby_go(l, &sessions_page);
	else
		l->page->act(l, command);
}

static void contexts_of(const struct lobby *l, const char *out[4])
{
	static const char *const line[4] = { "line" }, *const confirm[4] = { "confirm" },
				 *const list[4] = { "list" };
	const char *const *from = l->page->contexts;

	if (l->question.text)
		from = confirm;
	else if (l->field.label)
		from = line;
	else if (l->page == &sessions_page && l->sessions.is_filtering)
		from = list;
	memcpy(out, from, 4 * sizeof(*out));
}

static void on_text(struct lobby *l, const char *text, size_t len)
{
	if (l->question.text)
		return;
	if (l->field.label)
		line_type(&l->field.line, text, len);
	else if (l->page->type)
		l->page->type(l, text);
}

static void on_key(struct lobby *l, const struct input *in)
{
	struct strbuf name = { 0 }, text = { 0 };
	const char *contexts[4], *command;
	bool is_text =
		in->key >= ' ' && in->key < INPUT_ENTER && !(in->mods & (INPUT_ALT | INPUT_CTRL));

	strbuf_reset(&l->said);
	input_name(&name, in);
	contexts_of(l, contexts);
	command = keymap_find(l->stage.keymap, contexts, strbuf_str(&name));
	if (is_text)
		text_encode(&text, in->key);
	if (l->question.text && command)
		answer(l, command);
	else if (l->field.label && command)
		act_field(l, command);
	else if (command)
		act_page(l, command);
	else if (is_text)
		on_text(l, text.buf, text.len);
	strbuf_release(&name);
	strbuf_release(&text);
}

static void on_mouse(struct lobby *l, const struct input *in)
{
	bool is_wheel = in->button == INPUT_WHEEL_UP || in->button == INPUT_WHEEL_DOWN;

	if (l->question.text || l->field.label || in->released)
		return;
	if (is_wheel && l->page->wheel)
		l->page->wheel(l, in->button == INPUT_WHEEL_UP ? MOVE_WHEEL_UP : MOVE_WHEEL_DOWN);
	else if (in->button == INPUT_BUTTON_LEFT && l->page->click)
		l->page->click(l, in->row - 1, in->col);
}

static void on_input(void *ctx, const struct input *in)
{
	struct lobby *l = ctx;

	if (l->is_over)
		return;
	if (in->type == INPUT_KEY)
		on_key(l, in);
	else if (in->type == INPUT_MOUSE)
		on_mouse(l, in);
	else if (in->type == INPUT_PASTE && l->field.label)
		on_text(l, in->text, strcspn(in->text, "\n"));
	term_redraw(l->stage.term, TERM_NOW);
}

static void on_learned(void *ctx)
{
	stage_learned(&((struct lobby *)ctx)->stage);
}

static void on_ended(void *ctx, int signal)
{
	(void)signal;
	lobby_choose(ctx, LOBBY_LEAVE, NULL);
}

void lobby_tell(struct lobby *l, const struct error *err)
{
	lobby_complain(l, err);
}

void lobby_changed(struct lobby *l)
{
	redraw(l);
}

bool lobby_open(struct lobby **out, struct loop *loop, const struct lobby_options *options,
                lobby_chosen_fn chosen, void *ctx, struct error *err)
{
	struct lobby *l = NEW(struct lobby);
	const struct term_events events = {
		.draw = draw, .input = on_input, .learned = on_learned, .ended = on_ended, .ctx = l
	};
	const struct stage_options stage = { options->theme, options->no_mouse };

	l->host = options->host;
	l->chosen = chosen;
	l->ctx = ctx;
	l->version = xstrdup(options->version);
	l->page = options->count ? &sessions_page : &start_page;
	sessions_open(l, options);
	if (!stage_open(&l->stage, loop, &stage, &events, err)) {
		lobby_close(l);
		return false;
	}
	*out = l;
	return true;
}

void lobby_close(struct lobby *l)
{
	if (!l)
		return;
	stage_close(&l->stage);
	sessions_close(l);
	server_close(l);
	line_release(&l->field.line);
	strbuf_release(&l->said);
	free(l->question.text);
	free(l->version);
	free(l);
}
