#ifndef RAG_DUMP_H
#define RAG_DUMP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/json.h"
#include "base/strbuf.h"
#include "rag/lookup.h"

/*
 * What a Blender says of its own API: JSON that the worker wrote (src/blender/worker/api.py). It
 * has been through a process that runs scripts, so it may hold anything: what is not of the form
 * expected counts as absent, names that are none are passed over, texts are cut.
 */
#define DUMP_MOST_BYTES   (96u << 20)
#define DUMP_MOST_TEXT    1200 /* bytes of a description */
#define DUMP_MOST_LINEAGE 32

struct dump {
	struct json *json;
	struct json_at root, types, ops, python, nodes;
	struct json_at *classes; /* those of bpy.types but for panels, menus, operators */
	size_t count;
	struct lookup places; /* of all of bpy.types, in `all` */
	struct json_at *all;
};

bool dump_open(struct dump *out, const char *file, struct error *err);
void dump_close(struct dump *dump);

/* "4.3.2", without "LTS" and such. */
const char *dump_version(struct strbuf *out, const struct dump *dump);

/* NULL: there is no such class in bpy.types. */
const struct json_at *dump_class(const struct dump *dump, const char *name);

/* The class itself, its base, its base's base ...; ends where one comes again. */
size_t dump_lineage(const struct dump *dump, const char *name, const char *out[DUMP_MOST_LINEAGE]);

/* Whether text may stand for a name in Python, with dots or without. */
bool dump_is_name(const char *text);

/* What stands under a key; '' or 0 if nothing of that kind does. */
const char *dump_text(const struct json_at *at, const char *key);
double dump_real(const struct json_at *at, const char *key);
bool dump_bool(const struct json_at *at, const char *key);
const char *dump_item(const struct json_at *list, size_t index);

/* Add text as one line: blanks and control bytes become single spaces, too much is cut. */
void dump_line(struct strbuf *out, const char *text);

void dump_word(struct strbuf *out, const char *word); /* add a word and a blank */

/* Add a value as Python writes it; `is_set`: a list is a set of names. */
void dump_literal(struct strbuf *out, const struct json_at *value, bool is_set);

#endif
