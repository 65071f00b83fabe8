#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/prompt_inside.h"

static bool say(struct prompt *p, const char *verb, const char *text, struct error *err)
{
	struct strbuf line = { 0 };
	bool ok;

	strbuf_addf(&line, "queue %s %zu%s%s", verb, p->chosen, text ? " " : "", text ? text : "");
	ok = session_do(p->house->session, strbuf_str(&line), err);
	strbuf_release(&line);
	return ok;
}

static void forget(struct prompt *p)
{
	free(p->chosen_text);
	p->chosen_text = NULL;
	p->chosen = 0;
}

static bool is_changed(const struct prompt *p)
{
	char *text = prompt_text(p);
	bool is = strcmp(text, p->chosen_text) != 0;

	free(text);
	return is;
}

bool queue_change(struct prompt *p, struct error *err)
{
	char *text = prompt_text(p);
	bool ok = !is_changed(p) || say(p, "edit", text, err);

	free(text);
	return ok;
}

static void choose(struct prompt *p, size_t number)
{
	const struct queue *queue = prompt_queue(p);

	forget(p);
	p->chosen = number;
	p->chosen_text = xstrdup(queue->list.items[number - 1].text);
	prompt_replace(p, p->chosen_text);
}

void queue_leave(struct prompt *p)
{
	char *held = p->held;

	if (!p->chosen)
		return;
	forget(p);
	p->held = NULL;
	prompt_restore(p, held ? held : "");
	free(held);
}

/* Up is towards the first, since the last is the nearest to the prompt. */
bool queue_choose(struct prompt *p, int by, struct error *err)
{
	size_t count = prompt_queue(p)->list.count, to;

	if (!count || (by > 0 ? p->chosen == 1 : !p->chosen))
		return false;
	if (p->chosen && !queue_change(p, err)) {
		house_complain(p->house, err);
		return true;
	}
	if (!p->chosen)
		p->held = xstrdup(strbuf_str(&p->line.text));
	to = by < 0 ? p->chosen + 1 : p->chosen ? p->chosen - 1 : count;
	if (to > count)
		queue_leave(p);
	else
		choose(p, to);
	return true;
}

/* Without one that is chosen it is the last, and its text is the prompt's again. */
static bool unsend(struct prompt *p, struct error *err)
{
	const struct queue *queue = prompt_queue(p);
	char *text;
	bool ok;

	if (!queue->list.count)
		return failed(err, ERR_USAGE, "nothing waits that could be taken back");
	if (p->line.text.len)
		return failed(err, ERR_USAGE,
		              "the prompt is not empty: C-x C-s puts it aside, then take it back");
	text = xstrdup(queue->list.items[queue->list.count - 1].text);
	p->chosen = queue->list.count;
	ok = say(p, "drop", NULL, err);
	p->chosen = 0;
	if (ok) {
		prompt_replace(p, text);
		house_say(p->house, "taken back: it is yours to change, nobody has read it");
	}
	free(text);
	return ok;
}

bool queue_drop(struct prompt *p, struct error *err)
{
	if (!p->chosen)
		return unsend(p, err);
	if (!say(p, "drop", NULL, err))
		return false;
	line_act(&p->line, "kill all"); /* so that C-y brings it back */
	queue_leave(p);
	house_say(p->house, "dropped; C-y puts its text back");
	return true;
}

bool queue_move(struct prompt *p, int by, struct error *err)
{
	size_t count = prompt_queue(p)->list.count;
	bool can = by < 0 ? p->chosen > 1 : p->chosen < count;

	if (!p->chosen)
		return failed(err, ERR_USAGE, "Up chooses one that waits; then it can be moved");
	if (!can)
		return failed(err, ERR_USAGE, "it is already the %s", by < 0 ? "next" : "last");
	if (!queue_change(p, err) || !say(p, by < 0 ? "up" : "down", NULL, err))
		return false;
	free(p->chosen_text);
	p->chosen_text = prompt_text(p);
	p->chosen = by < 0 ? p->chosen - 1 : p->chosen + 1;
	return true;
}

static size_t find(const struct queue *queue, const char *text)
{
	for (size_t i = 0; i < queue->list.count; i++)
		if (!strcmp(queue->list.items[i].text, text))
			return i + 1;
	return 0;
}

/* A text that was being changed when it went out is not lost: it is a new one then. */
void queue_changed(struct prompt *p)
{
	const struct queue *queue = prompt_queue(p);
	size_t at;

	if (!p->chosen || (p->chosen <= queue->list.count &&
	                   !strcmp(queue->list.items[p->chosen - 1].text, p->chosen_text)))
		return;
	at = find(queue, p->chosen_text);
	if (at) {
		p->chosen = at;
	} else if (!is_changed(p)) {
		queue_leave(p);
	} else {
		forget(p);
		if (p->held && *p->held && !p->stash) {
			p->stash = p->held;
			p->held = NULL;
		}
		free(p->held);
		p->held = NULL;
		house_say(p->house, "that one is on its way already; what you write is a new one");
	}
}
