#ifndef CLI_TELLER_H
#define CLI_TELLER_H

#include "base/loop.h"
#include "cli/args.h"
#include "event/state.h"

/*
 * What a session prints: events as lines for people or, with --json, for programs; the line at the
 * bottom of a terminal, kept up to date; and what else there is to say.
 */
struct teller;

struct teller *teller_new(struct loop *loop, const struct flags *flags);
void teller_free(struct teller *t);

void teller_hear(struct teller *t, const struct event *ev, const struct state *now);
void teller_work(struct teller *t, const char *what); /* Blender does, before any event tells */

/* Words for people: with --json they go to standard error. A line of its own: */
void teller_say(struct teller *t, const char *line);

/* Or anything: what is added here is printed as it is, and below what stands there. */
struct strbuf *teller_text(struct teller *t);
void teller_print(struct teller *t);

#endif
