#include "base/record.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MOST_ITEMS 100000u

/* What every LIST_OF looks like from here. */
struct list {
	void *items;
	size_t count;
};

void *field_at(const struct field *f, const void *record)
{
	return (char *)(uintptr_t)record + f->offset;
}

static const char *text_at(const void *place)
{
	const char *text;

	memcpy(&text, place, sizeof(text));
	return text;
}

static void set_text(void *place, const char *text)
{
	memcpy(place, &text, sizeof(text));
}

static struct list list_at(const void *place)
{
	struct list list;

	memcpy(&list, place, sizeof(list));
	return list;
}

static void *item_at(const struct record_type *type, struct list list, size_t i)
{
	return (char *)list.items + i * type->size;
}

const char *field_text(const struct field *f, const void *record)
{
	return text_at(field_at(f, record));
}

size_t field_count(const struct field *f, const void *record)
{
	return list_at(field_at(f, record)).count;
}

void *field_item(const struct field *f, const void *record, size_t i)
{
	return item_at(f->of, list_at(field_at(f, record)), i);
}

static bool same_word(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b) &&
		    !(strchr("_- ", *a) && strchr("_- ", *b)))
			return false;
	return !*a && !*b;
}

int field_choice(const struct field *f, const char *word)
{
	for (int i = 0; f->choices[i]; i++)
		if (same_word(f->choices[i], word))
			return i;
	return -1;
}

