#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/text.h"
#include "rag/inside.h"

#define MOST_STEPS 12

/* What names of variables usually stand for. */
static const struct {
	const char *name, *cls;
} usual_names[] = {
	{ "arm", "Armature" },
	{ "armature", "Armature" },
	{ "bm", "bmesh.types.BMesh" },
	{ "bone", "Bone" },
	{ "C", "Context" },
	{ "cam", "Camera" },
	{ "camera", "Camera" },
	{ "collection", "Collection" },
	{ "constraint", "Constraint" },
	{ "context", "Context" },
	{ "curve", "Curve" },
	{ "D", "BlendData" },
	{ "image", "Image" },
	{ "img", "Image" },
	{ "light", "Light" },
	{ "links", "NodeLinks" },
	{ "mat", "Material" },
	{ "material", "Material" },
	{ "mesh", "Mesh" },
	{ "me", "Mesh" },
	{ "mod", "Modifier" },
	{ "modifier", "Modifier" },
	{ "node", "Node" },
	{ "nodes", "Nodes" },
	{ "node_tree", "NodeTree" },
	{ "ob", "Object" },
	{ "obj", "Object" },
	{ "object", "Object" },
	{ "polygon", "MeshPolygon" },
	{ "render", "RenderSettings" },
	{ "scene", "Scene" },
	{ "spline", "Spline" },
	{ "view_layer", "ViewLayer" },
	{ "world", "World" },
};

/* Where the way through a dotted name has led. */
struct place {
	int64_t entry; /* what is here; 0: nothing */
	char *cls;     /* whose members can be next; NULL: unknown */
	char *items;   /* what [...] leads to; NULL: it is no collection */
};

static void place_set(struct place *p, int64_t entry, const char *cls, const char *items)
{
	free(p->cls);
	free(p->items);
	p->entry = entry;
	p->cls = cls && cls[0] ? xstrdup(cls) : NULL;
	p->items = items && items[0] ? xstrdup(items) : NULL;
}

/* What the columns type, target, holder of an entry say comes next. */
static void place_take(struct place *p, struct stmt *q)
{
	const char *kind = stmt_text(q, 1), *type = stmt_text(q, 2), *target = stmt_text(q, 3);
	const char *holder = stmt_text(q, 4);
	bool is_collection = !strcmp(type, "COLLECTION");

	if (!strcmp(kind, "class") || !strcmp(kind, "node"))
		place_set(p, stmt_int(q, 0), stmt_text(q, 5), NULL);
	else if (is_collection)
		place_set(p, stmt_int(q, 0), holder[0] ? holder : "bpy_prop_collection", target);
	else
		place_set(p, stmt_int(q, 0), target, NULL);
}

#define PLACE_COLUMNS                                                                              \
	"e.id, e.kind, e.type, e.target, e.holder, "                                               \
	"CASE WHEN e.ident LIKE 'bpy.types.%' THEN substr(e.ident, 11) ELSE e.ident END "

static bool ask_place(struct place *p, struct stmt *q)
{
	bool found = stmt_next(q);

	if (found)
		place_take(p, q);
	stmt_end(q);
	return found;
}

/* The data of an object is an ID to Blender, but a mesh, a curve, a light to everyone else. */
static bool step_beyond(struct place *p, struct rag *rag, const char *name)
{
	struct stmt *q = db_ask(rag->db, "SELECT " PLACE_COLUMNS
	                                 "FROM member m JOIN entry e ON e.id = m.entry "
	                                 "WHERE m.name = ?2 AND m.depth = 0 AND m.cls IN "
	                                 "(SELECT cls FROM lineage WHERE ancestor = ?1) "
	                                 "ORDER BY m.cls <> 'Mesh', m.cls LIMIT 1");

	stmt_bind(q, 1, p->cls);
	stmt_bind(q, 2, name);
	return ask_place(p, q);
}

