#include "llm/openai.h"

#include <string.h>

#include "base/base64.h"

/* Names of models that think before they answer; these want the newer name of the limit. */
static const char *const thinkers[] = { "o1", "o3", "o4", "gpt-5", "gpt-6" };

static void add_text(struct strbuf *out, const char *text)
{
	json_quote(out, text, strlen(text));
}

static void add_system(struct strbuf *out, const struct llm_request *ask)
{
	struct strbuf all = { 0 };

	/* One message: many chat templates take no second one. */
	for (size_t i = 0; i < ask->system_count; i++)
		strbuf_addf(&all, "%s%s", i ? "\n\n" : "", ask->system[i]);
	strbuf_addstr(out, "{\"role\":\"system\",\"content\":");
	json_quote(out, strbuf_str(&all), all.len);
	strbuf_addstr(out, "}");
	strbuf_release(&all);
}

/* The words of one message, growing until a picture or the message's end. */
struct words {
	struct strbuf text;
	bool in_list; /* the content is a list of parts, not one text */
	bool any;     /* a part has been written */
};

static void add_words(struct words *w, const char *text)
{
	if (!text || !*text)
		return;
	strbuf_addf(&w->text, "%s%s", w->text.len ? "\n\n" : "", text);
}

static void flush_words(struct strbuf *out, struct words *w)
{
	if (w->in_list && !w->text.len)
		return;
	if (w->in_list)
		strbuf_addf(out, "%s{\"type\":\"text\",\"text\":", w->any ? "," : "");
	json_quote(out, strbuf_str(&w->text), w->text.len);
	strbuf_addstr(out, w->in_list ? "}" : "");
	strbuf_reset(&w->text);
	w->any = true;
}

static void add_image(struct strbuf *out, struct words *w, const struct llm_part *part,
                      const struct image *image, const struct manner *manner)
{
	const char *caption = part->text && *part->text ? part->text : "a picture";
	struct strbuf note = { 0 };

	strbuf_addf(&note,
	            manner->no_images ? "[%s: a picture, which you cannot see]" : "%s:", caption);
	add_words(w, strbuf_str(&note));
	strbuf_release(&note);
	if (manner->no_images)
		return;
	flush_words(out, w);
	strbuf_addf(out, ",{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:%s;base64,",
	            image->type);
	base64_add(out, image->bytes.buf, image->bytes.len);
	strbuf_addstr(out, "\"}}");
}

static bool has_images(const struct llm_message *m)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->parts[i].type == LLM_IMAGE)
			return true;
	return false;
}

static void ask_for_json(struct words *w, const struct llm_request *ask)
{
	struct strbuf wish = { 0 };

	strbuf_addf(&wish,
	            "Answer with one JSON object and nothing else. It has to obey this JSON "
	            "Schema:\n```json\n%s\n```",
	            ask->schema);
	add_words(w, strbuf_str(&wish));
	strbuf_release(&wish);
}

/* Messages `from` up to `to`, all by the same speaker, as one: some templates insist on turns. */
static void add_turn(struct strbuf *out, const struct question *q, size_t from, size_t to,
                     const struct image **image, const struct manner *manner)
{
	const struct llm_request *ask = &q->ask;
	struct words w = { 0 };

	for (size_t i = from; i < to && !manner->no_images; i++)
		w.in_list = w.in_list || has_images(&ask->messages[i]);
	strbuf_addf(out, "{\"role\":\"%s\",\"content\":%s",
	            ask->messages[from].from_model ? "assistant" : "user", w.in_list ? "[" : "");
	for (size_t i = from; i < to; i++) {
		for (size_t k = 0; k < ask->messages[i].count; k++) {
			const struct llm_part *part = &ask->messages[i].parts[k];

			if (part->type == LLM_IMAGE)
				add_image(out, &w, part, (*image)++, manner);
			else
				add_words(&w, part->text);
		}
	}
	if (to == ask->count && ask->schema && manner->json != LLM_JSON_SCHEMA)
		ask_for_json(&w, ask);
	flush_words(out, &w);
	strbuf_addstr(out, w.in_list ? "]}" : "}");
	strbuf_release(&w.text);
}

static void add_messages(struct strbuf *out, const struct question *q, const struct manner *manner)
{
	const struct llm_request *ask = &q->ask;
	const struct image *image = q->images;
	bool any = ask->system_count > 0;

	strbuf_addstr(out, ",\"messages\":[");
	if (any)
		add_system(out, ask);
	for (size_t from = 0, to; from < ask->count; from = to) {
		for (to = from + 1; to < ask->count; to++)
			if (ask->messages[to].from_model != ask->messages[from].from_model)
				break;
		strbuf_addstr(out, any ? "," : "");
		add_turn(out, q, from, to, &image, manner);
		any = true;
	}
	strbuf_addstr(out, "]");
}

static bool is_thinker(const char *model)
{
	const char *name = strrchr(model, '/') ? strrchr(model, '/') + 1 : model;

	for (size_t i = 0; i < COUNT(thinkers); i++)
		if (!strncmp(name, thinkers[i], strlen(thinkers[i])))
			return true;
	return false;
}

