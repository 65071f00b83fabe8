#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rag/alike.h"
#include "rag/explain.h"
#include "rag/schema.h"
#include "rag/tokens.h"

enum {
	TEXTS_MAX = 40,
};

/* Below this a likeness is chance. */
#define ALIKE_MIN 0.22

void finds_add(struct finds *f, int64_t entry, double score)
{
	for (size_t i = 0; i < f->count; i++) {
		if (f->items[i].entry != entry)
			continue;
		if (score > f->items[i].score)
			f->items[i].score = score;
		return;
	}
	if (f->count == f->cap) {
		f->cap = f->cap ? 2 * f->cap : 32;
		f->items = xrealloc(f->items, f->cap * sizeof(*f->items));
	}
	f->items[f->count++] = (struct find){ entry, score };
}

static int compare_finds(const void *a, const void *b)
{
	const struct find *x = a, *y = b;

	int order = (x->score < y->score) - (x->score > y->score);

	return order ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static void finds_sort(struct finds *f)
{
	if (f->count)
		qsort(f->items, f->count, sizeof(*f->items), compare_finds);
}

void finds_vote(struct finds *f, struct trouble *t, double weight, size_t most, const char *why)
{
	finds_sort(f);
	for (size_t i = 0; i < f->count && i < most; i++)
		ranking_vote(t->out, f->items[i].entry, i, weight * f->items[i].score, why);
	free(f->items);
	*f = (struct finds){ 0 };
}

void vote_ident(struct trouble *t, const char *ident, size_t rank, double weight, const char *why)
{
	int64_t entry = entry_of(t->db, ident);

	if (entry)
		ranking_vote(t->out, entry, rank, weight, why);
}

static char *first_text(struct stmt *q)
{
	char *text = stmt_next(q) ? xstrdup(stmt_text(q, 0)) : NULL;

	stmt_end(q);
	return text;
}

char *class_named(struct db *db, const char *name)
{
	struct stmt *q = db_ask(db, "SELECT cls FROM lineage WHERE cls = ?1 AND depth = 0");
	char *found;

	stmt_bind(q, 1, name);
	found = first_text(q);
	if (found)
		return found;
	q = db_ask(db, "SELECT substr(ident, 1) FROM entry WHERE name = ?1 AND kind = 'class'"
	               " AND ident NOT LIKE 'bpy.types.%' LIMIT 1");
	stmt_bind(q, 1, name);
	found = first_text(q);
	if (found)
		return found;
	q = db_ask(db, "SELECT ident FROM entry WHERE ident = ?1 AND kind = 'module'");
	stmt_bind(q, 1, name);
	return first_text(q);
}

int64_t entry_of(struct db *db, const char *ident)
{
	struct stmt *q = db_ask(db, "SELECT id FROM entry WHERE ident = ?1");
	int64_t id;

	stmt_bind(q, 1, ident);
	id = stmt_next(q) ? stmt_int(q, 0) : 0;
	stmt_end(q);
	return id;
}

char *ident_of(struct db *db, int64_t entry)
{
	struct stmt *q = db_ask(db, "SELECT ident FROM entry WHERE id = ?1");

	stmt_bind_int(q, 1, entry);
	return first_text(q);
}

bool class_is(struct db *db, const char *cls, const char *ancestor)
{
	struct stmt *q = db_ask(db, "SELECT 1 FROM lineage WHERE cls = ?1 AND ancestor = ?2");
	bool is;

	stmt_bind(q, 1, cls);
	stmt_bind(q, 2, ancestor);
	is = stmt_next(q);
	stmt_end(q);
	return is;
}

/* All classes have those of bpy_struct, so they are seldom what was meant. */
static double depth_worth(const char *owner)
{
	return !strcmp(owner, "bpy_struct") ? 0.7 : 1;
}

void find_members(struct trouble *t, struct finds *out, const char *cls, const char *name)
{
	struct stmt *q = db_ask(t->db, "SELECT entry, name, owner FROM member WHERE cls = ?1");

	stmt_bind(q, 1, cls);
	while (stmt_next(q)) {
		double score = alike_wanted(name, stmt_text(q, 1)) * depth_worth(stmt_text(q, 2));

		if (score > ALIKE_MIN)
			finds_add(out, stmt_int(q, 0), score);
	}
	stmt_end(q);
}

void find_beyond(struct trouble *t, struct finds *out, const char *cls, const char *name)
{
	/* cursor_location is cursor.location today, dof_object is dof.focus_object. */
	struct stmt *q = db_ask(
		t->db,
		"SELECT DISTINCT e.name, b.id, b.name FROM lineage l"
		" JOIN entry e ON e.owner = l.ancestor AND e.kind = 'property' AND e.type IN "
		"('POINTER', 'COLLECTION')"
		" JOIN entry b ON b.owner = CASE WHEN e.holder <> '' THEN e.holder ELSE e.target END"
		" WHERE l.cls = ?1 AND e.target <> ?1 AND l.ancestor <> 'bpy_struct'");
	struct strbuf path = { 0 };

	stmt_bind(q, 1, cls);
	while (stmt_next(q)) {
		double score;

		strbuf_reset(&path);
		strbuf_addf(&path, "%s_%s", stmt_text(q, 0), stmt_text(q, 2));
		score = alike(name, strbuf_str(&path));
		if (alike(name, stmt_text(q, 2)) > 0.999)
			score = score > 0.75 ? score : 0.75;
		if (score > ALIKE_MIN + 0.2)
			finds_add(out, stmt_int(q, 1), score);
	}
	stmt_end(q);
	strbuf_release(&path);
}

static bool add_or(const struct token *token, void *ctx)
{
	struct strbuf *query = ctx;
	char *word = xstrndup(token->text, token->len);

	/* Common words would make this read half of the index. */
	if (!search_is_empty(word))
		strbuf_addf(query, "%s\"%s\"", query->len ? " OR " : "", word);
	free(word);
	return query->len < 400;
}

void find_texts(struct trouble *t, struct finds *out, const char *cls, const char *words)
{
	struct strbuf query = { 0 };
	struct stmt *q;
	double best = 0;

	tokens_each(words, strlen(words), add_or, &query);
	if (!query.len) {
		strbuf_release(&query);
		return;
	}
	q = db_ask(t->db, "SELECT e.id, -bm25(f, " SCHEMA_WEIGHTS ") AS score"
	                  " FROM f JOIN entry e ON e.id = f.rowid WHERE f MATCH ?1"
	                  " AND e.owner IN (SELECT ancestor FROM lineage WHERE cls = ?2"
	                  " AND ancestor <> 'bpy_struct') ORDER BY score DESC LIMIT ?3");
	stmt_bind(q, 1, strbuf_str(&query));
	stmt_bind(q, 2, cls);
	stmt_bind_int(q, 3, TEXTS_MAX);
	while (stmt_next(q)) {
		double score = stmt_real(q, 1);

		if (best <= 0)
			best = score > 0 ? score : 1;
		finds_add(out, stmt_int(q, 0), 0.8 * score / best);
	}
	stmt_end(q);
	strbuf_release(&query);
}

void find_namesakes(struct trouble *t, struct finds *out, const char *cls, const char *name)
{
	struct stmt *q = db_ask(t->db, "SELECT id, owner, prior FROM entry WHERE name = ?1"
	                               " AND kind NOT IN ('note', 'recipe') LIMIT 400");

	stmt_bind(q, 1, name);
	while (stmt_next(q)) {
		double near = cls && *cls ? alike(cls, stmt_text(q, 1)) : 0.3;

		if (cls && !strcmp(cls, stmt_text(q, 1)))
			continue;
		finds_add(out, stmt_int(q, 0), (0.3 + 0.6 * near) * stmt_real(q, 2));
	}
	stmt_end(q);
}

void find_operators(struct trouble *t, struct finds *out, const char *ident)
{
	static const char start[] = "bpy.ops.";
	struct stmt *q = db_ask(t->db, "SELECT id, ident, name, label, prior FROM entry"
	                               " WHERE kind = 'operator'");
	const char *wanted =
		!strncmp(ident, start, sizeof(start) - 1) ? ident + sizeof(start) - 1 : ident;
	const char *name = strrchr(wanted, '.') ? strrchr(wanted, '.') + 1 : wanted;

	while (stmt_next(q)) {
		double whole = alike(wanted, stmt_text(q, 1) + sizeof(start) - 1);
		double last = alike_wanted(name, stmt_text(q, 2));
		double label = alike(name, stmt_text(q, 3));
		double score = 0.5 * whole + 0.4 * last + 0.1 * label;

		if (score > ALIKE_MIN)
			finds_add(out, stmt_int(q, 0), score * stmt_real(q, 4));
	}
	stmt_end(q);
}

/* Ours end in what they are about: ShaderNodeTexNoise, GeometryNodeMeshCube. */
static const char *node_topic(const char *name)
{
	static const char *const starts[] = { "ShaderNode", "GeometryNode", "CompositorNode",
		                              "FunctionNode", "TextureNode" };

	for (size_t i = 0; i < COUNT(starts); i++)
		if (!strncmp(name, starts[i], strlen(starts[i])))
			return name + strlen(starts[i]);
	return name;
}

void find_nodes(struct trouble *t, struct finds *out, const char *name)
{
	struct stmt *q = db_ask(t->db, "SELECT id, name, label, prior FROM entry"
	                               " WHERE kind = 'node'");
	const char *topic = node_topic(name);

	while (stmt_next(q)) {
		const char *node = stmt_text(q, 1);
		double by_name = alike(topic, node_topic(node)), by_label;
		size_t family = (size_t)(topic - name);
		double same = family && !strncmp(name, node, family) ? 1 : 0.8;

		by_label = alike(topic, stmt_text(q, 2)) * 0.97;
		finds_add(out, stmt_int(q, 0),
		          same * stmt_real(q, 3) * (by_name > by_label ? by_name : by_label));
	}
	stmt_end(q);
}
