#include <string.h>

#include "base/compiler.h"
#include "rag/names_inside.h"

static const struct value any = { .kind = VALUE_ANY };

/* Where new() makes what a word says: which table knows the word. */
static const struct maker {
	const char *holder, *param;
	size_t place;
	const char *kind; /* in the table of what enum values make; NULL: the word is a class */
} makers[] = {
	{ "ObjectModifiers", "type", 1, "modifier" },
	{ "ObjectGpencilModifiers", "type", 1, "modifier" },
	{ "ObjectConstraints", "type", 0, "constraint" },
	{ "PoseBoneConstraints", "type", 0, "constraint" },
	{ "BlendDataLights", "type", 1, "light" },
	{ "BlendDataTextures", "type", 1, "texture" },
	{ "BlendDataNodeTrees", "type", 1, NULL },
	{ "Nodes", "type", 0, NULL },
};

static struct value make_node(struct walker *w, const struct tree_node *at, const char *type)
{
	static const char glossy[] = "ShaderNodeBsdfGlossy", aniso[] = "ShaderNodeBsdfAnisotropic";
	struct complaint what = { LACK_NODE, at, "", type };

	if (api_is_a(w->api, type, "Node"))
		return thing_of(w, type);
	if (strcmp(type, glossy) == 0 && api_is_class(w->api, aniso))
		return thing_of(w, aniso);
	if (strcmp(type, aniso) == 0 && api_is_class(w->api, glossy))
		return thing_of(w, glossy);
	if (!w->is_part && !w->has_classes && !words_have(&w->excused, type) &&
	    api_is_class(w->api, "Node"))
		complain(w, &what);
	return any;
}

static struct value make_by_word(struct walker *w, const struct tree_node *at,
                                 const struct maker *maker, const struct value *type)
{
	const char *cls;

	if (type->kind != VALUE_TEXT)
		return any;
	if (strcmp(maker->holder, "Nodes") == 0)
		return make_node(w, at, type->word);
	cls = maker->kind ? api_made(w->api, maker->kind, type->word) : type->word;
	return cls && api_is_class(w->api, cls) ? thing_of(w, cls) : any;
}

static struct value make_object(struct walker *w, const struct given *given)
{
	struct value object = thing_of(w, "Object"), data;
	const struct tree_node *node = given_for(given, "object_data", 1);

	if (node) {
		data = eval_again(w, node);
		if (data.kind == VALUE_THING && strcmp(data.word, "ID") != 0)
			object.of = data.word;
	}
	return object;
}

static struct value make_curve(struct walker *w, const struct given *given)
{
	static const struct {
		const char *type, *cls;
	} rows[] = { { "CURVE", "Curve" }, { "FONT", "TextCurve" }, { "SURFACE", "SurfaceCurve" } };
	struct value type = eval_again(w, given_for(given, "type", 1));

	for (size_t i = 0; i < COUNT(rows) && type.kind == VALUE_TEXT; i++)
		if (strcmp(rows[i].type, type.word) == 0)
			return (struct value){ .kind = VALUE_THING,
				               .word = api_word(w->api, rows[i].cls),
				               .is_exact = true };
	return any;
}

bool make(struct walker *w, const struct given *given, const struct value *method,
          struct value *out)
{
	const char *holder = method->entry->owner;

	if (strcmp(method->entry->name, "new") != 0)
		return false;
	if (strcmp(holder, "BlendDataObjects") == 0)
		*out = make_object(w, given);
	else if (strcmp(holder, "BlendDataCurves") == 0)
		*out = make_curve(w, given);
	else {
		for (size_t i = 0; i < COUNT(makers); i++) {
			const struct tree_node *at;
			struct value type;

			if (strcmp(makers[i].holder, holder) != 0)
				continue;
			at = given_for(given, makers[i].param, makers[i].place);
			type = eval_again(w, at);
			*out = make_by_word(w, at, &makers[i], &type);
			if (out->kind == VALUE_ANY && method->entry->target[0])
				*out = thing_of(w, method->entry->target);
			return true;
		}
		return false;
	}
	return true;
}
