#include "rag/infer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	DEPTH_MAX = 6,
	STEPS_MAX = 24,
	SCRIPT_MAX = 1 << 18,
};

/* What people call things. The name may have more to it: chair_mesh, light2. */
static const struct habit {
	const char *word, *cls;
} habits[] = {
	{ "object", "Object" },
	{ "obj", "Object" },
	{ "ob", "Object" },
	{ "mesh", "Mesh" },
	{ "me", "Mesh" },
	{ "material", "Material" },
	{ "mat", "Material" },
	{ "scene", "Scene" },
	{ "scn", "Scene" },
	{ "world", "World" },
	{ "light", "Light" },
	{ "lamp", "Light" },
	{ "sun", "SunLight" },
	{ "spot", "SpotLight" },
	{ "camera", "Camera" },
	{ "cam", "Camera" },
	{ "curve", "Curve" },
	{ "spline", "Spline" },
	{ "text", "TextCurve" },
	{ "armature", "Armature" },
	{ "bone", "Bone" },
	{ "collection", "Collection" },
	{ "coll", "Collection" },
	{ "image", "Image" },
	{ "img", "Image" },
	{ "action", "Action" },
	{ "context", "Context" },
	{ "ctx", "Context" },
	{ "tree", "NodeTree" },
	{ "ntree", "NodeTree" },
	{ "bsdf", "ShaderNodeBsdfPrincipled" },
	{ "principled", "ShaderNodeBsdfPrincipled" },
	{ "bm", "bmesh.types.BMesh" },
	{ "bevel", "BevelModifier" },
	{ "subsurf", "SubsurfModifier" },
	{ "subdiv", "SubsurfModifier" },
	{ "solidify", "SolidifyModifier" },
	{ "boolean", "BooleanModifier" },
	{ "ramp", "ShaderNodeValToRGB" },
	{ "noise", "ShaderNodeTexNoise" },
	{ "voronoi", "ShaderNodeTexVoronoi" },
	{ "emission", "ShaderNodeEmission" },
	{ "glass", "ShaderNodeBsdfGlass" },
	{ "bump", "ShaderNodeBump" },
	{ "mapping", "ShaderNodeMapping" },
	{ "modifier", "Modifier" },
	{ "mod", "Modifier" },
	{ "node", "Node" },
};

/* Functions that make one of many classes, which one a string says. */
static const struct maker {
	const char *holder, *keyword, *kind; /* of the table made; NULL: the string is the class */
} makers[] = {
	{ "Nodes", "type", NULL },
	{ "ObjectModifiers", "type", "modifier" },
	{ "ObjectConstraints", "type", "constraint" },
	{ "PoseBoneConstraints", "type", "constraint" },
	{ "BlendDataLights", "type", "light" },
	{ "BlendDataTextures", "type", "texture" },
};

/* Functions whose result introspection does not tell. */
static const struct result {
	const char *function, *cls;
} results[] = {
	{ "bmesh.new", "bmesh.types.BMesh" },
	{ "bmesh.from_edit_mesh", "bmesh.types.BMesh" },
};

