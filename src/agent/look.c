#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/turn.h"
#include "base/mem.h"

/* How many views are drawn when none are named. */
#define VIEWS_USUAL 5

/* A turn of Blender: one version is measured, then drawn. */
struct looking {
	struct turn turn;
	struct blender_task *task;
	struct strbuf script;
	int64_t id;
	const char *quality;
	int64_t drawn; /* pictures so far */
};

static void release(struct turn *t)
{
	strbuf_release(&((struct looking *)t)->script);
}

static void cancel(struct turn *t)
{
	struct looking *l = (struct looking *)t;

	if (l->task)
		blender_cancel(l->task);
}

static void on_picture(void *ctx, const struct blender_picture *picture)
{
	struct looking *l = ctx;

	turn_send(&l->turn, EV_WORK_WENT_ON, ROLE_BLENDER,
	          &(union event_body){ .work = { picture->view, ++l->drawn, VIEWS_USUAL } });
}

static void send_views(struct looking *l, const struct blender_result *result, struct view *list,
                       size_t count)
{
	struct views views = {
		.script = l->id,
		.quality = l->quality,
		.engine = result->views.engine,
		.took_ms = result->ms,
		.list = { list, count },
	};

	turn_send(&l->turn, EV_VIEWS_DRAWN, ROLE_BLENDER, &(union event_body){ .views = views });
}

static bool keep_views(struct looking *l, const struct blender_result *result, struct error *err)
{
	size_t count = result->views.pictures.count;
	struct view *list = xcalloc(count + 1, sizeof(*list));
	char(*hashes)[BLOB_HASH_SIZE] = xcalloc(count + 1, sizeof(*hashes));
	bool ok = true;

	for (size_t i = 0; ok && i < count; i++) {
		const struct blender_picture *p = &result->views.pictures.items[i];

		ok = blob_put_file(l->turn.with->blobs, p->path, hashes[i], err);
		list[i] = (struct view){ p->view, hashes[i], p->width_px, p->height_px };
	}
	if (ok)
		send_views(l, result, list, count);
	free(list);
	free(hashes);
	return ok;
}

/* A scene that cannot be looked at is trouble: the script itself has run. */
static bool has_failed(const struct blender_result *result, const struct error *failure,
                       struct error *err)
{
	if (failure)
		*err = *failure;
	else if (result->fault.kind != BLENDER_FINE)
		failed(err, ERR_WORKER, "Blender could not show the scene: %s",
		       result->fault.message);
	return failure || result->fault.kind != BLENDER_FINE;
}

static void on_views(void *ctx, const struct blender_result *result, const struct error *failure)
{
	struct looking *l = ctx;
	struct error err;
	bool ok;

	l->task = NULL;
	ok = !has_failed(result, failure, &err) && keep_views(l, result, &err);
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
	const struct blender_facts *facts = &result->facts;
	size_t count = facts->problems.count;
	struct fact *problems = xcalloc(count + 1, sizeof(*problems));
	const char *json = result->json ? result->json : "{}";
	char hash[BLOB_HASH_SIZE], size[80];
	bool ok = blob_put(l->turn.with->blobs, json, strlen(json), hash, err);

	for (size_t i = 0; i < count; i++) {
		const struct blender_problem *p = &facts->problems.items[i];

		problems[i] =
			(struct fact){ p->part, p->kind, p->text, severity_named(p->severity) };
	}
	snprintf(size, sizeof(size), "%.3g x %.3g x %.3g m", facts->size_m[0], facts->size_m[1],
	         facts->size_m[2]);
	if (ok)
		turn_send(&l->turn, EV_FACTS_FOUND, ROLE_BLENDER,
		          &(union event_body){ .facts = { .script = l->id,
		                                          .blob = hash,
		                                          .objects = (int64_t)facts->objects.count,
		                                          .faces = facts->faces,
		                                          .size = size,
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
		.level = 2,
		.size_px = l->turn.with->view_px,
	};

	l->task = blender_do(l->turn.with->blender, &job, on_picture, done, l);
}

static void on_facts(void *ctx, const struct blender_result *result, const struct error *failure)
{
	struct looking *l = ctx;
	struct error err;

	l->task = NULL;
	if (!has_failed(result, failure, &err) && keep_facts(l, result, &err))
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
