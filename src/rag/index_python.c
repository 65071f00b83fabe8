#include <string.h>

#include "base/compiler.h"
#include "rag/docstring.h"
#include "rag/index.h"

#define MOST_RESULT 160 /* bytes of a result's type behind a signature */

static bool is_callable(const char *kind)
{
	static const char *const kinds[] = {
		"function",
		"classmethod",
		"staticmethod",
		"method_descriptor",
		"classmethod_descriptor",
		"builtin_function_or_method",
		"instancemethod",
	};

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (!strcmp(kind, kinds[i]))
			return true;
	return false;
}

/* `name` as docstrings write it, as schema.h does. Nothing if there is no such class. */
static void resolve_class(struct strbuf *out, struct index *ix, const char *name, const char *owner)
{
	static const char types[] = "bpy.types.";
	const char *bare = strncmp(name, types, strlen(types)) ? name : name + strlen(types);
	size_t begin = out->len;
	int64_t yes;

	if (dump_class(&ix->dump, bare) || lookup_find(&ix->python, name, &yes)) {
		strbuf_addstr(out, dump_class(&ix->dump, bare) ? bare : name);
		return;
	}
	for (const char *dot = strchr(owner, '.'); dot; dot = strchr(dot + 1, '.')) {
		strbuf_addf(out, "%.*s.%s", (int)(dot - owner), owner, name);
		if (lookup_find(&ix->python, strbuf_str(out) + begin, &yes))
			return;
		strbuf_cut(out, begin);
	}
}

static void read_type(struct entry *entry, struct strbuf *target, struct index *ix,
                      const char *described)
{
	struct strbuf class = { 0 };

	docstring_class(&class, described);
	if (class.len)
		resolve_class(target, ix, strbuf_str(&class), entry->owner);
	entry->type = docstring_type(described);
	entry->target = strbuf_str(target);
	strbuf_release(&class);
}

static void add_param(struct index *ix, int64_t entry, int64_t place,
                      const struct docstring_param *p)
{
	struct strbuf name = { 0 }, dflt = { 0 };
	struct param param = { .entry = entry, .place = place };

	strbuf_add(&name, p->name.at, p->name.len);
	strbuf_add(&dflt, p->dflt.at, p->dflt.len);
	param.name = strbuf_str(&name);
	param.dflt = strbuf_str(&dflt);
	param.required = !p->dflt.len && param.name[0] != '*';
	param_add(ix->db, &param);
	strbuf_release(&name);
	strbuf_release(&dflt);
}

/* Neither a class's own first parameter nor a mark between the others. */
static bool is_param(struct text_span name)
{
	return name.len && !text_is(name, "self") && !text_is(name, "cls") && !text_is(name, "/") &&
	       !text_is(name, "*");
}

static void add_params(struct index *ix, int64_t entry, const char *sign)
{
	struct text_span rest = text_span(sign);
	struct docstring_param p;
	int64_t place = 0;

	while (entry && docstring_next_param(&p, &rest))
		if (is_param(p.name))
			add_param(ix, entry, place++, &p);
}

static void gather(struct strbuf *out, const char *sign)
{
	struct text_span rest = text_span(sign);
	struct docstring_param p;

	while (docstring_next_param(&p, &rest))
		if (is_param(p.name)) {
			strbuf_add(out, p.name.at, p.name.len);
			strbuf_addstr(out, " ");
		}
}

static void add_callable(struct index *ix, struct entry *entry, const struct json_at *at)
{
	const char *doc = dump_text(at, "doc");
	struct strbuf sign = { 0 }, result = { 0 }, target = { 0 }, names = { 0 };

	entry->kind = "function";
	docstring_signature(&sign, doc);
	if (!sign.len)
		dump_line(&sign, dump_text(at, "sig"));
	docstring_field(&result, doc, "rtype");
	read_type(entry, &target, ix, strbuf_str(&result));
	gather(&names, strbuf_str(&sign));
	entry->params = strbuf_str(&names);
	entry->sign = strbuf_str(&sign);
	add_params(ix, entry_add(ix->db, entry), entry->sign);
	strbuf_release(&sign);
	strbuf_release(&result);
	strbuf_release(&target);
	strbuf_release(&names);
}

