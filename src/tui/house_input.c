#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/house_inside.h"

/* Who gets a key, a paste or a click: the uppermost popup, the prompt, or the panes. */

static void on_prompt_key(struct house *h, const char *command, const struct strbuf *text)
{
	struct error err;

	if (command && !prompt_act(h->prompt, command, &err))
		house_complain(h, &err);
	else if (!command && text->len)
		prompt_type(h->prompt, text->buf, text->len);
	else if (!command)
		prompt_end_chord(h->prompt);
}

static void on_popup_key(struct house *h, const char *command, const struct strbuf *text)
{
	if (command)
		h->popups->type->act(h->popups, command);
	else if (text->len)
		h->popups->type->type(h->popups, text->buf);
}

static void on_key(struct house *h, const struct input *in)
{
	struct strbuf name = { 0 }, text = { 0 };
	const char *contexts[5], *command;
	bool is_text =
		in->key >= ' ' && in->key < INPUT_ENTER && !(in->mods & (INPUT_ALT | INPUT_CTRL));

	input_name(&name, in);
	house_contexts(h, contexts);
	command = keymap_find(h->keymap, contexts, strbuf_str(&name));
	if (is_text)
		text_encode(&text, in->key);
	if (h->popups)
		on_popup_key(h, command, &text);
	else if (h->in_prompt)
		on_prompt_key(h, command, &text);
	else if (command)
		house_do(h, command);
	strbuf_release(&name);
	strbuf_release(&text);
}

/* A paste is text, wherever we are: it never runs as keys. */
static void on_paste(struct house *h, const struct input *in)
{
	if (h->popups) {
		char *line = xstrndup(in->text, strcspn(in->text, "\n"));

		h->popups->type->type(h->popups, line);
		free(line);
		return;
	}
	h->in_prompt = true;
	prompt_paste(h->prompt, in->text, in->len);
	if (in->cut)
		house_say(h, "the paste was too long: its end is missing");
}

static void on_wheel(struct house *h, const struct input *in)
{
	enum pane_id pane = house_pane_at(h, in->row, in->col);
	enum move move = in->button == INPUT_WHEEL_UP ? MOVE_WHEEL_UP : MOVE_WHEEL_DOWN;
	const struct pane_type *type = house_type(h, pane);

	if (type && type->move)
		type->move(h->panes[pane], move);
}

static void on_press(struct house *h, const struct input *in)
{
	enum pane_id pane = house_pane_at(h, in->row, in->col);
	const struct pane_type *type = house_type(h, pane);
	struct cells inner;

	h->drag.border = layout_border_at(&h->scene, in->row, in->col, &h->drag.at);
	h->drag.row = in->row;
	h->drag.col = in->col;
	if (cells_has(h->scene.prompt, in->row, in->col)) {
		h->in_prompt = true;
		return;
	}
	h->in_prompt = false;
	if (!type || h->drag.border)
		return;
	house_focus(h, pane);
	inner = chrome_inner(h, (size_t)layout_box_of(h->layout, pane));
	if (type->click && cells_has(inner, in->row, in->col))
		type->click(h->panes[pane], in->row - inner.row, in->col - inner.col);
}

/* Only clicks are reported, no motion: a border goes to where the button was let go. */
static void on_release(struct house *h, const struct input *in)
{
	int by = h->drag.border == BORDER_BOX ? in->row - h->drag.row : in->col - h->drag.col;

	if (h->drag.border && by) {
		layout_drag(&h->splits, &h->scene, h->drag.border, h->drag.at, by);
		house_arrange(h);
	}
	h->drag.border = BORDER_NONE;
}

static void on_mouse(struct house *h, const struct input *in)
{
	bool is_wheel = in->button == INPUT_WHEEL_UP || in->button == INPUT_WHEEL_DOWN;

	if (h->popups && h->popups->type->click && !in->released && !is_wheel)
		h->popups->type->click(h->popups, in->row, in->col);
	else if (h->popups || !h->layout)
		return;
	else if (is_wheel)
		on_wheel(h, in);
	else if (in->released)
		on_release(h, in);
	else
		on_press(h, in);
}

void house_input(void *ctx, const struct input *in)
{
	struct house *h = ctx;

	if (in->type == INPUT_KEY)
		strbuf_reset(&h->said);
	if (in->type == INPUT_KEY)
		on_key(h, in);
	else if (in->type == INPUT_PASTE)
		on_paste(h, in);
	else if (in->type == INPUT_MOUSE)
		on_mouse(h, in);
	else if (in->type == INPUT_FOCUS)
		h->is_here = in->focused;
	house_arrange(h);
	term_redraw(h->term, TERM_NOW);
}
