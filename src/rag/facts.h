#ifndef RAG_FACTS_H
#define RAG_FACTS_H

#include <stdbool.h>

#include "base/error.h"
#include "rag/db.h"

/*
 * What we know beside the dump goes into an index: names that other Blenders have and this one
 * lacks (hist), and facts about what moved (note, and an entry note:ID each). `dir` is
 * config/blender, or has some of its files. All that the dump has must be in.
 */
bool facts_add(struct db *db, const char *dir, struct error *err);

#endif
