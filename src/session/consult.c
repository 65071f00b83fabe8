#include "session/consult.h"

#include "session/inside.h"

/* Nobody would ask. */
static bool is_ablated(const struct session *s)
{
	return s->services.no_retrieval && s->services.no_preflight;
}

static void settle(struct session *s, struct rag *rag)
{
	strbuf_reset(&s->consult.words);
	library_describe(&s->consult.words, rag);
	catalogue_settle(s->consult.catalogue, rag, NULL);
}

static void do_without(struct session *s, const struct error *why)
{
	s->consult.trouble = *why;
	failed_in(&s->consult.trouble, "nothing can be looked up");
	catalogue_settle(s->consult.catalogue, NULL, "there is no index of this Blender");
}

static void open_named(struct session *s, const struct rag_settings *settings)
{
	struct rag **named = &s->consult.named;
	struct error err;
	bool ok = settings->index ? rag_open(named, settings->index, &err)
	                          : library_of_dump(named, settings->api, NULL, &err);

	if (ok)
		settle(s, *named);
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
		library_describe(&s->consult.words, library_rag(s->consult.library));
}

void consult_new(struct session *s)
{
	s->consult.catalogue = catalogue_new(s->loop);
}

void consult_begin(struct session *s)
{
	const struct rag_settings *settings = &s->options.settings->rag;

	if (is_ablated(s))
		catalogue_settle(s->consult.catalogue, NULL, "look-ups are switched off");
	else if (settings->index || settings->api)
		open_named(s, settings);
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
