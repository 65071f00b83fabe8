#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "rag/names_inside.h"

bool words_have(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->items[i] == word)
			return true;
	return false;
}

void words_add(struct words *words, const char *word)
{
	words->items = xrealloc(words->items, (words->count + 1) * sizeof(*words->items));
	words->items[words->count++] = word;
}

static void note_word(struct walker *w, struct words *words, const struct tree_node *node)
{
	const char *word;

	if (!node || !node->word)
		return;
	word = api_word(w->api, node->word);
	if (!words_have(words, word))
		words_add(words, word);
}

static bool is_one_of(const char *word, const char *const names[], size_t count)
{
	for (size_t i = 0; word && i < count; i++)
		if (strcmp(word, names[i]) == 0)
			return true;
	return false;
}

/* hasattr(x, "name"), and what answers whether there is one: get("name"), find("name"). */
static void survey_call(struct walker *w, const struct tree_node *node)
{
	static const char *const askers[] = { "hasattr", "getattr", "setattr", "delattr" };
	static const char *const finders[] = { "get", "find", "pop", "setdefault", "append" };
	const struct tree_node *function = tree_part(node, 0), *first = tree_part(node, 1);

	if (tree_is(function, TREE_NAME) && is_one_of(function->word, askers, COUNT(askers)) &&
	    tree_is(tree_part(node, 2), TREE_TEXT))
		note_word(w, &w->excused, tree_part(node, 2));
	if (!tree_is(function, TREE_ATTRIBUTE))
		return;
	if (is_one_of(function->word, finders, COUNT(finders)) && tree_is(first, TREE_TEXT))
		note_word(w, &w->excused, first);
	if (tree_says(function, "new") && tree_is(first, TREE_TEXT))
		note_word(w, &w->given, first);
	for (size_t i = 1; i < node->count; i++)
		if (tree_is(node->parts[i], TREE_KEYWORD) && tree_says(node->parts[i], "name") &&
		    tree_is(tree_part(node->parts[i], 0), TREE_TEXT))
			note_word(w, &w->given, tree_part(node->parts[i], 0));
}

/* "name" in x.keys(), x in ("one", "other"). */
static void survey_compare(struct walker *w, const struct tree_node *node)
{
	if (node->word && strcmp(node->word, "In") != 0 && strcmp(node->word, "NotIn") != 0)
		return;
	for (size_t i = 0; i < node->count; i++) {
		const struct tree_node *part = node->parts[i];

		if (part->kind == TREE_TEXT)
			note_word(w, &w->excused, part);
		if (part->kind == TREE_TUPLE || part->kind == TREE_LIST || part->kind == TREE_SET)
			for (size_t j = 0; j < part->count; j++)
				if (part->parts[j]->kind == TREE_TEXT)
					note_word(w, &w->excused, part->parts[j]);
	}
}

/* bpy.types.Object.height = FloatProperty() */
static bool adds_property(const struct tree_node *target, const struct tree_node *value)
{
	const struct tree_node *function = tree_part(value, 0), *base = tree_part(target, 0);
	size_t len = function && function->word ? strlen(function->word) : 0;

	if (!tree_is(target, TREE_ATTRIBUTE))
		return false;
	if (tree_is(value, TREE_CALL) && len > 8 &&
	    strcmp(function->word + len - 8, "Property") == 0)
		return true;
	return tree_is(base, TREE_ATTRIBUTE) && tree_says(tree_part(base, 0), "types");
}

static void survey_assign(struct walker *w, const struct tree_node *node)
{
	const struct tree_node *value = tree_part(node, 0);

	for (size_t i = 1; i < node->count; i++) {
		const struct tree_node *target = node->parts[i];

		w->changes_types |= target->kind == TREE_ATTRIBUTE && tree_says(target, "type");
		if (adds_property(target, value))
			note_word(w, &w->excused, target);
		if (target->kind == TREE_ATTRIBUTE && tree_says(target, "name") &&
		    tree_is(value, TREE_TEXT))
			note_word(w, &w->given, value);
		if (!tree_says(target, "bl_idname"))
			continue;
		if (tree_is(value, TREE_TEXT))
			note_word(w, &w->excused, value);
		else
			w->is_part = true;
	}
}

static void survey_class(struct walker *w, const struct tree_node *node)
{
	if (node->count > 1)
		w->has_classes = true;
	note_word(w, &w->excused, node);
}

/* What may bring in names from elsewhere. */
static void survey_word(struct walker *w, const struct tree_node *node)
{
	static const char *const bringers[] = { "addon_enable", "addon_utils",  "addon_install",
		                                "enable_addon", "load_scripts", "extensions" };

	if (is_one_of(node->word, bringers, COUNT(bringers)))
		w->is_part = true;
	w->converts |= tree_says(node, "convert");
	if (tree_says(node, "register_class") || tree_says(node, "register_classes_factory"))
		w->has_classes = true;
}

static void survey_from(struct walker *w, const struct tree_node *node)
{
	if (node->word && node->word[0] == '.')
		w->is_part = true;
}

static void survey_declare(struct walker *w, const struct tree_node *node)
{
	note_word(w, &w->excused, tree_part(node, 0));
}

static void survey_global(struct walker *w, const struct tree_node *node)
{
	for (size_t i = 0; i < node->count; i++)
		note_word(w, &w->shared, node->parts[i]);
}

static void (*const surveyors[TREE_KINDS])(struct walker *w, const struct tree_node *node) = {
	[TREE_ALIAS] = survey_word,      [TREE_ASSIGN] = survey_assign,
	[TREE_ATTRIBUTE] = survey_word,  [TREE_CALL] = survey_call,
	[TREE_CLASS] = survey_class,     [TREE_COMPARE] = survey_compare,
	[TREE_DECLARE] = survey_declare, [TREE_FROM] = survey_from,
	[TREE_GLOBAL] = survey_global,   [TREE_NAME] = survey_word,
};

void survey(struct walker *w)
{
	for (size_t i = 0; i < w->tree->count; i++) {
		const struct tree_node *node = &w->tree->nodes[i];

		if (surveyors[node->kind])
			surveyors[node->kind](w, node);
	}
}
