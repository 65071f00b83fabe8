#ifndef AGENT_TURN_H
#define AGENT_TURN_H

#include "agent/agent.h"

/*
 * What all turns have in common: somebody waits for the end of it, which comes once and from the
 * loop. Whoever runs a turn puts this first in its own struct.
 */
struct turn {
	const struct services *with;
	const struct state *now; /* stands still while the turn runs, but for what the turn sends */
	turn_fn done;
	void *ctx;
	void (*cancel)(struct turn *t);
	void (*release)(struct turn *t); /* what the turn owns; then the turn itself is freed */
	struct timer *ending;
	struct error err;
	bool is_failed;
};

/* End the turn from the loop; `err` NULL: all went well. Nothing may touch it afterwards. */
void turn_end(struct turn *t, const struct error *err);

void turn_send(struct turn *t, enum event_kind kind, enum role role, const union event_body *body);

#endif
