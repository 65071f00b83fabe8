#ifndef BLENDER_FILTER_H
#define BLENDER_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct sock_filter;

/*
 * What no script may ask of the kernel, as a seccomp program: sockets, new processes, other
 * processes, mounts, and whatever Landlock does not watch, such as chmod.
 */
struct filter {
	struct sock_filter *code;
	unsigned short count;
};

bool filter_is_built_in(void); /* false: this ll3m was built without libseccomp */

bool filter_build(struct filter *out, struct error *err);
void filter_release(struct filter *filter);

/* The program as a file, read from its start, which bubblewrap wants. The descriptor is yours. */
bool filter_open(int *fd, const struct filter *filter, struct error *err);

/* Both for between fork and exec, after no_new_privs. False with errno set. */
bool filter_load(const struct filter *filter);
bool filter_load_own_signals(void); /* kill() reaches this process and no other */

#endif
