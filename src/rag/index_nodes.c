#include <string.h>

#include "base/compiler.h"
#include "rag/index.h"

#define MOST_SOCKETS 400 /* of a node, its variants included */

/* The sockets of one node, while they come. */
struct node {
	struct index *ix;
	const char *name;
	int64_t count;
	struct lookup seen; /* "in Name" */
};

struct socket {
	const char *side, *name, *identifier, *type, *cls, *dflt, *variant;
	bool enabled;
};

static void add_socket(struct node *node, const struct socket *s)
{
	struct stmt *q;
	struct strbuf key = { 0 };

	strbuf_addf(&key, "%s %s", s->side, s->name);
	lookup_add(&node->seen, strbuf_str(&key), 1);
	strbuf_release(&key);
	if (node->count >= MOST_SOCKETS)
		return;
	q = db_ask(node->ix->db, "INSERT INTO socket(node, side, place, name, identifier, type, "
	                         "cls, dflt, enabled, variant) "
	                         "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
	stmt_bind(q, 1, node->name);
	stmt_bind(q, 2, s->side);
	stmt_bind_int(q, 3, node->count++);
	stmt_bind(q, 4, s->name);
	stmt_bind(q, 5, s->identifier);
	stmt_bind(q, 6, s->type);
	stmt_bind(q, 7, s->cls);
	stmt_bind(q, 8, s->dflt);
	stmt_bind_int(q, 9, s->enabled);
	stmt_bind(q, 10, s->variant);
	stmt_done(q);
}

static void add_sockets(struct node *node, const char *side, const struct json_at *list)
{
	for (struct json_at at = json_first(list); at.value; at = json_next(&at)) {
		struct json_at dflt = json_key(&at, "default");
		struct strbuf literal = { 0 };
		struct socket socket = {
			.side = side,
			.name = dump_text(&at, "name"),
			.identifier = dump_text(&at, "id"),
			.type = dump_text(&at, "type"),
			.cls = dump_text(&at, "cls"),
			.variant = "",
			.enabled = dump_bool(&at, "enabled"),
		};

		dump_literal(&literal, &dflt, false);
		socket.dflt = strbuf_str(&literal);
		add_socket(node, &socket);
		strbuf_release(&literal);
	}
}

/* The names that a new node shows, or those of a variant, a line each. */
static void list_names(struct strbuf *out, const struct json_at *list)
{
	for (struct json_at at = json_first(list); at.value; at = json_next(&at)) {
		struct error ignored;
		const char *name = "";

		if (json_is_object(&at) && !dump_bool(&at, "enabled"))
			continue;
		if (json_is_object(&at))
			name = dump_text(&at, "name");
		else if (json_is_text(&at))
			json_text(&name, &at, &ignored);
		dump_line(out, name);
		strbuf_addstr(out, "\n");
	}
}

/* What a new node does not have under any setting of its own. */
static void add_missing(struct node *node, const char *side, const struct json_at *list,
                        const char *choice)
{
	size_t count = json_count(list);

	for (size_t i = 0; i < count && i < MOST_SOCKETS; i++) {
		struct socket socket = { .side = side,
			                 .name = dump_item(list, i),
			                 .identifier = "",
			                 .type = "",
			                 .cls = "",
			                 .dflt = "",
			                 .variant = choice };
		struct strbuf key = { 0 };
		int64_t yes;

		strbuf_addf(&key, "%s %s", side, socket.name);
		if (socket.name[0] && !lookup_find(&node->seen, strbuf_str(&key), &yes))
			add_socket(node, &socket);
		strbuf_release(&key);
	}
}

static void add_variant(struct node *node, const struct json_at *variant, const char *as_new[2])
{
	struct json_at ins = json_item(variant, 0), outs = json_item(variant, 1);
	struct strbuf in_names = { 0 }, out_names = { 0 };

	list_names(&in_names, &ins);
	list_names(&out_names, &outs);
	if (strcmp(as_new[0], strbuf_str(&in_names)) || strcmp(as_new[1], strbuf_str(&out_names))) {
		struct stmt *q = db_ask(node->ix->db,
		                        "INSERT OR IGNORE INTO variant VALUES(?1, ?2, ?3, ?4)");

		stmt_bind(q, 1, node->name);
		stmt_bind(q, 2, variant->key);
		stmt_bind(q, 3, strbuf_str(&in_names));
		stmt_bind(q, 4, strbuf_str(&out_names));
		stmt_done(q);
		add_missing(node, "in", &ins, variant->key);
		add_missing(node, "out", &outs, variant->key);
	}
	strbuf_release(&in_names);
	strbuf_release(&out_names);
}

static void add_node(struct index *ix, const struct json_at *at)
{
	struct json_at ins = json_key(at, "in"), outs = json_key(at, "out");
	struct json_at variants = json_key(at, "variants");
	struct strbuf in_names = { 0 }, out_names = { 0 };
	struct node node = { ix, at->key, 0, { 0 } };

	add_sockets(&node, "in", &ins);
	add_sockets(&node, "out", &outs);
	list_names(&in_names, &ins);
	list_names(&out_names, &outs);
	for (struct json_at v = json_first(&variants); v.value; v = json_next(&v))
		add_variant(&node, &v,
		            (const char *[2]){ strbuf_str(&in_names), strbuf_str(&out_names) });
	strbuf_release(&in_names);
	strbuf_release(&out_names);
	lookup_release(&node.seen);
}

void index_nodes(struct index *ix)
{
	struct lookup seen = { 0 };

	for (struct json_at at = json_first(&ix->dump.nodes); at.value; at = json_next(&at))
		if (dump_class(&ix->dump, at.key) && lookup_add(&seen, at.key, 1))
			add_node(ix, &at);
	lookup_release(&seen);
}
