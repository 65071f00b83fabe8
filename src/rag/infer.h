#ifndef RAG_INFER_H
#define RAG_INFER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "rag/db.h"

/*
 * What an expression of a script stands for, as far as the index and the script's own assignments
 * tell: `bpy.context.object.data.vertices[0]` is a MeshVertex, `tree.nodes.new("ShaderNodeMix")` a
 * ShaderNodeMix, and `bsdf` what was assigned to it. No Python is run or parsed for this: it is a
 * guess that may find nothing, and never takes long.
 */
struct thing {
	char *module;     /* "bpy", "bpy.ops.mesh": a dotted name so far; else NULL */
	char *cls;        /* of the value, or of a collection's items; NULL: not known */
	char *holder;     /* class of the collection itself; NULL: it has none */
	bool many;        /* it is a collection */
	int64_t function; /* entry.id of a function that is about to be called, of a value's `cls`
	                   */
	int64_t member;   /* entry.id of the property it was read from */
	bool guessed;     /* from a variable's name alone */
};

struct infer {
	struct db *db;
	const char *script; /* or NULL */
	const char *code;   /* the line it is about: assignments below it do not count */
	int depth;
};

/* `out` is released first. */
void infer_thing(struct thing *out, struct infer *in, struct text_span expression);
void thing_release(struct thing *thing);

/* The expression that ends where `end` points to, in `code`: names, dots, brackets. */
struct text_span infer_before(const char *code, const char *end);

/* The last quoted string in an expression, or the one behind `keyword=`; empty: none. */
struct text_span infer_quoted(struct text_span expression, const char *keyword);

#endif
