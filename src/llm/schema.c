#include "llm/schema.h"

#include <string.h>

#include "llm/pick.h"

#define DEEPEST   40
#define MOST_SEEN 10000

static bool is_text(const struct json_at *at)
{
	return json_is_text(at);
}

static bool is_integer(const struct json_at *at)
{
	struct error err;
	int64_t number;

	return json_int(&number, at, &err);
}

static bool is_bool(const struct json_at *at)
{
	struct error err;
	bool yes;

	return json_bool(&yes, at, &err);
}

static bool is_null(const struct json_at *at)
{
	return at->value && !json_is_given(at);
}

static const struct {
	const char *name, *words;
	bool (*is)(const struct json_at *at);
} types[] = {
	{ "object", "an object", json_is_object },
	{ "array", "a list", json_is_array },
	{ "string", "text", is_text },
	{ "number", "a number", json_is_number },
	{ "integer", "a whole number", is_integer },
	{ "boolean", "true or false", is_bool },
	{ "null", "null", is_null },
};

/* Adds what would have been right to *wanted. */
static bool has_type(const struct json_at *value, const char *name, struct strbuf *wanted)
{
	for (size_t i = 0; name && i < COUNT(types); i++) {
		if (strcmp(types[i].name, name) != 0)
			continue;
		strbuf_addf(wanted, "%s%s", wanted->len ? " or " : "", types[i].words);
		return types[i].is(value);
	}
	return true;
}

static bool check_type(const struct json_at *value, const struct json_at *schema, struct error *err)
{
	struct json_at type = json_key(schema, "type");
	struct strbuf wanted = { 0 };
	bool ok = !json_is_array(&type);

	if (ok)
		ok = has_type(value, pick_text(schema, "type"), &wanted);
	for (size_t i = 0; !ok && i < json_count(&type) && i < COUNT(types); i++) {
		struct json_at item = json_item(&type, i);
		const char *name = NULL;

		ok = !json_text(&name, &item, err) || has_type(value, name, &wanted);
	}
	if (!ok)
		json_failed(value, err, "expected %s", strbuf_str(&wanted));
	strbuf_release(&wanted);
	return ok;
}

static bool check_enum(const struct json_at *value, const struct json_at *schema, struct error *err)
{
	struct json_at allowed = json_key(schema, "enum");
	struct strbuf own = { 0 }, one = { 0 };
	bool found = false;

	if (!json_is_array(&allowed))
		return true;
	json_sorted(&own, value->value);
	for (size_t i = 0; !found && i < json_count(&allowed) && i < MOST_SEEN; i++) {
		strbuf_reset(&one);
		json_sorted(&one, json_item(&allowed, i).value);
		found = !strcmp(strbuf_str(&own), strbuf_str(&one));
	}
	if (!found) {
		strbuf_reset(&one);
		json_write(&one, allowed.value);
		json_failed(value, err, "%.40s is none of %.120s", strbuf_str(&own),
		            strbuf_str(&one));
	}
	strbuf_release(&own);
	strbuf_release(&one);
	return found;
}

static bool check(const struct json_at *value, const struct json_at *schema, int depth,
                  struct error *err);

static bool check_required(const struct json_at *value, const struct json_at *schema,
                           struct error *err)
{
	struct json_at required = json_key(schema, "required");

	for (size_t i = 0; i < json_count(&required) && i < MOST_SEEN; i++) {
		struct json_at item = json_item(&required, i), found;
		const char *name = NULL;

		if (!json_text(&name, &item, err))
			continue;
		found = json_key(value, name);
		if (!found.value)
			return json_failed(value, err, "\"%.60s\" is missing", name);
	}
	return true;
}

static bool check_keys(const struct json_at *value, const struct json_at *schema, int depth,
                       struct error *err)
{
	struct json_at known = json_key(schema, "properties");
	struct json_at others = json_key(schema, "additionalProperties");
	bool others_allowed = true;
	struct error ignored;

	if (!json_bool(&others_allowed, &others, &ignored))
		others_allowed = true;
	for (size_t i = 0; i < json_count(value) && i < MOST_SEEN; i++) {
		const char *name = json_name(value, i);
		struct json_at item = json_key(value, name), own = json_key(&known, name);

		if (!own.value && !others_allowed)
			return json_failed(value, err, "\"%.60s\" does not belong there", name);
		if (!check(&item, own.value ? &own : &others, depth + 1, err))
			return false;
	}
	return true;
}

static bool check(const struct json_at *value, const struct json_at *schema, int depth,
                  struct error *err)
{
	struct json_at items = json_key(schema, "items");

	if (!json_is_object(schema))
		return true;
	if (depth == DEEPEST)
		return json_failed(value, err, "this is nested too deeply");
	if (!check_type(value, schema, err) || !check_enum(value, schema, err))
		return false;
	if (json_is_object(value))
		return check_required(value, schema, err) && check_keys(value, schema, depth, err);
	for (size_t i = 0; json_is_array(value) && i < json_count(value) && i < MOST_SEEN; i++) {
		struct json_at item = json_item(value, i);

		if (!check(&item, &items, depth + 1, err))
			return false;
	}
	return true;
}

bool schema_check(const struct json_at *value, const struct json_at *schema, struct error *err)
{
	return check(value, schema, 0, err);
}
