#include <string.h>

#include "base/compiler.h"
#include "rag/index.h"

/* Beginnings of the names of classes and operators that scripts for models hardly ever mean. */
static const char *const interface_names[] = {
	"Theme",
	"UI",
	"Space",
	"Preferences",
	"KeyMap",
	"KeyConfig",
	"Region",
	"Gizmo",
	"Sequence",
	"Strip",
	"MovieTracking",
	"MovieClip",
	"Screen",
	"AreaSpaces",
	"Window",
	"WorkSpace",
	"FileSelect",
	"Sequencer",
	"UserAssetLibrary",
	"Addon",
	"XrSession",
	"bpy.ops.ui.",
	"bpy.ops.screen.",
	"bpy.ops.sequencer.",
	"bpy.ops.clip.",
	"bpy.ops.text.",
	"bpy.ops.console.",
	"bpy.ops.file.",
	"bpy.ops.info.",
	"bpy.ops.graph.",
	"bpy.ops.action.",
	"bpy.ops.nla.",
	"bpy.ops.marker.",
	"bpy.ops.outliner.",
	"bpy.ops.preferences.",
	"bpy.ops.wm.",
	"bpy.ops.workspace.",
	"bpy.ops.view2d.",
	"bpy.ops.gizmogroup.",
	"bpy.ops.mask.",
	"bpy.ops.script.",
	"bpy.ops.extensions.",
	"gpu",
	"blf",
	"imbuf",
	"aud",
	"bpy.msgbus",
	"bpy.app",
	"rna_prop_ui",
	"addon_utils",
	"bpy.utils.units",
	"bpy_extras.keyconfig",
	"idprop",
};

double index_prior(const char *owner)
{
	for (size_t i = 0; i < COUNT(interface_names); i++)
		if (owner[0] == interface_names[i][0] &&
		    !strncmp(owner, interface_names[i], strlen(interface_names[i])))
			return 0.75;
	return 1;
}

void index_lineage(struct index *ix, const char *cls, const char *ancestor, int64_t depth)
{
	struct stmt *q = db_ask(ix->db, "INSERT OR IGNORE INTO lineage VALUES(?1, ?2, ?3)");

	stmt_bind(q, 1, cls);
	stmt_bind(q, 2, ancestor);
	stmt_bind_int(q, 3, depth);
	stmt_done(q);
}

/* RNA says nothing of the bases that all its classes have in Python. */
static void add_lineage(struct index *ix, const char *cls, bool is_collection)
{
	const char *lineage[DUMP_MOST_LINEAGE];
	size_t count = dump_lineage(&ix->dump, cls, lineage);
	const char *last = count ? lineage[count - 1] : "";

	for (size_t i = 0; i < count; i++)
		index_lineage(ix, cls, lineage[i], (int64_t)i);
	if (!strncmp(last, "bpy_", 4))
		return;
	index_lineage(ix, cls, "bpy_struct", (int64_t)count);
	if (is_collection)
		index_lineage(ix, cls, "bpy_prop_collection", (int64_t)count + 1);
}

static void add_property(struct index *ix, const char *owner, const struct json_at *at)
{
	struct trait trait;
	struct strbuf ident = { 0 }, body = { 0 };
	struct entry entry = { .kind = "property", .owner = owner };

	trait_read(&trait, ix, at);
	strbuf_addf(&ident, "bpy.types.%s.%s", owner, trait.name);
	trait_add_words(&body, at);
	entry.ident = strbuf_str(&ident);
	entry.body = strbuf_str(&body);
	entry.name = trait.name;
	entry.label = trait.label;
	entry.summary = strbuf_str(&trait.descr);
	entry.prior = 0.75 * index_prior(owner);
	entry.type = trait.type;
	entry.target = trait.target;
	entry.holder = trait.holder;
	entry.length = trait.length;
	entry.dflt = strbuf_str(&trait.dflt);
	entry.has_low = trait.has_low;
	entry.has_high = trait.has_high;
	entry.low = trait.low;
	entry.high = trait.high;
	entry.readonly = trait.readonly;
	entry.flags = trait.flags;
	entry.choices = trait.choices;
	entry.until = strbuf_str(&trait.until);
	if (dump_is_name(trait.name))
		entry_add(ix->db, &entry);
	strbuf_release(&ident);
	strbuf_release(&body);
	trait_release(&trait);
}