static bool step(struct place *p, struct rag *rag, const char *name)
{
	struct stmt *q;

	if (!p->cls)
		return false;
	q = db_ask(rag->db, "SELECT " PLACE_COLUMNS "FROM member m JOIN entry e ON e.id = m.entry "
	                    "WHERE m.cls = ?1 AND m.name = ?2 ORDER BY m.depth LIMIT 1");
	stmt_bind(q, 1, p->cls);
	stmt_bind(q, 2, name);
	return ask_place(p, q) || step_beyond(p, rag, name);
}

static bool step_context(struct place *p, struct rag *rag, const char *name)
{
	struct stmt *q;
	bool found;

	if (step(p, rag, name))
		return true;
	q = db_ask(rag->db, "SELECT target, type FROM context WHERE name = ?1");
	stmt_bind(q, 1, name);
	found = stmt_next(q);
	if (found && !strcmp(stmt_text(q, 1), "COLLECTION"))
		place_set(p, 0, NULL, stmt_text(q, 0));
	else if (found)
		place_set(p, 0, stmt_text(q, 0), NULL);
	stmt_end(q);
	return found;
}

/* A name cut into steps: "a.b[0].c(x)" is a, b, [, c. */
struct path {
	char *steps[MOST_STEPS]; /* "[" where an item is taken */
	size_t count;
};

static void path_release(struct path *path)
{
	for (size_t i = 0; i < path->count; i++)
		free(path->steps[i]);
	*path = (struct path){ 0 };
}

static const char *skip_brackets(const char *s)
{
	int depth = 0;

	for (; *s; s++) {
		depth += *s == '(' || *s == '[';
		depth -= *s == ')' || *s == ']';
		if (!depth)
			return s + 1;
	}
	return s;
}

/* False: this is no dotted name but words, or an expression of another kind. */
static bool read_path(struct path *out, const char *s)
{
	while (*s && out->count < MOST_STEPS) {
		size_t len = 0;

		while (isalnum((unsigned char)s[len]) || s[len] == '_')
			len++;
		if (!len || isdigit((unsigned char)s[0]))
			return false;
		out->steps[out->count++] = xstrndup(s, len);
		s += len;
		while (*s == '(' || *s == '[') {
			if (*s == '[' && out->count < MOST_STEPS)
				out->steps[out->count++] = xstrdup("[");
			s = skip_brackets(s);
		}
		if (*s == '.' && s[1])
			s++;
		else if (*s)
			return false;
	}
	return out->count > 0;
}

static int64_t find_ident(struct rag *rag, const char *sql, const char *ident)
{
	struct stmt *q = db_ask(rag->db, sql);
	int64_t entry = 0;

	stmt_bind(q, 1, ident);
	if (stmt_next(q))
		entry = stmt_int(q, 0);
	stmt_end(q);
	return entry;
}

/* Most names are in lower case; the others have an index. */
static int64_t find_any_case(struct rag *rag, const char *ident)
{
	static const char exact[] = "SELECT id FROM entry WHERE ident = ?1";
	static const char lower[] = "SELECT id FROM entry WHERE (name = lower(?2) OR "
				    "(lower(name) = lower(?2) AND name <> lower(name))) "
				    "AND lower(ident) = lower(?1) ORDER BY id LIMIT 1";
	int64_t entry = find_ident(rag, exact, ident);
	struct stmt *q;

	if (entry)
		return entry;
	q = db_ask(rag->db, lower);
	stmt_bind(q, 1, ident);
	stmt_bind(q, 2, strrchr(ident, '.') ? strrchr(ident, '.') + 1 : ident);
	if (stmt_next(q))
		entry = stmt_int(q, 0);
	stmt_end(q);
	return entry;
}

