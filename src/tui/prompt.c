#include "tui/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "tui/attachments.h"
#include "tui/list.h"
#include "tui/prompt_inside.h"
#include "tui/unsent.h"

#define SAVE_MS 300

struct delivery_place prompt_place(const struct prompt *p)
{
	return (struct delivery_place){ .now = session_state(p->house->session),
		                        .is_busy = session_is_busy(p->house->session),
		                        .is_in_review = p->house->mode == MODE_REVIEW };
}

const struct queue *prompt_queue(const struct prompt *p)
{
	return &session_state(p->house->session)->queue;
}

char *prompt_expand(const struct prompt *p, const char *text)
{
	struct strbuf whole = { 0 };

	folds_expand(&p->folds, text, &whole);
	return strbuf_detach(&whole);
}

char *prompt_text(const struct prompt *p)
{
	return prompt_expand(p, strbuf_str(&p->line.text));
}

void prompt_restore(struct prompt *p, const char *text)
{
	line_set(&p->line, text);
}

void prompt_replace(struct prompt *p, const char *text)
{
	struct strbuf mended = { 0 };

	folds_mend(text, strlen(text), &mended);
	line_set(&p->line, strbuf_str(&mended));
	strbuf_release(&mended);
}

static void save(void *ctx)
{
	struct prompt *p = ctx;
	char *text = p->chosen && p->held ? prompt_expand(p, p->held) : prompt_text(p);
	char *stash = p->stash ? prompt_expand(p, p->stash) : NULL;
	struct unsent unsent = { text, stash, p->about };
	struct error err;

	p->saving = NULL;
	if (!unsent_write(&unsent, p->draft_file, &err))
		house_complain(p->house, &err);
	free(text);
	free(stash);
}

static void changed(struct prompt *p)
{
	if (!p->saving)
		p->saving = loop_after(p->house->loop, SAVE_MS, save, p);
}

static void load_draft(struct prompt *p)
{
	struct strbuf path = { 0 };
	struct unsent unsent;
	struct error err;

	strbuf_addstr(&path, session_dir(p->house->session));
	path_add(&path, "draft.json");
	p->draft_file = strbuf_detach(&path);
	if (!unsent_read(&unsent, p->draft_file, &err)) {
		house_complain(p->house, &err);
		return;
	}
	if (unsent.text && *unsent.text) {
		prompt_replace(p, unsent.text);
		house_say(p->house, "what you were writing is in the prompt again");
	}
	p->stash = unsent.stash ? xstrdup(unsent.stash) : NULL;
	p->about = unsent.about ? xstrdup(unsent.about) : NULL;
	unsent_release(&unsent);
}

static void load_history(struct prompt *p)
{
	struct strbuf path = { 0 };
	struct error err;
	bool ok =
		path_home(&path, PATH_STATE, &err) && file_make_dir(strbuf_str(&path), 0700, &err);

	path_add(&path, "prompts.jsonl");
	ok = ok && prompt_history_open(&p->history, strbuf_str(&path), &err);
	if (!ok)
		house_complain(p->house, &err);
	strbuf_release(&path);
}

struct prompt *prompt_new(struct house *house)
{
	struct prompt *p = NEW(struct prompt);

	p->house = house;
	load_history(p);
	load_draft(p);
	return p;
}

void prompt_free(struct prompt *p)
{
	if (!p)
		return;
	if (p->saving) {
		timer_free(p->saving);
		save(p);
	}
	if (p->going_on)
		timer_free(p->going_on);
	line_release(&p->line);
	folds_release(&p->folds);
	prompt_history_release(&p->history);
	free(p->about);
	free(p->stash);
	free(p->chosen_text);
	free(p->held);
	free(p->draft_file);
	free(p);
}

static bool act_send(struct prompt *p, struct error *err)
{
	if (!p->chosen)
		return prompt_send(p, err);
	if (!p->line.text.len)
		return queue_drop(p, err);
	if (!queue_change(p, err))
		return false;
	queue_leave(p);
	return true;
}

static bool complete(struct prompt *p, const char *begun)
{
	struct strbuf more = { 0 }, names = { 0 };
	size_t count = attachments_complete(&more, &names, begun);

	if (more.len)
		line_type(&p->line, more.buf, more.len);
	else if (!count)
		house_say(p->house, "no picture is called that: @ attaches PNG and JPEG files");
	else if (count > 1)
		house_say(p->house, strbuf_str(&names));
	if (count == 1 && more.len && more.buf[more.len - 1] != '/')
		line_type(&p->line, " ", 1);
	strbuf_release(&more);
	strbuf_release(&names);
	return count > 1 || more.len;
}

