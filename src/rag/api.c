#include "rag/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"

enum {
	SLOTS_FIRST = 1024, /* a power of two, as all later sizes are */
	CHOICES_LEAST = 2,  /* Blender fills shorter lists as it runs */
	CHOICES_MOST = 399, /* a dump has not all of longer ones */
};

/* A word, or the answer to a question whose letters the word is. */
struct slot {
	char *word; /* NULL: free */
	struct api_entry *entry;
	bool is_asked, is_any;
};

struct api {
	struct db *db;
	struct slot *slots;
	size_t count, size;
};

/* FNV-1a. */
static size_t hash(const char *text)
{
	uint64_t sum = 14695981039346656037u;

	for (; *text; text++)
		sum = (sum ^ (unsigned char)*text) * 1099511628211u;
	return (size_t)sum;
}

static struct slot *seek(struct slot *slots, size_t size, const char *word)
{
	size_t at = hash(word) & (size - 1);

	while (slots[at].word && strcmp(slots[at].word, word) != 0)
		at = (at + 1) & (size - 1);
	return &slots[at];
}

static void grow(struct api *api)
{
	size_t size = api->size ? 2 * api->size : SLOTS_FIRST;
	struct slot *slots = xcalloc(size, sizeof(*slots));

	for (size_t i = 0; i < api->size; i++)
		if (api->slots[i].word)
			*seek(slots, size, api->slots[i].word) = api->slots[i];
	free(api->slots);
	api->slots = slots;
	api->size = size;
}

static struct slot *slot_of(struct api *api, const char *word)
{
	struct slot *slot;

	if (2 * api->count >= api->size)
		grow(api);
	slot = seek(api->slots, api->size, word);
	if (!slot->word) {
		slot->word = xstrdup(word);
		api->count++;
	}
	return slot;
}

struct api *api_new(struct db *db)
{
	struct api *api = NEW(struct api);

	api->db = db;
	return api;
}

void api_free(struct api *api)
{
	for (size_t i = 0; api && i < api->size; i++) {
		free(api->slots[i].word);
		free(api->slots[i].entry);
	}
	if (api)
		free(api->slots);
	free(api);
}

const char *api_word(struct api *api, const char *text)
{
	return slot_of(api, text)->word;
}

#define ENTRY_COLUMNS                                                                              \
	"e.id, e.ident, e.kind, e.owner, e.name, e.type, e.target, e.holder, e.length,"            \
	" e.choices, e.readonly, e.flags, e.sign"

static struct api_entry *read_entry(struct api *api, struct stmt *q)
{
	struct api_entry *entry = NEW(struct api_entry);

	*entry = (struct api_entry){
		.id = stmt_int(q, 0),
		.ident = api_word(api, stmt_text(q, 1)),
		.kind = api_word(api, stmt_text(q, 2)),
		.owner = api_word(api, stmt_text(q, 3)),
		.name = api_word(api, stmt_text(q, 4)),
		.type = api_word(api, stmt_text(q, 5)),
		.target = api_word(api, stmt_text(q, 6)),
		.holder = api_word(api, stmt_text(q, 7)),
		.length = stmt_int(q, 8),
		.choices = stmt_is_null(q, 9) ? 0 : stmt_int(q, 9) + 1,
		.is_readonly = stmt_int(q, 10),
		.is_set = stmt_int(q, 11),
		.is_python = stmt_text(q, 12)[0] != '\0',
	};
	return entry;
}

/* The first row of an answer is kept under the question's own word. */
static const struct api_entry *keep_first(struct api *api, const char *question, struct stmt *q)
{
	struct api_entry *entry = stmt_next(q) ? read_entry(api, q) : NULL;
	struct slot *slot = slot_of(api, question);

	stmt_end(q);
	slot->entry = entry;
	slot->is_asked = true;
	return entry;
}

static const struct api_entry *ask_member(struct api *api, const char *question, const char *cls,
                                          const char *name)
{
	struct stmt *q = db_ask(api->db, "SELECT " ENTRY_COLUMNS
	                                 " FROM lineage l JOIN entry e ON e.owner = l.ancestor"
	                                 " WHERE l.cls = ?1 AND e.name = ?2 ORDER BY l.depth");

	stmt_bind(q, 1, cls);
	stmt_bind(q, 2, name);
	return keep_first(api, question, q);
}