/* Names and words of parameters, for the columns params and body. */
static void gather(struct strbuf *names, struct strbuf *words, const struct json_at *params)
{
	for (struct json_at at = json_first(params); at.value; at = json_next(&at)) {
		dump_word(names, dump_text(&at, "id"));
		dump_word(words, dump_text(&at, "name"));
		dump_line(words, dump_text(&at, "desc"));
		strbuf_addstr(words, " ");
		trait_add_words(words, &at);
		if (words->len > 4 * DUMP_MOST_TEXT)
			return;
	}
}

static void add_params(struct index *ix, int64_t entry, const struct json_at *params)
{
	int64_t place = 0;

	for (struct json_at at = json_first(params); entry && at.value; at = json_next(&at)) {
		struct trait trait;

		trait_read(&trait, ix, &at);
		if (dump_is_name(trait.name))
			trait_add_param(ix, &trait, entry, place++);
		trait_release(&trait);
	}
}

/* What a function returns is the first of its parameters that comes out. */
static void read_result(struct entry *entry, const struct json_at *params)
{
	for (struct json_at at = json_first(params); at.value; at = json_next(&at))
		if (dump_bool(&at, "is_output")) {
			entry->type = dump_text(&at, "type");
			entry->target = dump_text(&at, "fixed");
			entry->length = (int64_t)dump_real(&at, "len");
			return;
		}
}

/* A function of a class, or an operator: both are a name, a description and parameters. */
static void add_callable(struct index *ix, struct entry *entry, const struct json_at *at)
{
	struct json_at params = json_key(at, "params");
	struct strbuf names = { 0 }, words = { 0 }, summary = { 0 };

	dump_line(&summary, dump_text(at, "desc"));
	gather(&names, &words, &params);
	entry->summary = strbuf_str(&summary);
	entry->params = strbuf_str(&names);
	entry->body = strbuf_str(&words);
	read_result(entry, &params);
	add_params(ix, entry_add(ix->db, entry), &params);
	strbuf_release(&names);
	strbuf_release(&words);
	strbuf_release(&summary);
}

static void add_function(struct index *ix, const char *owner, const struct json_at *at)
{
	const char *name = dump_text(at, "id");
	struct strbuf ident = { 0 };
	struct entry entry = { .kind = "function", .owner = owner, .name = name };

	strbuf_addf(&ident, "bpy.types.%s.%s", owner, name);
	entry.ident = strbuf_str(&ident);
	entry.prior = 0.9 * index_prior(owner);
	if (dump_is_name(name))
		add_callable(ix, &entry, at);
	strbuf_release(&ident);
}

/* What an enum value makes is described better there than in the class. */
static void add_maker(struct index *ix, const char *cls, struct strbuf *summary,
                      struct strbuf *body)
{
	struct json_at list = json_key(&ix->dump.root, "enum_class"), item;
	int64_t place;

	if (!lookup_find(&ix->makers, cls, &place))
		return;
	item = json_item(&list, (size_t)place);
	strbuf_addf(body, "%s %s ", dump_item(&item, 1), dump_item(&item, 2));
	if (strstr(strbuf_str(summary), dump_item(&item, 3)))
		return;
	if (summary->len)
		strbuf_addstr(summary, strchr(".!", summary->buf[summary->len - 1]) ? " " : ". ");
	dump_line(summary, dump_item(&item, 3));
}

static void gather_members(struct strbuf *names, struct strbuf *words, const struct json_at *class)
{
	static const char *const keys[] = { "props", "funcs", "py" };

	for (size_t i = 0; i < COUNT(keys); i++) {
		struct json_at list = json_key(class, keys[i]);

		for (struct json_at at = json_first(&list); at.value; at = json_next(&at)) {
			dump_word(names, dump_text(&at, "id"));
			dump_word(words, dump_text(&at, "name"));
		}
	}
}

