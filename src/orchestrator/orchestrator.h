#ifndef ORCHESTRATOR_ORCHESTRATOR_H
#define ORCHESTRATOR_ORCHESTRATOR_H

#include "agent/agent.h"
#include "orchestrator/rules.h"

/*
 * Whose turn it is. Hears every event and asks the rules what is next; one turn runs at a time.
 * It keeps nothing of its own that matters: whoever opens the session again gets one that goes on
 * from the same event.
 */
struct orchestrator;

/* Nothing to do until the user says something; called again each time that is so anew. */
typedef void (*idle_fn)(void *ctx);

/* Joins the bus: `now` has to be up to date when an event gets here. All borrowed. */
struct orchestrator *orchestrator_new(const struct services *with, const struct state *now,
                                      const struct team_settings *team, idle_fn idle, void *ctx);
void orchestrator_free(struct orchestrator *o); /* a turn in progress is dropped */

void orchestrator_go(struct orchestrator *o);    /* begin, or go on after a pause or trouble */
void orchestrator_pause(struct orchestrator *o); /* after the turn in progress */

/* Go on for one turn, or until a proposal is there, which then waits whatever the autonomy is. */
void orchestrator_step(struct orchestrator *o, bool to_proposal);
void orchestrator_stop(struct orchestrator *o); /* now: the turn is cancelled, then a pause */
bool orchestrator_is_busy(const struct orchestrator *o);
bool orchestrator_is_paused(const struct orchestrator *o);

#endif