static int64_t find_whole(struct rag *rag, const struct path *path)
{
	static const char *const prefixes[] = { "", "bpy.types.", "bpy.ops.", "bpy.",
		                                "mathutils." };
	struct strbuf ident = { 0 };
	int64_t entry = 0;

	for (size_t p = 0; p < COUNT(prefixes) && !entry; p++) {
		strbuf_reset(&ident);
		strbuf_addstr(&ident, prefixes[p]);
		for (size_t i = 0; i < path->count; i++)
			strbuf_addf(&ident, "%s%s", i ? "." : "", path->steps[i]);
		entry = find_any_case(rag, strbuf_str(&ident));
	}
	strbuf_release(&ident);
	return entry;
}

/* Where a dotted name begins; how many steps that took. */
static size_t begin(struct place *p, struct rag *rag, const struct path *path)
{
	const char *first = path->steps[0], *second = path->count > 1 ? path->steps[1] : "";
	size_t used = 1 + !strcmp(first, "bpy");
	const char *name = used == 2 ? second : first;
	struct stmt *q;

	for (size_t i = 0; i < COUNT(usual_names); i++)
		if (!strcmp(name, usual_names[i].name))
			place_set(p, 0, usual_names[i].cls, NULL);
	if (!strcmp(name, "data"))
		place_set(p, 0, "BlendData", NULL);
	if (used == 2 && !strcmp(name, "types"))
		name = path->count > used ? path->steps[used++] : "";
	if (p->cls)
		return used;
	q = db_ask(rag->db, "SELECT " PLACE_COLUMNS "FROM entry e WHERE e.ident IN "
	                    "('bpy.types.' || ?1, 'mathutils.' || ?1, 'bmesh.types.' || ?1)");
	stmt_bind(q, 1, name);
	return ask_place(p, q) ? used : 0;
}

static int64_t walk(struct rag *rag, const struct path *path)
{
	struct place place = { 0 };
	size_t i = begin(&place, rag, path);
	bool on_the_way = i > 0;
	int64_t entry;

	for (; on_the_way && i < path->count; i++) {
		bool is_context = place.cls && !strcmp(place.cls, "Context");

		if (!strcmp(path->steps[i], "[") && place.items) {
			char *items = xstrdup(place.items);

			place_set(&place, place.entry, items, NULL);
			free(items);
		} else if (strcmp(path->steps[i], "[")) {
			on_the_way = is_context ? step_context(&place, rag, path->steps[i])
			                        : step(&place, rag, path->steps[i]);
		}
	}
	entry = on_the_way ? place.entry : 0;
	place_set(&place, 0, NULL, NULL);
	return entry;
}

/* 'BEVEL', or BEVEL: what makes a modifier, a constraint, a light. */
static int64_t find_made(struct rag *rag, const char *text)
{
	struct text_span word = text_trim(text_span(text));
	struct strbuf value = { 0 };
	int64_t entry;

	if (word.len > 2 && (word.at[0] == '\'' || word.at[0] == '"'))
		word = (struct text_span){ word.at + 1, word.len - 2 };
	strbuf_add(&value, word.at, word.len);
	entry = find_ident(
		rag,
		"SELECT e.id FROM made m JOIN entry e ON e.ident = 'bpy.types.' || m.cls "
		"WHERE m.value = ?1 LIMIT 1",
		strbuf_str(&value));
	strbuf_release(&value);
	return entry;
}

/* A single word of everyday, "bevel", is none yet. */
static bool looks_like_a_name(const char *s, const struct path *path)
{
	return path->count > 1 || strchr(s, '_') ||
	       strcspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") < strlen(s);
}

int64_t direct_find(struct rag *rag, const char *text)
{
	struct text_span trimmed = text_trim(text_span(text));
	char *s = xstrndup(trimmed.at, trimmed.len);
	struct path path = { 0 };
	int64_t entry = find_made(rag, s);

	if (!entry && read_path(&path, s) && looks_like_a_name(s, &path)) {
		entry = find_whole(rag, &path);
		if (!entry)
			entry = walk(rag, &path);
	}
	path_release(&path);
	free(s);
	return entry;
}
