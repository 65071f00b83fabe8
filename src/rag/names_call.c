#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "rag/names_inside.h"

enum {
	CALLS_DEEPEST = 12,
};

static const struct value any = { .kind = VALUE_ANY };
static const struct value derived = { .kind = VALUE_DERIVED };

/* A name that no script can have. */
static const char active_name[] = "the active object";

void active_set(struct walker *w, const struct value *object)
{
	scope_set(w->scope, api_word(w->api, active_name), object);
}

struct value active_get(struct walker *w)
{
	const struct value *known = scope_get(w->scope, api_word(w->api, active_name));
	struct value object = thing_of(w, "Object");

	if (known && known->kind == VALUE_THING && known->word == object.word)
		object.of = known->of;
	return object;
}

static void active_forget(struct walker *w)
{
	active_set(w, &any);
}

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* What an operator leaves as the active object's data. */
static const struct {
	const char *operator; /* or how it begins */
	const char *cls;      /* NULL: as before */
} actives[] = {
	{ "bpy.ops.mesh.primitive_", "Mesh" },
	{ "bpy.ops.curve.primitive_", "Curve" },
	{ "bpy.ops.surface.primitive_", "SurfaceCurve" },
	{ "bpy.ops.object.text_add", "TextCurve" },
	{ "bpy.ops.object.camera_add", "Camera" },
	{ "bpy.ops.object.armature_add", "Armature" },
	{ "bpy.ops.object.metaball_add", "MetaBall" },
	{ "bpy.ops.object.shade_", NULL },
	{ "bpy.ops.object.modifier_", NULL },
	{ "bpy.ops.object.transform_apply", NULL },
	{ "bpy.ops.object.origin_set", NULL },
	{ "bpy.ops.object.mode_set", NULL },
	{ "bpy.ops.object.editmode_toggle", NULL },
	{ "bpy.ops.object.select_all", NULL },
	{ "bpy.ops.object.material_slot_", NULL },
	{ "bpy.ops.object.duplicate", NULL },
	{ "bpy.ops.mesh.", NULL },
	{ "bpy.ops.transform.", NULL },
	{ "bpy.ops.material.", NULL },
	{ "bpy.ops.uv.", NULL },
};

static void follow_active(struct walker *w, const char *operator, const struct given * given)
{
	struct value object = thing_of(w, "Object"), type = any;
	const char *cls;

	for (size_t i = 0; i < COUNT(actives); i++) {
		if (!starts(operator, actives[i].operator))
			continue;
		if (actives[i].cls) {
			object.of = api_word(w->api, actives[i].cls);
			active_set(w, &object);
		}
		return;
	}
	active_forget(w);
	if (strcmp(operator, "bpy.ops.object.light_add") != 0 || given->is_open)
		return;
	type.kind = VALUE_TEXT;
	type.word = "POINT";
	if (given_for(given, "type", (size_t)-1))
		type = eval_again(w, given_for(given, "type", (size_t)-1));
	cls = type.kind == VALUE_TEXT ? api_made(w->api, "light", type.word) : NULL;
	object.of = api_word(w->api, cls ? cls : "Light");
	active_set(w, &object);
}

/* Up to 3.6 a dictionary could stand first, in the place of the context. */
static void check_override(struct walker *w, const struct tree_node *node,
                           const struct value *operator)
{
	struct complaint what = { LACK_ARGUMENTS, node, operator->word,
		                  .detail = "call it below"
		                            " \"with bpy.context.temp_override(...):\"" };

	if (w->version[0] >= 4 && given_by_place(node) &&
	    eval_again(w, node->parts[1]).kind == VALUE_DICT)
		complain(w, &what);
}

static struct value call_operator(struct walker *w, const struct tree_node *node,
                                  const struct value *operator)
{
	struct given given = given_of(node);
	const char *dot = strrchr(operator->word, '.');
	struct complaint what = { LACK_OPERATOR, tree_part(node, 0), .name = dot + 1 };
	struct strbuf module = { 0 };

	if (operator->entry) {
		given_check(w, node, operator->entry, false);
		check_override(w, node, operator);
	} else if (!w->is_part && !words_have(&w->excused, api_word(w->api, operator->word +
	                                                                    strlen("bpy.ops.")))) {
		strbuf_add(&module, operator->word, (size_t)(dot - operator->word));
		what.owner = api_word(w->api, strbuf_str(&module));
		what.name = api_word(w->api, dot + 1);
		strbuf_release(&module);
		complain(w, &what);
	}
	follow_active(w, operator->word, &given);
	return any;
}

