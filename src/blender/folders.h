#ifndef BLENDER_FOLDERS_H
#define BLENDER_FOLDERS_H

#include "base/error.h"

/* The folders of one blender, by names without links, since sandboxes know no others. */
struct folders {
	char *worker; /* our Python half */
	char *cache;  /* for compiled shaders; NULL: none */
	char *root;   /* desks and shelves; ours, and gone with us */
	int root_fd;  /* says that we live; 0 or -1: nothing does */
};

bool folders_open(struct folders *out, const char *worker, const char *cache, struct error *err);
void folders_close(struct folders *folders); /* also after folders_open() has failed */

#endif
