#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "rag/inside.h"

/* More of a list than this is only counted: a model needs the kind of thing, not the phone book. */
#define MOST_VALUES   24
#define MOST_MEMBERS  40
#define MOST_VARIANTS 8
#define MOST_SUMMARY  300 /* bytes, as the next ones */
#define MOST_DESCR    100
#define MOST_CHOICES  160

/* At most so many bytes of a text, no half character among them. */
static void add_cut(struct strbuf *out, const char *text, size_t most)
{
	size_t len = strlen(text), keep = len < most ? len : most;

	while (keep < len && keep && ((unsigned char)text[keep] & 0xc0) == 0x80)
		keep--;
	strbuf_add(out, text, keep);
	if (keep < len)
		strbuf_addstr(out, "...");
}

static const char *type_word(const char *type)
{
	static const char *const words[][2] = {
		{ "BOOLEAN", "bool" }, { "INT", "int" },   { "FLOAT", "float" },
		{ "STRING", "str" },   { "ENUM", "enum" }, { "COLLECTION", "collection" },
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (!strcmp(type, words[i][0]))
			return words[i][1];
	return "";
}

/* "'A', 'B', 'C'": the values alone. */
static void add_values(struct strbuf *out, struct rag *rag, int64_t choices)
{
	struct stmt *q = db_ask(rag->db, "SELECT value FROM enumval WHERE choices = ?1 "
	                                 "ORDER BY place");
	int count = 0;

	stmt_bind_int(q, 1, choices);
	while (stmt_next(q)) {
		if (++count <= MOST_VALUES)
			strbuf_addf(out, "%s'%s'", count > 1 ? ", " : "", stmt_text(q, 0));
	}
	stmt_end(q);
	if (count > MOST_VALUES)
		strbuf_addf(out, " and %d more", count - MOST_VALUES);
}

static void add_value_line(struct strbuf *out, const char *value, const char *descr)
{
	strbuf_addf(out, "  '%s' ", value);
	add_cut(out, descr, MOST_DESCR);
	strbuf_addstr(out, "\n");
}

/* The same with what is said of each, a line each. */
static void add_value_lines(struct strbuf *out, struct rag *rag, int64_t choices)
{
	struct stmt *q = db_ask(rag->db, "SELECT value, label, descr FROM enumval "
	                                 "WHERE choices = ?1 ORDER BY place");
	int count = 0;

	stmt_bind_int(q, 1, choices);
	while (stmt_next(q)) {
		const char *descr = stmt_text(q, 2)[0] ? stmt_text(q, 2) : stmt_text(q, 1);

		if (++count <= MOST_VALUES)
			add_value_line(out, stmt_text(q, 0), descr);
	}
	stmt_end(q);
	if (count > MOST_VALUES)
		strbuf_addf(out, "  and %d more\n", count - MOST_VALUES);
}

/* Columns that members and parameters have alike, from `first` on. */
#define TRAIT_COLUMNS "type, target, length, dflt, low, high, choices"
enum {
	TYPE,
	TARGET,
	LENGTH,
	DFLT,
	LOW,
	HIGH,
	CHOICES
};

static void add_range(struct strbuf *out, struct stmt *q, int first)
{
	bool low = !stmt_is_null(q, first + LOW), high = !stmt_is_null(q, first + HIGH);

	if (low && high)
		strbuf_addf(out, " [%.7g to %.7g]", stmt_real(q, first + LOW),
		            stmt_real(q, first + HIGH));
	else if (low)
		strbuf_addf(out, " [%.7g or more]", stmt_real(q, first + LOW));
	else if (high)
		strbuf_addf(out, " [%.7g or less]", stmt_real(q, first + HIGH));
}

/* "float[3] = (0, 0, 0)", "enum 'A', 'B' = 'A'", "collection of MeshVertex". */
static void add_type(struct strbuf *out, struct rag *rag, struct stmt *q, int first, bool values)
{
	const char *type = stmt_text(q, first + TYPE), *target = stmt_text(q, first + TARGET);

	strbuf_addstr(out, !strcmp(type, "POINTER") ? target : type_word(type));
	if (!strcmp(type, "COLLECTION") && target[0])
		strbuf_addf(out, " of %s", target);
	if (stmt_int(q, first + LENGTH))
		strbuf_addf(out, "[%" PRId64 "]", stmt_int(q, first + LENGTH));
	if (values && stmt_int(q, first + CHOICES)) {
		strbuf_addstr(out, " ");
		add_values(out, rag, stmt_int(q, first + CHOICES));
	}
	if (stmt_text(q, first + DFLT)[0])
		strbuf_addf(out, " = %s", stmt_text(q, first + DFLT));
	add_range(out, q, first);
}

/* "name: str, mesh: Mesh = None", and what comes back. */
static void add_parameters(struct strbuf *out, struct strbuf *results, struct rag *rag,
                           int64_t entry)
{
	struct stmt *q = db_ask(rag->db, "SELECT name, output, type, target, length, dflt, "
	                                 "required FROM param WHERE entry = ?1 ORDER BY place");
	bool is_first = true;

	stmt_bind_int(q, 1, entry);
	while (stmt_next(q)) {
		struct strbuf *to = stmt_int(q, 1) ? results : out;
		const char *type = stmt_text(q, 2);

		if (to == out ? !is_first : results->len > 0)
			strbuf_addstr(to, ", ");
		if (to == out) {
			is_first = false;
			strbuf_addstr(to, stmt_text(q, 0));
			if (!stmt_int(q, 6) && stmt_text(q, 5)[0])
				strbuf_addf(to, "=%s", stmt_text(q, 5));
			else if (!strcmp(type, "POINTER"))
				strbuf_addf(to, ": %s", stmt_text(q, 3));
			continue;
		}
		strbuf_addstr(to, !strcmp(type, "POINTER") ? stmt_text(q, 3) : type_word(type));
		if (stmt_int(q, 4))
			strbuf_addf(to, "[%" PRId64 "]", stmt_int(q, 4));
	}
	stmt_end(q);
}

/* Columns of the entry that is being described. */
#define ENTRY_COLUMNS                                                                              \
	"SELECT ident, kind, summary, sign, until, readonly, owner, name, " TRAIT_COLUMNS          \
	" FROM entry WHERE id = ?1"
enum {
	IDENT,
	KIND,
	SUMMARY,
	SIGN,
	UNTIL,
	READONLY,
	OWNER,
	NAME,
	TRAIT
};

static bool is_callable(struct stmt *q)
{
	return !strcmp(stmt_text(q, KIND), "function") || !strcmp(stmt_text(q, KIND), "operator");
}

static void add_signature(struct strbuf *out, struct rag *rag, struct stmt *q, int64_t entry)
{
	struct strbuf results = { 0 };

	if (stmt_text(q, SIGN)[0]) {
		strbuf_addstr(out, stmt_text(q, SIGN));
	} else {
		strbuf_addstr(out, "(");
		add_parameters(out, &results, rag, entry);
		strbuf_addstr(out, ")");
		if (results.len)
			strbuf_addf(out, " -> %s", strbuf_str(&results));
	}
	strbuf_release(&results);
}

/* "bpy.data.meshes" for BlendDataMeshes: how scripts reach what has no other name. */
static void add_alias(struct strbuf *out, struct rag *rag, struct stmt *entry)
{
	struct stmt *q = db_ask(rag->db, "SELECT name FROM entry WHERE owner = 'BlendData' "
	                                 "AND holder = ?1 AND holder <> ''");

	stmt_bind(q, 1, stmt_text(entry, OWNER));
	if (stmt_next(q))
		strbuf_addf(out, "bpy.data.%s.%s: ", stmt_text(q, 0), stmt_text(entry, NAME));
	stmt_end(q);
}

/* The head of every description: what it is called, its type or signature, what it is. */
static void add_head(struct strbuf *out, struct rag *rag, struct stmt *q, int64_t entry,
                     bool values)
{
	add_alias(out, rag, q);
	strbuf_addstr(out, stmt_text(q, IDENT));
	if (is_callable(q) || stmt_text(q, SIGN)[0]) {
		add_signature(out, rag, q, entry);
	} else if (!strcmp(stmt_text(q, KIND), "property")) {
		strbuf_addstr(out, ": ");
		add_type(out, rag, q, TRAIT, values);
		if (stmt_int(q, READONLY))
			strbuf_addstr(out, " (read-only)");
	} else if (strcmp(stmt_text(q, KIND), "value")) {
		strbuf_addf(out, " (%s)", stmt_text(q, KIND));
	}
	if (stmt_text(q, SUMMARY)[0]) {
		strbuf_addstr(out, " - ");
		add_cut(out, stmt_text(q, SUMMARY), MOST_SUMMARY);
	}
	strbuf_addstr(out, "\n");
	if (stmt_text(q, UNTIL)[0])
		strbuf_addf(out, "  going away: %s\n", stmt_text(q, UNTIL));
}

/* The enum parameters of a function or an operator, and what is said of the others. */
static void add_parameter_lines(struct strbuf *out, struct rag *rag, int64_t entry)
{
	struct stmt *q = db_ask(rag->db, "SELECT name, descr, " TRAIT_COLUMNS " FROM param "
	                                 "WHERE entry = ?1 AND NOT output AND "
	                                 "(type <> '' OR descr <> '') ORDER BY place LIMIT 30");

	stmt_bind_int(q, 1, entry);
	while (stmt_next(q)) {
		strbuf_addf(out, "  %s: ", stmt_text(q, 0));
		add_type(out, rag, q, 2, true);
		if (stmt_text(q, 1)[0])
			strbuf_addstr(out, " - ");
		add_cut(out, stmt_text(q, 1), MOST_DESCR);
		strbuf_addstr(out, "\n");
	}
	stmt_end(q);
}

/* A class's own members, in a line each: properties with their types, functions by name. */
static void add_members(struct strbuf *out, struct rag *rag, const char *cls)
{
	struct stmt *q = db_ask(rag->db, "SELECT kind, name, id, " TRAIT_COLUMNS " FROM entry "
	                                 "WHERE owner = ?1 ORDER BY id");
	struct strbuf ignored = { 0 };
	int count = 0;

	stmt_bind(q, 1, cls);
	while (stmt_next(q)) {
		if (++count > MOST_MEMBERS)
			continue;
		strbuf_addf(out, "  %s", stmt_text(q, 1));
		if (!strcmp(stmt_text(q, 0), "function")) {
			strbuf_addstr(out, "(");
			add_parameters(out, &ignored, rag, stmt_int(q, 2));
			strbuf_addstr(out, ")");
		} else {
			strbuf_addstr(out, ": ");
			add_type(out, rag, q, 3, true);
		}
		strbuf_addstr(out, "\n");
	}
	stmt_end(q);
	if (count > MOST_MEMBERS)
		strbuf_addf(out, "  and %d more\n", count - MOST_MEMBERS);
	strbuf_release(&ignored);
}

static void add_bases(struct strbuf *out, struct rag *rag, const char *cls)
{
	struct stmt *q = db_ask(rag->db, "SELECT ancestor FROM lineage WHERE cls = ?1 AND "
	                                 "depth > 0 AND ancestor NOT LIKE 'bpy\\_%' ESCAPE '\\' "
	                                 "ORDER BY depth");
	int count = 0;

	stmt_bind(q, 1, cls);
	while (stmt_next(q))
		strbuf_addf(out, "%s%s",
		            count++ ? ", " : "  also has what these have: ", stmt_text(q, 0));
	stmt_end(q);
	if (count)
		strbuf_addstr(out, "\n");
}

static void add_maker(struct strbuf *out, struct rag *rag, const char *cls)
{
	static const struct {
		const char *kind, *way;
	} ways[] = {
		{ "modifier", "object.modifiers.new(name, type='%s')" },
		{ "constraint", "object.constraints.new(type='%s')" },
		{ "light", "bpy.data.lights.new(name, type='%s')" },
		{ "texture", "bpy.data.textures.new(name, type='%s')" },
	};
	struct stmt *q = db_ask(rag->db, "SELECT kind, value FROM made WHERE cls = ?1");

	stmt_bind(q, 1, cls);
	while (stmt_next(q))
		for (size_t i = 0; i < COUNT(ways); i++) {
			const char *mark = strstr(ways[i].way, "%s");

			if (strcmp(stmt_text(q, 0), ways[i].kind))
				continue;
			strbuf_addf(out, "  made by %.*s%s%s\n", (int)(mark - ways[i].way),
			            ways[i].way, stmt_text(q, 1), mark + 2);
		}
	stmt_end(q);
}

/*
 * What a socket is found by: its name; since 4.0 also its identifier; but where others share the
 * name, that is the first of them, and the rest have only their places.
 */
static void add_socket_key(struct strbuf *out, struct rag *rag, struct stmt *q, int place)
{
	const char *name = stmt_text(q, 0), *identifier = stmt_text(q, 1);

	if (stmt_int(q, 5) > 1)
		strbuf_addf(out, "[%d] ", place);
	strbuf_addf(out, "\"%s\"", name);
	if (stmt_int(q, 5) == 1 && identifier[0] && strcmp(name, identifier) != 0 &&
	    atoi(rag->version) >= 4)
		strbuf_addf(out, "/\"%s\"", identifier);
}

/* "  inputs: "Base Color" RGBA (0.8, 0.8, 0.8, 1), ..." */
static void add_sockets(struct strbuf *out, struct rag *rag, const char *node, const char *side)
{
	struct stmt *q = db_ask(rag->db, "SELECT name, identifier, type, dflt, enabled, "
	                                 "count(*) OVER (PARTITION BY name) FROM socket "
	                                 "WHERE node = ?1 AND side = ?2 AND variant = '' "
	                                 "ORDER BY place");
	int count = 0;

	stmt_bind(q, 1, node);
	stmt_bind(q, 2, side);
	while (stmt_next(q)) {
		strbuf_addstr(out, count                 ? ", "
		                   : !strcmp(side, "in") ? "  inputs: "
		                                         : "  outputs: ");
		add_socket_key(out, rag, q, count++);
		strbuf_addf(out, " %s", stmt_text(q, 2));
		if (stmt_text(q, 3)[0] && !strcmp(side, "in"))
			strbuf_addf(out, " %s", stmt_text(q, 3));
		if (!stmt_int(q, 4))
			strbuf_addstr(out, " (off)");
	}
	stmt_end(q);
	if (count)
		strbuf_addstr(out, "\n");
}

static void add_names(struct strbuf *out, const char *lines)
{
	bool is_first = true;

	for (; *lines; is_first = false) {
		size_t len = strcspn(lines, "\n");

		strbuf_addf(out, "%s\"%.*s\"", is_first ? "" : ", ", (int)len, lines);
		lines += len + (lines[len] == '\n');
	}
}

static void add_variants(struct strbuf *out, struct rag *rag, const char *node)
{
	struct stmt *q = db_ask(rag->db, "SELECT group_concat(choice, ' or '), inputs, outputs "
	                                 "FROM variant WHERE node = ?1 GROUP BY inputs, outputs "
	                                 "ORDER BY count(*) DESC LIMIT ?2");

	stmt_bind(q, 1, node);
	stmt_bind_int(q, 2, MOST_VARIANTS);
	while (stmt_next(q)) {
		strbuf_addstr(out, "  with ");
		add_cut(out, stmt_text(q, 0), MOST_CHOICES);
		strbuf_addstr(out, ": inputs ");
		add_names(out, stmt_text(q, 1));
		strbuf_addstr(out, "; outputs ");
		add_names(out, stmt_text(q, 2));
		strbuf_addstr(out, "\n");
	}
	stmt_end(q);
}

static void add_notes(struct strbuf *out, struct rag *rag, const char *ident)
{
	struct stmt *q = db_ask(rag->db, "SELECT DISTINCT since, text FROM note WHERE "
	                                 "instr(char(10) || idents, char(10) || ?1 || char(10)) "
	                                 "LIMIT 2");

	stmt_bind(q, 1, ident);
	while (stmt_next(q)) {
		if (*stmt_text(q, 0))
			strbuf_addf(out, "  since %s: ", stmt_text(q, 0));
		else
			strbuf_addstr(out, "  note: ");
		add_cut(out, stmt_text(q, 1), MOST_SUMMARY);
		strbuf_addstr(out, "\n");
	}
	stmt_end(q);
}

static void add_class(struct strbuf *out, struct rag *rag, const char *ident)
{
	static const char types[] = "bpy.types.";
	const char *cls = strncmp(ident, types, strlen(types)) ? ident : ident + strlen(types);

	add_maker(out, rag, cls);
	add_bases(out, rag, cls);
	add_sockets(out, rag, cls, "in");
	add_sockets(out, rag, cls, "out");
	add_variants(out, rag, cls);
	add_members(out, rag, cls);
}

void describe_whole(struct strbuf *out, struct rag *rag, int64_t entry)
{
	struct stmt *q = db_ask(rag->db, ENTRY_COLUMNS);
	int64_t choices;

	stmt_bind_int(q, 1, entry);
	if (stmt_next(q)) {
		choices = stmt_int(q, TRAIT + CHOICES);
		add_head(out, rag, q, entry, false);
		add_notes(out, rag, stmt_text(q, IDENT));
		if (choices)
			add_value_lines(out, rag, choices);
		if (is_callable(q))
			add_parameter_lines(out, rag, entry);
		if (!strcmp(stmt_text(q, KIND), "class") || !strcmp(stmt_text(q, KIND), "node"))
			add_class(out, rag, stmt_text(q, IDENT));
	}
	stmt_end(q);
}

void describe_line(struct strbuf *out, struct rag *rag, int64_t entry)
{
	struct stmt *q = db_ask(rag->db, ENTRY_COLUMNS);

	stmt_bind_int(q, 1, entry);
	if (stmt_next(q))
		add_head(out, rag, q, entry, true);
	stmt_end(q);
}
