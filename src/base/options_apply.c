#include "base/options_apply.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

static void path_to(struct strbuf *out, const struct spot *at)
{
	if (!at->up)
		return;
	path_to(out, at->up);
	strbuf_addf(out, "%s%.60s", out->len ? "." : "", at->name);
}

static bool PRINTF_LIKE(5, 6) wrong_at(const struct spot *at, int line, int column,
                                       struct error *err, const char *fmt, ...)
{
	char what[sizeof(err->text)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	if (line)
		return failed(err, ERR_CONFIG, "%s:%d:%d: %s", at->where, line, column, what);
	return failed(err, ERR_CONFIG, "%s: %s", at->where, what);
}

bool spot_failed(const struct spot *at, struct error *err, const char *fmt, ...)
{
	char what[sizeof(err->text)];
	struct strbuf path = { 0 };
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	path_to(&path, at);
	wrong_at(at, at->value->line, at->value->column, err, "%s%s%s", strbuf_str(&path),
	         path.len ? ": " : "", what);
	strbuf_release(&path);
	return false;
}

static bool expected(const char *what, const struct spot *at, struct error *err)
{
	const struct yaml_value *value = at->value;

	if (yaml_value_is_null(value))
		return spot_failed(at, err, "expected %s, found nothing", what);
	if (value->kind == YAML_TEXT)
		return spot_failed(at, err, "expected %s, found \"%.60s\"", what, value->text);
	return spot_failed(at, err, "expected %s, found %s", what,
	                   value->kind == YAML_MAP ? "keys and values" : "a list");
}

bool options_unknown(const struct spot *in, const struct field *fields, const char *key, int line,
                     int column, struct error *err)
{
	struct strbuf text = { 0 }, path = { 0 };
	const char **names = NULL, *near;
	size_t count = 0;

	for (; fields[count].name; count++) {
		names = xrealloc(names, (count + 1) * sizeof(*names));
		names[count] = fields[count].name;
	}
	path_to(&path, in);
	strbuf_addf(&text, "unknown key \"%.60s\"", key);
	if (path.len)
		strbuf_addf(&text, " in %s", strbuf_str(&path));
	near = text_nearest(key, names, count);
	if (near)
		strbuf_addf(&text, "; did you mean \"%s\"?", near);
	for (size_t i = 0; !near && i < count; i++)
		strbuf_addf(&text, "%s%s", i ? ", " : "; there are: ", names[i]);
	wrong_at(in, line, column, err, "%s", strbuf_str(&text));
	strbuf_release(&path);
	strbuf_release(&text);
	free(names);
	return false;
}

const struct field *field_named(const struct field *fields, const char *name)
{
	for (; fields->name; fields++)
		if (!strcmp(fields->name, name))
			return fields;
	return NULL;
}

/* Text that is no number says so; quotes make it text. */
static const char *number_text(const struct spot *at, const char *letters)
{
	const struct yaml_value *value = at->value;
	bool can_be = value->kind == YAML_TEXT && !value->quoted && value->text[0] &&
	              strspn(value->text, letters) == strlen(value->text);

	return can_be ? value->text : NULL;
}

static bool check_range(const struct field *f, double number, const struct spot *at,
                        struct error *err)
{
	struct strbuf range = { 0 };

	if (field_allows(f, number))
		return true;
	field_range(&range, f);
	spot_failed(at, err, "%.10g is out of range: %s", number, strbuf_str(&range));
	strbuf_release(&range);
	return false;
}

static bool apply_int(void *record, const struct field *f, const struct spot *at, struct error *err)
{
	const char *text = number_text(at, "+-0123456789");
	char *end = NULL;
	long long number;

	errno = 0;
	number = text ? strtoll(text, &end, 10) : 0;
	if (!text || *end || errno)
		return expected("a whole number", at, err);
	if (!check_range(f, (double)number, at, err))
		return false;
	*(int64_t *)field_at(f, record) = number;
	return true;
}

static bool apply_real(void *record, const struct field *f, const struct spot *at,
                       struct error *err)
{
	const char *text = number_text(at, "+-.0123456789eE");
	char *end = NULL;
	double number = text ? strtod(text, &end) : 0;