/* A name that is being written is completed; else it is the next delivery's turn. */
static bool act_delivery(struct prompt *p, struct error *err)
{
	struct delivery_place at = prompt_place(p);
	long begun = attachments_begun(strbuf_str(&p->line.text), p->line.cursor);
	bool is_done = false;

	(void)err;
	if (begun >= 0) {
		char *name =
			xstrndup(strbuf_str(&p->line.text) + begun, p->line.cursor - (size_t)begun);

		is_done = complete(p, name);
		free(name);
	}
	if (!is_done && begun < 0)
		p->delivery = delivery_next(p->delivery, &at);
	p->is_wanted |= !is_done && begun < 0;
	return true;
}

static bool act_leave(struct prompt *p, struct error *err)
{
	if (p->chosen && !queue_change(p, err))
		return false;
	queue_leave(p);
	p->house->in_prompt = false;
	return true;
}

static bool go_back(struct prompt *p, int by)
{
	const char *text = prompt_history_go(&p->history, by, strbuf_str(&p->line.text));

	if (text)
		prompt_restore(p, text);
	else
		house_say(p->house,
		          by > 0 ? "nothing was written before that" : "that is the latest");
	return true;
}

static bool act_back(struct prompt *p, struct error *err)
{
	(void)err;
	queue_leave(p);
	return go_back(p, 1);
}

static bool act_forward(struct prompt *p, struct error *err)
{
	(void)err;
	queue_leave(p);
	return go_back(p, -1);
}

/* Up through the text, then through those that wait, then through what was. */
static bool act_up(struct prompt *p, struct error *err)
{
	if (!line_is_first(&p->line))
		return line_act(&p->line, "line up");
	if (!p->history.back && queue_choose(p, 1, err))
		return true;
	return act_back(p, err);
}

static bool act_down(struct prompt *p, struct error *err)
{
	if (!line_is_last(&p->line))
		return line_act(&p->line, "line down");
	if (queue_choose(p, -1, err))
		return true;
	return p->history.back ? go_back(p, -1) : true;
}

static void take_past(void *ctx, const char *value)
{
	struct prompt *p = ctx;

	queue_leave(p);
	prompt_replace(p, value);
	changed(p);
}

static bool act_search(struct prompt *p, struct error *err)
{
	struct prompt_history *h = &p->history;
	struct list_item *items = xcalloc(h->count + 1, sizeof(*items));

	if (!h->count) {
		free(items);
		return failed(err, ERR_USAGE, "nothing has been written yet");
	}
	for (size_t i = 0; i < h->count; i++) {
		const char *text = h->items[h->count - 1 - i];

		items[i] = (struct list_item){ "", text, text };
	}
	list_open(p->house,
	          &(struct list_options){ .title = "Written before: type to find, Enter takes it",
	                                  .items = items,
	                                  .count = h->count,
	                                  .take = take_past,
	                                  .ctx = p });
	free(items);
	return true;
}

static bool act_clear(struct prompt *p, struct error *err)
{
	if (p->chosen) {
		queue_leave(p);
		house_say(p->house, "left as it was");
		return true;
	}
	if (!p->line.text.len && !p->about)
		return house_run(p->house, "stop", err);
	line_act(&p->line, "kill all");
	free(p->about);
	p->about = NULL;
	house_say(p->house, "cleared; C-y brings it back");
	return true;
}

static bool act_delete(struct prompt *p, struct error *err)
{
	if (p->chosen && p->line.cursor == p->line.text.len)
		return queue_drop(p, err);
	return line_act(&p->line, "delete");
}

static bool act_delete_or_quit(struct prompt *p, struct error *err)
{
	if (!p->line.text.len && !p->chosen)
		return house_run(p->house, "quit", err);
	return line_act(&p->line, "delete");
}

static bool act_chord(struct prompt *p, struct error *err)
{
	(void)err;
	p->in_chord = true;
	house_say(p->house, "C-x: C-e editor, C-s put aside, C-u take back, Up Down move in queue");
	return true;
}

static void on_edited(void *ctx, const char *text)
{
	struct prompt *p = ctx;
	size_t len = text ? strlen(text) : 0;
	char *trimmed;

	if (!text)
		return;
	while (len && text[len - 1] == '\n')
		len--;
	trimmed = xstrndup(text, len);
	prompt_replace(p, trimmed);
	changed(p);
	free(trimmed);
}

static bool act_edit(struct prompt *p, struct error *err)
{
	char *text = prompt_text(p);

	(void)err;
	house_edit(p->house, text, ".md", on_edited, p);
	free(text);
	return true;
}

