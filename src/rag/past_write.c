#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "rag/past.h"

#define MOST_DUMP_BYTES    (64u << 20)
#define MOST_VALUES        150 /* of a property: more are icons, keys and time zones */
#define MOST_SUMMARY_BYTES 64
#define NAME_CHARACTERS    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

/* One name as one dump has it; later the same name of all dumps in one. */
struct found {
	enum past_kind kind;
	char *owner, *name, *base, *summary;
	unsigned versions;
};

struct writer {
	struct found *found;
	size_t count, cap;
	unsigned version; /* of the dump that is read now */
	long major;
};

static const char *text_of(const struct json_at *at, const char *key)
{
	struct json_at value = json_key(at, key);
	const char *text;
	struct error err;

	return json_is_text(&value) && json_text(&text, &value, &err) ? text : "";
}

/* The first words of the first line: enough to tell what it was, and to search by. */
static char *shorten(const char *text)
{
	size_t len = strcspn(text, "\n\t");

	if (len > MOST_SUMMARY_BYTES) {
		len = MOST_SUMMARY_BYTES;
		while (len && text[len] != ' ')
			len--;
	}
	while (len && strchr(" .,:;(", text[len - 1]))
		len--;
	return xstrndup(text, len);
}

static void add(struct writer *w, enum past_kind kind, const char *owner, const char *name,
                const char *summary)
{
	if (!*name || strpbrk(name, "\t\n\"'"))
		return;
	if (w->count == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 1u << 16;
		w->found = xrealloc(w->found, w->cap * sizeof(*w->found));
	}
	w->found[w->count++] = (struct found){
		.kind = kind,
		.owner = xstrdup(owner),
		.name = xstrdup(name),
		.base = xstrdup(""),
		.summary = shorten(summary),
		.versions = w->version,
	};
}

/* "name(self, a, b=(0, 1), *, c)": a, b and c. */
static void add_signature(struct writer *w, const char *owner, const char *signature)
{
	bool begins = false;
	int depth = 0;

	for (const char *at = strchr(signature, '('); at && *at; at++) {
		size_t len = strspn(at, NAME_CHARACTERS);

		if (strchr("([{", *at))
			begins = !depth++;
		else if (strchr(")]}", *at) && !--depth)
			return;
		else if (depth == 1 && *at == ',')
			begins = true;
		else if (begins && len) {
			char *name = xstrndup(at, len);

			if (strcmp(name, "self") != 0)
				add(w, PAST_PARAMS, owner, name, "");
			free(name);
			begins = false;
			at += len - 1;
		}
	}
}

static void add_values(struct writer *w, const char *owner, const struct json_at *prop)
{
	struct json_at items = json_key(prop, "items");

	if (json_count(&items) > MOST_VALUES)
		return;
	for (struct json_at i = json_first(&items); i.value; i = json_next(&i)) {
		struct json_at word = json_item(&i, 0), title = json_item(&i, 1);
		const char *value, *name;
		struct error err;

		if (json_is_text(&word) && json_text(&value, &word, &err))
			add(w, PAST_VALUES, owner, value,
			    json_is_text(&title) && json_text(&name, &title, &err) ? name : "");
	}
}

/* Properties or parameters, and their values. */
static void add_props(struct writer *w, enum past_kind kind, const char *owner,
                      const struct json_at *props)
{
	struct strbuf ident = { 0 };

	for (struct json_at p = json_first(props); p.value; p = json_next(&p)) {
		const char *name = text_of(&p, "id");

		add(w, kind, owner, name, text_of(&p, "desc"));
		strbuf_reset(&ident);
		strbuf_addf(&ident, "%s.%s", owner, name);
		add_values(w, strbuf_str(&ident), &p);
	}
	strbuf_release(&ident);
}

/* What every node class repeats. */
static bool is_plumbing(const char *function)
{
	return strstr(function, "_template") || strstr(function, "bl_rna_get_") ||
	       !strcmp(function, "is_registered_node_type");
}

/* Functions: RNA's with "params", Python's with "sig". */
static void add_functions(struct writer *w, const char *owner, const struct json_at *functions)
{
	struct strbuf ident = { 0 };

	for (struct json_at f = json_first(functions); f.value; f = json_next(&f)) {
		const char *name = text_of(&f, "id"), *about = text_of(&f, "desc");
		struct json_at params = json_key(&f, "params");

		if (is_plumbing(name))
			continue;
		add(w, PAST_MEMBERS, owner, name, *about ? about : text_of(&f, "doc"));
		strbuf_reset(&ident);
		strbuf_addf(&ident, "%s.%s", owner, name);
		add_props(w, PAST_PARAMS, strbuf_str(&ident), &params);
		add_signature(w, strbuf_str(&ident), text_of(&f, "sig"));
	}
	strbuf_release(&ident);
}

