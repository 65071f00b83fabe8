#ifndef TUI_SIGNALS_H
#define TUI_SIGNALS_H

#include <stdbool.h>

#include "base/error.h"
#include "base/loop.h"

/*
 * The signals that concern a terminal, brought into the loop: SIGWINCH, SIGTSTP, SIGCONT, SIGTERM,
 * SIGHUP. SIGINT and SIGQUIT are ignored: a raw terminal sends none, and in one that an editor has
 * they are the editor's. At most one of these exists.
 */
struct signals;

typedef void (*signals_fn)(void *ctx, int signal);

bool signals_open(struct signals **out, struct loop *loop, signals_fn fn, void *ctx,
                  struct error *err);
void signals_close(struct signals *s);

/* Stop our process group as C-z does, and come back when it goes on. */
void signals_stop(struct signals *s);

#endif
