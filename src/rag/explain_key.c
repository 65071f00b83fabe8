#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rag/alike.h"
#include "rag/explain.h"

enum {
	NODES_MAX = 24,
	SOCKETS_MAX = 6,
};

/* What is asked for a key: node.inputs["Fac"]. */
struct lookup_use {
	struct text_span before; /* node */
	char *attribute;         /* inputs */
};

static bool is_name(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_';
}

/* The last subscript in the code that is not `other`: where a key or an index is used. */
static const char *find_bracket(const char *code, const char *key)
{
	const char *best = NULL;
	size_t len = key ? strlen(key) : 0;

	for (const char *at = code; (at = strchr(at, '[')) != NULL; at++) {
		const char *inside = at + 1;

		if (at == code || (!is_name(at[-1]) && !strchr(")]", at[-1])))
			continue;
		best = best ? best : at;
		inside += *inside == '"' || *inside == '\'';
		if (key && len && !strncmp(inside, key, len))
			return at;
	}
	return best;
}

static bool lookup_read(struct lookup_use *out, struct trouble *t, const char *key)
{
	const char *end = find_bracket(t->code, key), *dot;
	struct text_span whole;

	if (!end)
		return false;
	whole = infer_before(t->code, end);
	dot = end;
	while (dot > whole.at && is_name(dot[-1]))
		dot--;
	out->attribute = xstrndup(dot, (size_t)(end - dot));
	out->before = (struct text_span){ whole.at, 0 };
	if (dot > whole.at && dot[-1] == '.')
		out->before.len = (size_t)(dot - 1 - whole.at);
	return true;
}

static double best_socket(struct trouble *t, const char *node, const char *side, const char *name,
                          struct strbuf *nearest)
{
	struct stmt *q = db_ask(t->db, "SELECT name, identifier FROM socket"
	                               " WHERE node = ?1 AND side = ?2 AND variant = ''"
	                               " ORDER BY place");
	double best = 0;

	stmt_bind(q, 1, node);
	stmt_bind(q, 2, side);
	for (int place = 0; stmt_next(q); place++) {
		bool is_identifier = !strcmp(name, stmt_text(q, 1));
		double score = is_identifier ? 2 : alike_wanted(name, stmt_text(q, 0));

		if (score <= best)
			continue;
		best = score;
		strbuf_reset(nearest);
		if (is_identifier) /* others have its name, or this Blender knows names alone */
			strbuf_addf(nearest, "%sputs[%d]", side, place);
		else
			strbuf_addf(nearest, "\"%s\"", stmt_text(q, 0));
	}
	stmt_end(q);
	return best;
}

static void add_sockets(struct trouble *t, const char *node, const char *side)
{
	struct stmt *q = db_ask(t->db, "SELECT name, count(*) OVER (PARTITION BY name) FROM socket"
	                               " WHERE node = ?1 AND side = ?2 AND variant = ''"
	                               " ORDER BY place LIMIT 40");

	stmt_bind(q, 1, node);
	stmt_bind(q, 2, side);
	for (int place = 0; stmt_next(q); place++) {
		strbuf_addstr(t->head, place ? ", " : "");
		if (stmt_int(q, 1) > 1) /* by its name only the first of them is found */
			strbuf_addf(t->head, "[%d] ", place);
		strbuf_addf(t->head, "\"%s\"", stmt_text(q, 0));
	}
	stmt_end(q);
}

/* The node is known, so it is the answer; the line says what its sockets are called. */
static void explain_socket(struct trouble *t, const char *node, const char *side, const char *name)
{
	struct strbuf ident = { 0 }, when = { 0 }, near = { 0 }, path = { 0 };
	bool input = !strcmp(side, "in");

	find_past(t, node, name, &when);
	strbuf_addf(&path, "%s \"%s\" of %s", input ? "input" : "output", name, node);
	head_missing(t, strbuf_str(&path), strbuf_str(&when));
	if (best_socket(t, node, side, name, &near) > 0.3)
		strbuf_addf(t->head, "Nearest: %s. ", strbuf_str(&near));
	strbuf_addf(t->head, "Its %s: ", input ? "inputs" : "outputs");
	add_sockets(t, node, side);
	strbuf_addstr(t->head, "\n");
	strbuf_addf(&ident, "bpy.types.%s", node);
	vote_ident(t, strbuf_str(&ident), 0, 4, "the node it was asked of");
	strbuf_release(&ident);
	strbuf_release(&when);
	strbuf_release(&near);
	strbuf_release(&path);
}