/* Panels, menus and the like are not for scripts that model, and a quarter of all classes. */
static bool is_interface(const struct json_at *types, const char *name)
{
	static const char *const bases[] = { "Panel",     "Menu",   "Operator",
		                             "UIList",    "Header", "OperatorProperties",
		                             "Macro",     "Gizmo",  "KeyingSetInfo",
		                             "GizmoGroup" };
	struct json_at type = json_key(types, name);

	for (int depth = 0; depth < 16 && json_is_object(&type); depth++) {
		const char *base = text_of(&type, "base");

		for (size_t i = 0; i < COUNT(bases); i++)
			if (!strcmp(base, bases[i]))
				return true;
		type = json_key(types, base);
	}
	return !strcmp(name, "UILayout") || !strncmp(name, "Theme", 5);
}

static void add_class(struct writer *w, const char *name, const struct json_at *type)
{
	struct json_at props = json_key(type, "props"), funcs = json_key(type, "funcs"),
		       py = json_key(type, "py");
	struct strbuf ident = { 0 };
	const char *base = text_of(type, "base");

	add(w, PAST_MEMBERS, "bpy.types", name, text_of(type, "desc"));
	strbuf_addf(&ident, "bpy.types.%s", name);
	/* A name no class has: it carries the base to the line of the owner. */
	add(w, PAST_MEMBERS, strbuf_str(&ident), "rna_type", "");
	if (*base) {
		struct found *last = &w->found[w->count - 1];
		struct strbuf full = { 0 };

		strbuf_addf(&full, "bpy.types.%s", base);
		free(last->base);
		last->base = strbuf_detach(&full);
	}
	add_props(w, PAST_MEMBERS, strbuf_str(&ident), &props);
	add_functions(w, strbuf_str(&ident), &funcs);
	add_functions(w, strbuf_str(&ident), &py);
	strbuf_release(&ident);
}

static void add_types(struct writer *w, const struct json_at *types)
{
	for (struct json_at t = json_first(types); t.value; t = json_next(&t))
		if (!is_interface(types, t.key))
			add_class(w, t.key, &t);
}

/* Put "module.name" under "module". */
static void add_dotted(struct writer *w, const char *ident, const char *summary)
{
	const char *dot = strrchr(ident, '.');
	char *module = dot ? xstrndup(ident, (size_t)(dot - ident)) : NULL;

	if (dot)
		add(w, PAST_MEMBERS, module, dot + 1, summary);
	free(module);
}

static void add_operators(struct writer *w, const struct json_at *ops)
{
	struct strbuf ident = { 0 };

	for (struct json_at o = json_first(ops); o.value; o = json_next(&o)) {
		struct json_at params = json_key(&o, "params");

		strbuf_reset(&ident);
		strbuf_addf(&ident, "bpy.ops.%s", o.key);
		add_dotted(w, strbuf_str(&ident), text_of(&o, "desc"));
		add_props(w, PAST_PARAMS, strbuf_str(&ident), &params);
	}
	strbuf_release(&ident);
}

static void add_python(struct writer *w, const struct json_at *python)
{
	for (struct json_at p = json_first(python); p.value; p = json_next(&p)) {
		struct json_at members = json_key(&p, "members");
		const char *doc = text_of(&p, "doc"), *signature = text_of(&p, "sig");
		bool is_bmesh = !strncmp(p.key, "bmesh.ops.", 10);

		add_dotted(w, p.key, is_bmesh ? "" : doc);
		add_signature(w, p.key, is_bmesh ? doc : signature);
		add_functions(w, p.key, &members);
	}
}

static bool is_only(const struct json_at *sockets, const char *name)
{
	int count = 0;

	for (struct json_at s = json_first(sockets); s.value; s = json_next(&s))
		count += !strcmp(text_of(&s, "name"), name);
	return count == 1;
}

/* Since 4.0 a socket is found by its identifier too, unless others share its name. */
static void add_sockets(struct writer *w, enum past_kind kind, const char *node,
                        const struct json_at *sockets)
{
	struct strbuf ident = { 0 };

	strbuf_addf(&ident, "bpy.types.%s", node);
	for (struct json_at s = json_first(sockets); s.value; s = json_next(&s)) {
		const char *name = text_of(&s, "name");

		add(w, kind, strbuf_str(&ident), name, text_of(&s, "desc"));
		if (w->major >= 4 && is_only(sockets, name))
			add(w, kind, strbuf_str(&ident), text_of(&s, "id"), "");
	}
	strbuf_release(&ident);
}

static void add_nodes(struct writer *w, const struct json_at *nodes)
{
	for (struct json_at n = json_first(nodes); n.value; n = json_next(&n)) {
		struct json_at in = json_key(&n, "in"), out = json_key(&n, "out");

		add_sockets(w, PAST_INPUTS, n.key, &in);
		add_sockets(w, PAST_OUTPUTS, n.key, &out);
	}
}

static void add_context(struct writer *w, const struct json_at *context)
{
	for (struct json_at c = json_first(context); c.value; c = json_next(&c)) {
		const char *name;
		struct error err;

		if (json_is_text(&c) && json_text(&name, &c, &err) && *name != '_')
			add(w, PAST_MEMBERS, "bpy.context", name, "");
	}
}

static void add_dump(struct writer *w, const struct json_at *dump)
{
	struct json_at types = json_key(dump, "types"), ops = json_key(dump, "ops"),
		       python = json_key(dump, "py"), nodes = json_key(dump, "nodes"),
		       context = json_key(dump, "context");

	add_types(w, &types);
	add_operators(w, &ops);
	add_python(w, &python);
	add_nodes(w, &nodes);
	add_context(w, &context);
}

