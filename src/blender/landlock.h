#ifndef BLENDER_LANDLOCK_H
#define BLENDER_LANDLOCK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Landlock: a process gives up every file, port and signal but those it names, for good.
 * Straight system calls, so that the kernel at run time counts and not the headers at build time.
 */
enum landlock_right {
	LANDLOCK_READ,  /* look, read, run */
	LANDLOCK_USE,   /* a device: read and write what is there */
	LANDLOCK_WRITE, /* read, and make, change and remove anything but run it */
};

/* What is not there is passed over: it cannot be touched either. */
struct landlock_place {
	const char *path;
	enum landlock_right right;
};

int landlock_version(void); /* 0: this kernel has none */

/* For between fork and exec, after no_new_privs. False with errno set. */
bool landlock_enter(const struct landlock_place *places, size_t count);

#endif
