#ifndef TUI_FENCE_H
#define TUI_FENCE_H

#include <stdbool.h>

#include "base/loop.h"
#include "base/strbuf.h"

/*
 * Questions every terminal answers (DA1), each telling that all before it has been dealt with.
 * Answers come in the order of the questions; one that is late still belongs to its own.
 */
struct fences;

typedef void (*fence_fn)(void *ctx, int took_ms); /* -1: no answer in time */

struct fences *fences_new(struct loop *loop);
void fences_free(struct fences *f); /* no callback follows */

/* Adds the question to *out. */
void fences_ask(struct fences *f, struct strbuf *out, fence_fn fn, void *ctx);
void fences_answer(struct fences *f);                         /* DA1 has come */
void fences_forget(struct fences *f, fence_fn fn, void *ctx); /* who asked has no use for it */
bool fences_waiting(const struct fences *f); /* for an answer that may still come in time */
void fences_lose(struct fences *f); /* somebody else reads the answers: none of these will come */

#endif