static bool read_dump(struct writer *w, struct strbuf *versions, const char *file,
                      struct error *err)
{
	struct strbuf text = { 0 };
	struct json *dump = NULL;
	bool ok = file_read(&text, file, MOST_DUMP_BYTES, err) &&
	          json_parse(&dump, text.buf, text.len, err);

	if (ok) {
		struct json_at root = json_root(dump, "dump");
		const char *version = text_of(&root, "version_string");

		w->major = strtol(version, NULL, 10);
		strbuf_addf(versions, "\t%.*s", (int)strcspn(version, " "), version);
		add_dump(w, &root);
		json_free(dump);
	}
	strbuf_release(&text);
	return ok || failed_in(err, "%s", file);
}

static int by_ident(const void *left, const void *right)
{
	const struct found *a = left, *b = right;
	int order = strcmp(a->owner, b->owner);

	if (!order)
		order = (int)a->kind - (int)b->kind;
	if (!order)
		order = strcmp(a->name, b->name);
	/* The newest first: its words are kept. */
	return order ? order : (int)b->versions - (int)a->versions;
}

static void found_release(struct found *f)
{
	free(f->owner);
	free(f->name);
	free(f->base);
	free(f->summary);
}

/* One of each name, with the versions of all. */
static void merge(struct writer *w)
{
	size_t kept = 0;

	if (!w->count)
		return;
	qsort(w->found, w->count, sizeof(*w->found), by_ident);
	for (size_t i = 1; i < w->count; i++) {
		struct found *last = &w->found[kept], *f = &w->found[i];

		if (last->kind == f->kind && !strcmp(last->owner, f->owner) &&
		    !strcmp(last->name, f->name)) {
			last->versions |= f->versions;
			found_release(f);
		} else {
			w->found[++kept] = *f;
		}
	}
	w->count = kept + 1;
}

/* By versions, then those without a summary together, so that they share a row. */
static int by_row(const void *left, const void *right)
{
	const struct found *a = left, *b = right;
	int order = (int)b->versions - (int)a->versions;

	if (!order)
		order = strcmp(a->summary, b->summary);
	return order ? order : strcmp(a->name, b->name);
}

/*
 * A summary is a query for what took the name's place, so what every Blender has needs none, nor
 * does what has gone together with its owner, which has one.
 */
static void drop_summaries(struct found *rows, size_t count, unsigned all)
{
	unsigned owner = 0;

	for (size_t i = 0; i < count; i++)
		owner |= rows[i].versions;
	for (size_t i = 0; i < count; i++) {
		bool is_plain = rows[i].versions == all || rows[i].versions == owner;
		bool is_new = rows[i].versions & (all + 1) / 2;

		if (is_plain || (is_new && rows[i].kind == PAST_VALUES))
			*rows[i].summary = '\0';
	}
}

static void write_owner(struct strbuf *out, struct found *rows, size_t count, unsigned all)
{
	const char *base = "";

	for (size_t i = 0; i < count; i++)
		if (*rows[i].base)
			base = rows[i].base;
	strbuf_addf(out, "%s\t%s%s%s", past_kind_names[rows->kind], rows->owner, *base ? "\t" : "",
	            base);
	drop_summaries(rows, count, all);
	qsort(rows, count, sizeof(*rows), by_row);
	for (size_t i = 0; i < count; i++) {
		if (!i || rows[i].versions != rows[i - 1].versions ||
		    strcmp(rows[i].summary, rows[i - 1].summary) != 0)
			strbuf_addf(out, "\n\t%u\t%s", rows[i].versions, rows[i].summary);
		strbuf_addf(out, "\t%s", rows[i].name);
	}
	strbuf_addstr(out, "\n");
}

static void write_all(struct strbuf *out, struct writer *w, unsigned all)
{
	for (size_t from = 0, to; from < w->count; from = to) {
		for (to = from; to < w->count && w->found[to].kind == w->found[from].kind &&
		                !strcmp(w->found[to].owner, w->found[from].owner);)
			to++;
		write_owner(out, w->found + from, to - from, all);
	}
}

bool past_write(struct strbuf *out, const char *const dumps[], size_t count, struct error *err)
{
	struct writer w = { 0 };
	bool ok = count <= PAST_MOST_VERSIONS ||
	          failed(err, ERR_USAGE, "at most %d dumps", PAST_MOST_VERSIONS);

	strbuf_reset(out);
	strbuf_addstr(out, "# The names in Blender's Python API. Made by: ll3m docs names DIR\n"
	                   "versions");
	for (size_t i = 0; ok && i < count; i++) {
		w.version = 1u << i;
		ok = read_dump(&w, out, dumps[i], err);
	}
	strbuf_addstr(out, "\n");
	merge(&w);
	if (ok)
		write_all(out, &w, (1u << count) - 1);
	for (size_t i = 0; i < w.count; i++)
		found_release(&w.found[i]);
	free(w.found);
	return ok;
}