/* What is put aside and what is in the prompt change places. */
static bool act_stash(struct prompt *p, struct error *err)
{
	char *text = xstrdup(strbuf_str(&p->line.text)), *old = p->stash;

	if (!*text && !old) {
		free(text);
		return failed(err, ERR_USAGE, "nothing has been put aside");
	}
	p->stash = *text ? text : NULL;
	if (!*text)
		free(text);
	prompt_restore(p, old ? old : "");
	house_say(p->house, p->stash ? "put aside; C-x C-s brings it back" : "here it is again");
	free(old);
	return true;
}

static bool act_unsend(struct prompt *p, struct error *err)
{
	return queue_drop(p, err);
}

static bool act_queue_up(struct prompt *p, struct error *err)
{
	return queue_move(p, -1, err);
}

static bool act_queue_down(struct prompt *p, struct error *err)
{
	return queue_move(p, 1, err);
}

/* All that is folded is shown, and is text like any other from then on. */
static bool act_unfold(struct prompt *p, struct error *err)
{
	char *text = prompt_text(p);
	bool is_any = strcmp(text, strbuf_str(&p->line.text)) != 0;

	if (is_any)
		prompt_replace(p, text);
	free(text);
	return is_any || failed(err, ERR_USAGE, "nothing is folded here");
}

static bool scroll_talk(struct prompt *p, enum move move)
{
	struct pane *talk = p->house->panes[PANE_TALK];

	if (talk && talk->type->move)
		talk->type->move(talk, move);
	return true;
}

static bool act_scroll_up(struct prompt *p, struct error *err)
{
	(void)err;
	return scroll_talk(p, MOVE_PAGE_UP);
}

static bool act_scroll_down(struct prompt *p, struct error *err)
{
	(void)err;
	return scroll_talk(p, MOVE_PAGE_DOWN);
}

static const struct deed {
	const char *name;
	bool (*run)(struct prompt *p, struct error *err);
} deeds[] = {
	{ "send", act_send },
	{ "delivery", act_delivery },
	{ "leave", act_leave },
	{ "line up", act_up },
	{ "line down", act_down },
	{ "history previous", act_back },
	{ "history next", act_forward },
	{ "history search", act_search },
	{ "clear", act_clear },
	{ "delete", act_delete },
	{ "delete or quit", act_delete_or_quit },
	{ "chord", act_chord },
	{ "edit text", act_edit },
	{ "stash", act_stash },
	{ "unsend", act_unsend },
	{ "queue up", act_queue_up },
	{ "queue down", act_queue_down },
	{ "unfold", act_unfold },
	{ "scroll talk up", act_scroll_up },
	{ "scroll talk down", act_scroll_down },
};

static const struct deed *find(const char *command)
{
	for (size_t i = 0; i < COUNT(deeds); i++)
		if (!strcmp(deeds[i].name, command))
			return &deeds[i];
	return NULL;
}

bool prompt_knows(const char *command)
{
	struct line line = { 0 };
	bool is_lines = line_act(&line, command);

	line_release(&line);
	return is_lines || find(command);
}

bool prompt_act(struct prompt *p, const char *command, struct error *err)
{
	const struct deed *deed = find(command);

	p->in_chord = false;
	changed(p);
	if (deed)
		return deed->run(p, err);
	return line_act(&p->line, command) || house_run(p->house, command, err);
}

void prompt_type(struct prompt *p, const char *text, size_t len)
{
	struct strbuf mended = { 0 };

	if (p->in_chord) {
		p->in_chord = false;
		house_say(p->house, "that key means nothing after C-x");
		return;
	}
	folds_mend(text, len, &mended);
	line_type(&p->line, strbuf_str(&mended), mended.len);
	strbuf_release(&mended);
	changed(p);
}

void prompt_paste(struct prompt *p, const char *text, size_t len)
{
	struct strbuf sign = { 0 };

	p->in_chord = false;
	if (!folds_want(text, len)) {
		prompt_type(p, text, len);
		return;
	}
	folds_add(&p->folds, text, len, &sign);
	line_type(&p->line, strbuf_str(&sign), sign.len);
	strbuf_release(&sign);
	changed(p);
}

bool prompt_is_in_chord(const struct prompt *p)
{
	return p->in_chord;
}

void prompt_end_chord(struct prompt *p)
{
	p->in_chord = false;
}

void prompt_hear(struct prompt *p, const struct event *ev)
{
	if (ev->kind == EV_QUEUE_CHANGED || ev->kind == EV_PROMPT_GIVEN)
		queue_changed(p);
	prompt_settle(p);
}

void prompt_settle(struct prompt *p)
{
	struct delivery_place at = prompt_place(p);

	if (!p->line.text.len && !(p->is_wanted && delivery_is_possible(p->delivery, &at)))
		p->delivery = delivery_usual(&at);
}
