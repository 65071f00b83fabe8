#include "tui/fence.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
	PATIENCE_MS = 2000,
	LATE_MOST = 32, /* unanswered ones that are remembered */
};

struct fence {
	struct fence *next;
	struct fences *all;
	int64_t asked_ms;
	struct timer *timer; /* NULL: it is too late, and fn has been called */
	bool lost;           /* no answer will come, but fn has to be called */
	fence_fn fn;
	void *ctx;
};

struct fences {
	struct loop *loop;
	struct fence *oldest;
};

struct fences *fences_new(struct loop *loop)
{
	struct fences *f = NEW(struct fences);

	f->loop = loop;
	return f;
}

/* Out of the list, and gone. */
static void drop(struct fence *fence)
{
	struct fence **at = &fence->all->oldest;

	while (*at != fence)
		at = &(*at)->next;
	*at = fence->next;
	timer_free(fence->timer);
	free(fence);
}

void fences_free(struct fences *f)
{
	if (!f)
		return;
	while (f->oldest)
		drop(f->oldest);
	free(f);
}

static void on_timeout(void *ctx)
{
	struct fence *fence = ctx;
	fence_fn fn = fence->fn;
	void *fn_ctx = fence->ctx;

	fence->timer = NULL;
	if (fence->lost)
		drop(fence);
	fn(fn_ctx, -1);
}

static size_t count_late(const struct fences *f)
{
	size_t n = 0;

	for (struct fence *fence = f->oldest; fence; fence = fence->next)
		n += !fence->timer;
	return n;
}

void fences_ask(struct fences *f, struct strbuf *out, fence_fn fn, void *ctx)
{
	struct fence *fence = NEW(struct fence), **at = &f->oldest;

	*fence = (struct fence){ .all = f, .fn = fn, .ctx = ctx };
	fence->asked_ms = loop_now_ms(f->loop);
	fence->timer = loop_after(f->loop, PATIENCE_MS, on_timeout, fence);
	while (*at)
		at = &(*at)->next;
	*at = fence;
	if (count_late(f) > LATE_MOST && !f->oldest->timer)
		drop(f->oldest);
	strbuf_addstr(out, "\033[c");
}

void fences_answer(struct fences *f)
{
	struct fence *fence = f->oldest;
	struct fence answered;

	while (fence && fence->lost)
		fence = fence->next;
	if (!fence)
		return; /* somebody else's question, or a joke */
	answered = *fence;
	drop(fence);
	if (answered.timer)
		answered.fn(answered.ctx, (int)(loop_now_ms(f->loop) - answered.asked_ms));
}

static void ignore(void *ctx, int took_ms)
{
	(void)ctx;
	(void)took_ms;
}

/* Its answer still comes, and must not be taken for that of another one. */
void fences_forget(struct fences *f, fence_fn fn, void *ctx)
{
	for (struct fence *fence = f->oldest; fence; fence = fence->next)
		if (fence->fn == fn && fence->ctx == ctx)
			fence->fn = ignore;
}

bool fences_waiting(const struct fences *f)
{
	for (struct fence *fence = f->oldest; fence; fence = fence->next)
		if (fence->timer && !fence->lost)
			return true;
	return false;
}

void fences_lose(struct fences *f)
{
	for (struct fence *fence = f->oldest, *next; fence; fence = next) {
		next = fence->next;
		fence->lost = true;
		if (!fence->timer)
			drop(fence);
	}
}
