#ifndef CLI_CHANGES_H
#define CLI_CHANGES_H

#include "base/blob.h"
#include "event/state.h"

/*
 * What the proposal would change in the script, as a diff; nothing if there is no proposal. The
 * text is the agents': clean it before a terminal sees it.
 */
bool changes_add(struct strbuf *out, const struct state *now, const struct blobs *blobs,
                 struct error *err);

#endif