static void gather_sockets(struct strbuf *out, const struct json_at *node)
{
	static const char *const sides[] = { "in", "out" };

	for (size_t i = 0; i < COUNT(sides); i++) {
		struct json_at list = json_key(node, sides[i]);

		for (struct json_at at = json_first(&list); at.value; at = json_next(&at))
			dump_word(out, dump_text(&at, "name"));
	}
}

static void add_class(struct index *ix, const struct json_at *at)
{
	struct json_at node = json_key(&ix->dump.nodes, at->key);
	struct strbuf ident = { 0 }, names = { 0 }, words = { 0 }, summary = { 0 }, socks = { 0 };
	struct entry entry = { .name = at->key, .prior = index_prior(at->key) };

	strbuf_addf(&ident, "bpy.types.%s", at->key);
	dump_line(&summary, dump_text(at, "desc"));
	add_maker(ix, at->key, &summary, &words);
	gather_members(&names, &words, at);
	gather_sockets(&socks, &node);
	entry.ident = strbuf_str(&ident);
	entry.kind = json_is_object(&node) ? "node" : "class";
	entry.label = dump_text(json_is_object(&node) ? &node : at,
	                        json_is_object(&node) ? "label" : "name");
	entry.summary = strbuf_str(&summary);
	entry.params = strbuf_str(&names);
	entry.socks = strbuf_str(&socks);
	entry.body = strbuf_str(&words);
	entry_add(ix->db, &entry);
	strbuf_release(&ident);
	strbuf_release(&names);
	strbuf_release(&words);
	strbuf_release(&summary);
	strbuf_release(&socks);
}

static void add_members(struct index *ix, const struct json_at *class)
{
	struct json_at props = json_key(class, "props"), functions = json_key(class, "funcs");
	struct json_at python = json_key(class, "py");

	for (struct json_at at = json_first(&props); at.value; at = json_next(&at))
		add_property(ix, class->key, &at);
	for (struct json_at at = json_first(&functions); at.value; at = json_next(&at))
		add_function(ix, class->key, &at);
	for (struct json_at at = json_first(&python); at.value; at = json_next(&at))
		index_python_member(ix, class->key, "bpy.types.", &at);
}

/* Classes of collections: they have what bpy_prop_collection has, too. */
static void find_holders(struct index *ix, struct lookup *holders)
{
	for (size_t i = 0; i < ix->dump.count; i++) {
		struct json_at props = json_key(&ix->dump.classes[i], "props");

		for (struct json_at at = json_first(&props); at.value; at = json_next(&at))
			if (dump_text(&at, "srna")[0])
				lookup_add(holders, dump_text(&at, "srna"), 1);
	}
}

void index_types(struct index *ix)
{
	struct lookup holders = { 0 };
	int64_t yes;

	find_holders(ix, &holders);
	for (size_t i = 0; i < ix->dump.count; i++) {
		const struct json_at *class = &ix->dump.classes[i];

		add_lineage(ix, class->key, lookup_find(&holders, class->key, &yes));
		add_class(ix, class);
		add_members(ix, class);
	}
	lookup_release(&holders);
}

void index_operators(struct index *ix)
{
	for (struct json_at at = json_first(&ix->dump.ops); at.value; at = json_next(&at)) {
		const char *dot = strchr(at.key, '.');
		struct strbuf ident = { 0 }, owner = { 0 };
		struct entry entry = { .kind = "operator", .label = dump_text(&at, "name") };

		if (!dot || !dump_is_name(at.key))
			continue;
		strbuf_addf(&ident, "bpy.ops.%s", at.key);
		strbuf_addf(&owner, "bpy.ops.%.*s", (int)(dot - at.key), at.key);
		entry.ident = strbuf_str(&ident);
		entry.owner = strbuf_str(&owner);
		entry.name = dot + 1;
		entry.prior = index_prior(entry.ident);
		add_callable(ix, &entry, &at);
		strbuf_release(&ident);
		strbuf_release(&owner);
	}
}
