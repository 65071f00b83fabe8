#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "llm/inside.h"
#include "llm/price.h"
#include "llm/reader.h"

#define MOST_REPAIRS  4
#define BUSY_TRIES    6
#define BROKEN_TRIES  3
#define WAIT_MAX_S    900
#define LAST_WORDS_MS 1000

/*
 * One question from asking to reply. It is always in exactly one of these: waiting for its timer,
 * for its endpoint's key, or for a delivery; or over, and then done() is called from the timer.
 */
struct llm_call {
	struct llm *llm;
	struct llm_call *next;
	struct llm_listener listener;
	struct question *question; /* NULL: it could not even be read */
	struct endpoint *ep;
	const char *model; /* within question */
	struct timer *timer;
	struct delivery *delivery;
	bool wants_key;

	struct manner manner;
	struct strbuf body;
	struct reader reader;
	struct headers headers;
	struct strbuf said; /* an answer in no dialect */
	bool is_plain;

	int64_t began_ms;
	int tries, repairs;
	bool over;
	struct error err; /* once it is over, if it failed */
};

static void attempt(void *ctx);

static void call_free(struct llm_call *call)
{
	struct llm_call **at = &call->llm->calls;

	while (*at != call)
		at = &(*at)->next;
	*at = call->next;
	timer_free(call->timer);
	if (call->delivery)
		call->delivery->by->type->cancel(call->delivery);
	question_free(call->question);
	strbuf_release(&call->body);
	strbuf_release(&call->said);
	reader_release(&call->reader);
	headers_release(&call->headers);
	free(call);
}

void calls_drop(struct llm *llm)
{
	while (llm->calls) {
		/* Not cancelled: the transport drops it, and a relay's question stays open. */
		llm->calls->delivery = NULL;
		call_free(llm->calls);
	}
}

/* The call is gone afterwards; its listener may do whatever it likes. */
static void finish(struct llm_call *call, const struct llm_reply *reply, const struct error *err)
{
	struct llm_listener listener = call->listener;

	if (err)
		log_debug("llm: %s gave up: %s", call->question ? call->question->ask.agent : "?",
		          err->text);
	listener.done(listener.ctx, reply, err);
	call_free(call);
}

static void finish_failed(void *ctx)
{
	struct llm_call *call = ctx;
	struct error err = call->err;

	call->timer = NULL;
	finish(call, NULL, &err);
}

static void fail_soon(struct llm_call *call)
{
	call->over = true;
	call->wants_key = false;
	timer_free(call->timer);
	call->timer = loop_after(call->llm->loop, 0, finish_failed, call);
}

/* What this very call cost: a replay costs nothing, whatever its model did. */
static double cost(const struct llm_call *call, const struct llm_usage *usage)
{
	const struct llm_endpoint *set = call->ep->set;
	const struct draft_usage *said = &call->reader.draft.usage;

	if (set->kind == LLM_REPLAY ||
	    (set->kind == LLM_HTTP && (set->unix_socket || url_is_local(set->url))))
		return 0;
	if (said->priced)
		return said->cost_usd;
	return price_of(&call->llm->settings, call->model, usage,
	                said->given ? said->cache_write : -1);
}

static enum llm_stop stop_of(enum draft_stop stop)
{
	switch (stop) {
	case DRAFT_STOP_END:
	case DRAFT_STOP_SEQUENCE:
		return LLM_STOP_END;
	case DRAFT_STOP_LENGTH:
	case DRAFT_STOP_CONTEXT:
		return LLM_STOP_LENGTH;
	case DRAFT_STOP_REFUSAL:
		return LLM_STOP_REFUSAL;
	default:
		return LLM_STOP_OTHER;
	}
}

static void finish_plain(struct llm_call *call, bool declined)
{
	struct llm_reply reply = {
		.text = strbuf_str(&call->said),
		.reasoning = "",
		.model = call->model,
		.stop = declined ? LLM_STOP_REFUSAL : LLM_STOP_END,
		.usage = { -1, -1, -1, -1 },
		.took_ms = loop_now_ms(call->llm->loop) - call->began_ms,
		.tries = call->tries,
	};

	reply.cost_usd = cost(call, &reply.usage);
	finish(call, &reply, NULL);
}

static void finish_draft(struct llm_call *call)
{
	const struct draft *d = &call->reader.draft;
	struct strbuf text = { 0 }, reasoning = { 0 };
	struct llm_reply reply = {
		.model = d->model ? d->model : call->model,
		.stop = stop_of(d->stop),
		.usage = { -1, -1, -1, -1 },
		.took_ms = loop_now_ms(call->llm->loop) - call->began_ms,
		.tries = call->tries,
	};

	draft_join(&text, d, DRAFT_TEXT);
	draft_join(&reasoning, d, DRAFT_REASONING);
	if (!text.len && d->refusal.len)
		strbuf_addstr(&text, strbuf_str(&d->refusal));
	reply.text = strbuf_str(&text);
	reply.reasoning = strbuf_str(&reasoning);
	if (d->usage.given)
		reply.usage = (struct llm_usage){ d->usage.input, d->usage.output,
			                          d->usage.cache_read, d->usage.reasoning };
	reply.cost_usd = cost(call, &reply.usage);
	finish(call, &reply, NULL);
	strbuf_release(&text);
	strbuf_release(&reasoning);
}

