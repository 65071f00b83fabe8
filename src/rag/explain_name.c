#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rag/alike.h"
#include "rag/explain.h"

/* The class whose member is missing: Blender says it, or calls all collections the same. */
static char *owner_class(struct trouble *t, const char *name)
{
	static const char *const vague[] = { "bpy_prop_collection", "bpy_prop_array",
		                             "bpy_struct" };
	const char *said = t->message.owner;
	struct thing thing = { 0 };
	char *cls = NULL;

	for (size_t i = 0; said && i < COUNT(vague); i++)
		if (!strcmp(said, vague[i]))
			said = NULL;
	if (said)
		return class_named(t->db, said);
	if (thing_before(t, &thing, name) && (thing.holder || thing.cls))
		cls = xstrdup(thing.many && thing.holder ? thing.holder : thing.cls);
	thing_release(&thing);
	return cls;
}

/* A node's setting may have become a socket, so the node itself may be the answer. */
static void vote_sockets(struct trouble *t, const char *cls, const char *name)
{
	struct stmt *q = db_ask(t->db, "SELECT name FROM socket WHERE node = ?1");
	double best = 0;

	stmt_bind(q, 1, cls);
	while (stmt_next(q)) {
		double score = alike(name, stmt_text(q, 0));

		best = score > best ? score : best;
	}
	stmt_end(q);
	if (best > 0.5) {
		struct strbuf ident = { 0 };

		strbuf_addf(&ident, "bpy.types.%s", cls);
		vote_ident(t, strbuf_str(&ident), 0, 2 * best, "has a socket of that name");
		strbuf_release(&ident);
	}
}

/* What other programs, and common sense, call a thing. */
static const struct other_word {
	const char *said, *meant;
} other_words[] = {
	{ "intensity", "energy" },    { "strength", "energy" },   { "power", "energy" },
	{ "brightness", "energy" },   { "fov", "angle" },         { "factor", "ratio" },
	{ "radius", "size" },         { "rotation", "angle" },    { "amount", "width" },
	{ "amount", "strength" },     { "number", "count" },      { "amount", "count" },
	{ "thickness", "width" },     { "thickness", "depth" },   { "size", "radius" },
	{ "lamp", "light" },          { "lamps", "lights" },      { "layers", "collections" },
	{ "groups", "collections" },  { "position", "location" }, { "method", "type" },
	{ "faces", "polygons" },      { "verts", "vertices" },    { "size", "angle" },
	{ "visible", "hide" },        { "colour", "color" },      { "segments", "resolution" },
	{ "resolution", "segments" }, { "iterations", "levels" }, { "transparency", "alpha" },
	{ "opacity", "alpha" },       { "text", "body" },         { "children", "objects" },
};

/* A member that is called as the name would be with another word in it. */
static void find_reworded(struct trouble *t, struct finds *out, const char *cls, const char *name)
{
	for (size_t i = 0; i < COUNT(other_words); i++) {
		const char *at = strstr(name, other_words[i].said);
		struct strbuf word = { 0 };

		if (!at)
			continue;
		strbuf_add(&word, name, (size_t)(at - name));
		strbuf_addf(&word, "%s%s", other_words[i].meant, at + strlen(other_words[i].said));
		find_members(t, out, cls, strbuf_str(&word));
		strbuf_release(&word);
	}
}

static void vote_members(struct trouble *t, const char *cls, const char *name)
{
	struct finds finds = { 0 };

	find_members(t, &finds, cls, name);
	head_nearest(t, &finds);
	finds_vote(&finds, t, 1.6, 12, "a similar name");
	find_reworded(t, &finds, cls, name);
	finds_vote(&finds, t, 1.3, 6, "the same in other words");
	find_beyond(t, &finds, cls, name);
	finds_vote(&finds, t, 1.3, 8, "one step further");
	find_texts(t, &finds, cls, name);
	finds_vote(&finds, t, 0.9, 8, "its description fits");
	vote_sockets(t, cls, name);
}

static void vote_hint(struct trouble *t, const char *cls)
{
	struct stmt *q = db_ask(t->db, "SELECT entry FROM member WHERE cls = ?1 AND name = ?2"
	                               " ORDER BY depth LIMIT 1");

	stmt_bind(q, 1, cls);
	stmt_bind(q, 2, t->message.hint);
	if (stmt_next(q))
		ranking_vote(t->out, stmt_int(q, 0), 0, 0.8, "Python's own guess");
	stmt_end(q);
}

static void head_attribute(struct trouble *t, const char *cls, const char *name, const char *when)
{
	struct strbuf what = { 0 };

	strbuf_addf(&what, "%s.%s", cls ? cls : t->message.owner ? t->message.owner : "?", name);
	head_missing(t, strbuf_str(&what), when);
	strbuf_release(&what);
}

/* mesh.operators' names are not attributes, but people take them for such. */
static bool is_operators(const char *owner)
{
	return owner && (!strcmp(owner, "_BPyOpsSubModOp") || !strcmp(owner, "BMeshOpsModule"));
}

