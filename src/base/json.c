#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define REPLACEMENT "\xef\xbf\xbd"

/* `struct json` is a cJSON that nobody outside this file may look into. */
static cJSON *inside(const struct json *value)
{
	return (cJSON *)(uintptr_t)value;
}

static struct json *outside(cJSON *value)
{
	if (!value)
		abort(); /* cJSON returns NULL only when memory has run out */
	return (struct json *)value;
}

/* How many bytes the UTF-8 character at s has; 0 if there is none. */
static size_t character_len(const unsigned char *s, size_t left)
{
	static const struct {
		unsigned char from, to, low, high;
		size_t len;
	} forms[] = {
		{ 0x00, 0x7f, 0, 0, 1 },       { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < COUNT(forms); i++) {
		if (s[0] < forms[i].from || s[0] > forms[i].to)
			continue;
		if (forms[i].len > left)
			return 0;
		for (size_t k = 1; k < forms[i].len; k++) {
			unsigned char low = k == 1 ? forms[i].low : 0x80;
			unsigned char high = k == 1 ? forms[i].high : 0xbf;

			if (s[k] < low || s[k] > high)
				return 0;
		}
		return forms[i].len;
	}
	return 0;
}

/* The value of four hex digits, or -1. */
static long hex4(const char *s, size_t left)
{
	long value = 0;

	if (left < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char c = s[i];
		int digit = c >= '0' && c <= '9'   ? c - '0'
		            : c >= 'a' && c <= 'f' ? c - 'a' + 10
		            : c >= 'A' && c <= 'F' ? c - 'A' + 10
		                                   : -1;

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* The escape at s, which starts with a backslash: copy it in a form cJSON keeps whole. */
static size_t clean_escape(struct strbuf *out, const char *s, size_t left)
{
	long unit = left > 2 && s[1] == 'u' ? hex4(s + 2, left - 2) : -1;
	long next;

	if (unit < 0) {
		size_t len = left > 1 && (unsigned char)s[1] < 0x80 && s[1] ? 2 : 1;

		strbuf_add(out, s, len);
		return len;
	}
	if (unit >= 0xd800 && unit <= 0xdbff && left >= 12 && s[6] == '\\' && s[7] == 'u') {
		next = hex4(s + 8, left - 8);
		if (next >= 0xdc00 && next <= 0xdfff) {
			strbuf_add(out, s, 12);
			return 12;
		}
	}
	if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff))
		strbuf_addstr(out, "\\ufffd");
	else
		strbuf_add(out, s, 6);
	return 6;
}

/* How many bytes at s need no second look: nearly all of them, so they are copied at once. */
static size_t plain_len(const char *s, size_t left)
{
	size_t n = 0;

	while (n < left && (signed char)s[n] > 0 && s[n] != '\\')
		n++;
	return n;
}

static void clean(struct strbuf *out, const char *text, size_t len)
{
	size_t i = len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;

	while (i < len) {
		size_t n = plain_len(text + i, len - i);

		if (!n && text[i] == '\\') {
			i += clean_escape(out, text + i, len - i);
			continue;
		}
		if (!n)
			n = character_len((const unsigned char *)text + i, len - i);
		if (!n || !text[i]) {
			strbuf_addstr(out, REPLACEMENT);
			i++;
		} else {
			strbuf_add(out, text + i, n);
			i += n;
		}
	}
}

static bool parse_failed(const char *text, const char *at, struct error *err)
{
	int line = 1, column = 1;

	for (const char *p = text; p < at; p++) {
		column = *p == '\n' ? 1 : column + 1;
		line += *p == '\n';
	}
	return failed(err, ERR_PROTOCOL, "line %d, column %d: %s", line, column,
	              *at ? "this is not JSON" : "the JSON ends too early");
}

bool json_parse(struct json **out, const char *text, size_t len, struct error *err)
{
	struct strbuf sb = { 0 };
	const char *end = NULL;
	cJSON *value;
	bool ok;

	clean(&sb, text, len);
	value = cJSON_ParseWithLengthOpts(strbuf_str(&sb), sb.len + 1, &end, 0);
	if (value)
		end += strspn(end, " \t\r\n");
	ok = value && !*end;
	if (ok) {
		*out = (struct json *)value;
	} else {
		cJSON_Delete(value);
		parse_failed(strbuf_str(&sb), end ? end : strbuf_str(&sb), err);
	}
	strbuf_release(&sb);
	return ok;
}

void json_free(struct json *value)
{
	cJSON_Delete(inside(value));
}

void json_write(struct strbuf *out, const struct json *value)
{
	char *text = cJSON_PrintUnformatted(inside(value));

	if (!text)
		abort();
	strbuf_addstr(out, text);
	free(text);
}

static int by_key(const void *a, const void *b)
{
	const cJSON *const *x = a, *const *y = b;

	return strcmp((*x)->string, (*y)->string);
}

static void object_sorted(struct strbuf *out, const cJSON *object)
{
	size_t count = (size_t)cJSON_GetArraySize(object), i = 0;
	const cJSON **items = xcalloc(count + 1, sizeof(*items));
	const cJSON *item;

	cJSON_ArrayForEach(item, object)
	{
		items[i++] = item;
	}
	qsort(items, count, sizeof(*items), by_key);
	strbuf_addstr(out, "{");
	for (i = 0; i < count; i++) {
		strbuf_addstr(out, i ? "," : "");
		json_quote(out, items[i]->string, strlen(items[i]->string));
		strbuf_addstr(out, ":");
		json_sorted(out, (const struct json *)items[i]);
	}
	strbuf_addstr(out, "}");
	free(items);
}

void json_sorted(struct strbuf *out, const struct json *value)
{
	const cJSON *item;
	bool first = true;

	if (cJSON_IsObject(inside(value))) {
		object_sorted(out, inside(value));
	} else if (cJSON_IsArray(inside(value))) {
		strbuf_addstr(out, "[");
		cJSON_ArrayForEach(item, inside(value))
		{
			strbuf_addstr(out, first ? "" : ",");
			json_sorted(out, (const struct json *)item);
			first = false;
		}
		strbuf_addstr(out, "]");
	} else {
		json_write(out, value);
	}
}

struct json_at json_root(const struct json *value, const char *name)
{
	return (struct json_at){ .value = value, .key = name };
}

struct json_at json_key(const struct json_at *at, const char *key)
{
	cJSON *object = inside(at->value);
	cJSON *value = cJSON_IsObject(object) ? object->child : NULL;

	/* By hand, since most keys differ in the first letter already: Blender's API alone is
	 * asked for a million keys. */
	while (value && (value->string[0] != key[0] || strcmp(value->string, key) != 0))
		value = value->next;
	return (struct json_at){ .value = (struct json *)value, .up = at, .key = key };
}

struct json_at json_item(const struct json_at *at, size_t index)
{
	cJSON *array = inside(at->value);
	cJSON *value = index < json_count(at) ? cJSON_GetArrayItem(array, (int)index) : NULL;

	return (struct json_at){ .value = (struct json *)value, .up = at, .index = index };
}

size_t json_count(const struct json_at *at)
{
	cJSON *value = inside(at->value);

	return cJSON_IsArray(value) || cJSON_IsObject(value) ? (size_t)cJSON_GetArraySize(value)
	                                                     : 0;
}

const char *json_name(const struct json_at *at, size_t index)
{
	cJSON *object = inside(at->value);
	cJSON *item = cJSON_IsObject(object) ? cJSON_GetArrayItem(object, (int)index) : NULL;

	return item ? item->string : NULL;
}

static struct json_at child_at(cJSON *child, const struct json_at *up, size_t index)
{
	return (struct json_at){
		.value = (struct json *)child,
		.up = up,
		.key = cJSON_IsObject(inside(up->value)) && child ? child->string : NULL,
		.index = index,
	};
}

struct json_at json_first(const struct json_at *at)
{
	return child_at(json_count(at) ? inside(at->value)->child : NULL, at, 0);
}

struct json_at json_next(const struct json_at *item)
{
	cJSON *value = inside(item->value);

	return child_at(value ? value->next : NULL, item->up, item->index + 1);
}

bool json_is_given(const struct json_at *at)
{
	return at->value && !cJSON_IsNull(inside(at->value));
}

bool json_is_object(const struct json_at *at)
{
	return cJSON_IsObject(inside(at->value));
}

bool json_is_array(const struct json_at *at)
{
	return cJSON_IsArray(inside(at->value));
}

bool json_is_text(const struct json_at *at)
{
	return cJSON_IsString(inside(at->value));
}

bool json_is_number(const struct json_at *at)
{
	return cJSON_IsNumber(inside(at->value));
}

static const char *kind_name(const struct json_at *at)
{
	const cJSON *value = inside(at->value);

	return !value                  ? "nothing"
	       : cJSON_IsObject(value) ? "an object"
	       : cJSON_IsArray(value)  ? "a list"
	       : cJSON_IsString(value) ? "text"
	       : cJSON_IsNumber(value) ? "a number"
	       : cJSON_IsBool(value)   ? "true or false"
	                               : "null";
}

static void path_add(struct strbuf *out, const struct json_at *at)
{
	if (at->up)
		path_add(out, at->up);
	if (at->key)
		strbuf_addf(out, "%s%.60s", out->len ? "." : "", at->key);
	else
		strbuf_addf(out, "[%zu]", at->index);
}

bool json_failed(const struct json_at *at, struct error *err, const char *fmt, ...)
{
	struct strbuf path = { 0 };
	char what[sizeof(err->text)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	path_add(&path, at);
	failed(err, ERR_PROTOCOL, "%s: %s", strbuf_str(&path), what);
	strbuf_release(&path);
	return false;
}

static bool expected(const char *what, const struct json_at *at, struct error *err)
{
	return json_failed(at, err, "expected %s, found %s", what, kind_name(at));
}

bool json_text(const char **out, const struct json_at *at, struct error *err)
{
	if (!json_is_text(at))
		return expected("text", at, err);
	*out = inside(at->value)->valuestring;
	return true;
}

bool json_real(double *out, const struct json_at *at, struct error *err)
{
	if (!json_is_number(at))
		return expected("a number", at, err);
	*out = inside(at->value)->valuedouble;
	return true;
}

bool json_int(int64_t *out, const struct json_at *at, struct error *err)
{
	double number = 0;

	if (!json_real(&number, at, err))
		return false;
	if (!(fabs(number) <= 9007199254740992.0) || floor(number) < number)
		return json_failed(at, err, "%g is not a whole number we can hold", number);
	*out = (int64_t)number;
	return true;
}

bool json_bool(bool *out, const struct json_at *at, struct error *err)
{
	if (!cJSON_IsBool(inside(at->value)))
		return expected("true or false", at, err);
	*out = cJSON_IsTrue(inside(at->value));
	return true;
}

struct json *json_object(void)
{
	return outside(cJSON_CreateObject());
}

struct json *json_array(void)
{
	return outside(cJSON_CreateArray());
}

struct json *json_copy(const struct json *value)
{
	return outside(cJSON_Duplicate(inside(value), 1));
}

void json_put(struct json *object, const char *key, struct json *value)
{
	if (!cJSON_AddItemToObject(inside(object), key, inside(value)))
		abort();
}

void json_put_text(struct json *object, const char *key, const char *text)
{
	json_put(object, key, outside(cJSON_CreateString(text)));
}

void json_put_real(struct json *object, const char *key, double number)
{
	json_put(object, key, outside(cJSON_CreateNumber(number)));
}

void json_put_int(struct json *object, const char *key, int64_t number)
{
	json_put_real(object, key, (double)number);
}

void json_put_bool(struct json *object, const char *key, bool yes)
{
	json_put(object, key, outside(cJSON_CreateBool(yes)));
}

void json_push(struct json *array, struct json *value)
{
	if (!cJSON_AddItemToArray(inside(array), inside(value)))
		abort();
}

void json_push_text(struct json *array, const char *text)
{
	json_push(array, outside(cJSON_CreateString(text)));
}

void json_quote(struct strbuf *out, const char *text, size_t len)
{
	static const char names[] = "\bb\ff\nn\rr\tt\"\"\\\\";
	size_t i = 0;

	strbuf_addstr(out, "\"");
	while (i < len) {
		size_t n = character_len((const unsigned char *)text + i, len - i);
		const char *name = text[i] ? strchr(names, text[i]) : NULL;

		/* Every second byte of `names` is a control byte or itself. */
		while (name && (name - names) % 2)
			name = strchr(name + 1, text[i]);
		if (!n)
			strbuf_addstr(out, REPLACEMENT);
		else if (name)
			strbuf_addf(out, "\\%c", name[1]);
		else if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			strbuf_addf(out, "\\u%04x", (unsigned)text[i]);
		else
			strbuf_add(out, text + i, n);
		i += n ? n : 1;
	}
	strbuf_addstr(out, "\"");
}

/* Seventeen digits bring every double back; fewer are nicer when they do too. */
void json_add_real(struct strbuf *out, double number)
{
	char digits[32];

	if (!isfinite(number)) {
		strbuf_addstr(out, "null");
		return;
	}
	for (int precision = 15; precision <= 17; precision++) {
		double back;

		snprintf(digits, sizeof(digits), "%.*g", precision, number);
		back = strtod(digits, NULL);
		if (!(back < number) && !(back > number))
			break;
	}
	strbuf_addstr(out, digits);
}
