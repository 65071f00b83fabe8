#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

#include "base/mem.h"

#define MOST_DEPTH 32
#define MOST_KEYS  4096

struct reader {
	yaml_parser_t parser;
	yaml_event_t event; /* the one to look at; belongs to us until the next */
	const char *text;
	size_t len;
	const char *where;
	struct error *err;
};

static bool wrong_at(const struct reader *r, yaml_mark_t at, const char *what)
{
	return failed(r->err, ERR_CONFIG, "%s:%zu:%zu: %s", r->where, at.line + 1, at.column + 1,
	              what);
}

/* The commonest mistake, which libyaml calls a character that cannot start any token. */
static bool is_indented_by_tab(const struct reader *r, size_t line)
{
	const char *p = r->text, *end = r->text + r->len;

	while (line && p < end)
		line -= *p++ == '\n';
	while (p < end && *p == ' ')
		p++;
	return p < end && *p == '\t';
}

/* Bytes that are no text at all are reported by offset only. */
static yaml_mark_t mark_of_byte(const struct reader *r, size_t offset)
{
	yaml_mark_t mark = { 0 };

	for (size_t i = 0; i < offset && i < r->len; i++) {
		mark.column = r->text[i] == '\n' ? 0 : mark.column + 1;
		mark.line += r->text[i] == '\n';
	}
	return mark;
}

static bool syntax_failed(const struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	const char *problem = p->problem ? p->problem : "this is not YAML";

	if (p->error == YAML_READER_ERROR)
		return wrong_at(r, mark_of_byte(r, p->problem_offset), problem);
	if (is_indented_by_tab(r, p->problem_mark.line))
		return wrong_at(r, p->problem_mark, "indent with spaces, not with tabs");
	return wrong_at(r, p->problem_mark, problem);
}

static bool next(struct reader *r)
{
	yaml_event_delete(&r->event);
	return yaml_parser_parse(&r->parser, &r->event) || syntax_failed(r);
}

static bool is_plain(const struct reader *r)
{
	const yaml_event_t *e = &r->event;
	const unsigned char *anchor = NULL, *tag = NULL;

	if (e->type == YAML_SCALAR_EVENT) {
		anchor = e->data.scalar.anchor;
		tag = e->data.scalar.tag;
	} else if (e->type == YAML_SEQUENCE_START_EVENT) {
		anchor = e->data.sequence_start.anchor;
		tag = e->data.sequence_start.tag;
	} else if (e->type == YAML_MAPPING_START_EVENT) {
		anchor = e->data.mapping_start.anchor;
		tag = e->data.mapping_start.tag;
	}
	/* With anchors, a page of text can stand for more than memory holds. */
	if (e->type == YAML_ALIAS_EVENT || anchor)
		return wrong_at(r, e->start_mark,
		                "anchors (&name) and aliases (*name) are not read here; write the "
		                "value out, or in quotes if it is meant as text");
	return !tag || wrong_at(r, e->start_mark,
	                        "tags (!name) are not read here; leave it out, or write quotes if "
	                        "it is meant as text");
}

static bool read_scalar(char **out, const struct reader *r)
{
	const char *text = (const char *)r->event.data.scalar.value;

	if (strlen(text) != r->event.data.scalar.length)
		return wrong_at(r, r->event.start_mark, "text may not contain a zero byte");
	*out = xstrdup(text);
	return true;
}

/* Room for one more, all zeros. */
static struct yaml_value *add_item(struct yaml_value *to)
{
	/* Full exactly when the count is a power of two, or none. */
	if (!(to->count & (to->count - 1)))
		to->items =
			xrealloc(to->items, (to->count ? 2 * to->count : 1) * sizeof(*to->items));
	to->items[to->count] = (struct yaml_value){ 0 };
	return &to->items[to->count++];
}

