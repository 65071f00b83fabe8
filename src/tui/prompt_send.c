#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/attachments.h"
#include "tui/prompt_inside.h"

#define GO_ON_MS 30

static bool do_with(struct prompt *p, const char *command, const char *text, struct error *err)
{
	struct strbuf line = { 0 };
	bool ok;

	strbuf_addf(&line, "%s %s", command, text);
	ok = session_do(p->house->session, strbuf_str(&line), err);
	strbuf_release(&line);
	return ok;
}

static bool send_prompt(struct prompt *p, const char *text, struct error *err)
{
	text_list pictures;
	bool ok = attachments_find(&pictures, text, err);

	for (size_t i = 0; ok && i < pictures.count; i++)
		ok = do_with(p, "attach", pictures.items[i], err);
	ok = ok && do_with(p, "prompt", text, err);
	texts_release(&pictures);
	return ok;
}

static bool has_pictures(const char *text, bool *out, struct error *err)
{
	text_list pictures;

	if (!attachments_find(&pictures, text, err))
		return false;
	*out = pictures.count > 0;
	texts_release(&pictures);
	return true;
}

/* Only prompts carry pictures. */
static bool send_words(struct prompt *p, const char *command, const char *text, struct error *err)
{
	bool has = false;

	if (!has_pictures(text, &has, err))
		return false;
	if (has)
		return failed(err, ERR_USAGE,
		              "pictures go with a prompt of their own: Tab changes the delivery");
	return do_with(p, command, text, err);
}

/* The turn that was stopped needs a moment to end; going on before would be too soon. */
static void go_on(void *ctx)
{
	struct prompt *p = ctx;
	struct session *session = p->house->session;
	struct error err;

	p->going_on = NULL;
	if (!session_is_idle(session))
		p->going_on = loop_after(p->house->loop, GO_ON_MS, go_on, p);
	else if (!session_do(session, "continue", &err))
		house_complain(p->house, &err);
}

static bool send_now(struct prompt *p, const char *text, struct error *err)
{
	if (!send_words(p, "note", text, err) || !session_do(p->house->session, "stop", err))
		return false;
	if (!p->going_on)
		p->going_on = loop_after(p->house->loop, GO_ON_MS, go_on, p);
	return true;
}

/* By the house, which knows whether what it answers has been seen. */
static bool send_verdict(struct prompt *p, const char *text, struct error *err)
{
	struct strbuf line = { 0 };
	bool has = false, ok = has_pictures(text, &has, err);

	if (ok && has)
		ok = failed(err, ERR_USAGE,
		            "pictures go with a prompt of their own: Tab changes the delivery");
	strbuf_addf(&line, "reprompt %s", text);
	ok = ok && house_run(p->house, strbuf_str(&line), err);
	strbuf_release(&line);
	return ok;
}

static bool deliver(struct prompt *p, const char *text, struct error *err)
{
	switch (p->delivery) {
	case DELIVERY_NOTE:
		return send_words(p, "note", text, err);
	case DELIVERY_NOW:
		return send_now(p, text, err);
	case DELIVERY_VERDICT:
		return send_verdict(p, text, err);
	default:
		return send_prompt(p, text, err);
	}
}

/* What happens to it now; a verdict speaks for itself. */
static void say_what_happens(struct prompt *p)
{
	struct delivery_place at = prompt_place(p);

	if (p->delivery == DELIVERY_NOTE)
		house_say(p->house, "noted: all of them read it from the next turn on");
	else if (p->delivery == DELIVERY_NOW)
		house_say(p->house,
		          "this turn is being stopped; the next one begins with what you said");
	else if (p->delivery == DELIVERY_PROMPT && (at.is_busy || at.now->waiting))
		house_say(p->house, "it waits over the prompt; Up goes there to change it");
}

/* Sent is sent, even if the history's file cannot be written. */
static void after_sending(struct prompt *p, const char *text)
{
	struct error err;

	say_what_happens(p);
	if (!prompt_history_add(&p->history, text, &err))
		house_complain(p->house, &err);
	p->is_wanted = false;
	free(p->about);
	p->about = NULL;
	prompt_replace(p, "");
}

bool prompt_send(struct prompt *p, struct error *err)
{
	struct delivery_place at = prompt_place(p);
	struct strbuf whole = { 0 };
	char *text = prompt_text(p);
	bool ok;

	if (p->about && *text)
		strbuf_addf(&whole, "%s: ", p->about);
	strbuf_addstr(&whole, text);
	if (!text[strspn(text, " \t\n")])
		ok = failed(err, ERR_USAGE, "there is nothing to send yet: write it first");
	else if (!delivery_is_possible(p->delivery, &at))
		ok = failed(err, ERR_USAGE, "that is over now: Tab says when it can be delivered");
	else
		ok = deliver(p, strbuf_str(&whole), err);
	if (ok)
		after_sending(p, text);
	strbuf_release(&whole);
	free(text);
	return ok;
}
