#include <stdlib.h>
#include <string.h>

#include "agent/enquiry.h"
#include "agent/turn.h"
#include "base/mem.h"

/* A turn of the retriever: what the coder needs next is looked up, and becomes an event. */
struct looking_up {
	struct turn turn;
	struct strbuf script; /* of the candidate, if there is one */
};

static void release(struct turn *t)
{
	strbuf_release(&((struct looking_up *)t)->script);
}

static void cancel(struct turn *t)
{
	struct error err;

	catalogue_forget(t->with->catalogue);
	failed(&err, ERR_CANCELLED, "the look-up was stopped");
	turn_end(t, &err);
}

static bool is_in(const text_list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i], text))
			return true;
	return false;
}

/* Strings stay where they are; the caller frees the list. */
static void list_documents(struct documents *out, const struct rag_answer *answer)
{
	out->list.items = xcalloc(answer->hits.count + 1, sizeof(*out->list.items));
	out->list.count = answer->hits.count;
	for (size_t i = 0; i < answer->hits.count; i++) {
		const struct rag_hit *hit = &answer->hits.items[i];

		out->list.items[i] = (struct document){
			.ident = hit->ident,
			.kind = hit->kind,
			.summary = hit->summary,
			.why = hit->why,
			.terms = hit->terms,
			.score = hit->score,
			.is_packed = is_in(&answer->packed, hit->ident),
		};
	}
}

static void send(struct looking_up *l, struct documents *documents)
{
	documents->purpose = coder.purpose(l->turn.now);
	documents->was_wanted = l->turn.now->wanted.queries.count != 0;
	turn_send(&l->turn, EV_DOCUMENTS_FOUND, ROLE_RETRIEVER,
	          &(union event_body){ .documents = *documents });
}

static bool send_answer(struct looking_up *l, const struct rag_answer *answer, int64_t took_ms,
                        struct error *err)
{
	const char *context = answer->context ? answer->context : "";
	char hash[BLOB_HASH_SIZE];
	struct documents documents = {
		.asked = answer->asked,
		.version = answer->version,
		.tokens = (int64_t)rag_tokens(context),
		.took_ms = took_ms,
		.why = answer->hits.count ? NULL : "nothing there is about it",
	};

	if (*context) {
		if (!blob_put(l->turn.with->blobs, context, strlen(context), hash, err))
			return false;
		documents.blob = hash;
	}
	list_documents(&documents, answer);
	send(l, &documents);
	free(documents.list.items);
	return true;
}

/* Whatever is wrong with the index, the coder can do without. */
static bool ask_rag(struct looking_up *l, struct rag *rag, struct error *err)
{
	struct loop *loop = l->turn.with->loop;
	struct rag_answer answer = { 0 };
	struct enquiry enquiry;
	struct error why;
	int64_t began_ms = loop_now_ms(loop);
	bool ok = true;

	enquiry_make(&enquiry, l->turn.now, strbuf_str(&l->script));
	enquiry.question.tokens = l->turn.with->document_tokens;
	if (rag_ask(rag, &enquiry.question, &answer, &why))
		ok = send_answer(l, &answer, loop_now_ms(loop) - began_ms, err);
	else
		send(l, &(struct documents){ .why = why.text });
	record_release(&rag_answer_type, &answer);
	enquiry_release(&enquiry);
	return ok;
}

static void on_catalogue(void *ctx)
{
	struct looking_up *l = ctx;
	struct rag *rag = catalogue_rag(l->turn.with->catalogue);
	struct error err;
	bool ok = true;

	if (rag)
		ok = ask_rag(l, rag, &err);
	else
		send(l, &(struct documents){ .why = catalogue_why(l->turn.with->catalogue) });
	turn_end(&l->turn, ok ? NULL : &err);
}

struct turn *turn_look_up(const struct state *now, const struct services *with, turn_fn done,
                          void *ctx)
{
	struct looking_up *l = NEW(struct looking_up);
	const char *blob = now->candidate.blob;
	struct error err;

	l->turn = (struct turn){ .with = with,
		                 .now = now,
		                 .done = done,
		                 .ctx = ctx,
		                 .cancel = cancel,
		                 .release = release };
	if (!blob || blob_get(&l->script, with->blobs, blob, &err))
		catalogue_await(with->catalogue, on_catalogue, l);
	else
		turn_end(&l->turn, &err);
	return &l->turn;
}
