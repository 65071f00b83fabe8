#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "llm/openai.h"
#include "llm/pick.h"

#define DEEPEST_CONTENT 8
#define MOST_ITEMS      1000

static const struct {
	const char *word;
	enum draft_stop stop;
} stops[] = {
	{ "stop", DRAFT_STOP_END },
	{ "length", DRAFT_STOP_LENGTH },
	{ "tool_calls", DRAFT_STOP_CALLS },
	{ "function_call", DRAFT_STOP_CALLS },
	{ "content_filter", DRAFT_STOP_REFUSAL },
	{ "error", DRAFT_STOP_ERROR },
};

static size_t item_count(const struct json_at *at)
{
	size_t count = json_is_array(at) ? json_count(at) : 0;

	return count < MOST_ITEMS ? count : MOST_ITEMS;
}

static int64_t known(int64_t count)
{
	return count > 0 ? count : 0;
}

static void take_error_object(struct draft *d, const struct json_at *at)
{
	struct json_at code_at = json_key(at, "code");
	const char *code = pick_text(at, "code"), *type = pick_text(at, "type");
	const char *message = pick_text(at, "message");
	struct strbuf dump = { 0 };
	char digits[32];

	if (json_is_number(&code_at)) {
		snprintf(digits, sizeof(digits), "%" PRId64, pick_count(at, "code"));
		code = digits;
	}
	if (!message) {
		json_write(&dump, at->value);
		message = strbuf_str(&dump);
	}
	trouble_set(&d->trouble, trouble_classify(d->trouble.status, type, code, message),
	            type ? type : code, message);
	draft_name(&d->trouble.param, pick_text(at, "param"));
	d->trouble.limit_tokens = known(pick_count(at, "n_ctx"));
	d->trouble.prompt_tokens = known(pick_count(at, "n_prompt_tokens"));
	strbuf_release(&dump);
}

/* {"error": {...}}, {"error": "words"}, or as vLLM has it, {"object": "error", ...}. */
static void take_error(struct draft *d, const struct json_at *doc)
{
	struct json_at at = json_key(doc, "error");
	const char *words = pick_text(doc, "error");

	if (words)
		trouble_set(
			&d->trouble,
			trouble_classify(d->trouble.status, NULL, pick_text(doc, "code"), words),
			pick_text(doc, "code"), words);
	else
		take_error_object(d, json_is_object(&at) ? &at : doc);
}

static bool is_error(const struct draft *d, const struct json_at *doc)
{
	struct json_at at = json_key(doc, "error");
	const char *object = pick_text(doc, "object"), *type = pick_text(doc, "type");

	return json_is_given(&at) || (object && !strcmp(object, "error")) ||
	       (type && !strcmp(type, "error")) || d->trouble.status >= 300;
}

static void take_content(struct draft *d, const struct json_at *at, enum draft_type type, int depth)
{
	const char *text = NULL;
	struct error err;

	if (depth == DEEPEST_CONTENT)
		return;
	if (json_is_text(at) && json_text(&text, at, &err) && *text) {
		draft_add(d, type, text, NULL);
	} else if (json_is_object(at)) {
		const char *kind = pick_text(at, "type");
		bool thinks = kind && !strcmp(kind, "thinking");
		struct json_at inner = json_key(at, thinks ? "thinking" : "text");

		take_content(d, &inner, thinks ? DRAFT_REASONING : type, depth + 1);
	} else {
		for (size_t i = 0, count = item_count(at); i < count; i++) {
			struct json_at item = json_item(at, i);

			take_content(d, &item, type, depth + 1);
		}
	}
}

static void take_call(struct draft *d, const struct json_at *at, const struct json_at *function)
{
	struct json_at arguments = json_key(function, "arguments");
	struct json_at extra = json_key(at, "extra_content"), google = json_key(&extra, "google");
	struct draft_call piece = {
		.index = pick_count(at, "index"),
		.id = pick_text(at, "id"),
		.name = pick_text(function, "name"),
		.arguments = pick_text(function, "arguments"),
		.signature = pick_text(&google, "thought_signature"),
	};
	struct strbuf text = { 0 };

	if (json_is_object(&arguments)) {
		json_write(&text, arguments.value);
		piece.arguments = strbuf_str(&text);
	}
	draft_add_call(d, &piece);
	strbuf_release(&text);
}

