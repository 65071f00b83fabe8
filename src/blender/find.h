#ifndef BLENDER_FIND_H
#define BLENDER_FIND_H

#include <stdbool.h>

#include "base/error.h"

/*
 * Which Blender we have: the one that is asked for, else $LL3M_BLENDER, else the first on PATH,
 * else the newest in the usual places. A Python that has the bpy module is a Blender too.
 *
 * All that can be said without starting it; its version comes with its first words.
 */
struct found {
	char *program;  /* absolute, as it has to be called: a Python finds its venv by that */
	bool is_python; /* by its name */
	char *folders[2 + 1]; /* what it must be able to read besides the system; NULL ends them */
};

/* `wanted` is a path, or a name on PATH, or NULL. False says how to get one or point to it. */
bool find_blender(struct found *out, const char *wanted, struct error *err);
void found_release(struct found *found);

#endif