static void add_value(struct index *ix, struct entry *entry, const struct json_at *at,
                      const char *kind)
{
	struct strbuf type = { 0 }, target = { 0 };

	entry->kind = kind;
	docstring_field(&type, dump_text(at, "doc"), "type");
	read_type(entry, &target, ix, strbuf_str(&type));
	entry_add(ix->db, entry);
	strbuf_release(&type);
	strbuf_release(&target);
}

/* What stands under the rest of a docstring is worth being found by, too. */
static void describe(struct strbuf *summary, struct strbuf *body, const char *doc)
{
	struct strbuf text = { 0 };

	docstring_summary(&text, doc);
	dump_line(summary, strbuf_str(&text));
	dump_line(body, doc);
	strbuf_release(&text);
}

void index_python_member(struct index *ix, const char *owner, const char *prefix,
                         const struct json_at *at)
{
	const char *name = dump_text(at, "id");
	struct strbuf ident = { 0 }, summary = { 0 }, body = { 0 };
	struct entry entry = { .owner = owner, .name = name };

	strbuf_addf(&ident, "%s%s.%s", prefix, owner, name);
	describe(&summary, &body, dump_text(at, "doc"));
	entry.ident = strbuf_str(&ident);
	entry.summary = strbuf_str(&summary);
	entry.body = strbuf_str(&body);
	entry.prior = 0.9 * index_prior(owner);
	if (dump_is_name(name) && is_callable(dump_text(at, "kind")))
		add_callable(ix, &entry, at);
	else if (dump_is_name(name))
		add_value(ix, &entry, at, "property");
	strbuf_release(&ident);
	strbuf_release(&summary);
	strbuf_release(&body);
}

static void add_class(struct index *ix, struct entry *entry, const struct json_at *at)
{
	struct json_at members = json_key(at, "members");
	struct strbuf names = { 0 }, sign = { 0 };

	for (struct json_at m = json_first(&members); m.value; m = json_next(&m))
		dump_word(&names, dump_text(&m, "id"));
	docstring_signature(&sign, dump_text(at, "doc"));
	if (!sign.len)
		dump_line(&sign, dump_text(at, "sig"));
	entry->kind = "class";
	entry->params = strbuf_str(&names);
	entry->sign = strbuf_str(&sign);
	entry->target = entry->name; /* calling it makes one */
	add_params(ix, entry_add(ix->db, entry), entry->sign);
	index_lineage(ix, at->key, at->key, 0);
	for (struct json_at m = json_first(&members); m.value; m = json_next(&m))
		index_python_member(ix, at->key, "", &m);
	strbuf_release(&names);
	strbuf_release(&sign);
}

static double prior_of(const char *ident, const char *kind)
{
	if (!strncmp(ident, "bmesh.ops.", 10))
		return 1.05;
	return index_prior(ident) * (!strcmp(kind, "type") ? 1 : 0.9);
}

static void add_name(struct index *ix, const struct json_at *at)
{
	const char *kind = dump_text(at, "kind"), *dot = strrchr(at->key, '.');
	struct strbuf owner = { 0 }, summary = { 0 }, body = { 0 };
	struct entry entry = { .ident = at->key };
	struct json_at members = json_key(at, "members");
	const char *ours = wording_find(&ix->wording, at->key);

	if (dot)
		strbuf_add(&owner, at->key, (size_t)(dot - at->key));
	describe(&summary, &body, dump_text(at, "doc"));
	entry.owner = strbuf_str(&owner);
	entry.name = dot ? dot + 1 : at->key;
	entry.summary = ours ? ours : strbuf_str(&summary);
	entry.body = strbuf_str(&body);
	entry.prior = prior_of(at->key, kind);
	if (json_is_array(&members)) {
		add_class(ix, &entry, at);
	} else if (is_callable(kind)) {
		add_callable(ix, &entry, at);
	} else if (!strcmp(kind, "module")) {
		entry.kind = "module";
		entry_add(ix->db, &entry);
	} else {
		add_value(ix, &entry, at, "value");
	}
	strbuf_release(&owner);
	strbuf_release(&summary);
	strbuf_release(&body);
}

void index_python(struct index *ix)
{
	for (struct json_at at = json_first(&ix->dump.python); at.value; at = json_next(&at))
		if (dump_is_name(at.key))
			add_name(ix, &at);
}
