#include "cli/workshop.h"

/* A question to Blender and its answer. */
struct waiting {
	workshop_fn take;
	void *ctx;
	bool is_over, ok;
	struct error err;
};

bool workshop_open(struct workshop *out, const struct blender_settings *settings, struct error *err)
{
	*out = (struct workshop){ .loop = loop_new() };
	if (start_blender(&out->blender, out->loop, settings, err))
		return true;
	workshop_close(out);
	return false;
}

void workshop_close(struct workshop *w)
{
	blender_close(w->blender);
	if (w->loop)
		loop_free(w->loop);
	*w = (struct workshop){ 0 };
}

static bool wait_for(struct workshop *w, const struct waiting *waiting, struct error *err)
{
	while (!waiting->is_over && loop_turn(w->loop, -1))
		;
	if (!waiting->ok)
		*err = waiting->err;
	return waiting->ok;
}

static void on_ready(void *ctx, const struct error *err)
{
	struct waiting *waiting = ctx;

	waiting->is_over = true;
	waiting->ok = !err;
	if (err)
		waiting->err = *err;
}

const struct blender_info *workshop_info(struct workshop *w, struct error *err)
{
	struct waiting waiting = { 0 };

	if (!blender_info(w->blender)) {
		blender_when_ready(w->blender, on_ready, &waiting);
		if (!wait_for(w, &waiting, err))
			return NULL;
	}
	return blender_info(w->blender);
}

static void on_done(void *ctx, const struct blender_result *result, const struct error *err)
{
	struct waiting *waiting = ctx;

	waiting->is_over = true;
	if (err)
		waiting->err = *err;
	else if (result->fault.kind != BLENDER_FINE)
		failed(&waiting->err, ERR_WORKER, "Blender: %s", result->fault.message);
	else
		waiting->ok = !waiting->take || waiting->take(waiting->ctx, result, &waiting->err);
}

bool workshop_do(struct workshop *w, const struct blender_job *job, workshop_fn take, void *ctx,
                 struct error *err)
{
	struct waiting waiting = { .take = take, .ctx = ctx };

	blender_do(w->blender, job, NULL, on_done, &waiting);
	return wait_for(w, &waiting, err);
}
