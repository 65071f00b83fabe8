#include "llm/question.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"

static const char *keep(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static void drop(const char *text)
{
	free((char *)(uintptr_t)text);
}

static void keep_message(struct llm_message *to, const struct llm_message *from)
{
	struct llm_part *parts = xcalloc(from->count + 1, sizeof(*parts));

	for (size_t i = 0; i < from->count; i++) {
		parts[i].type = from->parts[i].type;
		parts[i].text = keep(from->parts[i].text);
		parts[i].file = keep(from->parts[i].file);
	}
	*to = (struct llm_message){ from->from_model, parts, from->count };
}

static void keep_request(struct llm_request *to, const struct llm_request *from)
{
	const char **system = xcalloc(from->system_count + 1, sizeof(*system));
	struct llm_message *messages = xcalloc(from->count + 1, sizeof(*messages));

	for (size_t i = 0; i < from->system_count; i++)
		system[i] = keep(from->system[i]);
	for (size_t i = 0; i < from->count; i++)
		keep_message(&messages[i], &from->messages[i]);
	*to = (struct llm_request){
		.agent = xstrdup(from->agent ? from->agent : "someone"),
		.purpose = xstrdup(from->purpose ? from->purpose : "ask"),
		.model = xstrdup(from->model ? from->model : ""),
		.system = system,
		.system_count = from->system_count,
		.messages = messages,
		.count = from->count,
		.schema = keep(from->schema),
		.max_tokens = from->max_tokens,
	};
}

static void drop_request(struct llm_request *req)
{
	for (size_t i = 0; i < req->system_count; i++)
		drop(req->system[i]);
	for (size_t i = 0; i < req->count; i++) {
		for (size_t k = 0; k < req->messages[i].count; k++) {
			drop(req->messages[i].parts[k].text);
			drop(req->messages[i].parts[k].file);
		}
		free((void *)(uintptr_t)req->messages[i].parts);
	}
	free((void *)(uintptr_t)req->system);
	free((void *)(uintptr_t)req->messages);
	drop(req->agent);
	drop(req->purpose);
	drop(req->model);
	drop(req->schema);
}

static bool load_images(struct question *q, struct error *err)
{
	const struct llm_request *ask = &q->ask;

	for (size_t i = 0; i < ask->count; i++) {
		for (size_t k = 0; k < ask->messages[i].count; k++) {
			const struct llm_part *part = &ask->messages[i].parts[k];

			if (part->type != LLM_IMAGE)
				continue;
			q->images = xrealloc(q->images, (q->image_count + 1) * sizeof(*q->images));
			if (!image_load(&q->images[q->image_count], part->file, err))
				return failed_in(err, "a picture for the model");
			q->image_count++;
		}
	}
	return true;
}

static void write_text(struct strbuf *out, const char *text)
{
	text = text ? text : "";
	json_quote(out, text, strlen(text));
}

static void write_message(struct strbuf *out, const struct llm_message *m,
                          const struct image **image)
{
	strbuf_addf(out, "{\"from\":\"%s\",\"parts\":[", m->from_model ? "model" : "user");
	for (size_t i = 0; i < m->count; i++) {
		strbuf_addstr(out, i ? ",{" : "{");
		if (m->parts[i].type == LLM_IMAGE) {
			strbuf_addstr(out, "\"image\":");
			image_write(out, (*image)++);
			strbuf_addstr(out, ",");
		}
		strbuf_addstr(out, "\"text\":");
		write_text(out, m->parts[i].text);
		strbuf_addstr(out, "}");
	}
	strbuf_addstr(out, "]}");
}

/* The keys are in order here already; only the schema is another's JSON. */
static bool write_canonical(struct strbuf *out, const struct question *q, struct error *err)
{
	const struct image *image = q->images;
	struct json *schema = NULL;

	strbuf_addf(out, "{\"max_tokens\":%d,\"messages\":[", q->ask.max_tokens);
	for (size_t i = 0; i < q->ask.count; i++) {
		strbuf_addstr(out, i ? "," : "");
		write_message(out, &q->ask.messages[i], &image);
	}
	strbuf_addstr(out, "],\"schema\":");
	if (q->ask.schema) {
		if (!json_parse(&schema, q->ask.schema, strlen(q->ask.schema), err))
			return failed_in(err, "the schema of %s", q->ask.agent);
		json_sorted(out, schema);
		json_free(schema);
	} else {
		strbuf_addstr(out, "null");
	}
	strbuf_addstr(out, ",\"system\":[");
	for (size_t i = 0; i < q->ask.system_count; i++) {
		strbuf_addstr(out, i ? "," : "");
		write_text(out, q->ask.system[i]);
	}
	strbuf_addstr(out, "]}");
	return true;
}

bool question_new(struct question **out, const struct llm_request *req, struct error *err)
{
	struct question *q = NEW(struct question);

	keep_request(&q->ask, req);
	if (!load_images(q, err) || !write_canonical(&q->canonical, q, err)) {
		question_free(q);
		return false;
	}
	sha256_hex(strbuf_str(&q->canonical), q->canonical.len, q->key);
	*out = q;
	return true;
}

void question_free(struct question *q)
{
	if (!q)
		return;
	drop_request(&q->ask);
	for (size_t i = 0; i < q->image_count; i++)
		image_release(&q->images[i]);
	free(q->images);
	strbuf_release(&q->canonical);
	free(q);
}
