#ifndef RAG_WORDING_H
#define RAG_WORDING_H

#include <stdbool.h>

#include "base/error.h"
#include "base/yaml.h"
#include "rag/lookup.h"

/* Our own words for what Blender says nothing about: config/blender/bmesh.yaml. */
struct wording {
	struct yaml_value root;
	struct lookup places; /* ident: where in the file's list */
};

/* All zeros is one that has no words for anything. */
bool wording_read(struct wording *out, const char *file, struct error *err);
void wording_release(struct wording *wording);

const char *wording_find(const struct wording *wording, const char *ident); /* NULL: none */

#endif