void thing_release(struct thing *t)
{
	free(t->module);
	free(t->cls);
	free(t->holder);
	*t = (struct thing){ 0 };
}

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Back over one bracketed part that ends before `at`; NULL: it never began. */
static const char *skip_brackets(const char *code, const char *at)
{
	int depth = 0;
	char quote = '\0';

	while (at > code) {
		char c = *--at;

		if (quote) {
			if (c == quote)
				quote = '\0';
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (strchr(")]}", c)) {
			depth++;
		} else if (strchr("([{", c) && --depth == 0) {
			return at;
		}
	}
	return NULL;
}

struct text_span infer_before(const char *code, const char *end)
{
	const char *at = end;

	while (at > code) {
		if (is_name(at[-1]) || at[-1] == '.') {
			at--;
		} else if (strchr(")]", at[-1])) {
			const char *open = skip_brackets(code, at);

			if (!open)
				break;
			at = open;
		} else {
			break;
		}
	}
	return (struct text_span){ at, (size_t)(end - at) };
}

static struct text_span quoted_at(const char *from, const char *end)
{
	while (from < end && (is_blank(*from) || *from == '='))
		from++;
	if (from < end && (*from == '"' || *from == '\'')) {
		const char *to = memchr(from + 1, *from, (size_t)(end - from - 1));

		if (to)
			return (struct text_span){ from + 1, (size_t)(to - from - 1) };
	}
	return (struct text_span){ "", 0 };
}

struct text_span infer_quoted(struct text_span text, const char *keyword)
{
	const char *end = text.at + text.len;
	struct text_span last = { "", 0 };
	size_t len = keyword ? strlen(keyword) : 0;

	for (const char *at = text.at; at < end; at++) {
		if (keyword && (size_t)(end - at) > len && !memcmp(at, keyword, len) &&
		    (at == text.at || !is_name(at[-1])) && (is_blank(at[len]) || at[len] == '=')) {
			struct text_span quoted = quoted_at(at + len, end);

			if (quoted.len)
				return quoted;
		}
		if (*at == '"' || *at == '\'') {
			struct text_span quoted = quoted_at(at, end);

			if (!quoted.len)
				continue;
			last = quoted;
			at = quoted.at + quoted.len;
		}
	}
	return last;
}

static void set(char **to, const char *value)
{
	free(*to);
	*to = value && *value ? xstrdup(value) : NULL;
}

/* A class by its last part: Vector is mathutils.Vector. False: there is none. */
static bool set_class(struct infer *in, struct thing *t, const char *name)
{
	struct stmt *q = db_ask(in->db, "SELECT cls FROM lineage WHERE cls = ?1 AND depth = 0");
	bool found;

	stmt_bind(q, 1, name);
	found = stmt_next(q);
	if (found)
		set(&t->cls, name);
	stmt_end(q);
	return found;
}

/* Of a property: what it leads to. Of a function: nothing yet, it wants to be called. */
static bool take_member(struct infer *in, struct thing *t, const char *cls, const char *name)
{
	struct stmt *q =
		db_ask(in->db, "SELECT e.id, e.kind, e.type, e.target, e.holder, e.owner"
	                       " FROM member m JOIN entry e ON e.id = m.entry"
	                       " WHERE m.cls = ?1 AND m.name = ?2 ORDER BY m.depth LIMIT 1");
	bool found;

	stmt_bind(q, 1, cls);
	stmt_bind(q, 2, name);
	found = stmt_next(q);
	if (found) {
		struct thing next = { .guessed = t->guessed };

		if (!strcmp(stmt_text(q, 1), "function")) {
			next.function = stmt_int(q, 0);
			set(&next.holder, stmt_text(q, 5));
			set(&next.cls, t->cls);
		} else {
			next.member = stmt_int(q, 0);
			next.many = !strcmp(stmt_text(q, 2), "COLLECTION");
			set(&next.cls, stmt_text(q, 3));
			set(&next.holder, next.many ? stmt_text(q, 4) : NULL);
		}
		thing_release(t);
		*t = next;
	}
	stmt_end(q);
	return found;
}

static bool take_context(struct infer *in, struct thing *t, const char *name)
{
	struct stmt *q = db_ask(in->db, "SELECT target, type FROM context WHERE name = ?1");
	bool found;

	stmt_bind(q, 1, name);
	found = stmt_next(q) && *stmt_text(q, 0);
	if (found) {
		struct thing next = { .many = !strcmp(stmt_text(q, 1), "COLLECTION") };

		set(&next.cls, stmt_text(q, 0));
		thing_release(t);
		*t = next;
	}
	stmt_end(q);
	return found || take_member(in, t, "Context", name);
}

static void take_module(struct infer *in, struct thing *t, const char *name)
{
	struct strbuf path = { 0 };
	struct stmt *q;

	strbuf_addf(&path, "%s.%s", t->module, name);
	q = db_ask(in->db, "SELECT id, kind, target FROM entry WHERE ident = ?1");
	stmt_bind(q, 1, strbuf_str(&path));
	if (stmt_next(q) && strcmp(stmt_text(q, 1), "module") != 0 &&
	    strcmp(stmt_text(q, 1), "value") != 0) {
		struct thing next = { .function = stmt_int(q, 0) };

		if (!strncmp(strbuf_str(&path), "bpy.types.", 10))
			set(&next.cls, name);
		else if (strcmp(stmt_text(q, 1), "function") != 0)
			set(&next.cls, strbuf_str(&path));
		set(&next.module, strbuf_str(&path));
		thing_release(t);
		*t = next;
	} else {
		set(&t->module, strbuf_str(&path));
	}
	stmt_end(q);
	strbuf_release(&path);
}

static void take_name(struct infer *in, struct thing *t, struct text_span span)
{
	char *name = xstrndup(span.at, span.len);
	bool found = false;

	if (t->module && !strcmp(t->module, "bpy.context"))
		found = take_context(in, t, name);
	else if (t->module && !strcmp(t->module, "bpy.data"))
		found = take_member(in, t, "BlendData", name);
	else if (t->module && !t->function) {
		take_module(in, t, name);
		found = true;
	} else if (t->many && t->holder && take_member(in, t, t->holder, name))
		found = true;
	else if (t->many) {
		char *items = t->cls ? xstrdup(t->cls) : NULL;

		/* get(), values() and the like: of the items that they give, only their class
		 * matters. */
		found = take_member(in, t, "bpy_prop_collection", name);
		set(&t->cls, items);
		free(items);
	} else if (t->cls)
		found = take_member(in, t, t->cls, name);
	if (!found)
		thing_release(t);
	free(name);
}

static void make_class(struct infer *in, struct thing *t, const struct maker *maker,
                       struct text_span arguments)
{
	struct text_span quoted = infer_quoted(arguments, maker->keyword);
	char *value = xstrndup(quoted.at, quoted.len);
	struct stmt *q;

	thing_release(t);
	if (!maker->kind) {
		set_class(in, t, value);
	} else {
		q = db_ask(in->db, "SELECT cls FROM made WHERE kind = ?1 AND value = ?2");
		stmt_bind(q, 1, maker->kind);
		stmt_bind(q, 2, value);
		if (stmt_next(q))
			set(&t->cls, stmt_text(q, 0));
		stmt_end(q);
	}
	free(value);
}

/* An item that was asked for by a string: nodes["Principled BSDF"], modifiers["Bevel"]. */
static void name_item(struct infer *in, struct thing *t, struct text_span quoted)
{
	static const char node[] = "SELECT name FROM entry WHERE kind = 'node' AND label = ?1"
				   " ORDER BY prior DESC, id LIMIT 1";
	static const char made[] = "SELECT cls FROM made WHERE label = ?1 LIMIT 1";
	bool is_node = t->cls && !strcmp(t->cls, "Node");
	struct stmt *q;
	char *label;

	if (!quoted.len || !t->cls || (!is_node && strcmp(t->cls, "Modifier") != 0))
		return;
	label = xstrndup(quoted.at, quoted.len);
	q = db_ask(in->db, is_node ? node : made);
	stmt_bind(q, 1, label);
	if (stmt_next(q))
		set(&t->cls, stmt_text(q, 0));
	stmt_end(q);
	free(label);
}

static bool is_getter(struct infer *in, const struct thing *t)
{
	struct stmt *q = db_ask(in->db, "SELECT ident FROM entry WHERE id = ?1");
	bool is;

	stmt_bind_int(q, 1, t->function);
	is = stmt_next(q) && !strcmp(stmt_text(q, 0), "bpy.types.bpy_prop_collection.get");
	stmt_end(q);
	return is;
}

/* The result of a function that is no maker. */
static void call_function(struct infer *in, struct thing *t, struct text_span arguments)
{
	struct thing next = { 0 };
	struct stmt *q;

	if (is_getter(in, t)) {
		set(&next.cls, t->cls);
		name_item(in, &next, infer_quoted(arguments, NULL));
	} else if (t->module && t->cls) {
		set(&next.cls, t->cls);
	} else {
		q = db_ask(in->db, "SELECT type, target, ident FROM entry WHERE id = ?1");
		stmt_bind_int(q, 1, t->function);
		if (stmt_next(q)) {
			set(&next.cls, stmt_text(q, 1));
			next.many = !strcmp(stmt_text(q, 0), "COLLECTION");
			for (size_t i = 0; i < COUNT(results); i++)
				if (!strcmp(results[i].function, stmt_text(q, 2)))
					set(&next.cls, results[i].cls);
		}
		stmt_end(q);
	}
	thing_release(t);
	*t = next;
}

static void take_call(struct infer *in, struct thing *t, struct text_span arguments)
{
	if (!t->function) {
		thing_release(t);
		return;
	}
	for (size_t i = 0; i < COUNT(makers) && t->holder; i++) {
		if (strcmp(makers[i].holder, t->holder) != 0)
			continue;
		make_class(in, t, &makers[i], arguments);
		return;
	}
	call_function(in, t, arguments);
}

static void take_item(struct infer *in, struct thing *t, struct text_span key)
{
	if (!t->many) {
		thing_release(t);
		return;
	}
	if (memchr(key.at, ':', key.len) && !infer_quoted(key, NULL).len)
		return;
	t->many = false;
	set(&t->holder, NULL);
	name_item(in, t, infer_quoted(key, NULL));
}

static bool starts_word(const char *at, const char *line)
{
	return at == line || !is_name(at[-1]);
}

/* Of `var = value` or `for var in value:`, somewhere in a line: the value. */
static struct text_span assigned(struct text_span line, struct text_span var)
{
	const char *end = line.at + line.len;

	for (const char *at = line.at; at + var.len < end; at++) {
		const char *next = at + var.len;
		struct text_span value;

		if (memcmp(at, var.at, var.len) != 0 || is_name(*next) ||
		    !starts_word(at, line.at) || (at > line.at && at[-1] == '.'))
			continue;
		while (next < end && is_blank(*next))
			next++;
		if (end - next > 3 && !memcmp(next, "in ", 3))
			next += 3;
		else if (end - next > 1 && next[0] == '=' && next[1] != '=')
			next++;
		else
			continue;
		while (next < end && is_blank(*next))
			next++;
		value = (struct text_span){ next, (size_t)(end - next) };
		return value;
	}
	return (struct text_span){ NULL, 0 };
}

/* How far an expression goes that begins here. */
static struct text_span expression_at(struct text_span text)
{
	int depth = 0;
	size_t len = 0;
	char quote = '\0';

	for (; len < text.len; len++) {
		char c = text.at[len];

		if (quote) {
			quote = c == quote ? '\0' : quote;
			continue;
		}
		if (c == '"' || c == '\'')
			quote = c;
		if (strchr("([{", c))
			depth++;
		if (strchr(")]}", c) && --depth < 0)
			break;
		if (!depth && !quote && !is_name(c) && c != '.' && !strchr(")]}", c))
			break;
	}
	return (struct text_span){ text.at, len };
}

/* What was last assigned to it, above the line in question. */
static struct text_span find_value(const struct infer *in, struct text_span var, bool *loop)
{
	struct text_span rest, line, found = { NULL, 0 }, stop;

	stop = text_trim(text_span(in->code ? in->code : ""));
	rest = text_span(in->script ? in->script : "");
	if (rest.len > SCRIPT_MAX)
		rest.len = SCRIPT_MAX;
	while (text_next_line(&line, &rest)) {
		struct text_span value, trimmed = text_trim(line);

		if (found.at && stop.len && trimmed.len == stop.len &&
		    !memcmp(trimmed.at, stop.at, stop.len))
			break;
		value = assigned(trimmed, var);
		if (!value.at || !value.len)
			continue;
		found = expression_at(value);
		*loop = trimmed.len > 4 && !memcmp(trimmed.at, "for ", 4);
	}
	if (!found.at && in->code) {
		struct text_span value = assigned(stop, var);

		/* It may be one of several statements on the line. */
		if (value.at && memchr(value.at, ';', value.len))
			found = expression_at(value);
	}
	return found;
}

/* chair_mesh and mesh2 are meshes. */
static bool has_word(struct text_span var, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len <= var.len; i++) {
		size_t end = i + len;

		if (memcmp(var.at + i, word, len) != 0 || (i && var.at[i - 1] != '_'))
			continue;
		while (end < var.len && isdigit((unsigned char)var.at[end]))
			end++;
		if (end == var.len || var.at[end] == '_')
			return true;
	}
	return false;
}

