#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "rag/names_inside.h"

static const struct value any = { .kind = VALUE_ANY };
static const struct value derived = { .kind = VALUE_DERIVED };

/* The class of a collection that has none of its own, and what collections have besides. */
static const char plain_collection[] = "bpy_prop_collection";

struct value thing_of(struct walker *w, const char *cls)
{
	const char *word = api_word(w->api, cls);

	if (!cls[0])
		return any;
	return (struct value){ .kind = VALUE_THING,
		               .word = word,
		               .is_exact = !api_has_heirs(w->api, word) };
}

static bool is(const struct value *thing, const char *cls)
{
	return thing->word && strcmp(thing->word, cls) == 0;
}

/* A property keeps its row, so that what is assigned to it can be looked at. */
static struct value value_of(struct walker *w, const struct api_entry *entry,
                             const struct value *of)
{
	struct value value = { .kind = VALUE_ANY, .entry = entry, .word = of->word };

	if (strcmp(entry->kind, "function") == 0) {
		value = *of;
		value.kind = VALUE_METHOD;
		value.entry = entry;
	} else if (strcmp(entry->type, "COLLECTION") == 0 && entry->target[0]) {
		value.kind = VALUE_MANY;
		value.word = entry->target;
		value.of = entry->holder[0] ? entry->holder : api_word(w->api, plain_collection);
	} else if (entry->target[0]) {
		value = thing_of(w, entry->target);
		value.entry = entry;
	}
	return value;
}

/* Classes whose things get attributes from Python code that the index does not know of. */
static bool grows(struct walker *w, const char *cls)
{
	static const char *const grown[] = {
		"Context",
		"Operator",
		"Panel",
		"Menu",
		"Header",
		"UIList",
		"Gizmo",
		"GizmoGroup",
		"RenderEngine",
		"AddonPreferences",
		"KeyingSetInfo",
		"OperatorProperties",
		"PropertyGroup",
		"AssetShelf",
		"XrSessionState",
		"FileHandler",
		"WindowManager",
		"Event",
		"UILayout",
		"KeyConfigPreferences",
		"NodesModifierProperties",
	};

	for (size_t i = 0; i < COUNT(grown); i++)
		if (api_is_a(w->api, cls, grown[i]))
			return true;
	return strncmp(cls, "CYCLES", 6) == 0 || strncmp(cls, "Cycles", 6) == 0;
}

/* Of classes in Python only these are known whole: the others inherit from what is not listed. */
static bool is_listed(const char *cls)
{
	return !strchr(cls, '.') || strncmp(cls, "mathutils.", 10) == 0 ||
	       strncmp(cls, "bmesh.", 6) == 0;
}

/* A light is of another class once its type has been assigned to. */
static bool may_change(struct walker *w, const char *cls, const char *name)
{
	static const char *const bases[] = { "Light", "Texture" };

	for (size_t i = 0; i < COUNT(bases); i++)
		if (api_is_a(w->api, cls, bases[i]) && api_heir_has(w->api, bases[i], name))
			return true;
	return false;
}

/* Whether a class, and all that are below it, lack a name for certain. */
static bool lacks(struct walker *w, const struct value *thing, const char *name)
{
	static const char *const everywhere[] = { "rna_type", "bl_rna", "id_data", "bl_idname",
		                                  "bl_label" };

	if (name[0] == '_' || w->is_part || words_have(&w->excused, name))
		return false;
	for (size_t i = 0; i < COUNT(everywhere); i++)
		if (strcmp(everywhere[i], name) == 0)
			return false;
	if (!is_listed(thing->word) || !api_is_class(w->api, thing->word))
		return false;
	if (!thing->is_exact && api_heir_has(w->api, thing->word, name))
		return false;
	if (w->changes_types && may_change(w, thing->word, name))
		return false;
	if (!grows(w, thing->word) && (thing->is_exact || !w->has_classes))
		return true;
	/* Until 5.0 things of classes in Python can be given any attribute. */
	return (w->version[0] >= 5 || !w->is_writing || !grows(w, thing->word)) &&
	       api_history(w->api, thing->word, name);
}

/* What members lead to more exactly than Blender says. */
static bool special_member(struct walker *w, const struct value *thing, const char *name,
                           struct value *out)
{
	if (is(thing, "Object") && strcmp(name, "data") == 0 && thing->of && !w->converts) {
		*out = (struct value){ .kind = VALUE_THING, .word = thing->of };
		out->is_exact = !api_has_heirs(w->api, thing->of);
		return true;
	}
	if (is(thing, "Context") &&
	    (strcmp(name, "object") == 0 || strcmp(name, "active_object") == 0)) {
		*out = active_get(w);
		return true;
	}
	if ((strcmp(name, "inputs") == 0 || strcmp(name, "outputs") == 0) &&
	    api_is_a(w->api, thing->word, "Node")) {
		*out = (struct value){ .kind = VALUE_SOCKETS,
			               .word = thing->is_exact ? thing->word : NULL,
			               .of = api_word(w->api, name[0] == 'i' ? "in" : "out") };
		return true;
	}
	return false;
}

