#include "llm/draft.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MOST_PARTS 4096

void draft_release(struct draft *d)
{
	for (size_t i = 0; i < d->count; i++) {
		struct draft_part *part = &d->parts[i];

		strbuf_release(&part->text);
		free(part->id);
		free(part->name);
		free(part->signature);
		json_free(part->arguments);
	}
	free(d->parts);
	free(d->id);
	free(d->model);
	free(d->stop_raw);
	strbuf_release(&d->refusal);
	trouble_release(&d->trouble);
	*d = (struct draft){ 0 };
}

void draft_name(char **name, const char *value)
{
	if (value && !*name)
		*name = xstrdup(value);
}

static struct draft_part *new_part(struct draft *d, enum draft_type type)
{
	if (d->count == d->cap) {
		d->cap = d->cap ? 2 * d->cap : 8;
		d->parts = xrealloc(d->parts, d->cap * sizeof(*d->parts));
	}
	assert(d->parts);
	d->parts[d->count] = (struct draft_part){ .type = type, .index = -1 };
	return &d->parts[d->count++];
}

/* The part that more of this kind belongs to. NULL: there are too many parts. */
static struct draft_part *part_for(struct draft *d, enum draft_type type)
{
	struct draft_part *last = d->count ? &d->parts[d->count - 1] : NULL;

	if (last && last->type == type && !last->signature)
		return last;
	if (d->count < MOST_PARTS)
		return new_part(d, type);
	trouble_set(&d->trouble, TROUBLE_PROTOCOL, NULL, "the reply is in too many pieces");
	return NULL;
}

static void add_words(struct draft *d, enum draft_type type, const char *text, size_t len)
{
	struct draft_part *part = part_for(d, type);

	if (!part)
		return;
	strbuf_add(&part->text, text, len);
	if (d->words && len)
		d->words(d->ctx, type, text, len);
}

static void add_split(void *ctx, bool reasoning, const char *text, size_t len)
{
	add_words(ctx, reasoning ? DRAFT_REASONING : DRAFT_TEXT, text, len);
}

void draft_add(struct draft *d, enum draft_type type, const char *text, const char *signature)
{
	if (type == DRAFT_TEXT && d->split_thinking)
		think_feed(&d->think, text, strlen(text), add_split, d);
	else
		add_words(d, type, text, strlen(text));
	if (signature && d->count)
		draft_name(&d->parts[d->count - 1].signature, signature);
}

static struct draft_part *find_call(struct draft *d, const char *id, int64_t index)
{
	for (size_t i = d->count; i-- > 0;) {
		struct draft_part *part = &d->parts[i];

		if (part->type == DRAFT_CALL &&
		    (id ? part->id && !strcmp(part->id, id) : part->index == index))
			return part;
	}
	return NULL;
}

/* By id if known, else by index, else the latest; NULL: it is a new one. */
static struct draft_part *call_for(struct draft *d, const struct draft_call *piece)
{
	struct draft_part *part = piece->id ? find_call(d, piece->id, 0) : NULL;

	if (part)
		return part;
	if (piece->index < 0)
		return !piece->id && d->last_call ? &d->parts[d->last_call - 1] : NULL;
	part = find_call(d, NULL, piece->index);
	/* Some servers count every call as the same; another id with a name is another call. */
	if (part && piece->id && piece->name && part->id) {
		part->index = -1;
		return NULL;
	}
	return part;
}

void draft_add_call(struct draft *d, const struct draft_call *piece)
{
	struct draft_part *part = call_for(d, piece);

	if (!part && d->count == MOST_PARTS) {
		trouble_set(&d->trouble, TROUBLE_PROTOCOL, NULL, "the reply has too many calls");
		return;
	}
	if (!part)
		part = new_part(d, DRAFT_CALL);
	if (piece->index >= 0)
		part->index = piece->index;
	draft_name(&part->id, piece->id);
	draft_name(&part->name, piece->name);
	draft_name(&part->signature, piece->signature);
	if (piece->arguments)
		strbuf_addstr(&part->text, piece->arguments);
	d->last_call = (size_t)(part - d->parts) + 1;
}

void draft_set_stop(struct draft *d, enum draft_stop stop, const char *raw)
{
	d->stop = stop;
	free(d->stop_raw);
	d->stop_raw = xstrdup(raw);
}

static void read_arguments(struct draft_part *part)
{
	const char *text = strbuf_str(&part->text);
	struct error err;
	struct json_at root;

	while (isspace((unsigned char)*text))
		text++;
	if (!*text) {
		part->arguments = json_object();
		return;
	}
	if (!json_parse(&part->arguments, text, strlen(text), &err))
		return;
	root = json_root(part->arguments, "arguments");
	if (!json_is_object(&root)) {
		json_free(part->arguments);
		part->arguments = NULL;
	}
}

static size_t finish_calls(struct draft *d)
{
	size_t calls = 0;

	for (size_t i = 0; i < d->count; i++) {
		struct draft_part *part = &d->parts[i];
		char id[32];

		if (part->type != DRAFT_CALL)
			continue;
		snprintf(id, sizeof(id), "call_%zu", calls++);
		draft_name(&part->id, id);
		if (!part->name)
			trouble_set(&d->trouble, TROUBLE_PROTOCOL, NULL,
			            "tool call without a name");
		read_arguments(part);
	}
	return calls;
}

void draft_finish(struct draft *d)
{
	bool unsettled;
	size_t calls;

	if (d->split_thinking)
		think_end(&d->think, add_split, d);
	calls = finish_calls(d);
	unsettled = d->stop == DRAFT_STOP_NONE || d->stop == DRAFT_STOP_END;
	if (d->refusal.len) {
		d->is_refused = true;
		d->stop = unsettled ? DRAFT_STOP_REFUSAL : d->stop;
	}
	if (d->stop == DRAFT_STOP_REFUSAL)
		d->is_refused = true;
	if (d->trouble.kind)
		d->stop = DRAFT_STOP_ERROR;
	else if (calls && (d->stop == DRAFT_STOP_NONE || d->stop == DRAFT_STOP_END ||
	                   d->stop == DRAFT_STOP_OTHER))
		d->stop = DRAFT_STOP_CALLS;
}

void draft_join(struct strbuf *out, const struct draft *d, enum draft_type type)
{
	for (size_t i = 0; i < d->count; i++)
		if (d->parts[i].type == type)
			strbuf_add(out, strbuf_str(&d->parts[i].text), d->parts[i].text.len);
}
