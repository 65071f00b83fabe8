#include "session/consult.h"

#include <stdlib.h>
#include <string.h>

#include "session/inside.h"

/* Nobody would ask. */
static bool is_ablated(const struct session *s)
{
	return s->services.no_retrieval && s->services.no_preflight;
}

/* What an index counts of itself goes by the kinds of its entries. */
static void add_count(void *ctx, const char *name, const char *value)
{
	static const char *const kinds[] = { "class", "node", "property", "operator", "function" };
	int64_t *sum = ctx;

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (!strcmp(name, kinds[i]))
			*sum += strtoll(value, NULL, 10);
}

static void add_number(struct strbuf *out, int64_t number)
{
	if (number < 1000)
		strbuf_addf(out, "%d", (int)number);
	else if (number < 1000000)
		strbuf_addf(out, "%d,%03d", (int)(number / 1000), (int)(number % 1000));
	else
		strbuf_addstr(out, "millions of");
}

void consult_describe(struct strbuf *out, struct rag *rag)
{
	struct error ignored;
	int64_t entries = 0;

	if (rag_facts(rag, add_count, &entries, &ignored) && entries > 0) {
		add_number(out, entries);
		strbuf_addstr(out, " entries of ");
	}
	strbuf_addf(out, "Blender %s", rag_version(rag));
}

static void settle(struct session *s, struct rag *rag)
{
	strbuf_reset(&s->consult.words);
	consult_describe(&s->consult.words, rag);
	catalogue_settle(s->consult.catalogue, rag, NULL);
}

static void do_without(struct session *s, const struct error *why)
{
	s->consult.trouble = *why;
	failed_in(&s->consult.trouble, "nothing can be looked up");
	catalogue_settle(s->consult.catalogue, NULL, "there is no index of this Blender");
}

static void open_named(struct session *s, const char *file)
{
	struct error err;

	if (rag_open(&s->consult.named, file, &err))
		settle(s, s->consult.named);
	else
		do_without(s, &err);
}

static void on_making(void *ctx, const char *version)
{
	struct session *s = ctx;

	s->consult.is_being_made = true;
	strbuf_addf(&s->consult.words, "being made of Blender %s", version);
}

static void on_library(void *ctx, const struct error *err)
{
	struct session *s = ctx;

	if (!err) {
		settle(s, library_rag(s->consult.library));
		return;
	}
	do_without(s, err);
	consult_report(s);
}

/* Found at once or made meanwhile; the agents wait only if they need it. */
static void open_library(struct session *s)
{
	struct library_options options = { .making = on_making };

	library_open(&s->consult.library, s->loop, s->blender, &options, on_library, s);
	if (library_rag(s->consult.library))
		consult_describe(&s->consult.words, library_rag(s->consult.library));
}

void consult_new(struct session *s)
{
	s->consult.catalogue = catalogue_new(s->loop);
}

void consult_begin(struct session *s)
{
	const char *named = s->options.settings->rag.index;

	if (is_ablated(s))
		catalogue_settle(s->consult.catalogue, NULL, "look-ups are switched off");
	else if (named)
		open_named(s, named);
	else
		open_library(s);
}

void consult_report(struct session *s)
{
	const struct error *trouble = &s->consult.trouble;

	if (trouble->code)
		session_send(
			s, EV_TROUBLE, ROLE_RETRIEVER,
			&(union event_body){ .trouble = { trouble->code, false, trouble->text } });
	if (s->consult.is_being_made)
		session_send(s, EV_WORK_WENT_ON, ROLE_RETRIEVER,
		             &(union event_body){ .work = { "reads what Blender has", 0, 0 } });
	s->consult.trouble.code = 0;
	s->consult.is_being_made = false;
}

void consult_free(struct session *s)
{
	catalogue_free(s->consult.catalogue);
	library_close(s->consult.library);
	rag_close(s->consult.named);
	strbuf_release(&s->consult.words);
}
