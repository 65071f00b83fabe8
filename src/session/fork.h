#ifndef SESSION_FORK_H
#define SESSION_FORK_H

#include <stdint.h>

#include "base/error.h"

/*
 * A session of its own that begins with what led to one step of another. Blobs never change, so
 * both share the files where the disk can do that; the recording comes along whole, for replays.
 */
bool session_fork(const char *dir, int64_t step, const char *new_dir, struct error *err);

#endif
