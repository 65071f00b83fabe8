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

/* A new folder in $TMPDIR or /tmp, for our eyes only. Its name has no links in it. Yours. */
bool desk_root(char **out, struct error *err);

/* A descriptor that says to others that this root's owner lives, until it is closed; or -1. */
int desk_hold(const char *root);

/* Clear away the roots of those who were killed and could not. */
void desk_sweep(void);

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