static void add_node(struct trouble *t, struct finds *out, const char *node, double socket,
                     const char *variable)
{
	struct stmt *q = db_ask(t->db, "SELECT id, prior, label FROM entry WHERE owner = ''"
	                               " AND name = ?1");

	stmt_bind(q, 1, node);
	if (stmt_next(q)) {
		double by_label = alike_wanted(variable, stmt_text(q, 2));
		double by_name = alike_wanted(variable, node);
		double near = by_label > by_name ? by_label : by_name;

		finds_add(out, stmt_int(q, 0), (0.4 * socket + 0.6 * near) * stmt_real(q, 1));
	}
	stmt_end(q);
}

/* Nodes that had such a socket once, then those that have one of a similar name. */
static void guess_nodes(struct trouble *t, struct finds *out, const char *side, const char *name,
                        const char *variable)
{
	struct stmt *q = db_ask(t->db, "SELECT e.id, e.prior, e.label, e.name FROM hist h"
	                               " JOIN entry e ON e.ident = 'bpy.types.' || h.owner"
	                               " WHERE h.name = ?1 AND h.kind = 'socket'");

	stmt_bind(q, 1, name);
	while (stmt_next(q)) {
		double near = alike_wanted(variable, stmt_text(q, 2));
		double by_name = alike_wanted(variable, stmt_text(q, 3));

		near = near > by_name ? near : by_name;
		finds_add(out, stmt_int(q, 0), (0.6 + 0.4 * near) * stmt_real(q, 1));
	}
	stmt_end(q);
	q = db_ask(t->db, "SELECT name, node FROM socket WHERE side = ?1 AND variant = ''");
	stmt_bind(q, 1, side);
	while (stmt_next(q)) {
		double score = alike_wanted(name, stmt_text(q, 0));

		if (score >= 0.4 && score < 0.999)
			add_node(t, out, stmt_text(q, 1), score, variable);
	}
	stmt_end(q);
}

static void explain_some_socket(struct trouble *t, struct lookup_use *use, const char *side,
                                const char *name)
{
	struct strbuf when = { 0 };
	struct finds finds = { 0 };
	struct text_span word = use->before;
	char *variable;

	while (word.len && is_name(word.at[0]) && memchr(word.at, '.', word.len)) {
		const char *dot = memchr(word.at, '.', word.len);

		word = (struct text_span){ dot + 1, word.len - (size_t)(dot + 1 - word.at) };
	}
	variable = xstrndup(word.at, word.len);
	find_past(t, NULL, name, &when);
	strbuf_addf(t->head, "No %s \"%s\" on that node%s%s%s.\n",
	            !strcmp(side, "in") ? "input" : "output", name, when.len ? " (" : "",
	            strbuf_str(&when), when.len ? ")" : "");
	guess_nodes(t, &finds, side, name, variable);
	finds_vote(&finds, t, 1.6, NODES_MAX, "has or had such a socket");
	find_nodes(t, &finds, variable);
	finds_vote(&finds, t, 1, SOCKETS_MAX, "the variable is called so");
	strbuf_addf(&t->words, " %s %s", name, variable);
	free(variable);
	strbuf_release(&when);
}

static bool is_node(struct trouble *t, const char *cls)
{
	struct stmt *q = db_ask(t->db, "SELECT 1 FROM socket WHERE node = ?1 LIMIT 1");
	bool is;

	stmt_bind(q, 1, cls);
	is = stmt_next(q);
	stmt_end(q);
	return is;
}

/* True: it was a socket that was asked for. */
static bool try_socket(struct trouble *t, struct lookup_use *use, const char *name)
{
	static const char *const sides[][2] = { { "inputs", "in" }, { "outputs", "out" } };

	for (size_t i = 0; i < COUNT(sides); i++) {
		struct thing node = { 0 };

		if (strcmp(use->attribute, sides[i][0]) != 0)
			continue;
		infer_thing(&node, &t->infer, use->before);
		if (node.cls && is_node(t, node.cls) && !node.guessed)
			explain_socket(t, node.cls, sides[i][1], name);
		else {
			if (node.cls && is_node(t, node.cls)) {
				struct strbuf ident = { 0 };

				strbuf_addf(&ident, "bpy.types.%s", node.cls);
				vote_ident(t, strbuf_str(&ident), 0, 1.5, "called so");
				strbuf_release(&ident);
			}
			explain_some_socket(t, use, sides[i][1], name);
		}
		thing_release(&node);
		return true;
	}
	return false;
}

/* Nodes are named by their labels: nodes["Principled BSDF"]. */
static void explain_node_key(struct trouble *t, const char *name)
{
	struct finds finds = { 0 };

	strbuf_addf(t->head,
	            "No node of this tree is called \"%s\": make one, or find it by its "
	            "type.\n",
	            name);
	find_nodes(t, &finds, name);
	finds_vote(&finds, t, 2, 8, "a node of a similar name");
	vote_ident(t, "bpy.types.Nodes.new", 1, 1.6, "makes one");
	vote_ident(t, "bpy.types.Node.type", 4, 1, "to find it by");
}

