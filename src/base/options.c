#include "base/options.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/yaml.h"

#define MOST_NAME YAML_MOST_KEY_BYTES /* of what the user calls an item */

/* Where we are, on the stack, so that a complaint can say all of it. */
struct spot {
	const char *where;     /* the file, variable or flag */
	const struct spot *up; /* NULL: the whole */
	const char *name;      /* in `up` */
	const struct yaml_value *value;
};

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

static bool PRINTF_LIKE(3, 4) wrong(const struct spot *at, struct error *err, const char *fmt, ...)
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
		return wrong(at, err, "expected %s, found nothing", what);
	if (value->kind == YAML_TEXT)
		return wrong(at, err, "expected %s, found \"%.60s\"", what, value->text);
	return wrong(at, err, "expected %s, found %s", what,
	             value->kind == YAML_MAP ? "keys and values" : "a list");
}

/* Letters to change, add or drop to make one of the other. */
static size_t distance(const char *a, const char *b)
{
	size_t row[MOST_NAME + 1];
	size_t len = strlen(b);

	for (size_t j = 0; j <= len; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		size_t diagonal = row[0]++;

		for (size_t j = 0; j < len; j++) {
			size_t changed = diagonal + (a[i] != b[j]);
			size_t added = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;

			diagonal = row[j + 1];
			row[j + 1] = changed < added ? changed : added;
		}
	}
	return row[len];
}

static const char *text_nearest(const char *word, const char *const names[], size_t count)
{
	const char *nearest = NULL;
	size_t best = strlen(word) / 3 + 1;

	for (size_t i = 0; i < count && strlen(word) <= MOST_NAME; i++) {
		size_t far = distance(word, names[i]);

		if (far < best) {
			best = far;
			nearest = names[i];
		}
	}
	return nearest;
}

static bool unknown_key(const struct spot *in, const struct field *fields, const char *key,
                        int line, int column, struct error *err)
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

static const struct field *field_named(const struct field *fields, const char *name)
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
	wrong(at, err, "%.10g is out of range: %s", number, strbuf_str(&range));
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
		if (strcasecmp(at->value->text, words[i]))
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

static bool apply_field(void *record, const struct field *f, const struct spot *at,
                        struct error *err);

static bool apply_fields(void *record, const struct field *fields, const struct spot *at,
                         struct error *err)
{
	if (at->value->kind != YAML_MAP && !yaml_value_is_null(at->value))
		return expected("keys and values", at, err);
	for (size_t i = 0; i < at->value->count; i++) {
		const struct yaml_value *value = &at->value->items[i];
		const struct field *f = field_named(fields, value->key);
		struct spot spot = { at->where, at, value->key, value };

		if (!f)
			return unknown_key(at, fields, value->key, value->key_line,
			                   value->key_column, err);
		if (!apply_field(record, f, &spot, err))
			return false;
	}
	return true;
}

static bool apply_record(void *record, const struct field *f, const struct spot *at,
                         struct error *err)
{
	return apply_fields(field_at(f, record), f->of->fields, at, err);
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
			return wrong(at, err, "\"%s\" is missing", f->name);
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

		if (!apply_fields(add_item(record, f), f->of->fields, &item, err) ||
		    !is_whole(f->of, &item, err))
			return false;
	}
	return true;
}

