#include <stdlib.h>

#include "base/mem.h"
#include "llm/inside.h"
#include "llm/pick.h"

#define LIST_MAX    (16u << 20)
#define MOST_MODELS 5000

/* One request for the models of an endpoint. */
struct listing {
	struct llm *llm;
	struct listing *next;
	llm_models_fn fn;
	void *ctx;
	struct endpoint *ep;
	struct timer *timer;
	struct delivery *delivery;
	bool wants_key;
	int status;
	struct strbuf body;
	struct error err;
};

static void listing_free(struct listing *l)
{
	struct listing **at = &l->llm->listings;

	while (*at != l)
		at = &(*at)->next;
	*at = l->next;
	timer_free(l->timer);
	if (l->delivery)
		l->delivery->by->type->cancel(l->delivery);
	strbuf_release(&l->body);
	free(l);
}

void listings_drop(struct llm *llm)
{
	while (llm->listings)
		listing_free(llm->listings);
}

static void finish_failed(void *ctx)
{
	struct listing *l = ctx;

	l->timer = NULL;
	l->fn(l->ctx, NULL, 0, &l->err);
	listing_free(l);
}

static void fail_soon(struct listing *l)
{
	l->timer = loop_after(l->llm->loop, 0, finish_failed, l);
}

static void on_began(void *ctx, const char *dialect, int status, const struct headers *headers)
{
	struct listing *l = ctx;

	(void)dialect;
	(void)headers;
	l->status = status;
}

static void on_bytes(void *ctx, const char *bytes, size_t len)
{
	struct listing *l = ctx;

	if (l->body.len + len <= LIST_MAX)
		strbuf_add(&l->body, bytes, len);
}

static void on_words(void *ctx, const char *text, size_t len)
{
	(void)ctx;
	(void)text;
	(void)len;
}

/* Each server has its own place for how much fits in. */
static int64_t context_of(const struct json_at *model)
{
	static const char *const names[] = { "max_model_len", "context_length", "max_input_tokens",
		                             "context_window", "max_context_length" };
	struct json_at meta = json_key(model, "meta");
	int64_t tokens = pick_count(&meta, "n_ctx");

	for (size_t i = 0; tokens <= 0 && i < COUNT(names); i++)
		tokens = pick_count(model, names[i]);
	return tokens > 0 ? tokens : 0;
}

static bool tell_models(struct listing *l, struct error *err)
{
	struct llm_model_info *models;
	struct json *value = NULL;
	struct json_at root, data;
	size_t found, count = 0;

	if (!json_parse(&value, strbuf_str(&l->body), l->body.len, err))
		return false;
	root = json_root(value, "models");
	data = json_key(&root, "data");
	found = json_is_array(&data) ? json_count(&data) : 0;
	found = found < MOST_MODELS ? found : MOST_MODELS;
	models = xcalloc(found + 1, sizeof(*models));
	for (size_t i = 0; i < found; i++) {
		struct json_at model = json_item(&data, i);
		const char *name = pick_text(&model, "id");

		if (name)
			models[count++] = (struct llm_model_info){ name, context_of(&model) };
	}
	l->fn(l->ctx, models, count, NULL);
	free(models);
	json_free(value);
	return true;
}

static void on_ended(void *ctx, const struct ending *ending)
{
	struct listing *l = ctx;
	struct trouble t = { .status = l->status };

	l->delivery = NULL;
	if (ending->kind)
		trouble_set(&t, ending->kind, NULL, ending->why);
	else if (l->status >= 300)
		trouble_set(&t, trouble_classify(l->status, NULL, NULL, strbuf_str(&l->body)), NULL,
		            strbuf_str(&l->body));
	else if (!tell_models(l, &l->err))
		trouble_set(&t, TROUBLE_PROTOCOL, NULL, "it sent no list of models");
	if (t.kind) {
		endpoint_explain(&l->err, l->llm, l->ep, "any model", &t);
		l->fn(l->ctx, NULL, 0, &l->err);
	}
	trouble_release(&t);
	listing_free(l);
}

static void start(void *ctx)
{
	struct listing *l = ctx;
	struct transport_events events = { on_began, on_bytes, on_words, on_ended, l };
	struct exchange ex = { .endpoint = l->ep->set };

	l->timer = NULL;
	if (!endpoint_open(l->llm, l->ep, &l->err)) {
		fail_soon(l);
	} else if (l->ep->key.state == KEY_SOUGHT) {
		l->wants_key = true;
	} else {
		ex.dialect = l->ep->provider->name;
		ex.path = l->ep->provider->models_path;
		ex.key_header = l->ep->key.header;
		l->delivery = l->ep->transport->type->send(l->ep->transport, &ex, &events);
	}
}

void listings_wake(struct llm *llm)
{
	for (struct listing *l = llm->listings; l; l = l->next) {
		if (l->wants_key && l->ep->key.state != KEY_SOUGHT) {
			l->wants_key = false;
			l->timer = loop_after(llm->loop, 0, start, l);
		}
	}
}

void llm_list_models(struct llm *llm, const char *endpoint, llm_models_fn fn, void *ctx)
{
	struct listing *l = NEW(struct listing);
	const char *rest;

	l->llm = llm;
	l->fn = fn;
	l->ctx = ctx;
	l->next = llm->listings;
	llm->listings = l;
	l->ep = endpoint_find(llm, endpoint, &rest, &l->err);
	if (l->ep)
		l->timer = loop_after(llm->loop, 0, start, l);
	else
		fail_soon(l);
}
