#include "tui/keymap.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "base/yaml.h"

const char *const key_contexts[] = {
	"global", "move",   "plan",  "talk", "script", "views", "params",  "steps", "checks",
	"review", "prompt", "chord", "line", "list",   "pager", "confirm", "start", "sessions",
	NULL,
};

struct keymap {
	struct binding *items;
	size_t count;
};

/* Keys that are not a character. */
static const char *const named_keys[] = {
	"Up",     "Down", "Left",  "Right", "Home",  "End",       "PgUp", "PgDn", "Insert",
	"Delete", "Tab",  "Enter", "Esc",   "Space", "Backspace", "F1",   "F2",   "F3",
	"F4",     "F5",   "F6",    "F7",    "F8",    "F9",        "F10",  "F11",  "F12",
};

static const char *named_key(const char *name)
{
	for (size_t i = 0; i < COUNT(named_keys); i++)
		if (!strcasecmp(named_keys[i], name))
			return named_keys[i];
	return NULL;
}

static bool is_one_character(const char *s)
{
	uint32_t character;
	size_t len = strlen(s);

	return len && text_decode(&character, s, len) == len && character > ' ';
}

/* Terminals without a protocol of their own send Ctrl only with these. */
static bool has_control(const char *rest)
{
	return (isalpha((unsigned char)*rest) || strchr("_\\]^@", *rest)) && !rest[1];
}

bool key_spell(struct strbuf *out, const char *name)
{
	const char *named = named_key(name), *rest = name + 2;
	char modifier = (char)toupper((unsigned char)name[0]);

	strbuf_reset(out);
	if (named || is_one_character(name)) {
		strbuf_addstr(out, named ? named : name);
		return true;
	}
	if (!*name || name[1] != '-' || !*rest || !strchr("CAS", modifier))
		return false;
	named = named_key(rest);
	if (!named && modifier == 'S')
		return false; /* that is a capital */
	if (!named && !is_one_character(rest))
		return false;
	if (!named && modifier == 'C' && !has_control(rest))
		return false;
	strbuf_addf(out, "%c-", modifier);
	if (named)
		strbuf_addstr(out, named);
	else if (modifier == 'C')
		strbuf_addf(out, "%c", tolower((unsigned char)*rest));
	else
		strbuf_addstr(out, rest);
	return true;
}

static const char *find_context(const char *name)
{
	for (size_t i = 0; key_contexts[i]; i++)
		if (!strcmp(key_contexts[i], name))
			return key_contexts[i];
	return NULL;
}

static struct binding *find(const struct keymap *map, const char *context, const char *key)
{
	for (size_t i = 0; i < map->count; i++)
		if (!strcmp(map->items[i].context, context) && !strcmp(map->items[i].key, key))
			return &map->items[i];
	return NULL;
}

static void drop(struct keymap *map, struct binding *b)
{
	free((char *)(uintptr_t)b->key);
	free((char *)(uintptr_t)b->command);
	memmove(b, b + 1, (size_t)(map->items + --map->count - b) * sizeof(*b));
}

/* Beside others of its context, so that help can be printed as it stands. */
static void insert(struct keymap *map, const struct binding *b)
{
	size_t at = map->count;

	for (size_t i = 0; i < map->count; i++)
		if (map->items[i].context == b->context)
			at = i + 1;
	map->items = xrealloc(map->items, (map->count + 1) * sizeof(*map->items));
	memmove(map->items + at + 1, map->items + at, (map->count++ - at) * sizeof(*map->items));
	map->items[at] = *b;
}

static void set(struct keymap *map, const char *context, const char *key, const char *command,
                bool is_users)
{
	struct binding *old = find(map, context, key);

	if (old)
		drop(map, old);
	if (*command)
		insert(map, &(struct binding){ context, xstrdup(key), xstrdup(command), is_users });
}

static bool read_binding(struct keymap *map, const char *context, const struct yaml_value *v,
                         const char *file, bool is_users, struct error *err)
{
	struct strbuf key = { 0 };
	bool ok = key_spell(&key, v->key);

	if (!ok)
		failed(err, ERR_CONFIG,
		       "%s:%d:%d: no terminal sends a key \"%.40s\"; write a, C-x, A-x, S-Tab, Up, "
		       "PgDn, F1, Space",
		       file, v->key_line, v->key_column, v->key);
	else if (v->kind != YAML_TEXT)
		ok = failed(err, ERR_CONFIG, "%s:%d:%d: a key stands for one command line", file,
		            v->line, v->column);
	else
		set(map, context, strbuf_str(&key), v->text, is_users);
	strbuf_release(&key);
	return ok;
}

