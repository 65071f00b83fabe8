#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Where sessions are: folders of the user's data directory, called by their name, or anywhere,
 * called by a path, which has a slash in it.
 */

/* Where it is or would be. A name that cannot be one is a failure. Replaces *out. */
bool place_of(struct strbuf *out, const char *name, struct error *err);

/* Where it is; if there is none, the failure names the nearest. */
bool place_find(struct strbuf *out, const char *name, struct error *err);

/* Something is there, be it no session; but one in which nothing ever happened does not count. */
bool place_is_taken(const char *dir);

/* A folder in the way is renamed: NAME-1, NAME-2 ... Replaces *moved with where it went. */
bool place_move_aside(struct strbuf *moved, const char *dir, struct error *err);

/*
 * A session is put beside the others where none of them is looked for. Replaces *moved with where
 * it went. One that somebody has open stays.
 */
bool place_trash(struct strbuf *moved, const char *dir, struct error *err);

struct place {
	char *name, *dir;
	int64_t changed_ms; /* when something last happened in it, since 1970 */
};

struct places {
	struct place *items; /* the latest first */
	size_t count;
};

bool places_read(struct places *out, struct error *err);
void places_release(struct places *places);

#endif
