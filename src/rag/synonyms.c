#include "rag/synonyms.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "base/yaml.h"
#include "rag/inside.h"

static const struct yaml_value *item(const struct yaml_value *map, const char *key)
{
	for (size_t i = 0; map->kind == YAML_MAP && i < map->count; i++)
		if (!strcmp(map->items[i].key, key))
			return &map->items[i];
	return NULL;
}

/* What names in the index are called is a hint as well. Names without a path are classes, or
 * members of one. */
static void add_name(struct strbuf *out, struct strbuf *hints, struct db *db, const char *name)
{
	struct stmt *q = db_ask(db, "SELECT label, name FROM entry WHERE ident = ?1");
	bool bare = isupper((unsigned char)name[0]) || !strncmp(name, "bpy_", 4);
	struct strbuf ident = { 0 };

	strbuf_addf(&ident, "%s%s", bare ? "bpy.types." : "", name);
	stmt_bind(q, 1, strbuf_str(&ident));
	if (stmt_next(q)) {
		strbuf_addf(out, "%s\n", strbuf_str(&ident));
		strbuf_addf(hints, "%s %s ", stmt_text(q, 0), stmt_text(q, 1));
	}
	stmt_end(q);
	strbuf_release(&ident);
}

static void add_phrase(struct db *db, const char *phrase, const char *idents, bool hints)
{
	struct stmt *q = db_ask(db, "INSERT INTO synonym(phrase, query, hints) VALUES(?1, ?2, ?3)");

	stmt_bind(q, 1, phrase);
	stmt_bind(q, 2, idents);
	stmt_bind_int(q, 3, hints);
	stmt_done(q);
}

static void add_row(struct db *db, const struct yaml_value *say, const struct yaml_value *find,
                    const struct yaml_value *near)
{
	struct strbuf idents = { 0 }, hints = { 0 };

	for (size_t i = 0; i < find->count; i++)
		add_name(&idents, &hints, db, find->items[i].text);
	for (size_t i = 0; idents.len && i < say->count; i++)
		add_phrase(db, say->items[i].text, strbuf_str(&idents), false);
	for (size_t i = 0; near && i < near->count; i++)
		strbuf_addf(&hints, "%s ", near->items[i].text);
	if (idents.len && hints.len)
		add_phrase(db, strbuf_str(&hints), strbuf_str(&idents), true);
	strbuf_release(&idents);
	strbuf_release(&hints);
}

static bool is_texts(const struct yaml_value *list)
{
	if (!list || list->kind != YAML_LIST)
		return false;
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].kind != YAML_TEXT)
			return false;
	return list->count > 0;
}

static bool add_rows(struct db *db, const struct yaml_value *root, const char *file,
                     struct error *err)
{
	const struct yaml_value *words = item(root, "words");

	if (!words || words->kind != YAML_LIST)
		return failed(err, ERR_CONFIG, "%s: expected a list `words`", file);
	for (size_t i = 0; i < words->count; i++) {
		const struct yaml_value *say = item(&words->items[i], "say");
		const struct yaml_value *find = item(&words->items[i], "find");
		const struct yaml_value *near = item(&words->items[i], "near");

		if (!is_texts(say) || !is_texts(find) || (near && !is_texts(near)))
			return failed(
				err, ERR_CONFIG,
				"%s:%d: expected lists of texts: say, find and, if at all, near",
				file, words->items[i].line);
		add_row(db, say, find, near);
	}
	return db_ok(db, err);
}

bool synonyms_add(struct db *db, const char *dir, struct error *err)
{
	struct strbuf file = { 0 }, text = { 0 };
	struct yaml_value root = { 0 };
	bool ok;

	strbuf_addstr(&file, dir);
	path_add(&file, "words.yaml");
	ok = access(strbuf_str(&file), F_OK) ||
	     (file_read(&text, strbuf_str(&file), YAML_MOST_BYTES, err) &&
	      yaml_value_parse(&root, strbuf_str(&text), text.len, strbuf_str(&file), err) &&
	      add_rows(db, &root, strbuf_str(&file), err));
	yaml_value_release(&root);
	strbuf_release(&file);
	strbuf_release(&text);
	return ok;
}
