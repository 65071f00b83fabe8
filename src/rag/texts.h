#ifndef RAG_TEXTS_H
#define RAG_TEXTS_H

#include <stdbool.h>

#include "base/error.h"
#include "base/yaml.h"
#include "rag/lookup.h"

/* Our own words for what Blender says nothing about: config/blender/bmesh.yaml. */
struct texts {
	struct yaml_value root;
	struct lookup places; /* ident: where in the file's list */
};

/* All zeros is one that has no words for anything. */
bool texts_read(struct texts *out, const char *file, struct error *err);
void texts_release(struct texts *texts);

const char *texts_find(const struct texts *texts, const char *ident); /* NULL: none */

#endif