static enum token_limit limit_for(const char *model, const struct manner *manner)
{
	if (manner->limit != LIMIT_GUESSED)
		return manner->limit;
	return is_thinker(model) ? LIMIT_NEW : LIMIT_OLD;
}

/* The keys of `extra` without its braces. */
static void add_extra(struct strbuf *out, const char *extra)
{
	const char *end = extra + strlen(extra);

	while (end > extra && end[-1] != '}')
		end--;
	extra += strspn(extra, " \t\r\n{");
	if (end - 1 > extra) {
		strbuf_addstr(out, ",");
		strbuf_add(out, extra, (size_t)(end - 1 - extra));
	}
}

static void encode(struct strbuf *body, const struct question *q, const char *model,
                   const struct manner *manner)
{
	enum token_limit limit = limit_for(model, manner);

	strbuf_addstr(body, "{\"model\":");
	add_text(body, model);
	add_messages(body, q, manner);
	strbuf_addstr(body, ",\"stream\":true");
	if (!manner->no_usage)
		strbuf_addstr(body, ",\"stream_options\":{\"include_usage\":true}");
	if (q->ask.max_tokens > 0 && limit != LIMIT_NONE)
		strbuf_addf(body, ",\"%s\":%d",
		            limit == LIMIT_NEW ? "max_completion_tokens" : "max_tokens",
		            q->ask.max_tokens);
	if (q->ask.schema && manner->json == LLM_JSON_SCHEMA)
		strbuf_addf(body,
		            ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
		            "{\"name\":\"answer\",\"strict\":true,\"schema\":%s}}",
		            q->ask.schema);
	else if (q->ask.schema && manner->json == LLM_JSON_OBJECT)
		strbuf_addstr(body, ",\"response_format\":{\"type\":\"json_object\"}");
	if (manner->extra && !manner->no_extra)
		add_extra(body, manner->extra);
	strbuf_addstr(body, "}");
}

static bool drop_limit(struct manner *m, const char *model)
{
	enum token_limit was = limit_for(model, m);

	if (was == LIMIT_NONE)
		return false;
	m->limit = m->limit != LIMIT_GUESSED ? LIMIT_NONE
	           : was == LIMIT_NEW        ? LIMIT_OLD
	                                     : LIMIT_NEW;
	return true;
}

static bool drop_json(struct manner *m, const char *model)
{
	(void)model;
	if (m->json == LLM_JSON_NONE)
		return false;
	m->json++;
	return true;
}

static bool drop_usage(struct manner *m, const char *model)
{
	(void)model;
	if (m->no_usage)
		return false;
	return m->no_usage = true;
}

static bool drop_images(struct manner *m, const char *model)
{
	(void)model;
	if (m->no_images)
		return false;
	return m->no_images = true;
}

static const struct {
	const char *word; /* in what was refused */
	bool (*drop)(struct manner *m, const char *model);
} ways[] = {
	{ "max_tokens", drop_limit },     { "max_completion_tokens", drop_limit },
	{ "response_format", drop_json }, { "json_schema", drop_json },
	{ "json_object", drop_json },     { "stream_options", drop_usage },
	{ "include_usage", drop_usage },  { "image", drop_images },
	{ "vision", drop_images },
};

/* Something the settings added: named between quotes, as parameters are. */
static bool drop_extra(struct manner *m, const char *refused)
{
	struct json *extra = NULL;
	struct json_at root;
	struct error err;
	bool found = false;

	if (!m->extra || m->no_extra || !json_parse(&extra, m->extra, strlen(m->extra), &err))
		return false;
	root = json_root(extra, "extra");
	for (size_t i = 0; i < json_count(&root); i++)
		found = found || strstr(refused, json_name(&root, i));
	json_free(extra);
	m->no_extra = m->no_extra || found;
	return found;
}

static bool give_way(struct manner *m, const struct trouble *t, const char *model)
{
	const char *refused = t->param ? t->param : strbuf_str(&t->message);
	const char *first = NULL;
	size_t way = 0;

	if (t->kind != TROUBLE_BAD_REQUEST && t->kind != TROUBLE_UNSUPPORTED)
		return false;
	/* "max_tokens is not supported, use max_completion_tokens": the first name is the one. */
	for (size_t i = 0; i < COUNT(ways); i++) {
		const char *at = strstr(refused, ways[i].word);

		if (at && (!first || at < first)) {
			first = at;
			way = i;
		}
	}
	/* A picture that is broken is our mistake; without it the answer would be a guess. */
	if (first && ways[way].drop == drop_images && t->kind != TROUBLE_UNSUPPORTED)
		return false;
	return (first && ways[way].drop(m, model)) || drop_extra(m, refused);
}

const struct provider openai = {
	.name = "openai",
	.ask_path = "/chat/completions",
	.models_path = "/models",
	.key_header = "Authorization: Bearer ",
	.last_word = "[DONE]",
	.encode = encode,
	.decode = openai_decode,
	.finish = openai_finish,
	.give_way = give_way,
};

static const struct provider *const providers[] = { &openai };

const struct provider *provider_find(const char *name)
{
	for (size_t i = 0; i < COUNT(providers); i++)
		if (!strcmp(providers[i]->name, name))
			return providers[i];
	return NULL;
}