static struct retry_limits limits_of(const struct llm *llm)
{
	const struct llm_settings *s = &llm->settings;

	return (struct retry_limits){
		.busy = s->busy_tries ? (int)s->busy_tries : BUSY_TRIES,
		.broken = s->broken_tries ? (int)s->broken_tries : BROKEN_TRIES,
		.wait_max_s = s->wait_max_s ? (int)s->wait_max_s : WAIT_MAX_S,
	};
}

/* Spreads callers a little; nothing depends on how well. */
static double chance(const struct llm_call *call)
{
	uint64_t bits = ((uint64_t)(uintptr_t)call >> 4) ^ (uint64_t)loop_now_ms(call->llm->loop);

	return (double)(bits * 0x9e3779b97f4a7c15u >> 40) / (double)(1u << 24);
}

/* A replay does not wait for servers that were busy a year ago. */
static int scaled(const struct llm_call *call, int wait_ms)
{
	double pace = call->ep->set->pace;

	if (call->ep->set->kind != LLM_REPLAY)
		return wait_ms;
	return (int)((double)wait_ms * (pace < 1 ? pace : 1));
}

static void try_again(struct llm_call *call, const struct trouble *t, int wait_ms)
{
	struct error why;

	endpoint_explain(&why, call->llm, call->ep, call->model, t);
	log_debug("llm: again in %d ms: %s", wait_ms, why.text);
	if (t->kind == TROUBLE_RATE_LIMIT || t->kind == TROUBLE_OVERLOADED) {
		int64_t until = loop_now_ms(call->llm->loop) + wait_ms;

		if (until > call->ep->pause_until_ms)
			call->ep->pause_until_ms = until;
	}
	call->timer = loop_after(call->llm->loop, wait_ms, attempt, call);
	if (call->listener.retries)
		call->listener.retries(call->listener.ctx, &why, wait_ms);
}

/* What a refusal says about the model is good to know for all calls to come. */
static bool learn(struct llm_call *call, const struct trouble *t)
{
	struct llm *llm = call->llm;
	const char *model = call->question->ask.model;

	if (trouble_room(t))
		learned_context(&llm->learned, llm->settings.state_file, model, trouble_room(t));
	if (call->repairs == MOST_REPAIRS || call->ep->set->kind != LLM_HTTP ||
	    !call->ep->provider->give_way(&call->manner, t, call->model))
		return false;
	learned_manner(&llm->learned, llm->settings.state_file, model, &call->manner);
	call->repairs++;
	return true;
}

static void meet_trouble(struct llm_call *call, const struct trouble *t)
{
	struct retry_limits limits = limits_of(call->llm);
	int wait_ms = 0;

	if (learn(call, t)) {
		call->tries--;
		try_again(call, t, 0);
	} else if (trouble_retry(&wait_ms, t, call->tries, &limits, chance(call))) {
		try_again(call, t, scaled(call, wait_ms));
	} else {
		endpoint_explain(&call->err, call->llm, call->ep, call->model, t);
		fail_soon(call);
	}
}

static void hear_words(void *ctx, enum draft_type type, const char *text, size_t len)
{
	struct llm_call *call = ctx;

	if (!call->over && call->listener.words)
		call->listener.words(call->listener.ctx, type == DRAFT_REASONING, text, len);
}

static void on_began(void *ctx, const char *dialect, int status, const struct headers *headers)
{
	struct llm_call *call = ctx;
	const struct provider *provider = dialect ? provider_find(dialect) : NULL;

	headers_release(&call->headers);
	for (size_t i = 0; i < headers->count; i++)
		headers_add(&call->headers, headers->items[i].name, headers->items[i].value);
	reader_start(&call->reader, provider ? provider : call->ep->provider, status);
}

static void on_ended(void *ctx, const struct ending *ending);

/* The last word has come, but the server keeps the line open. */
static void hang_up(void *ctx)
{
	struct llm_call *call = ctx;
	struct ending well = { 0 };

	call->timer = NULL;
	call->delivery->by->type->cancel(call->delivery);
	on_ended(call, &well);
}

static void on_bytes(void *ctx, const char *bytes, size_t len)
{
	struct llm_call *call = ctx;

	reader_feed(&call->reader, bytes, len);
	if (call->reader.over && !call->over && !call->timer)
		call->timer = loop_after(call->llm->loop, LAST_WORDS_MS, hang_up, call);
}