	if (!text || *end || !isfinite(number))
		return expected("a number", at, err);
	if (!check_range(f, number, at, err))
		return false;
	*(double *)field_at(f, record) = number;
	return true;
}

static bool apply_bool(void *record, const struct field *f, const struct spot *at,
                       struct error *err)
{
	static const char *const words[] = { "false", "true", "no", "yes", "off", "on" };

	for (size_t i = 0; i < COUNT(words) && at->value->kind == YAML_TEXT; i++) {
		if (strcasecmp(at->value->text, words[i]) != 0)
			continue;
		*(bool *)field_at(f, record) = i % 2;
		return true;
	}
	return expected("true or false", at, err);
}

static bool apply_choice(void *record, const struct field *f, const struct spot *at,
                         struct error *err)
{
	struct strbuf known = { 0 };
	int choice = at->value->kind == YAML_TEXT ? field_choice(f, at->value->text) : -1;

	if (choice >= 0) {
		*(int *)field_at(f, record) = choice;
		return true;
	}
	strbuf_addstr(&known, "one of: ");
	field_choices(&known, f);
	expected(strbuf_str(&known), at, err);
	strbuf_release(&known);
	return false;
}

static bool apply_text(void *record, const struct field *f, const struct spot *at,
                       struct error *err)
{
	char *text;

	if (at->value->kind != YAML_TEXT)
		return expected("text", at, err);
	text = yaml_value_is_null(at->value) ? NULL : xstrdup(at->value->text);
	field_clear(f, record);
	memcpy(field_at(f, record), &text, sizeof(text));
	return true;
}

static bool apply_texts(void *record, const struct field *f, const struct spot *at,
                        struct error *err)
{
	const struct yaml_value *value = at->value;
	text_list list = { 0 };

	if (value->kind != YAML_LIST && !yaml_value_is_null(value))
		return expected("a list, [like, this]", at, err);
	for (size_t i = 0; i < value->count; i++) {
		struct spot item = { at->where, at, "item", &value->items[i] };

		if (item.value->kind != YAML_TEXT || yaml_value_is_null(item.value))
			return expected("text", &item, err);
	}
	list.items = value->count ? xcalloc(value->count, sizeof(*list.items)) : NULL;
	list.count = value->count;
	for (size_t i = 0; i < value->count; i++)
		list.items[i] = xstrdup(value->items[i].text);
	field_clear(f, record);
	memcpy(field_at(f, record), &list, sizeof(list));
	return true;
}

bool options_apply_all(void *record, const struct field *fields, const struct spot *at,
                       struct error *err)
{
	if (at->value->kind != YAML_MAP && !yaml_value_is_null(at->value))
		return expected("keys and values", at, err);
	for (size_t i = 0; i < at->value->count; i++) {
		const struct yaml_value *value = &at->value->items[i];
		const struct field *f = field_named(fields, value->key);
		struct spot spot = { at->where, at, value->key, value };

		if (!f)
			return options_unknown(at, fields, value->key, value->key_line,
			                       value->key_column, err);
		if (!options_apply(record, f, &spot, err))
			return false;
	}
	return true;
}

static bool apply_record(void *record, const struct field *f, const struct spot *at,
                         struct error *err)
{
	return options_apply_all(field_at(f, record), f->of->fields, at, err);
}

/* Nothing but a list says what is all of an item, so only there can something be missing. */
static bool is_whole(const struct record_type *type, const struct spot *at, struct error *err)
{
	for (const struct field *f = type->fields; f->name; f++) {
		bool is_there = f->optional;

		for (size_t i = 0; !is_there && i < at->value->count; i++)
			is_there = !strcmp(at->value->items[i].key, f->name) &&
			           !yaml_value_is_null(&at->value->items[i]);
		if (!is_there)
			return spot_failed(at, err, "\"%s\" is missing", f->name);
	}
	return true;
}

/* Room for one more item, all zeros. */
static void *add_item(void *record, const struct field *f)
{
	struct {
		void *items;
		size_t count;
	} list;

	memcpy(&list, field_at(f, record), sizeof(list));
	list.items = xrealloc(list.items, (list.count + 1) * f->of->size);
	memset((char *)list.items + list.count++ * f->of->size, 0, f->of->size);
	memcpy(field_at(f, record), &list, sizeof(list));
	return field_item(f, record, list.count - 1);
}

static bool apply_list(void *record, const struct field *f, const struct spot *at,
                       struct error *err)
{
	if (at->value->kind != YAML_LIST && !yaml_value_is_null(at->value))
		return expected("a list, each item after a dash", at, err);
	field_clear(f, record);
	for (size_t i = 0; i < at->value->count; i++) {
		struct spot item = { at->where, at, "item", &at->value->items[i] };

		if (!options_apply_all(add_item(record, f), f->of->fields, &item, err) ||
		    !is_whole(f->of, &item, err))
			return false;
	}
	return true;
}

void *field_item_named(void *record, const struct field *f, const char *name)
{
	size_t count = field_count(f, record);
	const char *own = NULL;
	void *item;

	if (!name[0] || strlen(name) > YAML_MOST_KEY_BYTES)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		item = field_item(f, record, i);
		own = field_text(f->of->fields, item);
		if (own && !strcmp(own, name))
			return item;
	}
	item = add_item(record, f);
	own = xstrdup(name);
	memcpy(field_at(f->of->fields, item), &own, sizeof(own));
	return item;
}

