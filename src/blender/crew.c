#include "blender/crew.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "blender/desk.h"

enum {
	TRIES = 3,
	STAND_BY_MS = 1500, /* after the first is ready, which has work to do and needs the cores */
	LEAVING_MOST = 32,
};

struct crew {
	struct loop *loop;
	struct crew_options options;
	struct crew_events on;
	struct worker *active, *spare;
	struct worker *leaving[LEAVING_MOST]; /* killed, and not yet gone */
	struct timer *stand_by, *retry;
	unsigned desks;
	int deaths; /* in a row, of workers that did nothing */
};

static void on_ready(void *ctx, struct worker *w);
static void on_heard(void *ctx, struct worker *w, const struct json *message);
static void on_ended(void *ctx, struct worker *w, const struct worker_end *end);

struct crew *crew_new(struct loop *loop, const struct crew_options *o,
                      const struct crew_events *events)
{
	struct crew *crew = NEW(struct crew);

	crew->loop = loop;
	crew->options = *o;
	crew->on = *events;
	return crew;
}

static void drop_timer(struct timer **timer)
{
	if (*timer)
		timer_free(*timer);
	*timer = NULL;
}

void crew_free(struct crew *crew)
{
	if (!crew)
		return;
	drop_timer(&crew->stand_by);
	drop_timer(&crew->retry);
	worker_free(crew->active);
	worker_free(crew->spare);
	for (size_t i = 0; i < LEAVING_MOST; i++)
		worker_free(crew->leaving[i]);
	free(crew);
}

static bool start(struct crew *crew, struct worker **out, struct error *err)
{
	struct worker_options o = crew->options.worker;
	struct worker_events events = { on_ready, on_heard, on_ended, crew };
	struct strbuf desk = { 0 };
	bool ok;

	strbuf_addf(&desk, "%s/desk-%u", crew->options.root, ++crew->desks);
	o.desk = strbuf_str(&desk);
	/* Caches are there to be cleared, also while we run. */
	ok = (!o.cache_dir || file_make_dir(o.cache_dir, 0700, err)) && desk_lay(o.desk, err) &&
	     worker_start(out, crew->loop, &o, &events, err);
	strbuf_release(&desk);
	return ok;
}

static void on_stand_by(void *ctx)
{
	struct crew *crew = ctx;
	struct error err;

	crew->stand_by = NULL;
	if (!crew->spare && !start(crew, &crew->spare, &err))
		crew->spare = NULL; /* it will be missed, and started, when its turn comes */
}

static void want_spare(struct crew *crew)
{
	if (!crew->options.alone && !crew->spare && !crew->stand_by)
		crew->stand_by = loop_after(crew->loop, STAND_BY_MS, on_stand_by, crew);
}

/* From the loop, since whoever called did not ask for an answer yet. */
static void on_retry(void *ctx)
{
	struct crew *crew = ctx;
	struct error err;

	crew->retry = NULL;
	if (crew->active || start(crew, &crew->active, &err))
		return;
	crew->active = NULL;
	crew->on.failed(crew->on.ctx, &err);
}

void crew_call(struct crew *crew)
{
	if (crew->active || crew->retry)
		return;
	crew->deaths = 0;
	crew->retry = loop_after(crew->loop, 0, on_retry, crew);
}

struct worker *crew_worker(struct crew *crew)
{
	return crew->active && worker_info(crew->active) ? crew->active : NULL;
}

void crew_praise(struct crew *crew)
{
	crew->deaths = 0;
}

/* The one at work has left its place. */
static void move_up(struct crew *crew)
{
	crew->active = crew->spare;
	crew->spare = NULL;
	if (!crew->active && !crew->retry)
		crew->retry = loop_after(crew->loop, 0, on_retry, crew);
	else if (crew_worker(crew))
		want_spare(crew);
}

void crew_replace(struct crew *crew)
{
	struct worker *old = crew->active;
	size_t i = 0;

	if (!old)
		return;
	while (i < LEAVING_MOST && crew->leaving[i])
		i++;
	if (i < LEAVING_MOST) {
		worker_kill(old);
		crew->leaving[i] = old;
	} else {
		worker_free(old); /* waits: they leave more slowly than they are replaced */
	}
	move_up(crew);
}

static void on_ready(void *ctx, struct worker *w)
{
	struct crew *crew = ctx;

	if (w != crew->active)
		return;
	want_spare(crew);
	crew->on.ready(crew->on.ctx);
}

static void on_heard(void *ctx, struct worker *w, const struct json *message)
{
	struct crew *crew = ctx;

	if (w == crew->active)
		crew->on.heard(crew->on.ctx, message);
}

static void lose_active(struct crew *crew, struct worker *w, const struct worker_end *end)
{
	bool was_ready = worker_info(w) != NULL;
	bool hopeless = !was_ready && end->why.code != ERR_WORKER;

	crew->deaths++;
	if (was_ready)
		crew->on.lost(crew->on.ctx, end); /* who may ask for its last words */
	crew->active = NULL;
	if (!hopeless && crew->deaths < TRIES)
		move_up(crew);
	else
		crew->on.failed(crew->on.ctx, &end->why);
}

static void on_ended(void *ctx, struct worker *w, const struct worker_end *end)
{
	struct crew *crew = ctx;

	for (size_t i = 0; i < LEAVING_MOST; i++)
		if (crew->leaving[i] == w)
			crew->leaving[i] = NULL;
	if (w == crew->spare)
		crew->spare = NULL;
	if (w == crew->active)
		lose_active(crew, w, end);
	worker_free(w);
}
