#include "llm/llm.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/mem.h"
#include "llm/inside.h"
#include "llm/relay.h"
#include "llm/replay.h"

#define DIALECT "openai"

static bool check_extra(const struct llm_endpoint *set, struct error *err)
{
	struct json *extra = NULL;
	struct json_at root;
	bool ok;

	if (!set->extra)
		return true;
	ok = json_parse(&extra, set->extra, strlen(set->extra), err);
	root = json_root(extra, "extra");
	if (ok && !json_is_object(&root))
		ok = failed(err, ERR_CONFIG, "extra has to be a JSON object");
	json_free(extra);
	return ok;
}

static bool check_endpoint(const struct llm_endpoint *set, struct error *err)
{
	if (set->dialect && !provider_find(set->dialect))
		return failed(err, ERR_CONFIG, "nobody here speaks \"%.40s\"; write openai",
		              set->dialect);
	if (set->kind == LLM_HTTP && !set->url)
		return failed(err, ERR_CONFIG, "a url is missing");
	if (set->kind == LLM_HTTP && !url_is_http(set->url))
		return failed(err, ERR_CONFIG, "\"%.80s\" is no address: write http://HOST/v1",
		              set->url);
	if (set->kind != LLM_HTTP && !set->path)
		return failed(err, ERR_CONFIG, "a path is missing");
	return check_extra(set, err);
}

/* Values of headers that are secrets by their name. */
static void hide_headers(struct keyring *ring, const struct llm_endpoint *set)
{
	static const char *const marks[] = { "auth", "key", "token", "secret", "cookie" };

	for (size_t i = 0; i < set->headers.count; i++)
		for (size_t k = 0; k < COUNT(marks); k++)
			if (strcasestr(set->headers.items[i].name, marks[k]))
				keyring_add(ring, set->headers.items[i].value);
}

static bool take_settings(struct llm *llm, struct error *err)
{
	size_t count = llm->settings.endpoints.count;

	llm->endpoints = xcalloc(count + 1, sizeof(*llm->endpoints));
	for (size_t i = 0; i < count; i++) {
		const struct llm_endpoint *set = &llm->settings.endpoints.items[i];

		if (!check_endpoint(set, err))
			return failed_in(err, "endpoint %s", set->name);
		llm->endpoints[i].set = set;
		llm->endpoints[i].provider = provider_find(set->dialect ? set->dialect : DIALECT);
		hide_headers(&llm->ring, set);
	}
	return true;
}

bool llm_open(struct llm **out, struct loop *loop, const struct llm_settings *settings,
              const char *recording_file, struct error *err)
{
	struct llm *llm = NEW(struct llm);

	llm->loop = loop;
	record_copy(&llm->settings, &llm_settings_type, settings);
	if (!take_settings(llm, err) ||
	    (recording_file &&
	     !recorder_open(&llm->recorder, loop, &llm->ring, recording_file, err))) {
		llm_close(llm);
		return false;
	}
	learned_read(&llm->learned, settings->state_file);
	*out = llm;
	return true;
}

void llm_close(struct llm *llm)
{
	if (!llm)
		return;
	works_drop(llm);
	calls_drop(llm);
	listings_drop(llm);
	for (size_t i = 0; llm->endpoints && i < llm->settings.endpoints.count; i++) {
		struct endpoint *ep = &llm->endpoints[i];

		if (ep->transport && ep->transport != llm->http)
			ep->transport->type->close(ep->transport);
		key_release(&ep->key);
	}
	if (llm->http)
		llm->http->type->close(llm->http);
	recorder_close(llm->recorder);
	keyring_release(&llm->ring);
	learned_release(&llm->learned);
	free(llm->endpoints);
	record_release(&llm_settings_type, &llm->settings);
	free(llm);
}

