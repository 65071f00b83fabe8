#include "rag/recipes.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "rag/entry.h"
#include "rag/inside.h"

#define MOST_BYTES   (64u << 10)
#define MOST_RECIPES 1000
#define PRIOR        1.0

static const char quotes[] = "\"\"\"";
static const char picture_mark[] = "# For the picture:";

static const struct field recipe_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct recipe, name) },
	{ "title", FIELD_TEXT, offsetof(struct recipe, title) },
	{ "text", FIELD_TEXT, offsetof(struct recipe, text) },
	{ "words", FIELD_TEXTS, offsetof(struct recipe, words) },
	{ "idents", FIELD_TEXTS, offsetof(struct recipe, idents) },
	{ "ran", FIELD_TEXTS, offsetof(struct recipe, ran) },
	{ "closed", FIELD_BOOL, offsetof(struct recipe, is_closed), .optional = true },
	{ "code", FIELD_TEXT, offsetof(struct recipe, code) },
	{ 0 },
};

const struct record_type recipe_type = { "recipe", sizeof(struct recipe), recipe_fields };

static const struct field recipes_fields[] = {
	{ "recipes", FIELD_LIST, offsetof(struct recipes, list), .of = &recipe_type },
	{ 0 },
};

const struct record_type recipes_type = { "recipes", sizeof(struct recipes), recipes_fields };

static bool starts_with(struct text_span span, const char *s)
{
	return span.len >= strlen(s) && !memcmp(span.at, s, strlen(s));
}

static struct text_span skip(struct text_span span, size_t n)
{
	return (struct text_span){ span.at + n, span.len - n };
}

static const char *copy(struct text_span span)
{
	return xstrndup(span.at, span.len);
}

/* The title, and the paragraphs up to the quotes that end it. */
static void read_docstring(struct recipe *out, struct text_span *rest)
{
	struct text_span line, text;

	if (!starts_with(*rest, quotes) || !text_next_line(&line, rest))
		return;
	out->title = copy(text_trim(skip(line, strlen(quotes))));
	text = (struct text_span){ rest->at, 0 };
	while (text_next_line(&line, rest) && !text_is(line, quotes))
		text.len = (size_t)(rest->at - text.at);
	out->text = copy(text_trim(text));
}

static void split(text_list *out, struct text_span value, char at)
{
	while (value.len) {
		const char *end = memchr(value.at, at, value.len);
		size_t len = end ? (size_t)(end - value.at) : value.len;
		struct text_span item = text_trim((struct text_span){ value.at, len });
		const char *text = copy(item);

		if (item.len)
			text_list_add(out, text);
		free((char *)(uintptr_t)text);
		value = skip(value, end ? len + 1 : len);
	}
}

static void read_header_line(struct recipe *out, struct text_span line)
{
	const struct {
		const char *key;
		text_list *list;
		char between;
	} lists[] = {
		{ "# words:", &out->words, ',' },
		{ "# idents:", &out->idents, ',' },
		{ "# ran:", &out->ran, ' ' },
	};

	for (size_t i = 0; i < COUNT(lists); i++)
		if (starts_with(line, lists[i].key))
			split(lists[i].list, skip(line, strlen(lists[i].key)), lists[i].between);
	if (text_is(line, "# closed: yes"))
		out->is_closed = true;
}

static struct text_span before_picture(struct text_span file)
{
	struct text_span rest = file, line;
	size_t len = 0;

	while (text_next_line(&line, &rest) && !text_is(line, picture_mark))
		len = (size_t)(rest.at - file.at);
	return (struct text_span){ file.at, len };
}

static void read_code(struct recipe *out, struct text_span rest)
{
	struct text_span all = text_trim(rest);
	struct strbuf code = { 0 };

	strbuf_add(&code, all.at, all.len);
	strbuf_addstr(&code, "\n");
	out->code = strbuf_detach(&code);
}

static void read_parts(struct recipe *out, struct text_span file)
{
	struct text_span line;

	file = before_picture(file);
	read_docstring(out, &file);
	while (starts_with(file, "# ") && text_next_line(&line, &file))
		read_header_line(out, line);
	read_code(out, file);
}

static const char *missing_in(const struct recipe *r)
{
	if (!r->title || !r->title[0])
		return "a title: it begins with \"\"\"TITLE";
	if (!r->text || !r->text[0])
		return "words on when to use it, below its title";
	if (!r->words.count)
		return "a line \"# words: ...\"";
	if (!r->ran.count)
		return "a line \"# ran: VERSIONS\"";
	return r->code[1] ? NULL : "code";
}

bool recipe_read(struct recipe *out, const char *name, struct text_span file, struct error *err)
{
	const char *missing;

	*out = (struct recipe){ 0 };
	if (memchr(file.at, '\0', file.len))
		return failed(err, ERR_CONFIG, "recipe %.64s holds a NUL", name);
	out->name = xstrdup(name);
	read_parts(out, file);
	missing = missing_in(out);
	if (!missing)
		return true;
	record_release(&recipe_type, out);
	return failed(err, ERR_CONFIG, "recipe %.64s lacks %s", name, missing);
}

static void add(struct recipes *recipes, const struct recipe *recipe)
{
	size_t count = recipes->list.count++;

	recipes->list.items = xrealloc(recipes->list.items, (count + 1) * sizeof(*recipe));
	recipes->list.items[count] = *recipe;
}

