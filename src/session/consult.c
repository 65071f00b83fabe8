#include "session/consult.h"

#include "session/inside.h"

/* Nobody would ask. */
static bool is_ablated(const struct session *s)
{
	return s->services.no_retrieval && s->services.no_preflight;
}

static void settle(struct session *s, struct rag *rag)
{
	struct consult *c = &s->consult;

	c->rag = rag;
	strbuf_addf(&c->words, "Blender %s", rag_version(rag));
	catalogue_settle(c->catalogue, rag, NULL);
}

static void do_without(struct session *s, const struct error *why)
{
	s->consult.trouble = *why;
	catalogue_settle(s->consult.catalogue, NULL, "there is no index of this Blender");
}

static void open_named(struct session *s, const struct rag_settings *settings)
{
	struct rag *rag;
	struct error err;

	if (rag_open(&rag, settings->index, &err))
		settle(s, rag);
	else
		do_without(s, &err);
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
	else if (settings->index)
		open_named(s, settings);
	else
		catalogue_settle(s->consult.catalogue, NULL, "no index is named");
}

void consult_complain(struct session *s)
{
	struct consult *c = &s->consult;

	if (c->trouble.code)
		session_send(s, EV_TROUBLE, ROLE_RETRIEVER,
		             &(union event_body){
				     .trouble = { c->trouble.code, false, c->trouble.text } });
	c->trouble.code = 0;
}

void consult_free(struct session *s)
{
	catalogue_free(s->consult.catalogue);
	rag_close(s->consult.rag);
	strbuf_release(&s->consult.words);
}
