#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rag/alike.h"
#include "rag/explain.h"

enum {
	LISTED_ASKED = 24, /* of the values that were printed */
	LISTS_MAX = 12,
};

/* The value of an enum that makes something: modifiers.new(type="SUBDIVISION"). */
static void vote_classes(struct trouble *t, const char *value)
{
	struct stmt *q = db_ask(t->db, "SELECT DISTINCT m.value, m.label, e.id FROM made m"
	                               " JOIN entry e ON e.ident = 'bpy.types.' || m.cls");
	const struct message *m = &t->message;
	struct finds finds = { 0 };

	while (stmt_next(q)) {
		bool listed = false;
		double by_value, by_label;

		for (size_t i = 0; i < m->listed.count && !listed; i++)
			listed = !strcmp(m->listed.items[i], stmt_text(q, 0));
		if (!listed)
			continue;
		by_value = alike(value, stmt_text(q, 0));
		by_label = alike(value, stmt_text(q, 1));
		finds_add(&finds, stmt_int(q, 2), by_value > by_label ? by_value : by_label);
	}
	stmt_end(q);
	finds_vote(&finds, t, 2, 4, "is made by the value that was meant");
}

/* The values that are nearest to the wrong one, for the head. */
static void head_values(struct trouble *t, const char *what)
{
	const struct message *m = &t->message;
	const char *best = NULL;
	double most = 0.3;

	strbuf_addf(t->head, "\"%s\" is no value of %s here.", m->name, what);
	for (size_t i = 0; i < m->listed.count; i++) {
		double score = alike_wanted(m->name, m->listed.items[i]);

		if (score > most) {
			most = score;
			best = m->listed.items[i];
		}
	}
	if (best)
		strbuf_addf(t->head, " Nearest: \"%s\".", best);
	strbuf_addstr(t->head, " Values:");
	for (size_t i = 0; i < m->listed.count && i < LISTED_ASKED; i++)
		strbuf_addf(t->head, "%s \"%s\"", i ? "," : "", m->listed.items[i]);
	strbuf_addstr(t->head, m->listed.count > LISTED_ASKED ? " ...\n" : "\n");
}

/* How many of the printed values a list of choices has, by its number. */
static double overlap(struct trouble *t, int64_t choices)
{
	struct stmt *q = db_ask(t->db, "SELECT value FROM enumval WHERE choices = ?1");
	const struct message *m = &t->message;
	size_t both = 0, all = 0;

	stmt_bind_int(q, 1, choices);
	while (stmt_next(q)) {
		all++;
		for (size_t i = 0; i < m->listed.count; i++)
			both += !strcmp(m->listed.items[i], stmt_text(q, 0));
	}
	stmt_end(q);
	if (!m->listed.count)
		return 0.3;
	all += m->listed.count - (both < m->listed.count ? both : m->listed.count);
	return 0.7 * (double)both / (double)m->listed.count + 0.3 * (double)both / (double)all;
}

/* Properties of that name; those that the listed values belong to, and the right class, first. */
static void find_enum(struct trouble *t, struct finds *out, const char *cls, const char *name)
{
	struct stmt *q = db_ask(t->db, "SELECT id, owner, coalesce(choices, 0), prior FROM entry"
	                               " WHERE name = ?1 AND type = 'ENUM' LIMIT 200");

	stmt_bind(q, 1, name);
	while (stmt_next(q)) {
		bool owns = cls && class_is(t->db, cls, stmt_text(q, 1));
		bool below = cls && !owns && class_is(t->db, stmt_text(q, 1), cls);
		double worth = overlap(t, stmt_int(q, 2));

		if (owns)
			worth = 0.6 + 0.4 * worth;
		else if (below)
			worth = 0.4 + 0.6 * worth;
		finds_add(out, stmt_int(q, 0), worth * (0.7 + 0.3 * stmt_real(q, 3)));
	}
	stmt_end(q);
}

