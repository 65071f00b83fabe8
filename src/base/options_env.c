#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/options.h"
#include "base/options_apply.h"
#include "base/text.h"

/* MEMORY_MB for memory_mb, MY_BOX for my-box. */
static void add_variable(struct strbuf *out, const char *name)
{
	for (; *name; name++) {
		char letter =
			isalnum((unsigned char)*name) ? (char)toupper((unsigned char)*name) : '_';

		strbuf_add(out, &letter, 1);
	}
}

/* What is left of `rest` after the name and, unless that was all, a line; NULL: another name. */
static const char *after_name(const char *rest, const char *name)
{
	struct strbuf variable = { 0 };
	size_t len = strlen(name);
	bool fits;

	add_variable(&variable, name);
	fits = !strncmp(rest, strbuf_str(&variable), len);
	strbuf_release(&variable);
	return !fits ? NULL : rest[len] == '_' ? rest + len + 1 : rest[len] ? NULL : rest + len;
}

static bool find_key(struct strbuf *key, const struct field *fields, const void *record,
                     const char *rest);

static bool find_below(struct strbuf *key, const char *name, const struct field *fields,
                       const void *record, const char *rest)
{
	size_t len = key->len;

	strbuf_addf(key, "%s.", name);
	if (find_key(key, fields, record, rest))
		return true;
	strbuf_cut(key, len);
	return false;
}

/* An item that is there, else a new one with the shortest name that leaves a key. */
static bool find_item(struct strbuf *key, const struct field *f, const void *record,
                      const char *rest)
{
	const struct field *fields = f->of->fields + 1;
	bool found = false;

	for (size_t i = 0; record && i < field_count(f, record); i++) {
		const void *item = field_item(f, record, i);
		const char *name = field_text(f->of->fields, item);
		const char *below = after_name(rest, name);

		if (below && *below && !strchr(name, '.') &&
		    find_below(key, name, fields, item, below))
			return true;
	}
	for (const char *line = strchr(rest, '_'); line && !found; line = strchr(line + 1, '_')) {
		char *name = xstrndup(rest, (size_t)(line - rest));

		for (char *p = name; *p; p++)
			*p = (char)tolower((unsigned char)*p);
		found = name[0] && find_below(key, name, fields, NULL, line + 1);
		free(name);
	}
	return found;
}

/* Add to *key the setting that the variable `rest` stands for. Not every record is one yet. */
static bool find_key(struct strbuf *key, const struct field *fields, const void *record,
                     const char *rest)
{
	for (const struct field *f = fields; f->name; f++) {
		const char *below = after_name(rest, f->name);
		const void *at = record ? field_at(f, record) : NULL;
		bool found = false;

		if (!below)
			continue;
		if (f->type == FIELD_RECORD) {
			found = *below && find_below(key, f->name, f->of->fields, at, below);
		} else if (f->type == FIELD_MAP && *below) {
			size_t len = key->len;

			strbuf_addf(key, "%s.", f->name);
			found = find_item(key, f, record, below);
			if (!found)
				strbuf_cut(key, len);
		} else if (!*below && rest[strlen(f->name)] == '\0') {
			strbuf_addstr(key, f->name);
			found = true;
		}
		if (found)
			return true;
	}
	return false;
}

static void list_variables(text_list *out, const char *above, const struct field *fields)
{
	for (const struct field *f = fields; f->name; f++) {
		struct strbuf name = { 0 };

		strbuf_addstr(&name, above);
		add_variable(&name, f->name);
		if (f->type == FIELD_RECORD) {
			strbuf_addstr(&name, "_");
			list_variables(out, strbuf_str(&name), f->of->fields);
			strbuf_release(&name);
			continue;
		}
		out->items = xrealloc(out->items, (out->count + 1) * sizeof(*out->items));
		out->items[out->count++] = strbuf_detach(&name);
	}
}

static bool is_group(const struct field *fields, const char *variable)
{
	for (const struct field *f = fields; f->name; f++) {
		const char *below = after_name(variable, f->name);

		if (below && f->type == FIELD_RECORD && (!*below || is_group(f->of->fields, below)))
			return true;
	}
	return false;
}

/* Nothing to complain about unless it is nearly a setting. */
static bool check_stranger(const struct record_type *type, const char *prefix, const char *variable,
                           struct error *err)
{
	text_list known = { 0 };
	const char *near;
	bool ok;

	list_variables(&known, "", type->fields);
	near = is_group(type->fields, variable) ? NULL
	                                        : text_nearest(variable, known.items, known.count);
	ok = !near || failed(err, ERR_CONFIG,
	                     "%s%.60s is no setting; did you mean %s%s? If it belongs to another "
	                     "program, rename it",
	                     prefix, variable, prefix, near);
	for (size_t i = 0; i < known.count; i++)
		free((char *)(uintptr_t)known.items[i]);
	free(known.items);
	return ok;
}

static bool set_variable(void *settings, const struct record_type *type, const char *prefix,
                         const char *definition, struct error *err)
{
	const char *equals = strchr(definition, '=');
	char *variable;
	struct strbuf key = { 0 };
	bool ok;

	if (!equals || strncmp(definition, prefix, strlen(prefix)) != 0)
		return true;
	variable = xstrndup(definition, (size_t)(equals - definition));
	if (find_key(&key, type->fields, settings, variable + strlen(prefix)))
		ok = options_set(settings, type, strbuf_str(&key), equals + 1, variable, err);
	else
		ok = check_stranger(type, prefix, variable + strlen(prefix), err);
	strbuf_release(&key);
	free(variable);
	return ok;
}

bool options_env(void *settings, const struct record_type *type, const char *prefix,
                 char *const *environment, struct error *err)
{
	void *draft = xcalloc(1, type->size);
	bool ok = true;

	record_copy(draft, type, settings);
	for (; ok && *environment; environment++)
		ok = set_variable(draft, type, prefix, *environment, err);
	record_release(type, ok ? settings : draft);
	if (ok)
		memcpy(settings, draft, type->size);
	free(draft);
	return ok;
}
