#ifndef BLENDER_CREW_H
#define BLENDER_CREW_H

#include "blender/worker.h"

/*
 * Two workers: one is at work and one stands by, so that replacing the first costs nothing. Those
 * that do not get as far as working are tried again, but not for ever.
 */
struct crew;

struct crew_options {
	struct worker_options worker; /* but for the desk; what it points to outlives the crew */
	const char *root;             /* the folder that desks are laid in */
	bool alone;
};

struct crew_events {
	void (*ready)(void *ctx);                              /* crew_worker() can be asked */
	void (*heard)(void *ctx, const struct json *message);  /* from that one */
	void (*lost)(void *ctx, const struct worker_end *end); /* it is gone, unasked */
	void (*failed)(void *ctx, const struct error *err);    /* none can be started */
	void *ctx;
};

struct crew *crew_new(struct loop *loop, const struct crew_options *o,
                      const struct crew_events *events);
void crew_free(struct crew *crew); /* not from an event */

void crew_call(struct crew *crew);             /* have one ready, sooner or later */
struct worker *crew_worker(struct crew *crew); /* the one to ask, if it is ready; or NULL */
void crew_replace(struct crew *crew);          /* kill it, the next one takes its place */
void crew_praise(struct crew *crew);           /* it got as far as working, whatever came of it */

#endif
