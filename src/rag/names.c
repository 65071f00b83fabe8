#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "rag/inside.h"
#include "rag/names_inside.h"

static const struct field misnomer_fields[] = {
	{ "line", FIELD_INT, offsetof(struct rag_misnomer, line) },
	{ "column", FIELD_INT, offsetof(struct rag_misnomer, column) },
	{ "name", FIELD_TEXT, offsetof(struct rag_misnomer, name) },
	{ "message", FIELD_TEXT, offsetof(struct rag_misnomer, message) },
	{ "nearest", FIELD_TEXTS, offsetof(struct rag_misnomer, nearest) },
	{ "note", FIELD_TEXT, offsetof(struct rag_misnomer, note), .optional = true },
	{ 0 },
};

static const struct record_type misnomer_type = { "misnomer", sizeof(struct rag_misnomer),
	                                          misnomer_fields };

static const struct field misnomers_fields[] = {
	{ "misnomers", FIELD_LIST, offsetof(struct rag_misnomers, list), .of = &misnomer_type },
	{ 0 },
};

const struct record_type rag_misnomers_type = { "misnomers", sizeof(struct rag_misnomers),
	                                        misnomers_fields };

static int by_place(const void *left, const void *right)
{
	const struct rag_misnomer *a = left, *b = right;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->column > b->column) - (a->column < b->column);
}

static void check_tree(struct walker *w)
{
	struct scope globals = { 0 };

	w->scope = w->globals = &globals;
	w->arguments = xcalloc(w->tree->count, sizeof(*w->arguments));
	for (size_t i = 0; i < w->tree->count; i++)
		w->arguments[i].kind = VALUE_UNSET;
	survey(w);
	walk_block(w, w->tree->root);
	scope_release(&globals);
	free(w->arguments);
	free(w->guarded.items);
	free(w->excused.items);
	free(w->given.items);
	free(w->shared.items);
	if (w->out->list.count)
		qsort(w->out->list.items, w->out->list.count, sizeof(*w->out->list.items),
		      by_place);
}

bool rag_check(struct rag *rag, const char *tree, struct rag_misnomers *out, struct error *err)
{
	struct tree script;
	struct walker w = { .tree = &script, .version_text = rag_version(rag), .out = out };

	record_release(&rag_misnomers_type, out);
	if (!tree_read(&script, tree, err))
		return false;
	if (sscanf(w.version_text, "%d.%d.%d", &w.version[0], &w.version[1], &w.version[2]) < 2)
		w.version[0] = w.version[1] = 0;
	w.api = api_new(rag->db);
	if (script.root)
		check_tree(&w);
	api_free(w.api);
	tree_release(&script);
	if (db_ok(rag->db, err))
		return true;
	record_release(&rag_misnomers_type, out);
	return false;
}
