#include "llm/learned.h"

#include <stddef.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"

#define FILE_MAX_BYTES (1u << 20)
#define MOST_LESSONS   500

static const char *const limits[] = { "guessed", "max_tokens", "max_completion_tokens", "none",
	                              NULL };
static const char *const json_modes[] = { "schema", "object", "none", NULL };

#define AT(member) offsetof(struct lesson, member)
static const struct field lesson_fields[] = {
	{ "model", FIELD_TEXT, AT(model) },
	{ "limit", FIELD_CHOICE, AT(limit), .optional = true, .choices = limits },
	{ "json", FIELD_CHOICE, AT(json), .optional = true, .choices = json_modes },
	{ "no_images", FIELD_BOOL, AT(no_images), .optional = true },
	{ "no_usage", FIELD_BOOL, AT(no_usage), .optional = true },
	{ "no_extra", FIELD_BOOL, AT(no_extra), .optional = true },
	{ "context_tokens", FIELD_INT, AT(context_tokens), .optional = true, .max = 1e9 },
	{ 0 },
};
#undef AT
static const struct record_type lesson_type = { "lesson", sizeof(struct lesson), lesson_fields };

static const struct field learned_fields[] = {
	{ "models", FIELD_MAP, offsetof(struct learned, lessons), .of = &lesson_type },
	{ 0 },
};
static const struct record_type learned_type = { "learned", sizeof(struct learned),
	                                         learned_fields };

void learned_read(struct learned *l, const char *file)
{
	struct strbuf text = { 0 };
	struct json *value = NULL;
	struct json_at root;
	struct error err;

	if (!file || !file_read(&text, file, FILE_MAX_BYTES, &err))
		goto out;
	if (json_parse(&value, strbuf_str(&text), text.len, &err)) {
		root = json_root(value, "learned");
		if (record_read(l, &learned_type, &root, &err))
			goto out;
	}
	log_warn("llm: %s is not used: %s", file, err.text);
out:
	json_free(value);
	strbuf_release(&text);
}

void learned_release(struct learned *l)
{
	record_release(&learned_type, l);
}

const struct lesson *learned_find(const struct learned *l, const char *model)
{
	for (size_t i = 0; i < l->lessons.count; i++)
		if (!strcmp(l->lessons.items[i].model, model))
			return &l->lessons.items[i];
	return NULL;
}

static struct lesson *lesson_for(struct learned *l, const char *model)
{
	struct lesson *lesson = (struct lesson *)(uintptr_t)learned_find(l, model);

	if (lesson)
		return lesson;
	if (l->lessons.count == MOST_LESSONS)
		learned_release(l);
	l->lessons.items = xrealloc(l->lessons.items, (l->lessons.count + 1) * sizeof(*lesson));
	lesson = &l->lessons.items[l->lessons.count++];
	*lesson = (struct lesson){ .model = xstrdup(model) };
	return lesson;
}

static void keep(const struct learned *l, const char *file)
{
	struct strbuf text = { 0 };
	struct error err;

	if (!file)
		return;
	record_write(&text, &learned_type, l);
	strbuf_addstr(&text, "\n");
	if (!file_write(file, text.buf, text.len, &err))
		log_warn("llm: %s", err.text);
	strbuf_release(&text);
}

void learned_manner(struct learned *l, const char *file, const char *model,
                    const struct manner *manner)
{
	struct lesson *lesson = lesson_for(l, model);

	lesson->limit = manner->limit;
	lesson->json = manner->json;
	lesson->no_images = manner->no_images;
	lesson->no_usage = manner->no_usage;
	lesson->no_extra = manner->no_extra;
	keep(l, file);
}

void learned_context(struct learned *l, const char *file, const char *model, int64_t tokens)
{
	lesson_for(l, model)->context_tokens = tokens;
	keep(l, file);
}
