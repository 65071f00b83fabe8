#ifndef TUI_DELIVERY_H
#define TUI_DELIVERY_H

#include "base/strbuf.h"
#include "event/state.h"

/*
 * When what is written in the prompt reaches somebody. It is said beside the prompt before anybody
 * presses Enter, and never changes under a text that is being written.
 */
enum delivery {
	DELIVERY_PROMPT,  /* an instruction of its own, when the agents are done */
	DELIVERY_NOTE,    /* a remark in the next request */
	DELIVERY_NOW,     /* the same, but the turn in progress is stopped for it */
	DELIVERY_VERDICT, /* it answers what waits: do this instead */
	DELIVERY_COUNT,
};

/* What decides between them. */
struct delivery_place {
	const struct state *now;
	bool is_busy;      /* somebody is at work */
	bool is_in_review; /* of the proposal that waits */
};

bool delivery_is_possible(enum delivery delivery, const struct delivery_place *at);
enum delivery delivery_usual(const struct delivery_place *at);
enum delivery delivery_next(enum delivery delivery, const struct delivery_place *at);

/* "when they are done"; short: "later" */
void delivery_tell(struct strbuf *out, enum delivery delivery, const struct delivery_place *at,
                   bool is_short);

#endif