/* The values of an enum that makes the items: modifiers["Bevel"] was of type BEVEL. */
static void vote_made(struct trouble *t, const char *kind, const char *wanted)
{
	struct stmt *q = db_ask(t->db, "SELECT m.label, m.value, e.id FROM made m JOIN entry e ON"
	                               " e.ident = 'bpy.types.' || m.cls WHERE m.kind = ?1");
	struct finds finds = { 0 };

	stmt_bind(q, 1, kind);
	while (stmt_next(q)) {
		double score = alike_wanted(wanted, stmt_text(q, 0));
		double value = alike_wanted(wanted, stmt_text(q, 1));

		finds_add(&finds, stmt_int(q, 2), score > value ? score : value);
	}
	stmt_end(q);
	finds_vote(&finds, t, 1.6, 4, "makes such a thing");
}

/* "collections" to "collection", "meshes" to "mesh": what an operator's name would say. */
static char *singular(const char *many)
{
	size_t len = strlen(many);

	if (len > 4 && (!strcmp(many + len - 4, "shes") || !strcmp(many + len - 4, "sses")))
		len -= 2;
	else if (len > 1 && many[len - 1] == 's')
		len -= 1;
	return xstrndup(many, len);
}

static void vote_makers(struct trouble *t, const char *holder)
{
	static const char *const ways[] = { "new", "add", "append", "link", "load", "get" };
	struct strbuf ident = { 0 };

	for (size_t i = 0; i < COUNT(ways); i++) {
		const char *types = strchr(holder, '.') ? "" : "bpy.types.";

		strbuf_reset(&ident);
		strbuf_addf(&ident, "%s%s.%s", types, holder, ways[i]);
		vote_ident(t, strbuf_str(&ident), i, 2, "makes one, or brings it in");
	}
	strbuf_release(&ident);
}

/* Where else one is to be had: Scene.collection, Scene.camera. */
static void vote_holders(struct trouble *t, const char *cls, const char *wanted)
{
	struct stmt *q = db_ask(t->db, "SELECT id, name, owner FROM entry WHERE target = ?1"
	                               " AND type = 'POINTER' AND kind = 'property' AND owner IN"
	                               " ('Scene', 'Context', 'Object', 'LayerObjects')");
	struct finds finds = { 0 };

	stmt_bind(q, 1, cls);
	while (stmt_next(q)) {
		double near = alike(wanted, stmt_text(q, 1)), same = alike(cls, stmt_text(q, 1));

		finds_add(&finds, stmt_int(q, 0), 0.2 + 0.8 * (near > same ? near : same));
	}
	stmt_end(q);
	finds_vote(&finds, t, 1.4, 5, "holds one");
}

/* bpy.data.objects["Camera"] wants bpy.data.cameras.new() as well. */
static void vote_data(struct trouble *t, const char *wanted)
{
	struct stmt *q = db_ask(t->db, "SELECT holder, target FROM entry WHERE owner = 'BlendData'"
	                               " AND type = 'COLLECTION' AND holder <> ''");
	struct strbuf ident = { 0 };

	while (stmt_next(q)) {
		if (alike(wanted, stmt_text(q, 1)) < 0.999)
			continue;
		strbuf_addf(&ident, "bpy.types.%s.new", stmt_text(q, 0));
		break;
	}
	stmt_end(q);
	if (ident.len)
		vote_ident(t, strbuf_str(&ident), 0, 2.2, "makes its data");
	strbuf_release(&ident);
}

void vote_ways(struct trouble *t, const struct thing *collection, const char *attribute,
               const char *wanted)
{
	static const char *const kinds[][2] = { { "Modifier", "modifier" },
		                                { "Constraint", "constraint" } };
	struct finds finds = { 0 };
	struct strbuf adds = { 0 };
	char *one = singular(attribute);

	if (collection->holder)
		vote_makers(t, collection->holder);
	for (size_t i = 0; i < COUNT(kinds) && collection->cls; i++)
		if (!strcmp(collection->cls, kinds[i][0]))
			vote_made(t, kinds[i][1], wanted);
	if (collection->cls && !strcmp(collection->cls, "Object"))
		vote_data(t, wanted);
	if (collection->cls)
		vote_holders(t, collection->cls, wanted);
	strbuf_addf(&adds, "%s_add", *wanted && strcmp(one, "object") == 0 ? wanted : one);
	find_operators(t, &finds, strbuf_str(&adds));
	finds_vote(&finds, t, 1.2, 4, "adds one");
	strbuf_addf(&t->words, " %s %s", one, wanted);
	strbuf_release(&adds);
	free(one);
}

