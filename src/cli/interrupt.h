#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

#include "base/error.h"
#include "base/loop.h"

/*
 * Ctrl-C, and being told to go: heard from the loop, like everything else. There can be one at a
 * time, since a process has only one set of signal handlers.
 */
struct interrupts;

/* `leave`: SIGTERM or SIGHUP, so nobody is going to say anything more. */
typedef void (*interrupt_fn)(void *ctx, bool leave);

bool interrupts_open(struct interrupts **out, struct loop *loop, interrupt_fn fn, void *ctx,
                     struct error *err);

/* From now on they end the program at once, as if we had never listened. */
void interrupts_close(struct interrupts *i);

#endif
