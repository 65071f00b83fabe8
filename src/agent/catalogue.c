#include "agent/catalogue.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

struct catalogue {
	struct loop *loop;
	bool is_settled;
	struct rag *rag;
	char *why;
	catalogue_fn fn; /* who waits; NULL: nobody */
	void *ctx;
	struct timer *timer; /* until they are told */
};

struct catalogue *catalogue_new(struct loop *loop)
{
	struct catalogue *c = NEW(struct catalogue);

	c->loop = loop;
	return c;
}

void catalogue_free(struct catalogue *c)
{
	if (!c)
		return;
	catalogue_forget(c);
	free(c->why);
	free(c);
}

static void tell(void *ctx)
{
	struct catalogue *c = ctx;
	catalogue_fn fn = c->fn;

	c->timer = NULL;
	c->fn = NULL;
	fn(c->ctx);
}

static void tell_soon(struct catalogue *c)
{
	if (c->is_settled && c->fn && !c->timer)
		c->timer = loop_after(c->loop, 0, tell, c);
}

void catalogue_settle(struct catalogue *c, struct rag *rag, const char *why)
{
	c->is_settled = true;
	c->rag = rag;
	free(c->why);
	c->why = why ? xstrdup(why) : NULL;
	tell_soon(c);
}

struct rag *catalogue_rag(const struct catalogue *c)
{
	return c->rag;
}

const char *catalogue_why(const struct catalogue *c)
{
	return c->why;
}

void catalogue_await(struct catalogue *c, catalogue_fn fn, void *ctx)
{
	assert(!c->fn);
	c->fn = fn;
	c->ctx = ctx;
	tell_soon(c);
}

void catalogue_forget(struct catalogue *c)
{
	if (c->timer)
		timer_free(c->timer);
	c->timer = NULL;
	c->fn = NULL;
}