void field_choices(struct strbuf *out, const struct field *f)
{
	for (size_t i = 0; f->choices[i]; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", f->choices[i]);
}

bool field_is_bounded(const struct field *f)
{
	return f->min < 0 || f->min > 0 || f->max < 0 || f->max > 0;
}

bool field_allows(const struct field *f, double number)
{
	return !field_is_bounded(f) || (number >= f->min && number <= f->max);
}

void field_range(struct strbuf *out, const struct field *f)
{
	if (isinf(f->max))
		strbuf_addf(out, "%.10g or more", f->min);
	else if (isinf(f->min))
		strbuf_addf(out, "%.10g or less", f->max);
	else
		strbuf_addf(out, "%.10g to %.10g", f->min, f->max);
}

static bool read_choice(int *out, const struct field *f, const struct json_at *at,
                        struct error *err)
{
	struct strbuf known = { 0 };
	const char *word;

	if (!json_text(&word, at, err))
		return false;
	*out = field_choice(f, word);
	if (*out >= 0)
		return true;
	*out = 0;
	field_choices(&known, f);
	json_failed(at, err, "\"%.40s\" is none of: %s", word, strbuf_str(&known));
	strbuf_release(&known);
	return false;
}

static bool check_range(const struct field *f, double number, const struct json_at *at,
                        struct error *err)
{
	struct strbuf range = { 0 };

	if (field_allows(f, number))
		return true;
	field_range(&range, f);
	json_failed(at, err, "%.10g is out of range: %s", number, strbuf_str(&range));
	strbuf_release(&range);
	return false;
}

static bool read_int(int64_t *out, const struct field *f, const struct json_at *at,
                     struct error *err)
{
	return json_int(out, at, err) && check_range(f, (double)*out, at, err);
}

static bool read_real(double *out, const struct field *f, const struct json_at *at,
                      struct error *err)
{
	return json_real(out, at, err) && check_range(f, *out, at, err);
}

static bool read_text(const char **out, const struct json_at *at, struct error *err)
{
	const char *text;
	double number;
	char digits[32];

	if (json_is_number(at) && json_real(&number, at, err)) {
		snprintf(digits, sizeof(digits), "%.12g", number);
		*out = xstrdup(digits);
		return true;
	}
	if (!json_text(&text, at, err))
		return false;
	*out = xstrdup(text);
	return true;
}

static bool begin_list(struct list *out, size_t size, const struct json_at *at, struct error *err)
{
	size_t count = json_count(at);

	if (!json_is_array(at))
		return json_failed(at, err, "expected a list");
	if (count > MOST_ITEMS)
		return json_failed(at, err, "%zu items are too many", count);
	out->items = count ? xcalloc(count, size) : NULL;
	out->count = count;
	return true;
}

static bool read_texts(void *to, const struct json_at *at, struct error *err)
{
	struct list list = { 0 };
	struct json_at item;
	const char **texts;

	if (!begin_list(&list, sizeof(char *), at, err))
		return false;
	memcpy(to, &list, sizeof(list));
	texts = list.items;
	item = json_first(at);
	for (size_t i = 0; item.value; i++, item = json_next(&item))
		if (!read_text(&texts[i], &item, err))
			return false;
	return true;
}

static bool read_list(void *to, const struct record_type *of, const struct json_at *at,
                      struct error *err)
{
	struct json_at item;
	struct list list = { 0 };

	if (!begin_list(&list, of->size, at, err))
		return false;
	memcpy(to, &list, sizeof(list));
	item = json_first(at);
	for (size_t i = 0; item.value; i++, item = json_next(&item))
		if (!record_read(item_at(of, list, i), of, &item, err))
			return false;
	return true;
}

static bool read_fields(void *out, const struct field *f, const struct json_at *at,
                        struct error *err);

static bool read_map(void *to, const struct record_type *of, const struct json_at *at,
                     struct error *err)
{
	struct list list = { NULL, json_count(at) };
	struct json_at item;

	if (!json_is_object(at))
		return json_failed(at, err, "expected an object, a %s under each name", of->name);
	if (list.count > MOST_ITEMS)
		return json_failed(at, err, "%zu items are too many", list.count);
	list.items = list.count ? xcalloc(list.count, of->size) : NULL;
	memcpy(to, &list, sizeof(list));
	item = json_first(at);
	for (size_t i = 0; item.value; i++, item = json_next(&item)) {
		void *record = item_at(of, list, i);

		set_text(field_at(of->fields, record), xstrdup(item.key));
		if (!json_is_object(&item))
			return json_failed(&item, err, "expected an object with the keys of a %s",
			                   of->name);
		if (!read_fields(record, of->fields + 1, &item, err))
			return false;
	}
	return true;
}

static bool read_json(const char **out, const struct json_at *at)
{
	struct strbuf text = { 0 };

	json_write(&text, at->value);
	*out = strbuf_detach(&text);
	return true;
}

static bool read_field(void *to, const struct field *f, const struct json_at *at, struct error *err)
{
	switch (f->type) {
	case FIELD_TEXT:
		return read_text(to, at, err);
	case FIELD_INT:
		return read_int(to, f, at, err);
	case FIELD_REAL:
		return read_real(to, f, at, err);
	case FIELD_BOOL:
		return json_bool(to, at, err);
	case FIELD_CHOICE:
		return read_choice(to, f, at, err);
	case FIELD_TEXTS:
		return read_texts(to, at, err);
	case FIELD_LIST:
		return read_list(to, f->of, at, err);
	case FIELD_RECORD:
		return record_read(to, f->of, at, err);
	case FIELD_JSON:
		return read_json(to, at);
	case FIELD_MAP:
		return read_map(to, f->of, at, err);
	}
	return false;
}

/* The rows from `f` on. */
static bool read_fields(void *out, const struct field *f, const struct json_at *at,
                        struct error *err)
{
	for (; f->name; f++) {
		struct json_at value = json_key(at, f->name);
		bool given = json_is_given(&value);
		bool ok = given ? read_field(field_at(f, out), f, &value, err)
		                : f->optional || json_failed(at, err, "\"%s\" is missing", f->name);

		if (!ok)
			return false;
	}
	return true;
}

bool record_read(void *out, const struct record_type *type, const struct json_at *at,
                 struct error *err)
{
	bool ok;

	memset(out, 0, type->size);
	ok = json_is_object(at)
	             ? read_fields(out, type->fields, at, err)
	             : json_failed(at, err, "expected an object with the keys of a %s", type->name);
	if (!ok)
		record_release(type, out);
	return ok;
}

static void write_texts(struct strbuf *out, struct list list)
{
	const char *const *texts = list.items;

	strbuf_addstr(out, "[");
	for (size_t i = 0; i < list.count; i++) {
		strbuf_addstr(out, i ? "," : "");
		json_quote(out, texts[i], strlen(texts[i]));
	}
	strbuf_addstr(out, "]");
}

static void write_list(struct strbuf *out, const struct record_type *of, struct list list)
{
	strbuf_addstr(out, "[");
	for (size_t i = 0; i < list.count; i++) {
		strbuf_addstr(out, i ? "," : "");
		record_write(out, of, item_at(of, list, i));
	}
	strbuf_addstr(out, "]");
}

static void write_fields(struct strbuf *out, const struct field *f, const void *record);

static void write_map(struct strbuf *out, const struct record_type *of, struct list list)
{
	strbuf_addstr(out, "{");
	for (size_t i = 0; i < list.count; i++) {
		const void *item = item_at(of, list, i);
		const char *name = text_at(field_at(of->fields, item));

		strbuf_addstr(out, i ? "," : "");
		json_quote(out, name ? name : "", name ? strlen(name) : 0);
		strbuf_addstr(out, ":");
		write_fields(out, of->fields + 1, item);
	}
	strbuf_addstr(out, "}");
}

static void write_field(struct strbuf *out, const struct field *f, const void *from)
{
	const char *text;

	switch (f->type) {
	case FIELD_TEXT:
		text = text_at(from);
		json_quote(out, text ? text : "", text ? strlen(text) : 0);
		break;
	case FIELD_INT:
		strbuf_addf(out, "%lld", (long long)*(const int64_t *)from);
		break;
	case FIELD_REAL:
		json_add_real(out, *(const double *)from);
		break;
	case FIELD_BOOL:
		strbuf_addstr(out, *(const bool *)from ? "true" : "false");
		break;
	case FIELD_CHOICE:
		text = f->choices[*(const int *)from];
		json_quote(out, text, strlen(text));
		break;
	case FIELD_TEXTS:
		write_texts(out, list_at(from));
		break;
	case FIELD_LIST:
		write_list(out, f->of, list_at(from));
		break;
	case FIELD_RECORD:
		record_write(out, f->of, from);
		break;
	case FIELD_JSON:
		text = text_at(from);
		strbuf_addstr(out, text ? text : "null");
		break;
	case FIELD_MAP:
		write_map(out, f->of, list_at(from));
		break;
	}
}

/* Optional fields that are empty are left out: a journal line says only what there is. */
static bool is_empty(const struct field *f, const void *from)
{
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_JSON:
		return !text_at(from);
	case FIELD_INT:
		return *(const int64_t *)from == 0;
	case FIELD_BOOL:
		return !*(const bool *)from;
	case FIELD_CHOICE:
		return *(const int *)from == 0;
	case FIELD_TEXTS:
	case FIELD_LIST:
	case FIELD_MAP:
		return list_at(from).count == 0;
	case FIELD_REAL:
	case FIELD_RECORD:
		return false;
	}
	return false;
}