/* bpy.context has what RNA says of it, and what the places of the interface add. */
static struct value context_member(struct walker *w, const char *name)
{
	static const struct {
		const char *name, *cls;
		bool is_many;
	} rows[] = {
		{ "edit_object", "Object", false },
		{ "selected_objects", "Object", true },
		{ "selected_editable_objects", "Object", true },
		{ "visible_objects", "Object", true },
		{ "editable_objects", "Object", true },
		{ "selectable_objects", "Object", true },
		{ "objects_in_mode", "Object", true },
		{ "active_bone", "", false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		if (strcmp(rows[i].name, name) != 0)
			continue;
		if (rows[i].is_many)
			return (struct value){ .kind = VALUE_MANY,
				               .word = api_word(w->api, rows[i].cls) };
		return thing_of(w, rows[i].cls);
	}
	return any;
}

static struct value thing_member(struct walker *w, const struct value *thing,
                                 const struct tree_node *at, const char *name)
{
	const struct api_entry *entry = api_member(w->api, thing->word, name);
	struct complaint what = { LACK_MEMBER, at, thing->word, name };
	struct value value;

	if (special_member(w, thing, name, &value))
		return value;
	if (entry)
		return value_of(w, entry, thing);
	if (is(thing, "Context"))
		return context_member(w, name);
	if (lacks(w, thing, name))
		complain(w, &what);
	return any;
}

static struct value many_member(struct walker *w, const struct value *many,
                                const struct tree_node *at, const char *name)
{
	const struct api_entry *entry;
	struct complaint what = { LACK_MEMBER, at, many->of, name };

	if (!many->of)
		return any;
	if (strcmp(many->of, "LayerObjects") == 0 && strcmp(name, "active") == 0)
		return active_get(w);
	entry = api_member(w->api, many->of, name);
	if (!entry || strcmp(entry->owner, "bpy_struct") == 0)
		entry = api_member(w->api, plain_collection, name);
	if (entry)
		return value_of(w, entry, many);
	if (name[0] != '_' && strncmp(name, "bl_", 3) != 0 && strcmp(name, "rna_type") != 0 &&
	    strcmp(name, "id_data") != 0 && strcmp(name, "data") != 0 && !w->is_part &&
	    !words_have(&w->excused, name) && !grows(w, many->word) &&
	    api_is_class(w->api, plain_collection) && !api_member(w->api, "bpy_struct", name))
		complain(w, &what);
	return any;
}

static struct value sockets_member(struct walker *w, const struct value *sockets, const char *name)
{
	struct value value = *sockets;

	if (strcmp(name, "get") == 0) {
		value.kind = VALUE_METHOD;
		value.name = api_word(w->api, "get");
		return value;
	}
	return any;
}

/* A socket's class depends on its node's settings, but default_value is what its type says. */
static struct value socket_member(struct walker *w, const struct value *socket, const char *name)
{
	if (strcmp(name, "node") == 0)
		return any;
	(void)w, (void)socket;
	return any;
}

/* Interface classes come and go with add-ons: VIEW3D_PT_view3d_properties. */
static bool is_interface(const char *name)
{
	static const char *const marks[] = { "_PT_",  "_MT_",  "_OT_", "_HT_",  "_UL_", "_GT_",
		                             "_GGT_", "_AST_", "_FH_", "_KSI_", "_PG_" };

	for (size_t i = 0; i < COUNT(marks); i++)
		if (strstr(name, marks[i]))
			return true;
	return strncmp(name, "bpy_", 4) == 0 || name[0] == '_';
}

static struct value class_member(struct walker *w, const struct tree_node *at, const char *name)
{
	static const char *const unlisted[] = { "GeometrySet", "InlineShaderNodes",
		                                "ContextTempOverride", "BlendDataPathMeta" };
	struct complaint what = { LACK_CLASS, at, "bpy.types", name };