static void guess(struct infer *in, struct thing *out, struct text_span var)
{
	for (size_t i = 0; i < COUNT(habits); i++)
		if (has_word(var, habits[i].word) && set_class(in, out, habits[i].cls)) {
			out->guessed = true;
			return;
		}
}

static void take_variable(struct thing *out, struct infer *in, struct text_span var)
{
	struct infer deeper = *in;
	struct text_span value;
	struct stmt *q;
	bool loop = false;
	char *name = xstrndup(var.at, var.len);

	q = db_ask(in->db, "SELECT 1 FROM entry WHERE ident = ?1 AND kind = 'module'");
	stmt_bind(q, 1, name);
	if (stmt_next(q) || !strcmp(name, "bpy"))
		set(&out->module, name);
	stmt_end(q);
	value = out->module || ++deeper.depth > DEPTH_MAX ? (struct text_span){ NULL, 0 }
	                                                  : find_value(in, var, &loop);
	if (value.at)
		infer_thing(out, &deeper, value);
	if (loop && out->many) {
		out->many = false;
		set(&out->holder, NULL);
	}
	if (!out->module && !out->cls && !out->function)
		guess(in, out, var);
	free(name);
}

static size_t name_len(struct text_span text)
{
	size_t len = 0;

	while (len < text.len && is_name(text.at[len]))
		len++;
	return len;
}