static bool load_one(struct recipes *out, const char *dir, const char *base, struct error *err)
{
	struct strbuf path = { 0 }, file = { 0 };
	struct text_span text;
	struct recipe recipe;
	char *name = xstrndup(base, strlen(base) - strlen(".py"));
	bool ok;

	strbuf_addstr(&path, dir);
	path_add(&path, base);
	ok = file_read(&file, strbuf_str(&path), MOST_BYTES, err);
	text = (struct text_span){ strbuf_str(&file), file.len };
	if (ok && (ok = recipe_read(&recipe, name, text, err)))
		add(out, &recipe);
	strbuf_release(&path);
	strbuf_release(&file);
	free(name);
	return ok;
}

static bool is_recipe(const char *base)
{
	size_t len = strlen(base);

	return len > 3 && path_is_name(base) && !strcmp(base + len - 3, ".py");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct recipe *)a)->name, ((const struct recipe *)b)->name);
}

bool recipes_load(struct recipes *out, const char *dir, struct error *err)
{
	DIR *folder = opendir(dir);
	struct dirent *file;
	bool ok = true;

	*out = (struct recipes){ 0 };
	if (!folder)
		return failed(err, ERR_IO, "%.200s: %s", dir, strerror(errno));
	while (ok && (file = readdir(folder)) && out->list.count < MOST_RECIPES)
		if (is_recipe(file->d_name))
			ok = load_one(out, dir, file->d_name, err);
	closedir(folder);
	if (out->list.count)
		qsort(out->list.items, out->list.count, sizeof(*out->list.items), by_name);
	if (!ok)
		record_release(&recipes_type, out);
	return ok;
}

static long minor(const char *version)
{
	char *end;
	long major = strtol(version, &end, 10);

	return 1000 * major + (*end == '.' ? strtol(end + 1, NULL, 10) : 0);
}

bool recipe_suits(const struct recipe *recipe, const char *version)
{
	return recipe->ran.count && minor(version) >= minor(recipe->ran.items[0]);
}

/* Each followed by `end`. */
static void add_all(struct strbuf *out, const text_list *list, const char *end)
{
	for (size_t i = 0; i < list->count; i++) {
		strbuf_addstr(out, list->items[i]);
		strbuf_addstr(out, end);
	}
}

/* As models see it: what it is for and what goes wrong stands above the code. */
static void add_code(struct strbuf *out, const struct recipe *r)
{
	struct text_span rest = text_span(r->text), line;

	while (text_next_line(&line, &rest))
		strbuf_addf(out, "# %.*s\n", (int)line.len, line.at);
	strbuf_addstr(out, r->code);
}

static void add_example(struct db *db, const struct recipe *r, const char *words,
                        const char *idents, int64_t entry)
{
	struct stmt *q = db_ask(db, "INSERT INTO example(rowid, title, words, text, idents) "
	                            "VALUES(?1, ?2, ?3, ?4, ?5)");

	stmt_bind_int(q, 1, entry);
	stmt_bind(q, 2, r->title);
	stmt_bind(q, 3, words);
	stmt_bind(q, 4, r->text);
	stmt_bind(q, 5, idents);
	stmt_done(q);
}

static void add_recipe(struct db *db, const struct recipe *r, const char *idents, int64_t entry)
{
	struct stmt *q = db_ask(db, "INSERT INTO recipe(name, title, code, idents, entry) "
	                            "VALUES(?1, ?2, ?3, ?4, ?5)");
	struct strbuf code = { 0 };

	add_code(&code, r);
	stmt_bind(q, 1, r->name);
	stmt_bind(q, 2, r->title);
	stmt_bind(q, 3, strbuf_str(&code));
	stmt_bind(q, 4, idents);
	stmt_bind_int(q, 5, entry);
	stmt_done(q);
	strbuf_release(&code);
}

static void index_one(struct db *db, const struct recipe *r)
{
	struct strbuf ident = { 0 }, words = { 0 }, idents = { 0 };
	struct entry entry = { .kind = "recipe",
		               .name = r->name,
		               .label = r->title,
		               .summary = r->text,
		               .prior = PRIOR };
	int64_t id;

	strbuf_addf(&ident, "recipe:%s", r->name);
	add_all(&words, &r->words, "\n");
	add_all(&idents, &r->idents, "\n");
	entry.ident = strbuf_str(&ident);
	entry.params = strbuf_str(&idents);
	entry.body = strbuf_str(&words);
	id = entry_add(db, &entry);
	add_recipe(db, r, strbuf_str(&idents), id);
	add_example(db, r, strbuf_str(&words), strbuf_str(&idents), id);
	strbuf_release(&ident);
	strbuf_release(&words);
	strbuf_release(&idents);
}

static void read_version(struct strbuf *out, struct db *db)
{
	struct stmt *q = db_ask(db, "SELECT value FROM meta WHERE key = 'version'");

	if (stmt_next(q))
		strbuf_addstr(out, stmt_text(q, 0));
	stmt_end(q);
}

static bool add_all_of(struct db *db, const char *dir, struct error *err)
{
	struct strbuf version = { 0 };
	struct recipes all;

	if (!recipes_load(&all, dir, err))
		return false;
	read_version(&version, db);
	for (size_t i = 0; i < all.list.count; i++)
		if (recipe_suits(&all.list.items[i], strbuf_str(&version)))
			index_one(db, &all.list.items[i]);
	strbuf_release(&version);
	record_release(&recipes_type, &all);
	return db_ok(db, err);
}

bool recipes_add(struct db *db, const char *dir, struct error *err)
{
	struct strbuf folder = { 0 };
	bool ok;

	strbuf_addstr(&folder, dir);
	path_add(&folder, "recipes");
	ok = access(strbuf_str(&folder), F_OK) != 0 || add_all_of(db, strbuf_str(&folder), err);
	strbuf_release(&folder);
	return ok;
}