/* The item of that name, new if there was none; NULL: no item may be called so. */
static void *item_named(void *record, const struct field *f, const char *name)
{
	size_t count = field_count(f, record);
	const char *own = NULL;
	void *item;

	if (!name[0] || strlen(name) > MOST_NAME)
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
		void *item = item_named(record, f, value->key);

		if (!item)
			return wrong(&spot, err, "a name has 1 to %d bytes", MOST_NAME);
		if (!apply_fields(item, f->of->fields + 1, &spot, err))
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

static bool apply_field(void *record, const struct field *f, const struct spot *at,
                        struct error *err)
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

/* What the user typed for one setting, as if it had stood in a file. */
static bool parse_argument(struct yaml_value *out, const struct field *f, const char *text,
                           const char *where, struct error *err)
{
	struct strbuf list = { 0 };
	bool is_scalar = f->type == FIELD_TEXT || f->type == FIELD_INT || f->type == FIELD_REAL ||
	                 f->type == FIELD_BOOL || f->type == FIELD_CHOICE;
	bool ok;

	if (is_scalar) {
		*out = (struct yaml_value){ .text = xstrdup(text) };
		return true;
	}
	if (f->type == FIELD_TEXTS && text[0] && text[0] != '[' && strcmp(text, "~") != 0) {
		strbuf_addf(&list, "[%s]", text);
		text = strbuf_str(&list);
	}
	ok = yaml_value_parse(out, text, strlen(text), where, err);
	strbuf_release(&list);
	return ok;
}

static bool set_field(void *record, const struct field *f, const struct spot *in, const char *name,
                      const char *text, struct error *err)
{
	struct yaml_value value;
	struct spot at = { in->where, in, name, &value };
	bool ok;

	if (!parse_argument(&value, f, text, in->where, err))
		return false;
	ok = apply_field(record, f, &at, err);
	yaml_value_release(&value);
	return ok;
}

/* Follow one step of the key, which is cut into words as we go. */
static bool set_below(void *record, const struct field *fields, const struct spot *in, char *key,
                      const char *text, struct error *err)
{
	static const struct yaml_value nowhere = { 0 };
	char *rest = strchr(key, '.'), *name = rest ? rest + 1 : NULL;
	const struct field *f;
	struct spot at = { in->where, in, key, &nowhere };
	struct spot item_at = { in->where, &at, name, &nowhere };
	void *item;

	if (rest)
		*rest = '\0';
	f = field_named(fields, key);
	if (!f)
		return unknown_key(in, fields, key, 0, 0, err);
	if (!rest)
		return set_field(record, f, in, key, text, err);
	if (f->type == FIELD_RECORD)
		return set_below(field_at(f, record), f->of->fields, &at, name, text, err);
	rest = strchr(name, '.');
	if (f->type != FIELD_MAP || !rest)
		return wrong(&at, err,
		             f->type == FIELD_MAP ? "name a key below \"%.60s\""
		                                  : "there is no \"%.60s\" below it",
		             name);
	*rest = '\0';
	item = item_named(record, f, name);
	if (!item)
		return wrong(&at, err, "a name has 1 to %d bytes", MOST_NAME);
	return set_below(item, f->of->fields + 1, &item_at, rest + 1, text, err);
}

/* All or nothing: a layer is tried on a copy. */
static void *draft_of(const struct record_type *type, const void *settings)
{
	void *draft = xcalloc(1, type->size);

	record_copy(draft, type, settings);
	return draft;
}

static bool finish(void *settings, const struct record_type *type, void *draft, bool ok)
{
	record_release(type, ok ? settings : draft);
	if (ok)
		memcpy(settings, draft, type->size);
	free(draft);
	return ok;
}

bool options_read(void *settings, const struct record_type *type, const char *text, size_t len,
                  const char *where, struct error *err)
{
	struct yaml_value value;
	struct spot all = { where, NULL, NULL, &value };
	void *draft;
	bool ok;

	if (!yaml_value_parse(&value, text, len, where, err))
		return false;
	draft = draft_of(type, settings);
	ok = apply_fields(draft, type->fields, &all, err);
	yaml_value_release(&value);
	return finish(settings, type, draft, ok);
}

bool options_read_file(void *settings, const struct record_type *type, const char *file,
                       struct error *err)
{
	struct strbuf text = { 0 };
	bool ok = file_read(&text, file, YAML_MOST_BYTES, err) &&
	          options_read(settings, type, strbuf_str(&text), text.len, file, err);

	strbuf_release(&text);
	return ok;
}

bool options_set(void *settings, const struct record_type *type, const char *key, const char *value,
                 const char *where, struct error *err)
{
	static const struct yaml_value nowhere = { 0 };
	struct spot all = { where, NULL, NULL, &nowhere };
	void *draft = draft_of(type, settings);
	char *words = xstrdup(key);
	bool ok = set_below(draft, type->fields, &all, words, value, err);

	free(words);
	return finish(settings, type, draft, ok);
}
