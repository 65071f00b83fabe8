#ifndef RAG_SYNONYMS_H
#define RAG_SYNONYMS_H

#include <stdbool.h>

#include "base/error.h"
#include "rag/db.h"

/*
 * Words of everyday and what Blender calls that: config/blender/words.yaml becomes the table
 * synonym. Names that this Blender lacks are left out, so all entries must be in. No such file: no
 * words.
 */
bool synonyms_add(struct db *db, const char *dir, struct error *err);

#endif