static void on_words(void *ctx, const char *text, size_t len)
{
	struct llm_call *call = ctx;

	call->is_plain = true;
	strbuf_add(&call->said, text, len);
	if (call->listener.words)
		call->listener.words(call->listener.ctx, false, text, len);
}

/* Where a redirect leads is worth knowing: most are a forgotten s in http. */
static void add_location(struct trouble *t, const struct headers *headers)
{
	const char *location = headers_get(headers, "location");

	if (t->status >= 300 && t->status < 400 && location) {
		strbuf_reset(&t->message);
		strbuf_addf(&t->message, "it has moved to %.100s; write that into url", location);
	}
}

static void on_ended(void *ctx, const struct ending *ending)
{
	struct llm_call *call = ctx;
	struct trouble *t = &call->reader.draft.trouble;
	struct trouble other = { 0 };
	bool has_reply = call->reader.provider != NULL;

	call->delivery = NULL;
	timer_free(call->timer);
	call->timer = NULL;
	if (has_reply && (ending->kind == TROUBLE_NONE || ending->kind == TROUBLE_TRUNCATED ||
	                  call->reader.over)) {
		reader_end(&call->reader);
		add_location(t, &call->headers);
		trouble_read_headers(t, &call->headers, (int64_t)time(NULL));
		if (t->kind)
			meet_trouble(call, t);
		else
			finish_draft(call);
	} else if (ending->declined && !call->said.len) {
		strbuf_addstr(&call->said, ending->why ? ending->why : "");
		finish_plain(call, true);
	} else if (call->is_plain && ending->kind == TROUBLE_NONE) {
		finish_plain(call, ending->declined);
	} else {
		trouble_set(&other, ending->kind ? ending->kind : TROUBLE_NETWORK, NULL,
		            ending->why ? ending->why : "there was no answer");
		meet_trouble(call, &other);
		trouble_release(&other);
	}
}

static void send(struct llm_call *call)
{
	struct transport *transport = call->ep->transport;
	const struct provider *provider = call->ep->provider;
	struct exchange ex = {
		.endpoint = call->ep->set,
		.question = call->question,
		.dialect = provider->name,
		.model = call->model,
		.path = provider->ask_path,
		.key_header = call->ep->key.header,
		.body = &call->body,
	};
	struct transport_events events = { on_began, on_bytes, on_words, on_ended, call };

	reader_release(&call->reader);
	call->reader.draft.words = hear_words;
	call->reader.draft.ctx = call;
	call->reader.draft.split_thinking = call->ep->set->think_tags;
	strbuf_reset(&call->said);
	call->is_plain = false;
	strbuf_reset(&call->body);
	if (call->ep->set->kind == LLM_HTTP)
		provider->encode(&call->body, call->question, call->model, &call->manner);
	call->tries++;
	call->delivery = transport->type->send(transport, &ex, &events);
}

static void attempt(void *ctx)
{
	struct llm_call *call = ctx;
	int64_t pause_ms = call->ep->pause_until_ms - loop_now_ms(call->llm->loop);

	call->timer = NULL;
	if (pause_ms > 0) {
		call->timer = loop_after(call->llm->loop, (int)pause_ms, attempt, call);
		return;
	}
	if (!endpoint_open(call->llm, call->ep, &call->err))
		fail_soon(call);
	else if (call->ep->key.state == KEY_SOUGHT)
		call->wants_key = true;
	else
		send(call);
}

void calls_wake(struct llm *llm)
{
	for (struct llm_call *call = llm->calls; call; call = call->next) {
		if (call->wants_key && call->ep->key.state != KEY_SOUGHT) {
			call->wants_key = false;
			call->timer = loop_after(llm->loop, 0, attempt, call);
		}
	}
}

struct llm_call *llm_ask(struct llm *llm, const struct llm_request *req,
                         const struct llm_listener *listener)
{
	struct llm_call *call = NEW(struct llm_call);

	call->llm = llm;
	call->listener = *listener;
	call->next = llm->calls;
	llm->calls = call;
	call->began_ms = loop_now_ms(llm->loop);
	if (question_new(&call->question, req, &call->err))
		call->ep = endpoint_find(llm, call->question->ask.model, &call->model, &call->err);
	if (!call->ep) {
		fail_soon(call);
		return call;
	}
	call->manner = manner_for(llm, call->ep, call->question->ask.model);
	call->timer = loop_after(llm->loop, 0, attempt, call);
	return call;
}

void llm_cancel(struct llm_call *call)
{
	if (call->over)
		return;
	if (call->delivery)
		call->delivery->by->type->cancel(call->delivery);
	call->delivery = NULL;
	failed(&call->err, ERR_CANCELLED, "cancelled");
	fail_soon(call);
}
