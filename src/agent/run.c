#include <stdlib.h>
#include <string.h>

#include "agent/turn.h"
#include "base/mem.h"

/* A turn of Blender: the candidate is run, and what came of it becomes an event. */
struct running {
	struct turn turn;
	struct blender_call *call;
	struct strbuf script;
	int64_t id;
};

/* What a model can read at once of what its script printed. */
#define PRINTED_MAX 4000u

static void release(struct turn *t)
{
	strbuf_release(&((struct running *)t)->script);
}

static void cancel(struct turn *t)
{
	struct running *r = (struct running *)t;

	if (r->call)
		blender_cancel(r->call);
}

/* The end of what was printed says more than its beginning. */
static const char *tail(const char *printed)
{
	size_t len = printed ? strlen(printed) : 0;
	const char *at = printed + len - (len > PRINTED_MAX ? PRINTED_MAX : len);

	while (len > PRINTED_MAX && (*at & 0xc0) == 0x80)
		at++;
	return len ? at : NULL;
}

static enum failure failure_named(const char *kind)
{
	for (int i = 0; failure_names[i]; i++)
		if (kind && !strcmp(failure_names[i], kind))
			return (enum failure)i;
	return FAILURE_ERROR;
}

static void send_failure(struct running *r, const struct blender_result *result)
{
	const struct blender_problem *p = &result->problem;
	struct script_failed failed = {
		.script = r->id,
		.failure = result->ok ? FAILURE_NOTHING : failure_named(p->kind),
		.type = p->type,
		.message = p->message,
		.line = p->line,
		.source = p->source,
		.traceback = p->traceback,
		.printed = tail(result->printed),
		.took_ms = result->ms,
	};

	if (result->ok)
		failed.message = result->nothing_why ? result->nothing_why
		                                     : "the script built nothing that can be seen";
	turn_send(&r->turn, EV_SCRIPT_FAILED, ROLE_BLENDER,
	          &(union event_body){ .failed = failed });
}

static void send_success(struct running *r, const struct blender_result *result)
{
	size_t count = result->parts.count;
	struct built_part *parts = xcalloc(count + 1, sizeof(*parts));
	struct script_ran ran = {
		.script = r->id,
		.took_ms = result->ms,
		.objects = result->objects,
		.faces = result->faces,
		.parts = { parts, count },
		.warnings = result->warnings,
		.printed = tail(result->printed),
	};

	for (size_t i = 0; i < count; i++) {
		const struct blender_part *p = &result->parts.items[i];

		parts[i] =
			(struct built_part){ p->name, p->type, p->parent, p->faces, p->materials };
	}
	turn_send(&r->turn, EV_SCRIPT_RAN, ROLE_BLENDER, &(union event_body){ .ran = ran });
	free(parts);
}

static void on_done(void *ctx, const struct blender_result *result, const struct error *err)
{
	struct running *r = ctx;

	r->call = NULL;
	if (!err && result->ok && !result->nothing)
		send_success(r, result);
	else if (!err)
		send_failure(r, result);
	turn_end(&r->turn, err);
}

struct turn *turn_run(const struct state *now, const struct services *with, turn_fn done, void *ctx)
{
	struct running *r = NEW(struct running);
	struct error err;

	r->turn = (struct turn){ .with = with,
		                 .now = now,
		                 .done = done,
		                 .ctx = ctx,
		                 .cancel = cancel,
		                 .release = release };
	r->id = now->candidate.id;
	if (blob_get(&r->script, with->blobs, now->candidate.blob, &err))
		r->call = blender_do(with->blender,
		                     &(struct blender_job){ .type = BLENDER_RUN,
		                                            .script = strbuf_str(&r->script) },
		                     NULL, on_done, r);
	else
		turn_end(&r->turn, &err);
	return &r->turn;
}