/* Properties and functions whose values are the printed ones, whatever they are called. */
static void find_lists(struct trouble *t, struct finds *out)
{
	const struct message *m = &t->message;
	struct stmt *q;
	int64_t lists[LISTS_MAX];
	size_t count = 0;

	if (!m->listed.count)
		return;
	q = db_ask(t->db, "SELECT DISTINCT choices FROM enumval WHERE value = ?1 LIMIT ?2");
	stmt_bind(q, 1, m->listed.items[m->listed.count / 2]);
	stmt_bind_int(q, 2, LISTS_MAX);
	while (count < LISTS_MAX && stmt_next(q))
		lists[count++] = stmt_int(q, 0);
	stmt_end(q);
	for (size_t i = 0; i < count; i++) {
		double worth = overlap(t, lists[i]);

		if (worth < 0.5)
			continue;
		q = db_ask(t->db, "SELECT id, prior FROM entry WHERE choices = ?1 UNION"
		                  " SELECT p.entry, 0.9 * e.prior FROM param p JOIN entry e"
		                  " ON e.id = p.entry WHERE p.choices = ?1 LIMIT 20");
		stmt_bind_int(q, 1, lists[i]);
		while (stmt_next(q))
			finds_add(out, stmt_int(q, 0), worth * stmt_real(q, 1));
		stmt_end(q);
	}
}

/*
 * file_format lists only FFMPEG while media_type is VIDEO: when a value exists but is not listed,
 * another setting of the same class rules which are. Its values share words with the listed ones'
 * texts, or its text speaks of them.
 */
static void vote_filters(struct trouble *t, int64_t property)
{
	struct stmt *q =
		db_ask(t->db, "SELECT v.label || ' ' || v.descr, e.owner, e.name FROM entry"
	                      " e JOIN enumval v ON v.choices = e.choices WHERE e.id = ?1"
	                      " AND v.value = ?2");
	const struct message *m = &t->message;
	char *words = NULL, *owner = NULL, *name = NULL;
	struct finds finds = { 0 };

	stmt_bind_int(q, 1, property);
	stmt_bind(q, 2, m->listed.count ? m->listed.items[0] : "");
	if (stmt_next(q)) {
		words = xstrdup(stmt_text(q, 0));
		owner = xstrdup(stmt_text(q, 1));
		name = xstrdup(stmt_text(q, 2));
	}
	stmt_end(q);
	if (words) {
		q = db_ask(t->db, "SELECT e.id, v.label FROM entry e JOIN enumval v"
		                  " ON v.choices = e.choices WHERE e.owner = ?1 AND e.name <> ?2");
		stmt_bind(q, 1, owner);
		stmt_bind(q, 2, name);
		while (stmt_next(q)) {
			double score = alike_wanted(stmt_text(q, 1), words);

			if (score > 0.5)
				finds_add(&finds, stmt_int(q, 0), score);
		}
		stmt_end(q);
		finds_vote(&finds, t, 3, 3, "rules which values there are");
	}
	free(words);
	free(owner);
	free(name);
}

static bool is_known(struct trouble *t, int64_t property)
{
	struct stmt *q = db_ask(t->db, "SELECT 1 FROM entry e JOIN enumval v ON v.choices ="
	                               " e.choices WHERE e.id = ?1 AND v.value = ?2");
	bool is;

	stmt_bind_int(q, 1, property);
	stmt_bind(q, 2, t->message.name);
	is = stmt_next(q);
	stmt_end(q);
	return is;
}

static void explain_property(struct trouble *t, const char *cls, const char *attribute)
{
	struct finds finds = { 0 };
	int64_t best = 0;
	double most = 0;

	find_enum(t, &finds, cls, attribute);
	for (size_t i = 0; i < finds.count; i++)
		if (finds.items[i].score > most) {
			most = finds.items[i].score;
			best = finds.items[i].entry;
		}
	finds_vote(&finds, t, 2.5, 8, "takes one of these values");
	head_values(t, attribute);
	if (best && is_known(t, best) && t->message.listed.count)
		vote_filters(t, best);
	find_past(t, cls, t->message.name, &t->note);
}

static void vote_function(struct trouble *t, int64_t function)
{
	char *ident = ident_of(t->db, function);

	ranking_vote(t->out, function, 0, 3, "was called so");
	head_values(t, t->message.param ? t->message.param : ident);
	free(ident);
	vote_classes(t, t->message.name);
}