static bool apply_map(void *record, const struct field *f, const struct spot *at, struct error *err)
{
	if (yaml_value_is_null(at->value))
		field_clear(f, record);
	else if (at->value->kind != YAML_MAP)
		return expected("names with something under each", at, err);
	for (size_t i = 0; i < at->value->count; i++) {
		const struct yaml_value *value = &at->value->items[i];
		struct spot spot = { at->where, at, value->key, value };
		void *item = field_item_named(record, f, value->key);

		if (!item)
			return spot_failed(&spot, err, "a name has 1 to %d bytes",
			                   YAML_MOST_KEY_BYTES);
		if (!options_apply_all(item, f->of->fields + 1, &spot, err))
			return false;
	}
	return true;
}

static void add_json_scalar(struct strbuf *out, const struct yaml_value *value)
{
	static const char digits[] = "+-.0123456789eE";
	const char *text = value->text;
	char *end = NULL;
	double number;

	if (yaml_value_is_null(value)) {
		strbuf_addstr(out, "null");
		return;
	}
	if (!value->quoted && (!strcmp(text, "true") || !strcmp(text, "false"))) {
		strbuf_addstr(out, text);
		return;
	}
	number = !value->quoted && strspn(text, digits) == strlen(text) ? strtod(text, &end) : 0;
	if (end && !*end && isfinite(number))
		json_add_real(out, number);
	else
		json_quote(out, text, strlen(text));
}

static void add_json(struct strbuf *out, const struct yaml_value *value)
{
	bool is_map = value->kind == YAML_MAP;

	if (value->kind == YAML_TEXT) {
		add_json_scalar(out, value);
		return;
	}
	strbuf_addstr(out, is_map ? "{" : "[");
	for (size_t i = 0; i < value->count; i++) {
		strbuf_addstr(out, i ? "," : "");
		if (is_map) {
			json_quote(out, value->items[i].key, strlen(value->items[i].key));
			strbuf_addstr(out, ":");
		}
		add_json(out, &value->items[i]);
	}
	strbuf_addstr(out, is_map ? "}" : "]");
}

static bool apply_json(void *record, const struct field *f, const struct spot *at,
                       struct error *err UNUSED)
{
	struct strbuf json = { 0 };
	char *text = NULL;

	if (!yaml_value_is_null(at->value)) {
		add_json(&json, at->value);
		text = strbuf_detach(&json);
	}
	field_clear(f, record);
	memcpy(field_at(f, record), &text, sizeof(text));
	return true;
}

bool options_apply(void *record, const struct field *f, const struct spot *at, struct error *err)
{
	static bool (*const apply[])(void *, const struct field *, const struct spot *,
	                             struct error *) = {
		[FIELD_TEXT] = apply_text,     [FIELD_INT] = apply_int,
		[FIELD_REAL] = apply_real,     [FIELD_BOOL] = apply_bool,
		[FIELD_CHOICE] = apply_choice, [FIELD_TEXTS] = apply_texts,
		[FIELD_LIST] = apply_list,     [FIELD_RECORD] = apply_record,
		[FIELD_JSON] = apply_json,     [FIELD_MAP] = apply_map,
	};
	const struct yaml_value *value = at->value;

	/* A key whose values are all commented out mentions nothing. */
	if (value->kind == YAML_TEXT && !value->quoted && !value->text[0])
		return true;
	return apply[f->type](record, f, at, err);
}