static const struct api_entry *ask_owned(struct api *api, const char *question, const char *owner,
                                         const char *name)
{
	struct stmt *q = db_ask(api->db, "SELECT " ENTRY_COLUMNS
	                                 " FROM entry e WHERE e.owner = ?1 AND e.name = ?2");

	stmt_bind(q, 1, owner);
	stmt_bind(q, 2, name);
	return keep_first(api, question, q);
}

const struct api_entry *api_member(struct api *api, const char *cls, const char *name)
{
	struct strbuf question = { 0 };
	const struct api_entry *found;
	struct slot *slot;

	strbuf_addf(&question, "%s\n%s", cls, name);
	slot = slot_of(api, strbuf_str(&question));
	found = slot->entry;
	if (!slot->is_asked) {
		found = ask_member(api, strbuf_str(&question), cls, name);
		if (!found)
			found = ask_owned(api, strbuf_str(&question), cls, name);
	}
	strbuf_release(&question);
	return found;
}

const struct api_entry *api_entry(struct api *api, const char *ident)
{
	struct strbuf question = { 0 };
	const struct api_entry *found;
	struct slot *slot;

	strbuf_addf(&question, "\n%s", ident);
	slot = slot_of(api, strbuf_str(&question));
	found = slot->entry;
	if (!slot->is_asked) {
		struct stmt *q =
			db_ask(api->db, "SELECT " ENTRY_COLUMNS " FROM entry e WHERE e.ident = ?1");

		stmt_bind(q, 1, ident);
		found = keep_first(api, strbuf_str(&question), q);
	}
	strbuf_release(&question);
	return found;
}

static bool ask_any(struct api *api, const char *sql, const char *const *texts, int count)
{
	struct stmt *q = db_ask(api->db, sql);
	bool any;

	for (int i = 0; i < count; i++)
		if (texts[i])
			stmt_bind(q, i + 1, texts[i]);
	any = stmt_next(q);
	stmt_end(q);
	return any;
}

/* Whether a question with up to three texts has any answer. */
static bool is_any(struct api *api, const char *sql, const char *a, const char *b, const char *c)
{
	const char *const texts[] = { a, b, c };
	struct strbuf question = { 0 };
	struct slot *slot;
	bool any;

	strbuf_addf(&question, "%p\n%s\n%s\n%s", (const void *)sql, a, b ? b : "", c ? c : "");
	slot = slot_of(api, strbuf_str(&question));
	any = slot->is_any;
	if (!slot->is_asked) {
		any = ask_any(api, sql, texts, (int)COUNT(texts));
		slot->is_asked = true;
		slot->is_any = any;
	}
	strbuf_release(&question);
	return any;
}

/* The only answer, one text; NULL if there are none or several that differ. */
static const char *only(struct api *api, struct stmt *q)
{
	const char *found = NULL;

	while (stmt_next(q)) {
		const char *text = api_word(api, stmt_text(q, 0));

		if (found && found != text) {
			found = NULL;
			break;
		}
		found = text;
	}
	stmt_end(q);
	return found;
}

bool api_is_class(struct api *api, const char *cls)
{
	return is_any(api, "SELECT 1 FROM lineage WHERE cls = ?1", cls, NULL, NULL);
}

bool api_is_a(struct api *api, const char *cls, const char *ancestor)
{
	return strcmp(cls, ancestor) == 0 ||
	       is_any(api, "SELECT 1 FROM lineage WHERE cls = ?1 AND ancestor = ?2", cls, ancestor,
	              NULL);
}

bool api_has_heirs(struct api *api, const char *cls)
{
	return is_any(api, "SELECT 1 FROM lineage WHERE ancestor = ?1 AND cls <> ?1", cls, NULL,
	              NULL);
}

bool api_heir_has(struct api *api, const char *cls, const char *name)
{
	return is_any(api,
	              "SELECT 1 FROM entry e JOIN lineage l ON l.cls = e.owner"
	              " WHERE e.name = ?2 AND l.ancestor = ?1",
	              cls, name, NULL);
}

static const char *only_made(struct api *api, const char *sql, const char *kind, const char *key)
{
	struct stmt *q = db_ask(api->db, sql);

	stmt_bind(q, 1, kind);
	stmt_bind(q, 2, key);
	return only(api, q);
}

const char *api_made(struct api *api, const char *kind, const char *value)
{
	return only_made(api, "SELECT cls FROM made WHERE kind = ?1 AND value = ?2", kind, value);
}

const char *api_made_by_label(struct api *api, const char *kind, const char *label)
{
	return only_made(api, "SELECT cls FROM made WHERE kind = ?1 AND label = ?2", kind, label);
}

