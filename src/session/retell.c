#include "session/retell.h"

#include <string.h>

#include "base/path.h"
#include "journal/journal.h"
#include "session/history.h"

struct teller {
	struct strbuf *out;
	const char *dir;
	struct journal_index index;
	bool paused; /* after an undo nobody goes on by themselves */
};

/* Commands are lines, so what was said becomes one. */
static void add_text(struct strbuf *out, const char *text)
{
	size_t start = out->len;

	strbuf_addstr(out, text);
	for (size_t i = start; i < out->len; i++)
		if (out->buf[i] == '\n' || out->buf[i] == '\r')
			out->buf[i] = ' ';
}

static void add_file_command(struct teller *t, const char *command, const char *blob)
{
	struct strbuf path = { 0 };

	strbuf_addstr(&path, t->dir);
	path_add(&path, "blobs");
	path_add(&path, blob);
	strbuf_addf(t->out, "%s %s\n", command, strbuf_str(&path));
	strbuf_release(&path);
}

static void tell_prompt(struct teller *t, const struct prompt_given *prompt)
{
	for (size_t i = 0; i < prompt->images.count; i++)
		add_file_command(t, "attach", prompt->images.items[i]);
	strbuf_addstr(t->out, "prompt ");
	add_text(t->out, prompt->text);
	strbuf_addstr(t->out, "\n");
	t->paused = false;
}

/* Nods to single turns are no part of what came of it. */
static void tell_answer(struct teller *t, const struct gate_answered *answer)
{
	if (answer->gate == GATE_TURN)
		return;
	if (t->paused)
		strbuf_addstr(t->out, "continue\n");
	t->paused = false;
	strbuf_addstr(t->out, answer_names[answer->answer]);
	if (answer->text && *answer->text) {
		strbuf_addstr(t->out, " ");
		add_text(t->out, answer->text);
	}
	strbuf_addstr(t->out, "\n");
}

/* How many steps it was, judging by what the journal held at that time. */
static void tell_move(struct teller *t, const struct event *ev)
{
	struct journal_index then = t->index;
	bool redo = ev->body.head.redo;
	size_t steps = 0;
	int64_t to;
	struct error err;

	for (then.count = 0; then.count < t->index.count; then.count++)
		if (then.entries[then.count].id == ev->id)
			break;
	then.head = ev->parent;
	do {
		steps++;
		if (!(redo ? history_redo(&to, &then, steps, &err)
		           : history_undo(&to, &then, steps, &err)))
			return;
	} while (to != ev->body.head.to);
	strbuf_addf(t->out, "%s %zu\n", redo ? "redo" : "undo", steps);
	t->paused = true;
}

static void hear(const struct event *ev, void *ctx)
{
	struct teller *t = ctx;

	if (ev->kind == EV_PROMPT_GIVEN)
		tell_prompt(t, &ev->body.prompt);
	else if (ev->kind == EV_GATE_ANSWERED)
		tell_answer(t, &ev->body.answer);
	else if (ev->kind == EV_HEAD_MOVED)
		tell_move(t, ev);
	else if (ev->kind == EV_SCRIPT_WRITTEN && ev->body.script.purpose == PURPOSE_HAND)
		add_file_command(t, "edit", ev->body.script.blob);
}

bool retell(struct strbuf *out, const char *dir, struct error *err)
{
	struct journal_options options = { .read_only = true };
	struct journal_report report = { 0 };
	struct teller teller = { .out = out, .dir = dir };
	struct journal *journal = NULL;
	bool ok;

	if (!journal_open(&journal, dir, &options, &report, err))
		return false;
	teller.index = journal_index(journal);
	ok = journal_each(journal, hear, &teller, err);
	journal_close(journal);
	return ok;
}