static bool read_context(struct keymap *map, const struct yaml_value *v, const char *file,
                         bool is_users, struct error *err)
{
	const char *context = find_context(v->key);
	size_t count = COUNT(key_contexts) - 1;
	const char *nearest;

	if (!context) {
		nearest = text_nearest(v->key, key_contexts, count);
		return failed(err, ERR_CONFIG, "%s:%d:%d: there are no keys \"%.40s\"%s%s%s", file,
		              v->key_line, v->key_column, v->key,
		              nearest ? "; did you mean \"" : "", nearest ? nearest : "",
		              nearest ? "\"?" : "");
	}
	if (v->kind != YAML_MAP && !yaml_value_is_null(v))
		return failed(err, ERR_CONFIG, "%s:%d:%d: expected keys and what they stand for",
		              file, v->line, v->column);
	for (size_t i = 0; i < v->count; i++)
		if (!read_binding(map, context, &v->items[i], file, is_users, err))
			return false;
	return true;
}

static bool read_file(struct keymap *map, const char *file, bool is_users, struct error *err)
{
	struct yaml_value root = { 0 };
	struct strbuf text = { 0 };
	bool ok = file_read(&text, file, YAML_MOST_BYTES, err) &&
	          yaml_value_parse(&root, strbuf_str(&text), text.len, file, err);

	if (ok && root.kind != YAML_MAP && !yaml_value_is_null(&root))
		ok = failed(err, ERR_CONFIG, "%s:1:1: expected contexts, as in \"global:\"", file);
	for (size_t i = 0; ok && i < root.count; i++)
		ok = read_context(map, &root.items[i], file, is_users, err);
	yaml_value_release(&root);
	strbuf_release(&text);
	return ok;
}

bool keymap_load(struct keymap **out, const char *file, const char *const *over, struct error *err)
{
	struct keymap *map = NEW(struct keymap);
	bool ok = read_file(map, file, false, err);

	for (size_t i = 0; ok && over && over[i]; i++)
		ok = access(over[i], F_OK) != 0 || read_file(map, over[i], true, err);
	if (!ok)
		keymap_free(map);
	else
		*out = map;
	return ok;
}

bool keymap_load_usual(struct keymap **out, struct error *err)
{
	struct strbuf ours = { 0 }, users = { 0 };
	bool ok =
		path_shared(&ours, "config/keys.yaml", err) && path_home(&users, PATH_CONFIG, err);

	path_add(&users, "keys.yaml");
	ok = ok && keymap_load(out, strbuf_str(&ours),
	                       (const char *const[]){ strbuf_str(&users), NULL }, err);
	strbuf_release(&ours);
	strbuf_release(&users);
	return ok;
}

void keymap_free(struct keymap *map)
{
	if (!map)
		return;
	while (map->count)
		drop(map, &map->items[map->count - 1]);
	free(map->items);
	free(map);
}

const char *keymap_find(const struct keymap *map, const char *const *contexts, const char *key)
{
	for (size_t i = 0; contexts[i]; i++) {
		const struct binding *b = find(map, contexts[i], key);

		if (b)
			return b->command;
	}
	return NULL;
}

const char *keymap_key(const struct keymap *map, const char *const *contexts, const char *command)
{
	const char *best = NULL;

	for (size_t i = 0; contexts[i] && !best; i++)
		for (size_t k = 0; k < map->count; k++) {
			const struct binding *b = &map->items[k];
			bool is_it =
				!strcmp(b->context, contexts[i]) && !strcmp(b->command, command);

			/* Another context before this one may have taken the key. */
			if (!is_it || keymap_find(map, contexts, b->key) != b->command)
				continue;
			if (!best || strlen(b->key) < strlen(best))
				best = b->key;
		}
	return best;
}

const struct binding *keymap_bindings(const struct keymap *map, size_t *count)
{
	*count = map->count;
	return map->items;
}

static const char *check(struct strbuf *key, const char *context, const char *name,
                         struct error *err)
{
	const char *known = find_context(context);

	if (!known)
		failed(err, ERR_USAGE, "there are no keys of \"%.40s\"", context);
	else if (!key_spell(key, name))
		failed(err, ERR_USAGE, "no terminal sends a key \"%.40s\"", name);
	else
		return known;
	return NULL;
}

bool keymap_bind(struct keymap *map, const char *context, const char *key, const char *command,
                 struct error *err)
{
	struct strbuf spelt = { 0 };
	const char *known = check(&spelt, context, key, err);
	const struct binding *old = known ? find(map, known, strbuf_str(&spelt)) : NULL;
	bool ok = known != NULL;

	if (old && strcmp(old->command, command) != 0)
		ok = failed(err, ERR_USAGE, "%s already is \"%s\" in %s; :unmap it first",
		            strbuf_str(&spelt), old->command, known);
	if (ok)
		set(map, known, strbuf_str(&spelt), command, true);
	strbuf_release(&spelt);
	return ok;
}

bool keymap_unbind(struct keymap *map, const char *context, const char *key, struct error *err)
{
	struct strbuf spelt = { 0 };
	const char *known = check(&spelt, context, key, err);
	struct binding *old = known ? find(map, known, strbuf_str(&spelt)) : NULL;

	if (known && !old)
		failed(err, ERR_USAGE, "%s means nothing in %s", strbuf_str(&spelt), known);
	if (old)
		drop(map, old);
	strbuf_release(&spelt);
	return old != NULL;
}
