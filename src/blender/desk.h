#ifndef BLENDER_DESK_H
#define BLENDER_DESK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Folders that a hostile program may write to, and how to get files out of them unharmed.
 *
 * Nothing in a desk is opened where it lies: it is first moved to a shelf, which only we can
 * reach, and there it has to be a regular file. So no link leads us to a key of the user's.
 */

/*
 * A new folder in $TMPDIR or /tmp, for our eyes only, whose name has no links in it. It is locked
 * while we live, so those that a killed ll3m has left behind are known, and cleared on opening.
 */
struct desk_root {
	char *path; /* NULL: none */
	int lock;
};

bool desk_root_open(struct desk_root *out, struct error *err);
void desk_root_close(struct desk_root *root); /* gone, with all that is in it */

/* A folder, and in it tmp/. */
bool desk_lay(const char *desk, struct error *err);

/* It holds more than this, or is too deep to count. Safe while its owner writes to it. */
bool desk_is_over(const char *desk, size_t most_bytes, size_t most_files);

/* Move a file that lies directly in the desk, as its owner reports, to a folder of ours. */
bool desk_take(struct strbuf *out, const char *desk, const char *reported, const char *shelf,
               struct error *err);

/* The folder and all in it, whatever was done to make that hard. Its owner must be dead. */
void desk_clear(const char *desk);

#endif