const char *api_node_by_label(struct api *api, const char *label)
{
	struct stmt *q =
		db_ask(api->db, "SELECT name FROM entry WHERE kind = 'node' AND label = ?1");

	stmt_bind(q, 1, label);
	return only(api, q);
}

static int64_t number_of(struct api *api, const char *sql, int64_t key)
{
	struct stmt *q = db_ask(api->db, sql);
	int64_t number;

	stmt_bind_int(q, 1, key);
	number = stmt_next(q) ? stmt_int(q, 0) : 0;
	stmt_end(q);
	return number;
}

size_t api_param_count(struct api *api, int64_t entry)
{
	return (size_t)number_of(api, "SELECT count(*) FROM param WHERE entry = ?1 AND NOT output",
	                         entry);
}

static bool read_param(struct api *api, struct stmt *q, struct api_param *out)
{
	bool found = stmt_next(q);

	if (found)
		*out = (struct api_param){
			.name = api_word(api, stmt_text(q, 0)),
			.type = api_word(api, stmt_text(q, 1)),
			.choices = stmt_is_null(q, 2) ? 0 : stmt_int(q, 2) + 1,
		};
	stmt_end(q);
	return found;
}

bool api_param(struct api *api, int64_t entry, const char *name, struct api_param *out)
{
	struct stmt *q = db_ask(api->db, "SELECT name, type, choices FROM param"
	                                 " WHERE entry = ?1 AND name = ?2 AND NOT output");

	stmt_bind_int(q, 1, entry);
	stmt_bind(q, 2, name);
	return read_param(api, q, out);
}

bool api_param_at(struct api *api, int64_t entry, size_t place, struct api_param *out)
{
	struct stmt *q = db_ask(api->db, "SELECT name, type, choices FROM param WHERE entry = ?1"
	                                 " AND NOT output ORDER BY place LIMIT 1 OFFSET ?2");

	stmt_bind_int(q, 1, entry);
	stmt_bind_int(q, 2, (int64_t)place);
	return read_param(api, q, out);
}

bool api_choices_are_known(struct api *api, int64_t choices)
{
	int64_t count = choices ? number_of(api, "SELECT count(*) FROM enumval WHERE choices = ?1",
	                                    choices - 1)
	                        : 0;

	return count >= CHOICES_LEAST && count <= CHOICES_MOST;
}

bool api_has_choice(struct api *api, int64_t choices, const char *value)
{
	struct stmt *q = db_ask(api->db, "SELECT 1 FROM enumval WHERE choices = ?1 AND value = ?2");
	bool found;

	stmt_bind_int(q, 1, choices - 1);
	stmt_bind(q, 2, value);
	found = stmt_next(q);
	stmt_end(q);
	return found;
}

/* Nodes that grow sockets as they are used have a list of items, or an empty socket to drag to. */
bool api_sockets_are_known(struct api *api, const char *node, const char *side)
{
	return is_any(api, "SELECT 1 FROM socket WHERE node = ?1 AND side = ?2", node, side,
	              NULL) &&
	       !is_any(api,
	               "SELECT 1 FROM socket WHERE node = ?1 AND"
	               " (name = '' OR type = 'CUSTOM' OR cls = 'NodeSocketVirtual')",
	               node, NULL, NULL) &&
	       !is_any(api,
	               "SELECT 1 FROM entry WHERE owner = ?1 AND (name GLOB '*_items' OR"
	               " name IN ('node_tree', 'file_slots', 'layer_slots', 'layer', 'script',"
	               " 'image'))"
	               " AND NOT (owner GLOB 'ShaderNodeTex*' OR owner GLOB 'GeometryNode*Image*')",
	               node, NULL, NULL);
}

/* Also what a setting adds, which `variant` has by names alone, each with a line feed. */
bool api_has_socket(struct api *api, const char *node, const char *side, const char *name)
{
	return is_any(api,
	              "SELECT 1 FROM socket WHERE node = ?1 AND side = ?2"
	              " AND (name = ?3 OR identifier = ?3)",
	              node, side, name) ||
	       is_any(api,
	              "SELECT 1 FROM variant WHERE node = ?1 AND instr(char(10) ||"
	              " CASE ?2 WHEN 'in' THEN inputs ELSE outputs END, char(10) || ?3 || char(10))",
	              node, side, name);
}

const char *api_socket_type(struct api *api, const char *node, const char *side, const char *name)
{
	struct stmt *q = db_ask(api->db, "SELECT type FROM socket WHERE node = ?1 AND side = ?2"
	                                 " AND (name = ?3 OR identifier = ?3)");

	stmt_bind(q, 1, node);
	stmt_bind(q, 2, side);
	stmt_bind(q, 3, name);
	return only(api, q);
}