/* "ObjectModifiers.new" or "MESH_OT_bevel" as an entry. */
static int64_t function_named(struct trouble *t, const char *name)
{
	const char *dot = strrchr(name, '.');
	struct stmt *q;
	char *cls, *owner;
	int64_t id;

	if (!dot)
		return 0;
	owner = xstrndup(name, (size_t)(dot - name));
	cls = class_named(t->db, owner);
	q = db_ask(t->db, "SELECT entry FROM member WHERE cls = ?1 AND name = ?2"
	                  " ORDER BY depth LIMIT 1");
	stmt_bind(q, 1, cls ? cls : owner);
	stmt_bind(q, 2, dot + 1);
	id = stmt_next(q) ? stmt_int(q, 0) : 0;
	stmt_end(q);
	free(cls);
	free(owner);
	return id;
}

void explain_enum(struct trouble *t)
{
	const struct message *m = &t->message;
	struct thing owner = { 0 };
	struct finds finds = { 0 };
	char *attribute = NULL;
	int64_t function = m->owner ? function_named(t, m->owner) : called_function(t);
	bool set = !m->owner && strstr(m->line, "item.attr = val");

	if (!m->name)
		return;
	if (set && thing_assigned(t, &owner, &attribute))
		explain_property(t, owner.cls, attribute);
	else if (function && !set)
		vote_function(t, function);
	else
		head_values(t, "that setting");
	find_lists(t, &finds);
	finds_vote(&finds, t, 1, 8, "takes these values");
	strbuf_addf(&t->words, " %s %s", m->name, attribute ? attribute : "");
	free(attribute);
	thing_release(&owner);
}

/* MESH_OT_primitive_cube_add to bpy.ops.mesh.primitive_cube_add; NULL: it is none. */
static char *operator_ident(const char *name)
{
	const char *middle = strstr(name, "_OT_");
	struct strbuf ident = { 0 };

	if (!middle)
		return NULL;
	strbuf_addstr(&ident, "bpy.ops.");
	for (const char *at = name; at < middle; at++)
		strbuf_addf(&ident, "%c", tolower((unsigned char)*at));
	strbuf_addf(&ident, ".%s", middle + 4);
	return strbuf_detach(&ident);
}

static void vote_expected(struct trouble *t, const char *detail)
{
	/* "expected a Object type, not Mesh" */
	const char *from = detail, *to;
	char *name, *cls;

	while (*from && !isupper((unsigned char)*from))
		from++;
	for (to = from; isalnum((unsigned char)*to) || *to == '_';)
		to++;
	name = xstrndup(from, (size_t)(to - from));
	cls = *name ? class_named(t->db, name) : NULL;
	if (cls) {
		struct strbuf ident = { 0 };

		strbuf_addf(&ident, "%s%s", strchr(cls, '.') ? "" : "bpy.types.", cls);
		vote_ident(t, strbuf_str(&ident), 2, 1, "is what was expected");
		strbuf_reset(&ident);
		strbuf_addf(&ident, "bpy.types.BlendData%ss.new", cls);
		vote_ident(t, strbuf_str(&ident), 3, 1, "makes what was expected");
		strbuf_release(&ident);
	}
	free(cls);
	free(name);
}

/* The node of `X.inputs[...].default_value`, if the offending line has one. */
static bool vote_socket_node(struct trouble *t, double weight)
{
	static const char *const sides[] = { ".inputs", ".outputs" };

	for (size_t i = 0; i < COUNT(sides); i++) {
		const char *at = strstr(t->code, sides[i]);
		struct thing node = { 0 };
		struct strbuf ident = { 0 };

		if (!at)
			continue;
		infer_thing(&node, &t->infer, infer_before(t->code, at));
		strbuf_addf(&ident, "bpy.types.%s", node.cls ? node.cls : "");
		if (node.cls)
			vote_ident(t, strbuf_str(&ident), 0, weight, "the node of the socket");
		strbuf_release(&ident);
		thing_release(&node);
		return true;
	}
	return false;
}

