#ifndef RAG_INDEX_H
#define RAG_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/strbuf.h"
#include "rag/db.h"
#include "rag/dump.h"
#include "rag/entry.h"
#include "rag/lookup.h"
#include "rag/wording.h"

/* An index as it grows out of a dump: what index*.c share. Trouble is db_ok()'s. */
struct index {
	struct db *db;
	struct dump dump;
	struct lookup choices;  /* lists of enum values that are in already: their numbers */
	struct lookup makers;   /* classes that an enum value makes: places in dump.enum_class */
	struct lookup python;   /* names that dump.python has */
	struct wording wording; /* for what the dump says nothing about */
};

void index_types(struct index *ix);     /* bpy.types: classes and their members */
void index_operators(struct index *ix); /* bpy.ops */
void index_nodes(struct index *ix);     /* sockets; the nodes themselves are classes */
void index_python(struct index *ix);    /* bmesh, mathutils and all other modules */

/* A property or a parameter as the dump describes it. */
struct trait {
	const char *name, *label, *type, *target, *holder;
	struct strbuf descr, dflt, until;
	int64_t length, choices;
	bool has_low, has_high, readonly, flags, required, output;
	double low, high;
};

void trait_read(struct trait *out, struct index *ix, const struct json_at *at);
void trait_release(struct trait *trait);
void trait_add_param(struct index *ix, const struct trait *trait, int64_t entry, int64_t place);

/* Labels and descriptions of enum values, as words to be found by. */
void trait_add_words(struct strbuf *out, const struct json_at *at);

/* A member of a class in bpy.types that is not RNA's, or of one in another module. */
void index_python_member(struct index *ix, const char *owner, const char *prefix,
                         const struct json_at *at);

/* A row of lineage. */
void index_lineage(struct index *ix, const char *cls, const char *ancestor, int64_t depth);

/* How likely people look for what is called so: 1, or less for what serves the interface. */
double index_prior(const char *owner);

#endif
