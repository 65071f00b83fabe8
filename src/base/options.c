#include "base/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/options_apply.h"
#include "base/text.h"
#include "base/yaml.h"

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
	ok = options_apply(record, f, &at, err);
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
		return options_unknown(in, fields, key, 0, 0, err);
	if (!rest)
		return set_field(record, f, in, key, text, err);
	if (f->type == FIELD_RECORD)
		return set_below(field_at(f, record), f->of->fields, &at, name, text, err);
	rest = strchr(name, '.');
	if (f->type != FIELD_MAP || !rest)
		return spot_failed(&at, err,
		                   f->type == FIELD_MAP ? "name a key below \"%.60s\""
		                                        : "there is no \"%.60s\" below it",
		                   name);
	*rest = '\0';
	item = field_item_named(record, f, name);
	if (!item)
		return spot_failed(&at, err, "a name has 1 to %d bytes", YAML_MOST_KEY_BYTES);
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
	ok = options_apply_all(draft, type->fields, &all, err);
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

/* A file cannot hold other bytes; libyaml sees to that. */
static bool is_readable(const char *key, const char *value, const char *where, struct error *err)
{
	return (text_is_utf8(key, strlen(key)) && text_is_utf8(value, strlen(value))) ||
	       failed(err, ERR_CONFIG, "%s: this is not UTF-8", where);
}

bool options_set(void *settings, const struct record_type *type, const char *key, const char *value,
                 const char *where, struct error *err)
{
	static const struct yaml_value nowhere = { 0 };
	struct spot all = { where, NULL, NULL, &nowhere };
	void *draft = draft_of(type, settings);
	char *words = xstrdup(key);
	bool ok = is_readable(key, value, where, err) &&
	          set_below(draft, type->fields, &all, words, value, err);

	free(words);
	return finish(settings, type, draft, ok);
}