/* What another Blender has may stand with any class above or below the one that is asked. */
#define KIN                                                                                        \
	"(owner = ?1 OR owner IN (SELECT ancestor FROM lineage WHERE cls = ?1)"                    \
	" OR owner IN (SELECT cls FROM lineage WHERE ancestor = ?1))"

const char *api_history(struct api *api, const char *owner, const char *name)
{
	struct stmt *q = db_ask(api->db, "SELECT versions FROM hist WHERE name = ?2 AND " KIN
	                                 " ORDER BY owner <> ?1");
	const char *versions;

	stmt_bind(q, 1, owner);
	stmt_bind(q, 2, name);
	versions = stmt_next(q) ? api_word(api, stmt_text(q, 0)) : NULL;
	stmt_end(q);
	return versions;
}

static void add_lines(struct api *api, const char *lines, text_list *names)
{
	while (*lines) {
		size_t len = strcspn(lines, "\n");
		char *line = xstrndup(lines, len);

		names->items = xrealloc(names->items, (names->count + 1) * sizeof(*names->items));
		names->items[names->count++] = api_word(api, line);
		free(line);
		lines += len + (lines[len] == '\n');
	}
}

const char *api_note(struct api *api, const char *owner, const char *name, text_list *names)
{
	struct stmt *q = db_ask(api->db, "SELECT text, idents FROM note WHERE (name = ?2 AND " KIN
	                                 ") OR (id = ?2 AND name = '' AND owner = '' AND ?1 = '')"
	                                 " ORDER BY owner <> ?1");
	const char *text = NULL;

	stmt_bind(q, 1, owner);
	stmt_bind(q, 2, name);
	if (stmt_next(q)) {
		text = api_word(api, stmt_text(q, 0));
		add_lines(api, stmt_text(q, 1), names);
	}
	stmt_end(q);
	return text;
}

static void each(struct stmt *q, api_name_fn fn, void *ctx)
{
	while (stmt_next(q))
		fn(ctx, stmt_text(q, 0));
	stmt_end(q);
}

void api_holders(struct api *api, const char *name, size_t most, api_name_fn fn, void *ctx)
{
	struct stmt *q = db_ask(api->db, "SELECT ident FROM entry WHERE name = ?1"
	                                 " AND ident GLOB 'bpy.types.*.*' AND ?2 >="
	                                 " (SELECT count(*) FROM entry WHERE name = ?1"
	                                 " AND ident GLOB 'bpy.types.*.*')");

	stmt_bind(q, 1, name);
	stmt_bind_int(q, 2, (int64_t)most);
	each(q, fn, ctx);
}

void api_members(struct api *api, const char *cls, api_name_fn fn, void *ctx)
{
	struct stmt *q = db_ask(api->db, "SELECT name FROM member WHERE cls = ?1");

	stmt_bind(q, 1, cls);
	each(q, fn, ctx);
}

void api_owned(struct api *api, const char *owner, api_name_fn fn, void *ctx)
{
	struct stmt *q = db_ask(api->db, "SELECT name FROM entry WHERE owner = ?1");

	stmt_bind(q, 1, owner);
	each(q, fn, ctx);
}

void api_heirs(struct api *api, const char *cls, api_name_fn fn, void *ctx)
{
	struct stmt *q = db_ask(api->db, "SELECT cls FROM lineage WHERE ancestor = ?1");

	stmt_bind(q, 1, cls);
	each(q, fn, ctx);
}

void api_params(struct api *api, int64_t entry, api_name_fn fn, void *ctx)
{
	struct stmt *q = db_ask(api->db, "SELECT name FROM param WHERE entry = ?1 AND NOT output");

	stmt_bind_int(q, 1, entry);
	each(q, fn, ctx);
}

void api_choices(struct api *api, int64_t choices, api_name_fn fn, void *ctx)
{
	struct stmt *q = db_ask(api->db, "SELECT value FROM enumval WHERE choices = ?1");

	stmt_bind_int(q, 1, choices - 1);
	each(q, fn, ctx);
}

void api_sockets(struct api *api, const char *node, const char *side, api_name_fn fn, void *ctx)
{
	struct stmt *q = db_ask(api->db, "SELECT name FROM socket WHERE node = ?1 AND side = ?2");

	stmt_bind(q, 1, node);
	stmt_bind(q, 2, side);
	each(q, fn, ctx);
}
