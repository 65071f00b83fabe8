#include "tui/told.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define REPLY_MOST (1u << 20)

static void add_reply(struct told *out, struct session *session, const char *blob)
{
	struct strbuf reply = { 0 };
	struct error err;

	if (blob_get(&reply, session_blobs(session), blob, &err) && reply.len) {
		wrap_add(&out->details, "to the letter:\n", strlen("to the letter:\n"));
		wrap_add(&out->details, reply.buf, reply.len < REPLY_MOST ? reply.len : REPLY_MOST);
	}
	strbuf_release(&reply);
}

/* Who brought it and what for, and the reply itself if it is wanted. */
static bool read_turn(struct told *out, struct session *session, const struct told_options *options,
                      struct error *err)
{
	struct event ev = { 0 };
	const struct turn_ended *t = &ev.body.turn_end;

	if (!options->turn)
		return true;
	if (!journal_read(&ev, session_journal(session), options->turn, err))
		return false;
	out->model = t->model ? xstrdup(t->model) : NULL;
	out->took_ms = t->took_ms;
	out->cost_usd = t->cost_usd;
	if (options->has_reply && t->reply)
		add_reply(out, session, t->reply);
	event_release(&ev);
	return true;
}

static void empty(struct told *t)
{
	free(t->model);
	t->model = NULL;
	t->event = 0;
	t->cost_usd = -1;
	wrap_reset(&t->text);
	wrap_reset(&t->details);
}

/* What an agent is told when its reply was no use goes on with pages for the agent alone. */
static void add_text(struct told *out, const struct strbuf *text, bool is_for_agents)
{
	const char *end = is_for_agents ? strchr(strbuf_str(text), '\n') : NULL;
	size_t len = end ? (size_t)(end - text->buf) : text->len;

	wrap_add(&out->text, strbuf_str(text), len);
	wrap_add(&out->details, strbuf_str(text) + len + (end != NULL),
	         text->len - len - (end != NULL));
	if (end)
		wrap_add(&out->details, "\n", 1);
}

bool told_read(struct told *out, struct session *session, const struct told_options *options,
               struct error *err)
{
	struct event ev = { 0 };
	struct telling telling = { 0 };

	empty(out);
	if (!journal_read(&ev, session_journal(session), options->event, err))
		return false;
	tell(&telling, &ev);
	out->tone = telling.tone;
	out->took_ms = telling.took_ms;
	add_text(out, &telling.text, ev.kind == EV_REPLY_REFUSED);
	event_release(&ev);
	wrap_add(&out->details, strbuf_str(&telling.details), telling.details.len);
	telling_release(&telling);
	if (!read_turn(out, session, options, err))
		return false;
	out->event = options->event;
	return true;
}

void told_release(struct told *told)
{
	free(told->model);
	wrap_release(&told->text);
	wrap_release(&told->details);
	*told = (struct told){ 0 };
}

void told_write_bill(struct strbuf *out, const struct told *told, bool has_model)
{
	if (has_model && told->model)
		text_clean(out, told->model, strlen(told->model), TEXT_ONE_LINE);
	if (told->took_ms >= 0) {
		strbuf_addstr(out, out->len ? "  " : "");
		text_add_duration(out, told->took_ms);
	}
	if (told->cost_usd > 0) {
		strbuf_addstr(out, out->len ? "  " : "");
		text_add_usd(out, told->cost_usd);
	}
}
