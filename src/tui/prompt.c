#include "tui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/house_inside.h"
#include "tui/line.h"

/* When what is written reaches somebody, and the command that says it. */
enum delivery {
	DELIVERY_PROMPT, /* when the agents are done with what they do */
	DELIVERY_NOTE,   /* with the next request */
	DELIVERY_COUNT,
};

struct prompt {
	struct house *house;
	struct line line;
	enum delivery delivery;
};

struct prompt *prompt_new(struct house *house)
{
	struct prompt *p = NEW(struct prompt);

	p->house = house;
	return p;
}

void prompt_free(struct prompt *p)
{
	if (!p)
		return;
	line_release(&p->line);
	free(p);
}

static const char *delivery_words(const struct prompt *p)
{
	const struct state *now = session_state(p->house->session);

	if (!now->begun)
		return "delivery: now, to the planner";
	if (p->delivery == DELIVERY_NOTE)
		return "delivery: next turn (Tab)";
	return "delivery: when they are done (Tab)";
}

int prompt_rows(const struct prompt *p, int cols)
{
	struct text_span rest = { strbuf_str(&p->line.text), p->line.text.len }, row;
	int rows = 0;

	while (text_next_row(&row, &rest, (size_t)(cols > 4 ? cols - 4 : 1)))
		rows++;
	return rows < 1 ? 1 : rows;
}

/* Rows are wrapped as the text goes; the cursor is where its byte is. */
void prompt_draw(struct prompt *p, struct canvas *on, bool is_focused, int *cursor_row,
                 int *cursor_col)
{
	const char *start = strbuf_str(&p->line.text);
	struct text_span rest = { start, p->line.text.len }, row;
	size_t width = (size_t)(on->cols > 4 ? on->cols - 4 : 1);
	int at = 0;

	canvas_say(on, 0, 1, is_focused ? LOOK_PROMPT : LOOK_DIM, canvas_mark(on, MARK_PROMPT));
	*cursor_row = 0;
	*cursor_col = 3;
	while (text_next_row(&row, &rest, width)) {
		size_t from = (size_t)(row.at - start);

		canvas_text(on, at, 3, LOOK_PROMPT, row.at, row.len, on->cols - 3);
		if (p->line.cursor >= from) {
			*cursor_row = at;
			*cursor_col = 3 + (int)text_width(row.at, p->line.cursor - from < row.len
			                                                  ? p->line.cursor - from
			                                                  : row.len);
		}
		at++;
	}
	if (is_focused || p->line.text.len)
		canvas_right(on, 0, LOOK_DIM, delivery_words(p));
}

static bool send(struct prompt *p, struct error *err)
{
	const char *verb = p->delivery == DELIVERY_NOTE && session_state(p->house->session)->begun
	                           ? "note"
	                           : "prompt";
	struct strbuf line = { 0 };
	bool ok;

	strbuf_addf(&line, "%s %s", verb, strbuf_str(&p->line.text));
	ok = session_do(p->house->session, strbuf_str(&line), err);
	if (ok)
		line_set(&p->line, "");
	strbuf_release(&line);
	return ok;
}

bool prompt_act(struct prompt *p, const char *command, struct error *err)
{
	if (!strcmp(command, "send"))
		return send(p, err);
	if (!strcmp(command, "delivery"))
		p->delivery = (p->delivery + 1) % DELIVERY_COUNT;
	else if (!strcmp(command, "leave"))
		p->house->in_prompt = false;
	else if (!line_act(&p->line, command))
		return house_run(p->house, command, err);
	return true;
}

void prompt_type(struct prompt *p, const char *text, size_t len)
{
	line_type(&p->line, text, len);
}

void prompt_set(struct prompt *p, const char *text, const char *about)
{
	(void)about;
	line_set(&p->line, text);
}

void prompt_changed(struct prompt *p)
{
	(void)p;
}
