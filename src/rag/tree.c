#include "rag/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"

/* kind, line, column, word; then the parts */
enum {
	HEAD = 4,
};

static const char *const kinds[TREE_KINDS] = {
	[TREE_OTHER] = "other",
	[TREE_ALIAS] = "alias",
	[TREE_AS] = "as",
	[TREE_ASSIGN] = "assign",
	[TREE_ATTRIBUTE] = "attribute",
	[TREE_BLOCK] = "block",
	[TREE_CALL] = "call",
	[TREE_CHANGE] = "change",
	[TREE_CLASS] = "class",
	[TREE_COMPARE] = "compare",
	[TREE_CONSTANT] = "constant",
	[TREE_COMPREHENSION] = "comprehension",
	[TREE_DECLARE] = "declare",
	[TREE_DEF] = "def",
	[TREE_DELETE] = "delete",
	[TREE_DICT] = "dict",
	[TREE_DO] = "do",
	[TREE_EACH] = "each",
	[TREE_EITHER] = "either",
	[TREE_EXCEPT] = "except",
	[TREE_FOR] = "for",
	[TREE_FROM] = "from",
	[TREE_GLOBAL] = "global",
	[TREE_IF] = "if",
	[TREE_IMPORT] = "import",
	[TREE_ITEM] = "item",
	[TREE_KEYWORD] = "keyword",
	[TREE_LAMBDA] = "lambda",
	[TREE_LEAVE] = "leave",
	[TREE_LIST] = "list",
	[TREE_MATCH] = "match",
	[TREE_NAME] = "name",
	[TREE_NUMBER] = "number",
	[TREE_OPERATION] = "operation",
	[TREE_PARAM] = "param",
	[TREE_PARAMS] = "params",
	[TREE_RETURN] = "return",
	[TREE_SET] = "set",
	[TREE_SLICE] = "slice",
	[TREE_STAR] = "star",
	[TREE_TEXT] = "text",
	[TREE_TRY] = "try",
	[TREE_TUPLE] = "tuple",
	[TREE_WALRUS] = "walrus",
	[TREE_WHILE] = "while",
	[TREE_WITH] = "with",
};

static enum tree_kind kind_of(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i], name) == 0)
			return (enum tree_kind)i;
	return TREE_OTHER;
}

/* What is read so far: how deep each node is, and whether it is already a part of another. */
struct reader {
	struct tree *tree;
	size_t parts;
	unsigned short *depths;
	bool *taken;
};

static bool read_part(struct reader *r, size_t number, const struct json_at *at, struct error *err)
{
	struct tree_node *node = &r->tree->nodes[number];
	int64_t part;

	if (!json_int(&part, at, err))
		return false;
	if (part < 0 || (size_t)part >= number || r->taken[part])
		return json_failed(at, err, "%lld is no part of node %zu", (long long)part, number);
	r->taken[part] = true;
	if (r->depths[part] >= r->depths[number])
		r->depths[number] = (unsigned short)(r->depths[part] + 1);
	if (r->depths[number] > TREE_DEEPEST)
		return json_failed(at, err, "the script is nested too deep");
	r->tree->parts[r->parts++] = &r->tree->nodes[part];
	node->count++;
	return true;
}

static bool read_node(struct reader *r, size_t number, const struct json_at *at, struct error *err)
{
	struct tree_node *node = &r->tree->nodes[number];
	struct json_at kind = json_first(at), line = json_next(&kind), column = json_next(&line);
	struct json_at word = json_next(&column), part;
	const char *name;

	if (!json_text(&name, &kind, err) || !json_int(&node->line, &line, err) ||
	    !json_int(&node->column, &column, err) ||
	    (json_is_given(&word) && !json_text(&node->word, &word, err)))
		return false;
	node->kind = kind_of(name);
	node->parts = r->tree->parts + r->parts;
	for (part = json_next(&word); part.value; part = json_next(&part))
		if (!read_part(r, number, &part, err))
			return false;
	return true;
}

static bool read_nodes(struct reader *r, const struct json_at *nodes, struct error *err)
{
	size_t number = 0;

	for (struct json_at at = json_first(nodes); at.value; at = json_next(&at))
		if (!read_node(r, number++, &at, err))
			return false;
	if (number)
		r->tree->root = &r->tree->nodes[number - 1];
	return true;
}

bool tree_read(struct tree *out, const char *json, struct error *err)
{
	struct reader r = { .tree = out };
	struct json_at root, nodes;
	bool ok;

	*out = (struct tree){ 0 };
	if (!json_parse(&out->json, json, strlen(json), err))
		return failed_in(err, "the tree of a script");
	root = json_root(out->json, "tree");
	nodes = json_key(&root, "nodes");
	out->count = json_count(&nodes);
	if (!json_is_array(&nodes) || out->count > TREE_MOST) {
		tree_release(out);
		return failed(err, ERR_PROTOCOL, "this is not the tree of a script");
	}
	/* No part belongs to two nodes, so there are fewer parts than nodes. */
	out->nodes = xcalloc(out->count + 1, sizeof(*out->nodes));
	out->parts = xcalloc(out->count + 1, sizeof(*out->parts));
	r.depths = xcalloc(out->count + 1, sizeof(*r.depths));
	r.taken = xcalloc(out->count + 1, sizeof(*r.taken));
	ok = read_nodes(&r, &nodes, err);
	free(r.depths);
	free(r.taken);
	if (!ok)
		tree_release(out);
	return ok;
}

void tree_release(struct tree *tree)
{
	free(tree->nodes);
	free(tree->parts);
	json_free(tree->json);
	*tree = (struct tree){ 0 };
}

const struct tree_node *tree_part(const struct tree_node *node, size_t i)
{
	return node && i < node->count ? node->parts[i] : NULL;
}

bool tree_is(const struct tree_node *node, enum tree_kind kind)
{
	return node && node->kind == kind;
}

bool tree_says(const struct tree_node *node, const char *word)
{
	return node && node->word && strcmp(node->word, word) == 0;
}