static void list_endpoints(struct strbuf *out, const struct llm *llm)
{
	size_t count = llm->settings.endpoints.count;

	for (size_t i = 0; i < count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", llm->settings.endpoints.items[i].name);
	if (!count)
		strbuf_addstr(out, "none");
}

struct endpoint *endpoint_find(struct llm *llm, const char *model, const char **name,
                               struct error *err)
{
	size_t len = strcspn(model, "/");
	struct strbuf known = { 0 };

	*name = model[len] ? model + len + 1 : "";
	for (size_t i = 0; i < llm->settings.endpoints.count; i++) {
		const char *own = llm->settings.endpoints.items[i].name;

		if (strlen(own) == len && !memcmp(own, model, len))
			return &llm->endpoints[i];
	}
	list_endpoints(&known, llm);
	failed(err, ERR_CONFIG, "there is no endpoint \"%.*s\"; the settings have: %s",
	       len < 60 ? (int)len : 60, model, strbuf_str(&known));
	strbuf_release(&known);
	return NULL;
}

/* A recorder in front, if there is one. */
static struct transport *recorded(struct llm *llm, struct transport *inner)
{
	return llm->recorder ? recorder_wrap(llm->recorder, inner) : inner;
}

static bool open_transport(struct llm *llm, struct endpoint *ep, struct error *err)
{
	struct transport *inner = NULL;

	if (ep->set->kind == LLM_HTTP) {
		if (!llm->http)
			llm->http = recorded(llm, http_open(llm->loop));
		ep->transport = llm->http;
		return true;
	}
	if (ep->set->kind == LLM_REPLAY
	            ? !replay_open(&inner, llm->loop, ep->set, &llm->changed_questions, err)
	            : !relay_open(&inner, llm->loop, ep->set->path, &llm->ring, err))
		return failed_in(err, "endpoint %s", ep->set->name);
	ep->transport = recorded(llm, inner);
	return true;
}

static void key_found(void *ctx)
{
	calls_wake(ctx);
	listings_wake(ctx);
}

bool endpoint_open(struct llm *llm, struct endpoint *ep, struct error *err)
{
	if (!ep->transport && !open_transport(llm, ep, err))
		return false;
	if (ep->set->kind == LLM_HTTP)
		key_seek(&ep->key, &llm->ring, llm->loop, ep->set, ep->provider->key_header,
		         key_found, llm);
	else
		ep->key.state = KEY_READY;
	if (ep->key.state != KEY_FAILED)
		return true;
	*err = ep->key.err;
	/* The user may mend it while we run. */
	key_release(&ep->key);
	return false;
}

struct manner manner_for(const struct llm *llm, const struct endpoint *ep, const char *model)
{
	const struct lesson *lesson = learned_find(&llm->learned, model);
	struct manner manner = { .json = ep->set->json,
		                 .no_images = ep->set->no_images,
		                 .extra = ep->set->extra };

	if (!lesson)
		return manner;
	if (lesson->json > manner.json)
		manner.json = lesson->json;
	manner.limit = lesson->limit;
	manner.no_images = manner.no_images || lesson->no_images;
	manner.no_usage = lesson->no_usage;
	manner.no_extra = lesson->no_extra;
	return manner;
}

void endpoint_explain(struct error *err, const struct llm *llm, const struct endpoint *ep,
                      const char *model, const struct trouble *t)
{
	struct trouble_scene scene = {
		.endpoint = ep->set->name,
		.url = ep->set->url,
		.model = model,
		.key_hint = ep->key.header ? ep->key.hint : NULL,
	};
	struct strbuf text = { 0 };

	trouble_explain(err, t, &scene);
	strbuf_addstr(&text, err->text);
	keyring_redact(&llm->ring, &text);
	failed(err, err->code, "%s", strbuf_str(&text));
	strbuf_release(&text);
}

int64_t llm_context_tokens(const struct llm *llm, const char *model)
{
	const struct lesson *lesson = learned_find(&llm->learned, model);
	const char *name;
	struct error err;
	struct endpoint *ep = endpoint_find((struct llm *)(uintptr_t)llm, model, &name, &err);
	int64_t set = ep ? ep->set->context_tokens : 0,
		learned = lesson ? lesson->context_tokens : 0;

	if (!set || !learned)
		return set + learned;
	return set < learned ? set : learned;
}

size_t llm_changed_questions(const struct llm *llm)
{
	return llm->changed_questions;
}

void llm_redact(const struct llm *llm, struct strbuf *text)
{
	keyring_redact(&llm->ring, text);
}
