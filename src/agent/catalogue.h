#ifndef AGENT_CATALOGUE_H
#define AGENT_CATALOGUE_H

#include "base/loop.h"
#include "rag/rag.h"

/*
 * The way to BlenderRAG. Its index may still be made when the first look-up comes, so turns wait
 * until it is known whether there is one. If there is none, nothing is found, and nobody stops.
 */
struct catalogue;

struct catalogue *catalogue_new(struct loop *loop);
void catalogue_free(struct catalogue *c);

/* Now it is known. `rag`, borrowed, or NULL; `why` says then how that came. */
void catalogue_settle(struct catalogue *c, struct rag *rag, const char *why);

struct rag *catalogue_rag(const struct catalogue *c); /* NULL: none, or not yet */
const char *catalogue_why(const struct catalogue *c); /* there is none; NULL: not yet known */

/* Called once, from the loop, when it is known. One turn runs at a time, so one waits at most. */
typedef void (*catalogue_fn)(void *ctx);
void catalogue_await(struct catalogue *c, catalogue_fn fn, void *ctx);
void catalogue_forget(struct catalogue *c); /* nobody waits any more */

#endif
