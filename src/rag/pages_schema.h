#ifndef RAG_PAGES_SCHEMA_H
#define RAG_PAGES_SCHEMA_H

#include <stdbool.h>

#include "base/error.h"
#include "rag/db.h"

/*
 * The tables of the user's documentation.
 *
 * meta     key, value: "format" (PAGES_FORMAT)
 * folder   id, path: as realpath() has it
 * docsrc   id, folder, path (below the folder), mtime (in ns), size, sha (of its bytes), seen
 * chunk    id, src, place, heading ("A > B > C"), anchor, text: in the order of the file
 * mention  ident, chunk: names of Blender's API in it, as in entry.ident where it has them; those
 * it documents (its anchor) have `is_about` 1 fdoc     fts5 over chunk(heading, text); rowid is
 * chunk.id
 */
#define PAGES_FORMAT  1
#define PAGES_WEIGHTS "4.0, 1.0"

/* Make the tables if there are none. ERR_CONFIG: they are of another format. */
bool pages_schema_make(struct db *db, struct error *err);
bool pages_schema_check(struct db *db, const char *file, struct error *err);

#endif
