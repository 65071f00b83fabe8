#ifndef CLI_OPERATIONS_H
#define CLI_OPERATIONS_H

#include "base/blob.h"
#include "cli/args.h"
#include "event/state.h"

/* What the script of the session calls, counted by Blender, as JSON. Starts it, and waits. */
bool operations_count(struct strbuf *out, const struct args *args, const struct state *now,
                      const struct blobs *blobs, struct error *err);

#endif