static bool read_key(struct yaml_value *item, const struct yaml_value *map, struct reader *r)
{
	yaml_mark_t at = r->event.start_mark;

	if (!is_plain(r))
		return false;
	if (r->event.type != YAML_SCALAR_EVENT)
		return wrong_at(r, at, "a key has to be text");
	if (map->count > MOST_KEYS)
		return wrong_at(r, at, "too many keys");
	if (r->event.data.scalar.length > YAML_MOST_KEY_BYTES)
		return wrong_at(r, at, "this key is too long");
	if (!read_scalar(&item->key, r))
		return false;
	item->key_line = (int)at.line + 1;
	item->key_column = (int)at.column + 1;
	for (const struct yaml_value *other = map->items; other < item; other++)
		if (!strcmp(other->key, item->key))
			return failed(r->err, ERR_CONFIG,
			              "%s:%d:%d: \"%.60s\" stands here twice; first on line %d",
			              r->where, item->key_line, item->key_column, item->key,
			              other->key_line);
	return next(r);
}

static bool read_value(struct yaml_value *out, struct reader *r, int depth);

static bool read_items(struct yaml_value *out, struct reader *r, int depth)
{
	yaml_event_type_t end =
		out->kind == YAML_MAP ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;

	if (depth == MOST_DEPTH)
		return wrong_at(r, r->event.start_mark, "this is nested too deeply");
	if (!next(r))
		return false;
	while (r->event.type != end) {
		struct yaml_value *item = add_item(out);

		if (out->kind == YAML_MAP && !read_key(item, out, r))
			return false;
		if (!read_value(item, r, depth + 1))
			return false;
	}
	return true;
}

/* The value that begins with the event at hand; then the event after it is at hand. */
static bool read_value(struct yaml_value *out, struct reader *r, int depth)
{
	const yaml_event_t *e = &r->event;

	out->line = (int)e->start_mark.line + 1;
	out->column = (int)e->start_mark.column + 1;
	if (!is_plain(r))
		return false;
	if (e->type == YAML_SCALAR_EVENT) {
		out->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
		return read_scalar(&out->text, r) && next(r);
	}
	out->kind = e->type == YAML_MAPPING_START_EVENT ? YAML_MAP : YAML_LIST;
	return read_items(out, r, depth) && next(r);
}

static bool read_document(struct yaml_value *out, struct reader *r)
{
	if (!next(r))
		return false;
	if (r->event.type == YAML_STREAM_START_EVENT && !next(r))
		return false;
	if (r->event.type == YAML_STREAM_END_EVENT) {
		*out = (struct yaml_value){ .text = xstrdup(""), .line = 1, .column = 1 };
		return true;
	}
	if (!next(r) || !read_value(out, r, 0) || !next(r))
		return false;
	return r->event.type == YAML_STREAM_END_EVENT ||
	       wrong_at(r, r->event.start_mark, "a second document begins here; one is enough");
}

bool yaml_value_parse(struct yaml_value *out, const char *text, size_t len, const char *where,
                      struct error *err)
{
	struct reader r = { .text = text, .len = len, .where = where, .err = err };
	bool ok;

	*out = (struct yaml_value){ 0 };
	if (len > YAML_MOST_BYTES)
		return failed(err, ERR_CONFIG, "%s: larger than %u bytes", where, YAML_MOST_BYTES);
	if (!yaml_parser_initialize(&r.parser))
		abort(); /* only when memory has run out */
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, len);
	ok = read_document(out, &r);
	yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	if (!ok)
		yaml_value_release(out);
	return ok;
}

void yaml_value_release(struct yaml_value *value)
{
	for (size_t i = 0; i < value->count; i++)
		yaml_value_release(&value->items[i]);
	free(value->items);
	free(value->text);
	free(value->key);
	*value = (struct yaml_value){ 0 };
}

bool yaml_value_is_null(const struct yaml_value *value)
{
	return value->kind == YAML_TEXT && !value->quoted &&
	       (!value->text[0] || !strcmp(value->text, "~") || !strcasecmp(value->text, "null"));
}