	if (api_is_class(w->api, name))
		return (struct value){ .kind = VALUE_CLASS, .word = name };
	for (size_t i = 0; i < COUNT(unlisted); i++)
		if (strcmp(unlisted[i], name) == 0)
			return any;
	if (!is_interface(name) && !w->is_part && !w->has_classes && !words_have(&w->excused, name))
		complain(w, &what);
	return any;
}

static const char *joined(struct walker *w, const char *module, const char *name)
{
	struct strbuf path = { 0 };
	const char *word;

	strbuf_addf(&path, "%s.%s", module, name);
	word = api_word(w->api, strbuf_str(&path));
	strbuf_release(&path);
	return word;
}

/* bpy.data and bpy.context are things; the version is a number to be compared with. */
static bool special_module(struct walker *w, const char *path, struct value *out)
{
	static const struct {
		const char *path;
		enum value_kind kind;
		const char *word;
		size_t count;
	} rows[] = {
		{ "bpy.data", VALUE_THING, "BlendData", 0 },
		{ "bpy.context", VALUE_THING, "Context", 0 },
		{ "bpy.app.version", VALUE_VERSION, NULL, 3 },
		{ "bpy.app.version_string", VALUE_DERIVED, NULL, 0 },
		{ "bpy.app.version_file", VALUE_DERIVED, NULL, 0 },
		{ "bpy.app.build_date", VALUE_DERIVED, NULL, 0 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		if (strcmp(rows[i].path, path) != 0)
			continue;
		*out = (struct value){ .kind = rows[i].kind, .count = rows[i].count };
		out->word = rows[i].word ? api_word(w->api, rows[i].word) : NULL;
		out->is_exact = rows[i].kind == VALUE_THING;
		return true;
	}
	return false;
}

static bool is_operators(const char *module)
{
	return strncmp(module, "bpy.ops.", 8) == 0;
}

/* A function of bmesh.ops is surely gone; of other modules only if other versions have it. */
static bool module_lacks(struct walker *w, const char *module, const char *name)
{
	return name[0] != '_' && !words_have(&w->excused, name) &&
	       (strcmp(module, "bmesh.ops") == 0 ? api_entry(w->api, module) != NULL
	                                         : api_history(w->api, module, name) != NULL);
}

struct value module_member(struct walker *w, const char *module, const struct tree_node *at,
                           const char *name)
{
	const char *path = joined(w, module, name);
	const struct api_entry *entry = api_entry(w->api, path);
	struct complaint what = { LACK_FUNCTION, at, module, name };
	struct value value = { .kind = VALUE_MODULE, .word = path };

	if (special_module(w, path, &value) || strcmp(module, "bpy") == 0 ||
	    strcmp(module, "bpy.ops") == 0)
		return value;
	if (is_operators(module))
		return (struct value){ .kind = VALUE_OPERATOR, .entry = entry, .word = path };
	if (strcmp(module, "bpy.types") == 0)
		return class_member(w, at, name);
	if (entry && strcmp(entry->kind, "function") == 0)
		return (struct value){ .kind = VALUE_METHOD, .entry = entry };
	if (entry && strcmp(entry->kind, "class") == 0)
		return (struct value){ .kind = VALUE_CLASS, .word = path };
	if (!entry && module_lacks(w, module, name))
		complain(w, &what);
	return entry && strcmp(entry->kind, "module") != 0 ? any : value;
}

/* The function of a class of the script's own, to be called for one of it. */
static struct value script_member(struct walker *w, const struct value *thing, const char *name)
{
	const struct tree_node *body = tree_part(thing->node, 0);
	struct value found = any;

	(void)w;
	for (size_t i = 0; body && i < body->count; i++)
		if (body->parts[i]->kind == TREE_DEF && tree_says(body->parts[i], name) &&
		    body->parts[i]->count == 2)
			found = (struct value){ .kind = VALUE_DEF,
				                .node = body->parts[i],
				                .self = thing->node };
	return found;
}

struct value member_of(struct walker *w, const struct value *of, const struct tree_node *at,
                       const char *name)
{
	struct complaint gone = { LACK_SOCKET, at, of->word, of->name, of->of };

	switch (of->kind) {
	case VALUE_THING:
		return thing_member(w, of, at, name);
	case VALUE_MANY:
		return many_member(w, of, at, name);
	case VALUE_SOCKETS:
		return sockets_member(w, of, name);
	case VALUE_SOCKET:
		return socket_member(w, of, name);
	case VALUE_MODULE:
		return module_member(w, of->word, at, name);
	case VALUE_ABSENT:
		complain(w, &gone);
		return any;
	case VALUE_SCRIPT_THING:
		return script_member(w, of, name);
	case VALUE_DERIVED:
	case VALUE_VERSION:
		return derived;
	default:
		return any;
	}
}

static struct value socket_item(struct walker *w, const struct value *sockets,
                                const struct tree_node *at, const struct value *key)
{
	struct value socket = { .kind = VALUE_SOCKET, .word = sockets->word, .of = sockets->of };
	struct complaint what = { LACK_SOCKET, at, sockets->word, key->word, sockets->of };

	if (key->kind != VALUE_TEXT || !sockets->word)
		return socket;
	socket.name = key->word;
	if (!api_sockets_are_known(w->api, sockets->word, sockets->of))
		return any;
	if (api_has_socket(w->api, sockets->word, sockets->of, key->word))
		return socket;
	if (!words_have(&w->excused, key->word))
		complain(w, &what);
	return any;
}

static struct value version_item(struct walker *w, const struct value *version,
                                 const struct tree_node *key)
{
	const struct tree_node *end = tree_part(key, 0);
	double number = end && end->word && end->kind == TREE_NUMBER ? strtod(end->word, NULL) : -1;

	if (tree_is(key, TREE_NUMBER) && key->word) {
		number = strtod(key->word, NULL);
		if (number >= 0 && number < (double)version->count)
			return (struct value){ .kind = VALUE_NUMBER,
				               .number = w->version[(size_t)number] };
	}
	if (tree_is(key, TREE_SLICE) && key->count == 1 && number > 0 &&
	    number <= (double)version->count)
		return (struct value){ .kind = VALUE_VERSION, .count = (size_t)number };
	return derived;
}

struct value item_of(struct walker *w, const struct value *of, const struct tree_node *key)
{
	struct value index = eval(w, key);

	switch (of->kind) {
	case VALUE_MANY:
		if (key->kind == TREE_SLICE)
			return (struct value){ .kind = VALUE_MANY, .word = of->word };
		if (index.kind == VALUE_TEXT)
			return call_named(w, key, of, index.word);
		return thing_of(w, of->word);
	case VALUE_SOCKETS:
		return socket_item(w, of, key, &index);
	case VALUE_VERSION:
		return version_item(w, of, key);
	case VALUE_DERIVED:
		return derived;
	default:
		return any;
	}
}

/* A set literal, or one value. */
static void assign_choice(struct walker *w, const struct tree_node *target,
                          const struct api_entry *entry, const struct value *value)
{
	if (!entry->is_set)
		check_choice(w, target, entry->owner, entry->name, entry->choices, value);
}

static bool is_written_only_by_blender(const struct api_entry *entry)
{
	return strcmp(entry->kind, "property") == 0 && entry->is_readonly &&
	       (strcmp(entry->type, "COLLECTION") == 0 || strcmp(entry->type, "POINTER") == 0);
}

/* `of.name = value`, after `of` has been looked at. */
static void assign_known(struct walker *w, const struct tree_node *target, const struct value *of,
                         const struct value *value)
{
	const char *name = api_word(w->api, target->word);
	const char *cls = of->kind == VALUE_MANY ? of->of : of->word;
	const struct api_entry *entry = cls ? api_member(w->api, cls, name) : NULL;
	struct complaint what = { LACK_WRITE, target, cls, name };

	if (of->kind == VALUE_MANY && cls && strcmp(cls, "LayerObjects") == 0 &&
	    strcmp(name, "active") == 0)
		active_set(w, value);
	if (!entry)
		return;
	if (is_written_only_by_blender(entry))
		complain(w, &what);
	else if (entry->choices)
		assign_choice(w, target, entry, value);
}

/* An array cannot be given a number, nor a number a row; a colour has four parts. */
void assign_default(struct walker *w, const struct tree_node *target, const struct value *socket,
                    const struct value *value)
{
	struct complaint what = { LACK_VALUE, target, socket->word, socket->name, socket->of };
	const char *type = socket->name && socket->word
	                           ? api_socket_type(w->api, socket->word, socket->of, socket->name)
	                           : NULL;
	bool is_color, is_array, is_number;

	if (!type)
		return;
	is_color = strcmp(type, "RGBA") == 0;
	is_array = is_color || strcmp(type, "VECTOR") == 0;
	is_number = strcmp(type, "VALUE") == 0 || strcmp(type, "INT") == 0;
	if ((is_array && value->kind == VALUE_NUMBER) || (is_number && value->kind == VALUE_ROW) ||
	    (is_color && value->kind == VALUE_ROW && value->count != 4)) {
		what.detail = is_color   ? "it takes four numbers, a colour with alpha"
		              : is_array ? "it takes several numbers"
		                         : "it takes one number";
		complain(w, &what);
	}
}

void assign_member(struct walker *w, const struct tree_node *target, const struct value *value)
{
	struct value of = eval(w, tree_part(target, 0));

	if (!target->word || guard_has(w, target))
		return;
	if (of.kind == VALUE_SOCKET && tree_says(target, "default_value")) {
		assign_default(w, target, &of, value);
		return;
	}
	w->is_writing = true;
	member_of(w, &of, target, api_word(w->api, target->word));
	w->is_writing = false;
	if (of.kind == VALUE_THING || of.kind == VALUE_MANY)
		assign_known(w, target, &of, value);
}
