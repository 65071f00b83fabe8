#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/lobby_inside.h"

/* A server of the user's own: which of its models is to answer. */

static void forget(struct lobby *l)
{
	for (size_t i = 0; i < l->server.count; i++)
		free(l->server.names[i]);
	free(l->server.names);
	l->server.names = NULL;
	l->server.count = 0;
}

void server_close(struct lobby *l)
{
	forget(l);
	free(l->server.url);
}

void server_ask(struct lobby *l, const char *url)
{
	forget(l);
	free(l->server.url);
	l->server.url = xstrdup(url);
	l->server.is_asked = true;
	l->server.rows = (struct rows){ 0 };
	lobby_go(l, &server_page);
	l->host.ask_server(l->host.ctx, url);
}

void lobby_models(struct lobby *l, const char *const *names, size_t count, const struct error *err)
{
	if (!l->server.is_asked) /* nobody waits for it any more */
		return;
	l->server.is_asked = false;
	if (err || !count) {
		lobby_go(l, &start_page);
		if (err)
			lobby_complain(l, err);
		else
			lobby_say(l, "it answers, and offers no model");
		return;
	}
	l->server.names = xcalloc(count, sizeof(*l->server.names));
	for (size_t i = 0; i < count; i++)
		l->server.names[i] = xstrdup(names[i]);
	l->server.count = count;
	term_redraw(l->stage.term, TERM_SOON);
}

static void draw(struct lobby *l, const struct canvas *on)
{
	struct canvas in;

	if (l->server.is_asked) {
		lobby_wrap(on, 1, 1, 2, LOOK_TEXT, "Asking for its models:");
		lobby_wrap(on, 2, 1, 2, LOOK_LINK, l->server.url);
		lobby_wrap(on, 4, 1, 2, LOOK_DIM, "Esc stops waiting.");
		return;
	}
	in = canvas_frame(on, &(struct canvas_frame){ .title = "Its models: which one answers?",
	                                              .focused = true });
	l->server.first_row = in.top - on->top;
	rows_fit(&l->server.rows, l->server.count, in.rows, rows_one, NULL);
	for (int row = 0; row < in.rows; row++) {
		size_t at = l->server.rows.top + (size_t)row;

		if (at >= l->server.count)
			break;
		lobby_cell(&in, row, 2, in.cols - 3, LOOK_TEXT, l->server.names[at]);
		if (at == l->server.rows.cursor) {
			canvas_tint(&in, row, 0, in.cols, LOOK_SELECTED);
			canvas_put_mark(&in, row, 0, LOOK_SELECTED, MARK_BAR);
		}
	}
}

static void on_answer(struct lobby *l, bool is_yes)
{
	const char *model = l->server.names[l->server.rows.cursor];
	struct strbuf where = { 0 }, said = { 0 };
	struct error err;

	lobby_go(l, &start_page);
	l->start.choices.cursor = 1;
	if (!l->host.use_model(l->host.ctx, model, is_yes, &where, &err)) {
		lobby_complain(l, &err);
	} else {
		if (is_yes)
			strbuf_addf(&said, "written to %s; ", strbuf_str(&where));
		else
			strbuf_addstr(&said, "this time only; ");
		strbuf_addstr(&said, "2 says what to model");
		lobby_say(l, strbuf_str(&said));
	}
	strbuf_release(&where);
	strbuf_release(&said);
}

static void take(struct lobby *l)
{
	if (l->server.rows.cursor < l->server.count)
		lobby_question(l, xstrdup("Write this choice to your config.yaml?"), on_answer);
}

static void act(struct lobby *l, const char *command)
{
	if (!strcmp(command, "cancel") || !strcmp(command, "close")) {
		l->server.is_asked = false;
		lobby_go(l, &start_page);
	} else if (!strcmp(command, "take")) {
		take(l);
	} else {
		lobby_moves(&l->server.rows, command);
	}
}

static void click(struct lobby *l, int row, int col)
{
	size_t at = rows_at(&l->server.rows, row - l->server.first_row, rows_one, NULL);

	(void)col;
	if (l->server.is_asked || row < l->server.first_row || at >= l->server.count)
		return;
	rows_go(&l->server.rows, at);
	take(l);
}

static void wheel(struct lobby *l, enum move move)
{
	rows_move(&l->server.rows, move, rows_one, NULL);
}

const struct page server_page = {
	.title = "a server that you run",
	.contexts = { "start", "move", "global" },
	.hints = { { "take", "choose" }, { "down", "down" }, { "up", "up" }, { "cancel", "back" } },
	.draw = draw,
	.act = act,
	.click = click,
	.wheel = wheel,
};
