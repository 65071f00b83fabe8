#ifndef BASE_BLOB_H
#define BASE_BLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Files named by the SHA-256 of what is in them: scripts, renders, whole requests. Writing the
 * same bytes twice makes one file, no file ever changes, and one that has a name is whole and on
 * the disk, so a journal may mention it.
 */
struct blobs;

#define BLOB_HASH_SIZE 65 /* hex and the NUL */

bool blobs_open(struct blobs **out, const char *dir, struct error *err);
void blobs_close(struct blobs *b);

bool blob_put(struct blobs *b, const void *bytes, size_t len, char hash[BLOB_HASH_SIZE],
              struct error *err);

/* A copy of that file; it may be large, and is free to vanish afterwards. */
bool blob_put_file(struct blobs *b, const char *path, char hash[BLOB_HASH_SIZE], struct error *err);

/* Replaces *out. What no longer hashes to its name is a failure, not a result. */
bool blob_get(struct strbuf *out, const struct blobs *b, const char *hash, struct error *err);

/* Adds to *out the file's name, whether it is there or not. */
void blob_path(const struct blobs *b, const char *hash, struct strbuf *out);

/* 64 hex digits in lower case: nothing else is ever made a path of. */
bool blob_is_hash(const char *text);

#endif
