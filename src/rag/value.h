#ifndef RAG_VALUE_H
#define RAG_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rag/tree.h"

/*
 * What can be told of a value in a script without running it. Words are those of an api, so equal
 * ones are the same pointer. All zeros: nothing is known.
 */
enum value_kind {
	VALUE_ANY,
	VALUE_UNSET,  /* nobody gave it a value yet */
	VALUE_NONE,   /* None */
	VALUE_SWITCH, /* True or False: `number` */
	VALUE_NUMBER, /* `number` */
	VALUE_TEXT,   /* the text `word` */
	VALUE_ROW, /* a tuple or list of `count` items; they are those of `node` if that is given */
	VALUE_DICT,    /* some dictionary */
	VALUE_VERSION, /* the first `count` numbers of bpy.app.version */
	VALUE_DERIVED, /* made from the version in a way that is not followed */
	VALUE_MODULE,  /* `word`: bpy, bpy.ops, bpy.ops.mesh, mathutils */
	VALUE_CLASS,   /* a class itself: `word` as in the index */
	VALUE_THING,   /* one of that class or, unless `is_exact`, of a class below it */
	VALUE_MANY, /* a collection or list of things of class `word`, its own class being `of` */
	VALUE_SOCKETS,  /* `of` ("in", "out") of a node of class `word` */
	VALUE_SOCKET,   /* the one called `name` among them */
	VALUE_METHOD,   /* `entry` of a thing or collection, which is `word` and `of` */
	VALUE_OPERATOR, /* bpy.ops: `entry` */
	VALUE_ABSENT,   /* what get() gives for a socket that is not there: None for sure */
	VALUE_DEF,      /* a function of the script's own: `node` */
	VALUE_SCRIPT_CLASS,
	VALUE_SCRIPT_THING, /* one of a class of the script's own */
};

struct api_entry;

struct value {
	enum value_kind kind;
	bool is_exact;
	const char *word;
	const char *of; /* of an Object: the class of its data */
	const char *name;
	double number;
	size_t count;
	const struct api_entry *entry;
	const struct tree_node *node;
	const struct tree_node *self; /* DEF: it is called for one of this class */
};

bool value_same(const struct value *a, const struct value *b);

/* What is true of both. */
struct value value_join(const struct value *a, const struct value *b);

/* Python's truth of it: 1, 0; -1: not known. */
int value_truth(const struct value *value);

#endif