/* The bytes up to and with the bracket that closes the first; 0: it never closes. */
static size_t bracket_len(struct text_span text)
{
	int depth = 0;
	char quote = '\0';

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (strchr("([{", c))
			depth++;
		else if (strchr(")]}", c) && --depth == 0)
			return i + 1;
	}
	return 0;
}

static struct text_span skip(struct text_span text, size_t len)
{
	return (struct text_span){ text.at + len, text.len - len };
}

/* One step further: a name, an item, a call. False: that was all, or is not understood. */
static bool take_step(struct infer *in, struct thing *t, struct text_span *rest)
{
	size_t len;

	if (rest->len && *rest->at == '.') {
		*rest = skip(*rest, 1);
		len = name_len(*rest);
		if (len)
			take_name(in, t, (struct text_span){ rest->at, len });
	} else if (rest->len && (*rest->at == '(' || *rest->at == '[')) {
		len = bracket_len(*rest);
		if (len && *rest->at == '(')
			take_call(in, t, (struct text_span){ rest->at + 1, len - 2 });
		else if (len)
			take_item(in, t, (struct text_span){ rest->at + 1, len - 2 });
	} else {
		return false;
	}
	if (!len)
		thing_release(t);
	*rest = skip(*rest, len);
	return len > 0;
}

void infer_thing(struct thing *out, struct infer *in, struct text_span expression)
{
	struct text_span rest = text_trim(expression);
	size_t len = name_len(rest);

	thing_release(out);
	if (!len)
		return;
	take_variable(out, in, (struct text_span){ rest.at, len });
	rest = skip(rest, len);
	for (int i = 0; i < STEPS_MAX && take_step(in, out, &rest); i++)
		if (!out->module && !out->cls && !out->function && !out->many)
			return;
}
