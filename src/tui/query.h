#ifndef TUI_QUERY_H
#define TUI_QUERY_H

#include <stdbool.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/strbuf.h"

/*
 * The questions. None is waited for: the first frames are drawn on what is known without, and what
 * has come by the time a fence after them is answered is all that will come.
 */
void query_all(struct strbuf *out, const char *term); /* leaves something on the first row */
void query_sizes(struct strbuf *out, const char *term);

/* No terminal at all answers some of them with a mess on the screen; this one does. */
bool query_is_plain(const char *term);

/* What tmux knows about the terminal around it; sees the socket, so on this machine only. */
struct tmux_query;

typedef void (*tmux_query_fn)(void *ctx, bool sixel);
bool tmux_query_start(struct tmux_query **out, struct loop *loop, tmux_query_fn fn, void *ctx,
                      struct error *err);
void tmux_query_free(struct tmux_query *q); /* no callback follows; may be called from it */

#endif