/* What is called as a new one of its kind is, unless the script gave that name itself. */
struct value call_named(struct walker *w, const struct tree_node *node, const struct value *of,
                        const char *key)
{
	const char *cls = NULL;

	(void)node;
	if (words_have(&w->given, key) || !of->word)
		return thing_of(w, of->word ? of->word : "");
	if (strcmp(of->word, "Node") == 0)
		cls = api_node_by_label(w->api, key);
	else if (strcmp(of->word, "Modifier") == 0)
		cls = api_made_by_label(w->api, "modifier", key);
	else if (strcmp(of->word, "Constraint") == 0)
		cls = api_made_by_label(w->api, "constraint", key);
	return thing_of(w, cls ? cls : of->word);
}

/* get() of sockets: None, or one that is known to be there. */
static struct value get_socket(struct walker *w, const struct given *given,
                               const struct value *sockets)
{
	struct value key = eval_again(w, given_for(given, "key", 0)), found;

	if (key.kind != VALUE_TEXT || !sockets->word || given_by_place(given->node) != 1 ||
	    given->node->count != 2 || !api_sockets_are_known(w->api, sockets->word, sockets->of))
		return any;
	found = (struct value){
		.kind = VALUE_SOCKET, .word = sockets->word, .of = sockets->of, .name = key.word
	};
	if (!api_has_socket(w->api, sockets->word, sockets->of, key.word))
		found.kind = VALUE_ABSENT;
	return found;
}

/* Functions that give back one of what they were asked of. */
static bool gives_same(const struct api_entry *entry)
{
	static const char *const names[] = { "copy", "evaluated_get", "make_local" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(entry->name, names[i]) == 0)
			return strcmp(entry->target, "ID") == 0;
	return false;
}

static struct value result_of(struct walker *w, const struct given *given,
                              const struct value *method)
{
	const struct api_entry *entry = method->entry;
	struct value key, same = *method;

	if (strcmp(entry->owner, "bpy_prop_collection") == 0) {
		same = (struct value){ .kind = VALUE_MANY, .word = method->word };
		if (strcmp(entry->name, "values") == 0)
			return same;
		if (strcmp(entry->name, "get") != 0)
			return any;
		key = eval_again(w, given_for(given, "key", 0));
		return key.kind == VALUE_TEXT ? call_named(w, given->node, &same, key.word)
		                              : thing_of(w, method->word);
	}
	if (gives_same(entry)) {
		same.kind = VALUE_THING;
		same.entry = NULL;
		return same;
	}
	if (strcmp(entry->type, "COLLECTION") == 0)
		return (struct value){ .kind = VALUE_MANY, .word = entry->target };
	if (strcmp(entry->ident, "bpy.types.Context.copy") == 0)
		return (struct value){ .kind = VALUE_DICT };
	return thing_of(w, entry->target);
}

static struct value call_method(struct walker *w, const struct tree_node *node,
                                const struct value *method)
{
	struct given given = given_of(node);
	struct value made;

	if (!method->entry)
		return method->name ? get_socket(w, &given, method) : any;
	if (strcmp(method->entry->owner, "bmesh.ops") == 0)
		given_check(w, node, method->entry, false);
	else if (starts(method->entry->ident, "bpy.types.") && !method->entry->is_python)
		given_check(w, node, method->entry, true);
	if (make(w, &given, method, &made))
		return made;
	return result_of(w, &given, method);
}

static bool is_running(const struct walker *w, const struct tree_node *def)
{
	return w->calls >= CALLS_DEEPEST || w->def == def;
}

