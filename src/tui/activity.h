#ifndef TUI_ACTIVITY_H
#define TUI_ACTIVITY_H

#include "event/event.h"

/*
 * Who is at work, with what, and how far it has come: from events, so whoever watches knows why he
 * waits. All zeros is nobody. Times are the loop's. Whether it goes on at all the session
 * knows: a pause is no event.
 */
struct activity {
	enum role role;
	const char *doing; /* "writes"; NULL: nothing is known to be under way */
	int64_t since_ms;
	int64_t words; /* of the reply, so far */

	char *work; /* the part of it under way, as in "front"; NULL: not said */
	int64_t done, of;

	char *retry; /* why the model is asked again; NULL: it is not */
	int64_t retry_at_ms, retries;

	char *model;            /* of the agent at work, or of the last that was; NULL: none yet */
	int64_t context_tokens; /* of its last request; 0: not known */
};

void activity_hear(struct activity *a, const struct event *ev, int64_t now_ms);
void activity_release(struct activity *a);

/* "coder writes 12 s", "blender draws front 2/4 6 s"; nothing if nothing is known. */
void activity_tell(struct strbuf *out, const struct activity *a, int64_t now_ms);

void activity_tell_wait(struct strbuf *out, int64_t ms); /* " 12 s", from a second on */

/* "rate limited (HTTP 429): again in 41 s, try 3"; nothing if nobody waits for a model. */
void activity_tell_retry(struct strbuf *out, const struct activity *a, int64_t now_ms);

#endif