void explain_attribute(struct trouble *t)
{
	const char *name = t->message.name;
	char *cls = is_operators(t->message.owner) ? NULL : owner_class(t, name);
	struct strbuf when = { 0 };
	struct finds finds = { 0 };

	if (strstr(t->message.line, "BMeshOpsModule"))
		cls = xstrdup("bmesh.ops");
	find_past(t, cls ? cls : t->message.owner, name, &when);
	head_attribute(t, cls, name, strbuf_str(&when));
	if (cls)
		vote_members(t, cls, name);
	if (cls && t->message.hint)
		vote_hint(t, cls);
	find_namesakes(t, &finds, cls, name);
	finds_vote(&finds, t, 0.9, 8, "the same name elsewhere");
	find_operators(t, &finds, name);
	finds_vote(&finds, t, 0.45, 5, "an operator of a similar name");
	strbuf_addf(&t->words, " %s %s", name, cls ? cls : "");
	strbuf_release(&when);
	free(cls);
}

static void vote_member(struct trouble *t, const char *cls, const char *name, double weight)
{
	struct stmt *q = db_ask(t->db, "SELECT entry FROM member WHERE cls = ?1 AND name = ?2"
	                               " ORDER BY depth LIMIT 1");

	stmt_bind(q, 1, cls);
	stmt_bind(q, 2, name);
	if (stmt_next(q))
		ranking_vote(t->out, stmt_int(q, 0), 0, weight, "the one that was meant");
	stmt_end(q);
}

void explain_read_only(struct trouble *t)
{
	const struct message *m = &t->message;
	struct thing owner = { 0 };
	struct finds finds = { 0 };
	char *attribute = NULL, *cls = m->owner ? class_named(t->db, m->owner) : NULL;
	const char *name = m->name;

	if (!cls && strstr(m->line, "Context property"))
		cls = xstrdup("Context");
	if ((!cls || !name) && thing_assigned(t, &owner, &attribute)) {
		name = name ? name : attribute;
		if (!cls && owner.cls)
			cls = xstrdup(owner.cls);
	}
	if (name && cls) {
		vote_member(t, cls, name, 2);
		find_beyond(t, &finds, cls, name);
		finds_vote(&finds, t, 1.2, 6, "can be set");
		find_members(t, &finds, cls, name);
		finds_vote(&finds, t, 0.8, 6, "a similar name");
		find_namesakes(t, &finds, cls, name);
		finds_vote(&finds, t, 0.8, 6, "the same name elsewhere");
		strbuf_addf(t->head, "%s.%s can only be read.\n", cls, name);
	}
	if (name && !strncmp(name, "active", 6))
		vote_ident(t, "bpy.types.LayerObjects.active", 0, 2.5, "can be set");
	strbuf_addf(&t->words, " %s", name ? name : m->line);
	free(attribute);
	free(cls);
	thing_release(&owner);
}

/* What gave nothing, and what makes that there is something: animation_data_create() ... */
void explain_none(struct trouble *t)
{
	struct thing thing = { 0 };
	struct finds finds = { 0 };
	char *ident = NULL, *dot;

	if (t->message.name && thing_before(t, &thing, t->message.name) && thing.member)
		ident = ident_of(t->db, thing.member);
	dot = ident ? strrchr(ident, '.') : NULL;
	if (dot) {
		char *owner = xstrndup(ident, (size_t)(dot - ident));
		const char *cls = strrchr(owner, '.') ? strrchr(owner, '.') + 1 : owner;

		ranking_vote(t->out, thing.member, 0, 1.5, "it is None here");
		strbuf_addf(t->head, "%s.%s is None here: make it first.\n", cls, dot + 1);
		find_members(t, &finds, cls, dot + 1);
		finds_vote(&finds, t, 1, 6, "goes with it");
		find_operators(t, &finds, dot + 1);
		finds_vote(&finds, t, 0.6, 4, "may make it");
		free(owner);
	}
	if (thing.cls && t->message.name)
		find_members(t, &finds, thing.cls, t->message.name);
	finds_vote(&finds, t, 0.8, 4, "was asked of it");
	if (!ident && t->message.name) {
		find_namesakes(t, &finds, NULL, t->message.name);
		finds_vote(&finds, t, 0.8, 6, "has that name");
	}
	strbuf_addf(&t->words, " %s", t->code);
	free(ident);
	thing_release(&thing);
}

void explain_undefined(struct trouble *t)
{
	const char *name = t->message.name;
	struct stmt *q = db_ask(t->db, "SELECT id, kind FROM entry WHERE name = ?1 AND kind IN"
	                               " ('class', 'function', 'module', 'node')"
	                               " ORDER BY ident LIKE 'mathutils.%' DESC, kind = 'class'"
	                               " DESC, owner = '' DESC LIMIT 8");
	struct finds finds = { 0 };
	size_t rank = 0;

	if (!name)
		return;
	stmt_bind(q, 1, name);
	while (stmt_next(q))
		ranking_vote(t->out, stmt_int(q, 0), rank++, 2, "import it first");
	stmt_end(q);
	if (rank)
		strbuf_addf(t->head, "%s is not defined in the script: import it first.\n", name);
	q = db_ask(t->db, "SELECT id, name FROM entry WHERE kind IN ('class', 'module')");
	while (stmt_next(q))
		if (alike(name, stmt_text(q, 1)) > 0.5)
			finds_add(&finds, stmt_int(q, 0), alike(name, stmt_text(q, 1)));
	stmt_end(q);
	finds_vote(&finds, t, 0.8, 6, "a similar name");
	find_past(t, NULL, name, &t->note);
	strbuf_addf(&t->words, " %s", name);
}