/* The names of a function as it begins: what it was given, or what stands for it if not. */
static void bind_params(struct walker *w, struct scope *inside, const struct tree_node *node,
                        const struct value *def)
{
	const struct tree_node *params = tree_part(def->node, 0);
	struct given given = given_of(node);
	struct value self = { .kind = VALUE_SCRIPT_THING, .node = def->self };

	for (size_t i = 0; params && i < params->count; i++) {
		const struct tree_node *param = params->parts[i], *from;
		struct value value = any;

		if (!param->word)
			continue;
		if (def->self && i == 0) {
			scope_set(inside, api_word(w->api, param->word), &self);
			continue;
		}
		from = param->kind == TREE_PARAM ? given_for(&given, param->word, i - !!def->self)
		                                 : NULL;
		if (from)
			value = eval_again(w, from);
		else if (param->kind == TREE_PARAM && param->count && !given.is_open)
			value = eval_again(w, param->parts[0]);
		scope_set(inside, api_word(w->api, param->word), &value);
	}
}

static struct value call_def(struct walker *w, const struct tree_node *node,
                             const struct value *def)
{
	struct walker outside = *w;
	struct scope inside = { 0 };
	struct value active, result;

	if (is_running(w, def->node)) {
		active_forget(w);
		return any;
	}
	bind_params(w, &inside, node, def);
	active = active_get(w);
	w->scope = &inside;
	active_set(w, &active);
	w->exits = NULL;
	w->returned = (struct value){ .kind = VALUE_UNSET };
	w->def = def->node;
	w->calls++;
	w->guarded = (struct words){ 0 };
	walk_block(w, tree_part(def->node, 1));
	result = w->returned;
	if (!inside.is_over || result.kind == VALUE_UNSET || result.kind == VALUE_NONE)
		result = any; /* what yields, or gives its result where we did not look */
	active = active_get(w);
	free(w->guarded.items);
	w->scope = outside.scope;
	w->exits = outside.exits;
	w->returned = outside.returned;
	w->def = outside.def;
	w->calls--;
	w->guarded = outside.guarded;
	active_set(w, &active);
	scope_release(&inside);
	return result;
}

/* Functions of Python's own that give back what they are given, or some of it. */
static bool call_python(struct walker *w, const struct tree_node *node, struct value *out)
{
	static const char *const rows[] = { "list", "tuple", "sorted", "reversed", "set" };
	const struct tree_node *name = tree_part(node, 0);
	const struct tree_node *first = tree_part(node, 1);
	struct value value;

	*out = any;
	if (!tree_is(name, TREE_NAME) || !name->word ||
	    scope_get(w->scope, api_word(w->api, name->word)) ||
	    scope_get(w->globals, api_word(w->api, name->word)))
		return false;
	if (tree_says(name, "dict"))
		out->kind = VALUE_DICT;
	if (!first || first->kind == TREE_STAR || first->kind == TREE_KEYWORD)
		return true;
	value = eval_again(w, first);
	for (size_t i = 0; i < COUNT(rows); i++)
		if (tree_says(name, rows[i]) && value.kind == VALUE_MANY)
			*out = (struct value){ .kind = VALUE_MANY, .word = value.word };
	if (tree_says(name, "next") || tree_says(name, "iter"))
		*out = tree_says(name, "iter") ? value : eval_element(w, &value);
	return true;
}

static struct value construct(struct walker *w, const struct tree_node *node,
                              const struct value *cls)
{
	struct value init = { 0 }, thing = { .kind = VALUE_SCRIPT_THING, .node = cls->node };

	if (cls->kind == VALUE_CLASS)
		return strchr(cls->word, '.') ? thing_of(w, cls->word) : any;
	init = member_of(w, &thing, node, api_word(w->api, "__init__"));
	if (init.kind == VALUE_DEF)
		call_def(w, node, &init);
	return thing;
}

struct value call(struct walker *w, const struct tree_node *node)
{
	struct value function = eval(w, tree_part(node, 0)), made;
	bool is_derived = given_eval(w, node);

	switch (function.kind) {
	case VALUE_OPERATOR:
		return call_operator(w, node, &function);
	case VALUE_METHOD:
		return call_method(w, node, &function);
	case VALUE_DEF:
		return call_def(w, node, &function);
	case VALUE_CLASS:
	case VALUE_SCRIPT_CLASS:
		return construct(w, node, &function);
	case VALUE_DERIVED:
		return derived;
	default:
		break;
	}
	if (is_derived)
		return derived;
	if (call_python(w, node, &made))
		return made;
	if (tree_is(tree_part(node, 0), TREE_NAME))
		active_forget(w); /* it may be a function of the script's own */
	return any;
}
