#ifndef EVENT_TALK_H
#define EVENT_TALK_H

#include "event/event.h"

/*
 * What has been said so far, in short: the shared context. Every agent reads all of it, rendered
 * the same way for each, and it only ever grows, so servers can cache it.
 */
struct utterance {
	int64_t event;
	enum role role;
	char *text; /* lines end in \n, the last one does not */
};

struct talk {
	struct utterance *items;
	size_t count, cap;
};

/* Take note of an event, if it says anything. */
void talk_hear(struct talk *talk, const struct event *ev);
void talk_release(struct talk *talk);

#endif