/* Nobody knows what it belongs to, but few collections are called so. */
static void infer_collection(struct trouble *t, struct thing *out, const char *attribute)
{
	struct stmt *q = db_ask(t->db, "SELECT target, holder FROM entry WHERE name = ?1"
	                               " AND type = 'COLLECTION' AND kind = 'property'"
	                               " ORDER BY owner IN ('BlendData', 'Object', 'Mesh', 'Scene',"
	                               " 'NodeTree') DESC, prior DESC, id LIMIT 1");

	stmt_bind(q, 1, attribute);
	if (stmt_next(q)) {
		thing_release(out);
		out->many = true;
		out->cls = *stmt_text(q, 0) ? xstrdup(stmt_text(q, 0)) : NULL;
		out->holder = *stmt_text(q, 1) ? xstrdup(stmt_text(q, 1)) : NULL;
	}
	stmt_end(q);
}

static void explain_lookup(struct trouble *t, struct lookup_use *use, const char *key)
{
	struct thing collection = { 0 };
	const char *end = use->before.at + use->before.len;
	struct text_span whole = { use->before.at, use->before.len + strlen(use->attribute) };

	if (use->before.len && *end == '.')
		whole.len++;
	infer_thing(&collection, &t->infer, whole);
	if (!collection.many)
		infer_collection(t, &collection, use->attribute);
	if (collection.cls && !strcmp(collection.cls, "Node")) {
		explain_node_key(t, key);
	} else {
		strbuf_addf(t->head,
		            "There is no \"%s\" in %s yet: make it, or ask for one that is "
		            "there.\n",
		            key, use->attribute);
		vote_ways(t, &collection, use->attribute, key);
	}
	if (collection.member)
		ranking_vote(t->out, collection.member, 5, 1, "what was looked into");
	thing_release(&collection);
}

void explain_key(struct trouble *t)
{
	const char *key = t->message.name ? t->message.name : "";
	struct lookup_use use = { 0 };
	struct finds finds = { 0 };

	if (lookup_read(&use, t, key)) {
		if (!try_socket(t, &use, key))
			explain_lookup(t, &use, key);
	} else {
		struct strbuf when = { 0 };

		find_past(t, NULL, key, &when);
		guess_nodes(t, &finds, "in", key, "");
		finds_vote(&finds, t, 1, 8, "has or had such a socket");
		find_nodes(t, &finds, key);
		finds_vote(&finds, t, 0.6, 4, "a node of a similar name");
		strbuf_release(&when);
	}
	strbuf_addf(&t->words, " %s", key);
	free(use.attribute);
}

void explain_index(struct trouble *t)
{
	struct lookup_use use = { 0 };

	if (lookup_read(&use, t, t->message.name) && !try_socket(t, &use, ""))
		explain_lookup(t, &use, "");
	strbuf_addf(&t->words, " %s", t->code);
	free(use.attribute);
}

/* modifier["Input_2"]: geometry nodes take their values elsewhere from 5.x on. */
void explain_id_props(struct trouble *t)
{
	struct lookup_use use = { 0 };
	struct thing thing = { 0 };
	const char *named = t->message.name;

	if (lookup_read(&use, t, named)) {
		struct text_span whole = { use.before.at, 0 };
		const char *end = strchr(use.before.at, '[');

		whole.len = end ? (size_t)(end - use.before.at) : 0;
		infer_thing(&thing, &t->infer, whole);
	}
	/* Nothing else in a script's reach is asked so often for values under made-up names. */
	if (!thing.cls || class_is(t->db, "NodesModifier", thing.cls)) {
		vote_ident(t, "bpy.types.NodesModifier.properties", 0, 2, "holds them here");
		vote_ident(t, "bpy.types.NodesModifier", 1, 2, "its inputs are named Socket_1 ...");
		vote_ident(t, "bpy.types.NodesModifierProperties", 2, 2, "holds them here");
		vote_ident(t, "bpy.types.NodeTreeInterface.items_tree", 3, 1.5,
		           "says which identifier an input has");
		find_past(t, "NodesModifier", "properties", &t->note);
	} else {
		struct finds finds = { 0 };

		find_members(t, &finds, thing.cls, named ? named : "");
		find_beyond(t, &finds, thing.cls, named ? named : "");
		finds_vote(&finds, t, 1.5, 10, "a member of that name");
	}
	strbuf_addf(&t->words, " %s custom property", t->code);
	thing_release(&thing);
	free(use.attribute);
}
