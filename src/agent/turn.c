#include "agent/turn.h"

#include <stdlib.h>

#include "base/loop.h"

static void finish(void *ctx)
{
	struct turn *t = ctx;
	turn_fn done = t->done;
	void *done_ctx = t->ctx;
	struct error err = t->err;
	bool is_failed = t->is_failed;

	t->release(t);
	free(t);
	done(done_ctx, is_failed ? &err : NULL);
}

void turn_end(struct turn *t, const struct error *err)
{
	if (t->ending)
		return;
	t->is_failed = err != NULL;
	if (err)
		t->err = *err;
	t->ending = loop_after(t->with->loop, 0, finish, t);
}

void turn_send(struct turn *t, enum event_kind kind, enum role role, const union event_body *body)
{
	bus_send(t->with->bus, &(struct event){ .kind = kind, .role = role, .body = *body });
}

void turn_cancel(struct turn *turn)
{
	if (!turn->ending)
		turn->cancel(turn);
}