static void take_legacy_call(struct draft *d, const struct json_at *function)
{
	struct draft_call piece = {
		.index = 0,
		.name = pick_text(function, "name"),
		.arguments = pick_text(function, "arguments"),
	};

	draft_add_call(d, &piece);
}

static void take_message(struct draft *d, const struct json_at *at)
{
	struct json_at reasoning = json_key(at, "reasoning_content");
	struct json_at content = json_key(at, "content");
	struct json_at calls = json_key(at, "tool_calls");
	struct json_at legacy = json_key(at, "function_call");
	const char *refusal = pick_text(at, "refusal");

	if (!json_is_given(&reasoning))
		reasoning = json_key(at, "reasoning");
	if (json_is_text(&reasoning))
		take_content(d, &reasoning, DRAFT_REASONING, 0);
	take_content(d, &content, DRAFT_TEXT, 0);
	if (refusal)
		strbuf_addstr(&d->refusal, refusal);
	for (size_t i = 0, count = item_count(&calls); i < count; i++) {
		struct json_at call = json_item(&calls, i), function = json_key(&call, "function");

		take_call(d, &call, &function);
	}
	if (json_is_object(&legacy))
		take_legacy_call(d, &legacy);
}

/* OpenRouter counts in dollars, xAI in ten thousand millionths of them. */
static void take_cost(struct draft_usage *u, const struct json_at *at)
{
	static const struct {
		const char *key;
		double usd;
	} keys[] = { { "cost", 1 }, { "cost_in_usd_ticks", 1e-10 } };
	struct error err;
	double cost;

	for (size_t i = 0; i < COUNT(keys); i++) {
		struct json_at value = json_key(at, keys[i].key);

		if (!json_real(&cost, &value, &err) || !(cost >= 0 && cost * keys[i].usd < 1e6))
			continue;
		u->priced = true;
		u->cost_usd = cost * keys[i].usd;
	}
}

static void take_usage(struct draft_usage *u, const struct json_at *at)
{
	struct json_at prompt = json_key(at, "prompt_tokens_details");
	struct json_at completion = json_key(at, "completion_tokens_details");

	if (!json_is_object(at) || !json_count(at))
		return;
	u->given = true;
	take_cost(u, at);
	u->input = pick_count(at, "prompt_tokens");
	u->output = pick_count(at, "completion_tokens");
	u->reasoning = pick_count(&completion, "reasoning_tokens");
	u->cache_read = pick_count(&prompt, "cached_tokens");
	u->cache_write = pick_count(&prompt, "cache_write_tokens");
	if (u->cache_read < 0)
		u->cache_read = pick_count(at, "prompt_cache_hit_tokens");
	/* Some leave the reasoning out of the output; the total gives them away. */
	if (u->reasoning > 0 && u->input >= 0 && u->output >= 0 &&
	    pick_count(at, "total_tokens") == u->input + u->output + u->reasoning)
		u->output += u->reasoning;
}

static void take_choice(struct draft *d, const struct json_at *choice)
{
	struct json_at error = json_key(choice, "error");
	struct json_at delta = json_key(choice, "delta"), message = json_key(choice, "message");
	const char *raw = pick_text(choice, "finish_reason");
	enum draft_stop stop = DRAFT_STOP_OTHER;

	if (json_is_object(&error)) {
		take_error(d, choice);
		return;
	}
	take_message(d, json_count(&delta) || !message.value ? &delta : &message);
	if (!raw)
		return;
	for (size_t i = 0; i < COUNT(stops); i++)
		if (!strcmp(raw, stops[i].word))
			stop = stops[i].stop;
	draft_set_stop(d, stop, raw);
}

void openai_decode(struct draft *d, const char *event, const struct json_at *doc)
{
	struct json_at usage = json_key(doc, "usage"), choices = json_key(doc, "choices");
	struct json_at choice = json_item(&choices, 0);

	(void)event;
	if (is_error(d, doc)) {
		take_error(d, doc);
		return;
	}
	draft_name(&d->id, pick_text(doc, "id"));
	draft_name(&d->model, pick_text(doc, "model"));
	take_usage(&d->usage, &usage);
	if (json_is_object(&choice))
		take_choice(d, &choice);
}

void openai_finish(struct draft *d)
{
	if (!d->stop_raw)
		trouble_set(&d->trouble, TROUBLE_TRUNCATED, NULL,
		            "stream ended without a finish reason");
}
