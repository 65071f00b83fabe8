#include "agent/preflight.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Of what is said of one script. The rest shows when these are mended. */
#define MOST_TOLD     12u
#define MOST_REFUSALS 2

bool preflight_refuses(const struct state *now, const struct rag_misnomers *misnomers)
{
	bool insists = now->failure.script && now->failure.failure == FAILURE_NAMES &&
	               now->failures >= MOST_REFUSALS;

	return misnomers->list.count && now->candidate.by != ROLE_USER && !insists;
}

void preflight_tell(struct strbuf *out, const struct rag_misnomer *m)
{
	strbuf_addstr(out, m->message);
	if (m->note)
		strbuf_addf(out, " %s", m->note);
}

/*
 * What shows how it is right: the owner of a keyword, socket or value, with all that it has; else
 * the nearest name beside the wrong one.
 */
static void add_query(struct strbuf *out, const struct rag_misnomer *m)
{
	const char *owner = strstr(m->name, " of "), *last = strrchr(m->name, '.');
	const char *near = m->nearest.count ? m->nearest.items[0] : NULL;

	if (owner)
		strbuf_addstr(out, owner + strlen(" of "));
	else if (near && last && !strchr(near, '.'))
		strbuf_addf(out, "%.*s.%s", (int)(last - m->name), m->name, near);
	else
		strbuf_addstr(out, near ? near : m->name);
}

static void add_line(struct strbuf *out, const char *script, int64_t number)
{
	struct text_span line = { 0 }, rest = text_span(script);

	for (int64_t i = 0; i < number; i++)
		if (!text_next_line(&line, &rest))
			return;
	strbuf_add(out, line.at, line.len);
}

void preflight_send(struct turn *t, const char *script, const struct rag_misnomers *misnomers,
                    int64_t took_ms)
{
	const struct rag_misnomer *first = &misnomers->list.items[0];
	size_t count = misnomers->list.count < MOST_TOLD ? misnomers->list.count : MOST_TOLD;
	struct strbuf *queries = xcalloc(count, sizeof(*queries));
	const char **search = xcalloc(count, sizeof(*search));
	struct strbuf message = { 0 }, source = { 0 };

	for (size_t i = 0; i < count; i++) {
		const struct rag_misnomer *m = &misnomers->list.items[i];

		strbuf_addstr(&message, i ? "\n" : "");
		preflight_tell(&message, m);
		add_query(&queries[i], m);
		search[i] = strbuf_str(&queries[i]);
	}
	add_line(&source, script, first->line);
	turn_send(t, EV_SCRIPT_FAILED, ROLE_RETRIEVER,
	          &(union event_body){ .failed = { .script = t->now->candidate.id,
	                                           .failure = FAILURE_NAMES,
	                                           .message = strbuf_str(&message),
	                                           .line = first->line,
	                                           .source = strbuf_str(&source),
	                                           .took_ms = took_ms,
	                                           .search = { search, count } } });
	for (size_t i = 0; i < count; i++)
		strbuf_release(&queries[i]);
	free(queries);
	free(search);
	strbuf_release(&message);
	strbuf_release(&source);
}
