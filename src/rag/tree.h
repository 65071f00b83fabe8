#ifndef RAG_TREE_H
#define RAG_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/json.h"

/*
 * The syntax of a script, as the worker's job NAMES gives it (doc/worker.md says what kinds there
 * are, and what their parts). Whatever it is made of, it is a tree: parts stand before what they
 * belong to, each belongs to one node, and it is not deeper than TREE_DEEPEST.
 */
enum {
	TREE_DEEPEST = 400,
	TREE_MOST = 100000,
};

enum tree_kind {
	TREE_OTHER,
	TREE_ALIAS,
	TREE_AS,
	TREE_ASSIGN,
	TREE_ATTRIBUTE,
	TREE_BLOCK,
	TREE_CALL,
	TREE_CHANGE,
	TREE_CLASS,
	TREE_COMPARE,
	TREE_COMPREHENSION,
	TREE_CONSTANT,
	TREE_DECLARE,
	TREE_DEF,
	TREE_DELETE,
	TREE_DICT,
	TREE_DO,
	TREE_EACH,
	TREE_EITHER,
	TREE_EXCEPT,
	TREE_FOR,
	TREE_FROM,
	TREE_GLOBAL,
	TREE_IF,
	TREE_IMPORT,
	TREE_ITEM,
	TREE_KEYWORD,
	TREE_LAMBDA,
	TREE_LEAVE,
	TREE_LIST,
	TREE_MATCH,
	TREE_NAME,
	TREE_NUMBER,
	TREE_OPERATION,
	TREE_PARAM,
	TREE_PARAMS,
	TREE_RETURN,
	TREE_SET,
	TREE_SLICE,
	TREE_STAR,
	TREE_TEXT,
	TREE_TRY,
	TREE_TUPLE,
	TREE_WALRUS,
	TREE_WHILE,
	TREE_WITH,
	TREE_KINDS,
};

struct tree_node {
	enum tree_kind kind;
	int64_t line, column;
	const char *word; /* NULL: it has none */
	const struct tree_node *const *parts;
	size_t count;
};

/* All zeros is the tree of nothing: its root is NULL. */
struct tree {
	struct tree_node *nodes;
	size_t count;
	const struct tree_node **parts;
	struct json *json; /* the words are its */
	const struct tree_node *root;
};

/* A script that was passed over has a tree without a root. ERR_PROTOCOL if it is none of ours. */
bool tree_read(struct tree *out, const char *json, struct error *err);
void tree_release(struct tree *tree);

/* NULL if there are not so many. */
const struct tree_node *tree_part(const struct tree_node *node, size_t i);
bool tree_is(const struct tree_node *node, enum tree_kind kind); /* of NULL: false */
bool tree_says(const struct tree_node *node, const char *word);  /* has that word */

#endif
