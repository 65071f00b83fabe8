#include "tui/activity.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "event/tell.h"

static void set(char **to, const char *text)
{
	char *copy = text && *text ? xstrdup(text) : NULL;

	free(*to);
	*to = copy;
}

static void begin(struct activity *a, enum role role, const char *doing, int64_t now_ms)
{
	a->role = role;
	a->doing = doing;
	a->since_ms = now_ms;
	a->words = a->done = a->of = a->retries = 0;
	set(&a->work, NULL);
	set(&a->retry, NULL);
}

/* What Blender does has no event of its beginning: it follows from what was last heard. */
static const struct {
	enum event_kind after;
	enum role role;
	const char *doing;
} follows[] = {
	{ EV_SCRIPT_WRITTEN, ROLE_BLENDER, "runs the script" },
	{ EV_SCRIPT_RAN, ROLE_BLENDER, "draws" },
	{ EV_TURN_ENDED, ROLE_NONE, NULL },
	{ EV_SCRIPT_FAILED, ROLE_NONE, NULL },
	{ EV_VIEWS_DRAWN, ROLE_NONE, NULL },
	{ EV_GATE_OPENED, ROLE_NONE, NULL },
	{ EV_TROUBLE, ROLE_NONE, NULL },
	{ EV_HEAD_MOVED, ROLE_NONE, NULL },
	{ EV_ENDED, ROLE_NONE, NULL },
};

static void hear_work(struct activity *a, const struct event *ev, int64_t now_ms)
{
	if (!a->doing || a->role != ev->role)
		begin(a, ev->role, ev->role == ROLE_BLENDER ? "draws" : "works", now_ms);
	set(&a->work, ev->body.work.what);
	a->done = ev->body.work.done;
	a->of = ev->body.work.of;
}

static void hear_words(struct activity *a, const char *text)
{
	struct text_span rest = text_span(text ? text : "");

	while (text_next_word(&rest).len)
		a->words++;
	set(&a->retry, NULL);
}

void activity_hear(struct activity *a, const struct event *ev, int64_t now_ms)
{
	if (ev->kind == EV_TURN_BEGAN) {
		begin(a, ev->role, tell_doing(ev->body.turn.purpose), now_ms);
		set(&a->model, ev->body.turn.model);
	} else if (ev->kind == EV_WORDS_CAME) {
		hear_words(a, ev->body.words.text);
	} else if (ev->kind == EV_WORK_WENT_ON) {
		hear_work(a, ev, now_ms);
	} else if (ev->kind == EV_TURN_RETRIED) {
		set(&a->retry, ev->body.retried.why);
		a->retry_at_ms = now_ms + ev->body.retried.wait_ms;
		a->retries++;
	} else if (ev->kind == EV_TURN_ENDED && ev->body.turn_end.input_tokens > 0) {
		a->context_tokens = ev->body.turn_end.input_tokens;
	}
	for (size_t i = 0; i < COUNT(follows); i++)
		if (follows[i].after == ev->kind)
			begin(a, follows[i].role, follows[i].doing, now_ms);
}

void activity_release(struct activity *a)
{
	set(&a->work, NULL);
	set(&a->retry, NULL);
	set(&a->model, NULL);
}

void activity_tell_wait(struct strbuf *out, int64_t ms)
{
	if (ms < 1000)
		return;
	strbuf_addstr(out, " ");
	if (ms < 60000)
		strbuf_addf(out, "%lld s", (long long)ms / 1000);
	else
		text_add_duration(out, ms - ms % 1000);
}

void activity_tell(struct strbuf *out, const struct activity *a, int64_t now_ms)
{
	int64_t took_ms = now_ms - a->since_ms;

	if (!a->doing)
		return;
	strbuf_addf(out, "%s %s", tell_who(a->role), a->doing);
	if (a->work)
		strbuf_addf(out, " %s", a->work);
	if (a->of > 0)
		strbuf_addf(out, " %lld/%lld", (long long)a->done, (long long)a->of);
	if (a->words)
		strbuf_addf(out, ", %lld words", (long long)a->words);
	activity_tell_wait(out, took_ms);
}

void activity_tell_retry(struct strbuf *out, const struct activity *a, int64_t now_ms)
{
	int64_t left_s = (a->retry_at_ms - now_ms + 999) / 1000;

	if (!a->retry)
		return;
	strbuf_addf(out, "%s: ", a->retry);
	if (left_s > 0)
		strbuf_addf(out, "next try in %lld s", (long long)left_s);
	else
		strbuf_addstr(out, "asked again");
	strbuf_addf(out, " (%lld so far)", (long long)a->retries);
}