static void write_fields(struct strbuf *out, const struct field *f, const void *record)
{
	bool first = true;

	strbuf_addstr(out, "{");
	for (; f->name; f++) {
		const void *from = field_at(f, record);

		if (f->optional && is_empty(f, from))
			continue;
		strbuf_addf(out, "%s\"%s\":", first ? "" : ",", f->name);
		write_field(out, f, from);
		first = false;
	}
	strbuf_addstr(out, "}");
}

void record_write(struct strbuf *out, const struct record_type *type, const void *record)
{
	write_fields(out, type->fields, record);
}

static void copy_texts(void *to, struct list list)
{
	const char **texts = list.count ? xcalloc(list.count, sizeof(*texts)) : NULL;
	const char *const *from = list.items;

	for (size_t i = 0; i < list.count; i++)
		texts[i] = xstrdup(from[i]);
	list.items = texts;
	memcpy(to, &list, sizeof(list));
}

static void copy_list(void *to, const struct record_type *of, struct list list)
{
	struct list copy = { list.count ? xcalloc(list.count, of->size) : NULL, list.count };

	for (size_t i = 0; i < list.count; i++)
		record_copy(item_at(of, copy, i), of, item_at(of, list, i));
	memcpy(to, &copy, sizeof(copy));
}

void record_copy(void *to, const struct record_type *type, const void *from)
{
	memcpy(to, from, type->size);
	for (const struct field *f = type->fields; f->name; f++) {
		const void *at = field_at(f, from);

		if ((f->type == FIELD_TEXT || f->type == FIELD_JSON) && text_at(at))
			set_text(field_at(f, to), xstrdup(text_at(at)));
		else if (f->type == FIELD_TEXTS)
			copy_texts(field_at(f, to), list_at(at));
		else if (f->type == FIELD_LIST || f->type == FIELD_MAP)
			copy_list(field_at(f, to), f->of, list_at(at));
		else if (f->type == FIELD_RECORD)
			record_copy(field_at(f, to), f->of, at);
	}
}

static void release_texts(struct list list)
{
	char **texts = list.items;

	for (size_t i = 0; i < list.count; i++)
		free(texts[i]);
	free(texts);
}

static void release_list(const struct record_type *of, struct list list)
{
	for (size_t i = 0; i < list.count; i++)
		record_release(of, item_at(of, list, i));
	free(list.items);
}

void field_clear(const struct field *f, void *record)
{
	static const size_t sizes[] = {
		[FIELD_TEXT] = sizeof(char *),      [FIELD_INT] = sizeof(int64_t),
		[FIELD_REAL] = sizeof(double),      [FIELD_BOOL] = sizeof(bool),
		[FIELD_CHOICE] = sizeof(int),       [FIELD_TEXTS] = sizeof(struct list),
		[FIELD_LIST] = sizeof(struct list), [FIELD_JSON] = sizeof(char *),
		[FIELD_MAP] = sizeof(struct list),
	};
	void *at = field_at(f, record);

	if (f->type == FIELD_RECORD) {
		record_release(f->of, at);
		return;
	}
	if (f->type == FIELD_TEXT || f->type == FIELD_JSON)
		free((char *)(uintptr_t)text_at(at));
	else if (f->type == FIELD_TEXTS)
		release_texts(list_at(at));
	else if (f->type == FIELD_LIST || f->type == FIELD_MAP)
		release_list(f->of, list_at(at));
	memset(at, 0, sizes[f->type]);
}

void record_release(const struct record_type *type, void *record)
{
	for (const struct field *f = type->fields; f->name; f++)
		field_clear(f, record);
	memset(record, 0, type->size);
}

void texts_add(text_list *list, const char *text)
{
	list->items = xrealloc(list->items, (list->count + 1) * sizeof(*list->items));
	list->items[list->count++] = xstrdup(text);
}

void texts_release(text_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free((char *)(uintptr_t)list->items[i]);
	free(list->items);
	*list = (text_list){ 0 };
}