/* A socket may also be named in the line: inputs["Normal"], or in what is said behind it. */
static void guess_socket_node(struct trouble *t, const char *socket_class)
{
	struct stmt *q = db_ask(t->db, "SELECT e.id, e.prior, s.name, s.place, s.side FROM socket s"
	                               " JOIN entry e ON e.ident = 'bpy.types.' || s.node"
	                               " WHERE s.cls = ?1 AND s.side = 'in' AND s.variant = ''");
	const char *bracket = strstr(t->code, "inputs[");
	struct finds finds = { 0 };
	long place =
		bracket && isdigit((unsigned char)bracket[7]) ? strtol(bracket + 7, NULL, 10) : -1;

	stmt_bind(q, 1, socket_class);
	while (stmt_next(q)) {
		const char *name = stmt_text(q, 2);
		double score = strlen(name) > 2 && strstr(t->code, name) ? 0.9 : 0.2;

		if (place >= 0 && stmt_int(q, 3) == place)
			score += 0.1;
		finds_add(&finds, stmt_int(q, 0), score * stmt_real(q, 1));
	}
	stmt_end(q);
	finds_vote(&finds, t, 1, 6, "has such a socket");
}

void explain_type(struct trouble *t)
{
	const struct message *m = &t->message;
	char *operator= m->owner ? operator_ident(m->owner) : NULL;
	int64_t entry = operator? entry_of(t->db, operator) : 0;
	struct strbuf name = { 0 };
	bool socket = m->owner && !strncmp(m->owner, "NodeSocket", 10);

	if (!entry && m->owner && m->param) {
		entry = function_named(t, m->owner); /* of a function's parameter */
		strbuf_addf(&name, "%s.%s", m->owner, m->param);
		entry = entry ? entry : function_named(t, strbuf_str(&name));
	}
	if (!entry && m->owner) {
		strbuf_reset(&name);
		strbuf_addf(&name, "bmesh.ops.%s", m->owner);
		entry = entry_of(t->db, strbuf_str(&name));
	}
	if (socket && vote_socket_node(t, 4))
		guess_socket_node(t, m->owner);
	if (entry)
		ranking_vote(t->out, entry, 0, 3, "was given something else");
	if (m->owner && m->detail)
		strbuf_addf(t->head, "%s%s%s expected %s.\n", m->owner, m->param ? "." : "",
		            m->param ? m->param : "", m->detail);
	if (m->detail)
		vote_expected(t, m->detail);
	strbuf_addf(&t->words, " %s %s", m->owner ? m->owner : "", m->param ? m->param : "");
	strbuf_release(&name);
	free(operator);
}

static void find_arrays(struct trouble *t, struct finds *out, const char *cls, const char *name)
{
	struct stmt *q = db_ask(t->db, "SELECT id, owner, prior, length FROM entry WHERE name = ?1"
	                               " AND kind = 'property' LIMIT 200");

	stmt_bind(q, 1, name);
	while (stmt_next(q)) {
		bool owns = cls && class_is(t->db, cls, stmt_text(q, 1));
		double worth = owns ? 1 : cls && class_is(t->db, stmt_text(q, 1), cls) ? 0.6 : 0.4;

		finds_add(out, stmt_int(q, 0),
		          worth * stmt_real(q, 2) * (stmt_int(q, 3) > 0 ? 1 : 0.6));
	}
	stmt_end(q);
}

void explain_length(struct trouble *t)
{
	const struct message *m = &t->message;
	struct thing owner = { 0 };
	struct finds finds = { 0 };
	char *attribute = NULL;
	int64_t function = called_function(t);

	vote_socket_node(t, 4);
	if (thing_assigned(t, &owner, &attribute)) {
		find_arrays(t, &finds, owner.cls, attribute);
		finds_vote(&finds, t, 2.5, 8, "was given another number of values");
		strbuf_addf(t->head, "%s takes %s.\n", attribute, m->detail ? m->detail : "?");
		find_past(t, owner.cls, attribute, &t->note);
	}
	if (function)
		ranking_vote(t->out, function, 0, attribute ? 0.8 : 3, "was called so");
	strbuf_addf(&t->words, " %s", t->code);
	free(attribute);
	thing_release(&owner);
}
