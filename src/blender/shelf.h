#ifndef BLENDER_SHELF_H
#define BLENDER_SHELF_H

#include <stdbool.h>

#include "base/error.h"
#include "blender/blender.h"

/*
 * The files of the latest job of each type, out of the reach of the worker that made them. All
 * zeros is a set of empty shelves.
 */
struct shelves {
	char *of[BLENDER_JOB_TYPES]; /* folders; NULL: none yet */
	unsigned laid;
};

/* A new shelf for this type below `root`; the one before goes, with all on it. */
bool shelf_lay(struct shelves *s, enum blender_job_type type, const char *root, struct error *err);

/* Move a file from the desk and change its name in place. One that is here already stays. */
bool shelf_take(const struct shelves *s, enum blender_job_type type, const char *desk,
                const char **path, struct error *err);

/* The same for all the files of a result. */
bool shelf_take_all(const struct shelves *s, const char *desk, struct blender_result *result,
                    struct error *err);

void shelves_release(struct shelves *s); /* the folders stay: their root is cleared as a whole */

#endif
