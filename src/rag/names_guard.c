#include <string.h>

#include "base/compiler.h"
#include "rag/names_inside.h"

bool path_of(struct strbuf *out, const struct tree_node *node)
{
	if (tree_is(node, TREE_NAME)) {
		strbuf_addstr(out, node->word ? node->word : "");
		return node->word;
	}
	if (!tree_is(node, TREE_ATTRIBUTE) || !path_of(out, tree_part(node, 0)))
		return false;
	strbuf_addf(out, ".%s", node->word ? node->word : "");
	return node->word;
}

static void add(struct walker *w, const struct tree_node *node)
{
	struct strbuf path = { 0 };

	if (path_of(&path, node))
		words_add(&w->guarded, api_word(w->api, strbuf_str(&path)));
	strbuf_release(&path);
}

bool guard_has(struct walker *w, const struct tree_node *node)
{
	struct strbuf path = { 0 };
	bool found;

	if (!w->guarded.count)
		return false;
	found = path_of(&path, node) &&
	        words_have(&w->guarded, api_word(w->api, strbuf_str(&path)));
	strbuf_release(&path);
	return found;
}

void guard_cut(struct walker *w, size_t count)
{
	w->guarded.count = count;
}

/* x.type == "MESH" speaks of x, and of what it is equal to. */
static void guard_operand(struct walker *w, const struct tree_node *node)
{
	switch (node->kind) {
	case TREE_ATTRIBUTE:
		add(w, node);
		guard_operand(w, node->parts[0]);
		break;
	case TREE_NAME:
		add(w, node);
		break;
	case TREE_CALL:
	case TREE_ITEM:
	case TREE_TUPLE:
		for (size_t i = 0; i < node->count; i++)
			guard_operand(w, node->parts[i]);
		break;
	default:
		break;
	}
}

static bool is_about_none(const struct tree_node *node)
{
	return tree_is(tree_part(node, 1), TREE_CONSTANT) && tree_says(node->parts[1], "None");
}

static bool has_number(const struct tree_node *node)
{
	for (size_t i = 0; i < node->count; i++)
		if (node->parts[i]->kind == TREE_NUMBER)
			return true;
	return false;
}

void guard(struct walker *w, const struct tree_node *test)
{
	switch (test->kind) {
	case TREE_OPERATION:
		for (size_t i = 0; i < test->count; i++)
			guard(w, test->parts[i]);
		break;
	case TREE_COMPARE:
		if (!is_about_none(test) && !has_number(test))
			for (size_t i = 0; i < test->count; i++)
				guard_operand(w, test->parts[i]);
		break;
	case TREE_CALL:
		guard_operand(w, test);
		break;
	default:
		break;
	}
}

/* What Blender calls a kind of thing in its property `type`, and the class that it is. */
static const struct {
	const char *type, *cls;
} data_classes[] = {
	{ "MESH", "Mesh" },         { "CURVE", "Curve" },       { "FONT", "TextCurve" },
	{ "SURFACE", "SurfaceCurve" }, { "META", "MetaBall" },  { "ARMATURE", "Armature" },
	{ "LATTICE", "Lattice" },   { "CAMERA", "Camera" },     { "LIGHT", "Light" },
}, node_classes[] = {
	{ "BSDF_PRINCIPLED", "ShaderNodeBsdfPrincipled" },
	{ "BSDF_GLASS", "ShaderNodeBsdfGlass" },
	{ "BSDF_DIFFUSE", "ShaderNodeBsdfDiffuse" },
	{ "BACKGROUND", "ShaderNodeBackground" },
	{ "EMISSION", "ShaderNodeEmission" },
	{ "OUTPUT_MATERIAL", "ShaderNodeOutputMaterial" },
	{ "OUTPUT_WORLD", "ShaderNodeOutputWorld" },
	{ "TEX_NOISE", "ShaderNodeTexNoise" },
	{ "TEX_IMAGE", "ShaderNodeTexImage" },
	{ "MAPPING", "ShaderNodeMapping" },
	{ "VALTORGB", "ShaderNodeValToRGB" },
};

static const char *node_class(const char *type)
{
	for (size_t i = 0; i < COUNT(node_classes); i++)
		if (strcmp(node_classes[i].type, type) == 0)
			return node_classes[i].cls;
	return NULL;
}

static const char *data_class(const char *type)
{
	for (size_t i = 0; i < COUNT(data_classes); i++)
		if (strcmp(data_classes[i].type, type) == 0)
			return data_classes[i].cls;
	return NULL;
}

/* x.type == "BSDF_PRINCIPLED": in what follows, x is one. */
static void narrow_compare(struct walker *w, const struct tree_node *test)
{
	const struct tree_node *left = tree_part(test, 0), *right = tree_part(test, 1);
	const struct tree_node *name = tree_part(left, 0);
	struct value value;
	const char *cls = NULL;
	bool is_object;

	if (!tree_says(test, "Eq") || !tree_is(left, TREE_ATTRIBUTE) || !tree_is(name, TREE_NAME) ||
	    !tree_is(right, TREE_TEXT) || !right->word)
		return;
	value = (struct value){ .kind = VALUE_ANY };
	if (scope_get(w->scope, api_word(w->api, name->word)))
		value = *scope_get(w->scope, api_word(w->api, name->word));
	if (value.kind != VALUE_THING)
		return;
	is_object = strcmp(value.word, "Object") == 0;
	if (tree_says(left, "type"))
		cls = is_object ? data_class(right->word) : node_class(right->word);
	else if (tree_says(left, "bl_idname"))
		cls = right->word;
	if (!cls || !api_is_class(w->api, cls) ||
	    !api_is_a(w->api, cls, is_object ? "ID" : value.word))
		return;
	if (is_object)
		value.of = api_word(w->api, cls);
	else
		value = thing_of(w, cls);
	scope_set(w->scope, api_word(w->api, name->word), &value);
	for (size_t i = 0; i < w->guarded.count; i++)
		if (w->guarded.items[i] == api_word(w->api, name->word))
			w->guarded.items[i] = api_word(w->api, "");
}

void narrow(struct walker *w, const struct tree_node *test)
{
	if (test->kind == TREE_COMPARE)
		narrow_compare(w, test);
	else if (test->kind == TREE_OPERATION && tree_says(test, "And"))
		for (size_t i = 0; i < test->count; i++)
			narrow(w, test->parts[i]);
}
