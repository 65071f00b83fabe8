#include <string.h>

#include "base/compiler.h"
#include "rag/names_inside.h"

struct given given_of(const struct tree_node *node)
{
	struct given given = { .node = node };

	for (size_t i = 1; i < node->count; i++)
		given.is_open |= node->parts[i]->kind == TREE_STAR ||
		                 (node->parts[i]->kind == TREE_KEYWORD && !node->parts[i]->word);
	return given;
}

size_t given_by_place(const struct tree_node *node)
{
	size_t count = 0;

	for (size_t i = 1; i < node->count; i++)
		count += node->parts[i]->kind != TREE_KEYWORD;
	return count;
}

const struct tree_node *given_for(const struct given *given, const char *name, size_t place)
{
	const struct tree_node *node = given->node;

	for (size_t i = 1; i < node->count; i++)
		if (node->parts[i]->kind == TREE_KEYWORD && tree_says(node->parts[i], name))
			return tree_part(node->parts[i], 0);
	return !given->is_open && place < given_by_place(node) ? node->parts[1 + place] : NULL;
}

/* Each once: what is called in there would else be gone through again and again. */
bool given_eval(struct walker *w, const struct tree_node *node)
{
	bool is_derived = false;

	for (size_t i = 1; i < node->count; i++) {
		const struct tree_node *part = node->parts[i];
		struct value value;

		if (part->kind == TREE_KEYWORD)
			part = tree_part(part, 0);
		value = eval(w, part);
		if (part)
			w->arguments[part - w->tree->nodes] = value;
		is_derived |= value.kind == VALUE_DERIVED || value.kind == VALUE_VERSION;
	}
	return is_derived;
}

struct value eval_again(struct walker *w, const struct tree_node *node)
{
	struct value value = { .kind = VALUE_UNSET };

	if (node)
		value = w->arguments[node - w->tree->nodes];
	if (value.kind != VALUE_UNSET)
		return value;
	w->quiet++;
	value = eval(w, node);
	w->quiet--;
	return value;
}

/* Enums that Blender fills from elsewhere although a list of them is known. */
static bool is_filled_later(const char *owner, const char *name)
{
	static const struct {
		const char *owner, *name;
	} rows[] = {
		{ "Brush", "direction" },
		{ "Curve", "fill_mode" },
		{ "CompositorNodeCryptomatteV2", "layer_name" },
		{ "RenderSettings", "engine" },
		{ "ColorManagedInputColorspaceSettings", "name" },
		{ "ColorManagedViewSettings", "look" },
		{ "ColorManagedViewSettings", "view_transform" },
		{ "ColorManagedDisplaySettings", "display_device" },
		{ "FluidDomainSettings", "cache_data_format" },
		{ "FluidDomainSettings", "cache_mesh_format" },
		{ "FluidDomainSettings", "cache_noise_format" },
		{ "FluidDomainSettings", "cache_particle_format" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(rows[i].owner, owner) == 0 && strcmp(rows[i].name, name) == 0)
			return true;
	return false;
}

/* Engines are made known by add-ons, but these are Blender's own, one or the other of them. */
static bool is_other_engine(struct walker *w, const char *owner, const char *name, int64_t choices,
                            const char *value)
{
	static const char *const engines[] = { "BLENDER_EEVEE", "BLENDER_EEVEE_NEXT",
		                               "BLENDER_RENDER", "BLENDER_GAME" };

	if (strcmp(owner, "RenderSettings") != 0 || strcmp(name, "engine") != 0 ||
	    api_has_choice(w->api, choices, value))
		return false;
	for (size_t i = 0; i < COUNT(engines); i++)
		if (strcmp(engines[i], value) == 0)
			return true;
	return false;
}

void check_choice(struct walker *w, const struct tree_node *at, const char *owner, const char *name,
                  int64_t choices, const struct value *value)
{
	struct strbuf ident = { 0 };
	struct complaint what = { LACK_CHOICE, at, .name = value->word, .choices = choices };

	if (value->kind != VALUE_TEXT || !choices)
		return;
	if (is_filled_later(owner, name) ? !is_other_engine(w, owner, name, choices, value->word)
	                                 : !api_choices_are_known(w->api, choices) ||
	                                           api_has_choice(w->api, choices, value->word))
		return;
	strbuf_addf(&ident, "%s.%s", owner, name);
	what.owner = api_word(w->api, strbuf_str(&ident));
	strbuf_release(&ident);
	complain(w, &what);
}

static void check_keyword(struct walker *w, const struct tree_node *keyword, int64_t entry,
                          const char *ident)
{
	struct complaint what = { LACK_KEYWORD, keyword, ident, .entry = entry };
	struct api_param param;
	struct value value;

	if (!keyword->word)
		return;
	what.name = api_word(w->api, keyword->word);
	if (!api_param(w->api, entry, what.name, &param)) {
		complain(w, &what);
		return;
	}
	value = eval_again(w, tree_part(keyword, 0));
	if (strcmp(param.type, "ENUM") == 0)
		check_choice(w, keyword, ident, param.name, param.choices, &value);
}

/* Only functions whose parameters the index has; of methods in Python and C it has none. */
void given_check(struct walker *w, const struct tree_node *node, const struct api_entry *entry,
                 bool by_place)
{
	size_t known = api_param_count(w->api, entry->id), count = given_by_place(node);
	struct complaint what = { LACK_ARGUMENTS, node, entry->ident, .entry = entry->id,
		                  .detail = "these are too many" };
	struct given given = given_of(node);

	if (!known)
		return;
	for (size_t i = 1; i < node->count; i++)
		if (node->parts[i]->kind == TREE_KEYWORD)
			check_keyword(w, node->parts[i], entry->id, entry->ident);
	if (!by_place || given.is_open)
		return;
	if (count > known)
		complain(w, &what);
	for (size_t i = 0; i < count && i < known; i++) {
		struct api_param param;
		struct value value = eval_again(w, node->parts[1 + i]);

		if (api_param_at(w->api, entry->id, i, &param) && strcmp(param.type, "ENUM") == 0)
			check_choice(w, node->parts[1 + i], entry->ident, param.name, param.choices,
			             &value);
	}
}
