#ifndef BLENDER_FOLDERS_H
#define BLENDER_FOLDERS_H

#include "base/error.h"
#include "blender/desk.h"

/* The folders of one blender, by names without links, since sandboxes know no others. */
struct folders {
	char *worker;          /* our Python half */
	char *cache;           /* for compiled shaders; NULL: none */
	struct desk_root root; /* for desks and shelves */
};

bool folders_open(struct folders *out, const char *worker, const char *cache, struct error *err);
void folders_close(struct folders *folders); /* also after folders_open() has failed */

#endif
