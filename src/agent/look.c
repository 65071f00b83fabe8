#include <stdlib.h>
#include <string.h>

#include "agent/turn.h"
#include "base/mem.h"

/* A turn of Blender: one version is measured, then drawn. */
struct looking {
	struct turn turn;
	struct blender_call *call;
	struct strbuf script;
	int64_t id;
	const char *quality;
};

static void release(struct turn *t)
{
	strbuf_release(&((struct looking *)t)->script);
}

static void cancel(struct turn *t)
{
	struct looking *l = (struct looking *)t;

	if (l->call)
		blender_cancel(l->call);
}

static void on_progress(void *ctx, const char *what, int done, int of)
{
	struct looking *l = ctx;

	turn_send(&l->turn, EV_WORK_WENT_ON, ROLE_BLENDER,
	          &(union event_body){ .work = { what, done, of } });
}

static void send_views(struct looking *l, const struct blender_result *result, struct view *list,
                       size_t count)
{
	struct views views = {
		.script = l->id,
		.quality = l->quality,
		.engine = result->engine,
		.took_ms = result->ms,
		.list = { list, count },
	};

	turn_send(&l->turn, EV_VIEWS_DRAWN, ROLE_BLENDER, &(union event_body){ .views = views });
}

static bool keep_views(struct looking *l, const struct blender_result *result, struct error *err)
{
	size_t count = result->pictures.count;
	struct view *list = xcalloc(count + 1, sizeof(*list));
	char(*hashes)[BLOB_HASH_SIZE] = xcalloc(count + 1, sizeof(*hashes));
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++) {
		const struct blender_picture *p = &result->pictures.items[i];

		ok = blob_put_file(l->turn.with->blobs, p->path, hashes[i], err);
		list[i] = (struct view){ p->view, hashes[i], p->width, p->height };
	}
	if (ok)
		send_views(l, result, list, count);
	free(list);
	free(hashes);
	return ok;
}

static void on_views(void *ctx, const struct blender_result *result, const struct error *failure)
{
	struct looking *l = ctx;
	struct error err;
	bool ok;

	l->call = NULL;
	if (failure) {
		turn_end(&l->turn, failure);
		return;
	}
	ok = keep_views(l, result, &err);
	turn_end(&l->turn, ok ? NULL : &err);
}

static enum severity severity_named(const char *name)
{
	for (int i = 0; severity_names[i]; i++)
		if (name && !strcmp(severity_names[i], name))
			return (enum severity)i;
	return SEVERITY_LOW;
}

static bool keep_facts(struct looking *l, const struct blender_result *result, struct error *err)
{
	size_t count = result->facts.count;
	struct fact *problems = xcalloc(count + 1, sizeof(*problems));
	char hash[BLOB_HASH_SIZE];
	bool ok = blob_put(l->turn.with->blobs, result->json, strlen(result->json), hash, err);

	for (size_t i = 0; i < count; i++) {
		const struct blender_fact *f = &result->facts.items[i];

		problems[i] =
			(struct fact){ f->part, f->kind, f->text, severity_named(f->severity) };
	}
	if (ok)
		turn_send(&l->turn, EV_FACTS_FOUND, ROLE_BLENDER,
		          &(union event_body){ .facts = { .script = l->id,
		                                          .blob = hash,
		                                          .objects = result->objects,
		                                          .faces = result->faces,
		                                          .size = result->size,
		                                          .problems = { problems, count } } });
	free(problems);
	return ok;
}

static void ask_blender(struct looking *l, enum blender_job_type type, blender_fn done)
{
	struct blender_job job = {
		.type = type,
		.script = strbuf_str(&l->script),
		.quality = l->quality,
	};

	l->call = blender_do(l->turn.with->blender, &job, on_progress, done, l);
}

static void on_facts(void *ctx, const struct blender_result *result, const struct error *failure)
{
	struct looking *l = ctx;
	struct error err;

	l->call = NULL;
	if (failure)
		turn_end(&l->turn, failure);
	else if (keep_facts(l, result, &err))
		ask_blender(l, BLENDER_VIEWS, on_views);
	else
		turn_end(&l->turn, &err);
}

struct turn *turn_look(const struct state *now, const struct services *with, const char *quality,
                       turn_fn done, void *ctx)
{
	struct looking *l = NEW(struct looking);
	const struct version *version = state_version(now);
	struct error err;

	l->turn = (struct turn){ .with = with,
		                 .now = now,
		                 .done = done,
		                 .ctx = ctx,
		                 .cancel = cancel,
		                 .release = release };
	l->id = version->id;
	l->quality = quality;
	if (!version->blob)
		failed(&err, ERR_WORKER, "there is no script to look at");
	else if (blob_get(&l->script, with->blobs, version->blob, &err)) {
		ask_blender(l, BLENDER_FACTS, on_facts);
		return &l->turn;
	}
	turn_end(&l->turn, &err);
	return &l->turn;
}
