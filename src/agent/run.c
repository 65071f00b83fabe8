#include <stdlib.h>
#include <string.h>

#include "agent/preflight.h"
#include "base/mem.h"

/*
 * A turn of Blender: the candidate is run, and what came of it becomes an event. Before that its
 * names are looked up, since a name that is not there is cheaper found than raised.
 */
struct running {
	struct turn turn;
	struct blender_task *task;
	struct strbuf script;
	int64_t id;
	struct rag_misnomers misnomers; /* in a script that is run all the same */
};

/* What a model can read at once of what its script printed. */
#define PRINTED_MAX 4000u

static void release(struct turn *t)
{
	struct running *r = (struct running *)t;

	strbuf_release(&r->script);
	record_release(&rag_misnomers_type, &r->misnomers);
}

static void cancel(struct turn *t)
{
	struct running *r = (struct running *)t;

	struct error err;

	if (r->task) {
		blender_cancel(r->task);
		return;
	}
	catalogue_forget(t->with->catalogue);
	failed(&err, ERR_CANCELLED, "the run was stopped");
	turn_end(t, &err);
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

static const enum failure failures[] = {
	[BLENDER_ERROR] = FAILURE_ERROR,     [BLENDER_SYNTAX] = FAILURE_SYNTAX,
	[BLENDER_TIMEOUT] = FAILURE_TIMEOUT, [BLENDER_EXIT] = FAILURE_EXIT,
	[BLENDER_MEMORY] = FAILURE_MEMORY,   [BLENDER_CRASH] = FAILURE_CRASH,

	[BLENDER_NOTHING] = FAILURE_NOTHING,
};

static void send_failure(struct running *r, const struct blender_result *result)
{
	const struct blender_fault *f = &result->fault;
	struct script_failed failed = {
		.script = r->id,
		.failure = failures[f->kind],
		.type = f->type,
		.message = f->message,
		.line = f->line,
		.source = f->source,
		.traceback = f->traceback,
		.printed = tail(result->run.printed),
		.took_ms = result->ms,
	};

	if (f->kind == BLENDER_FINE) {
		failed.failure = FAILURE_NOTHING;
		failed.message = result->run.nothing_why ? result->run.nothing_why
		                                         : "the script built nothing to be seen";
	}
	turn_send(&r->turn, EV_SCRIPT_FAILED, ROLE_BLENDER,
	          &(union event_body){ .failed = failed });
}

/* "line 12: Nothing selected": names, Python's warnings, then what operators said. */
static void list_warnings(struct strbuf *texts, const char **list,
                          const struct rag_misnomers *misnomers, const struct blender_run *run)
{
	size_t count = 0;

	for (size_t i = 0; i < misnomers->list.count; i++, count++) {
		preflight_tell(&texts[count], &misnomers->list.items[i]);
		list[count] = strbuf_str(&texts[count]);
	}
	for (size_t i = 0; i < run->warnings.count; i++, count++) {
		if (run->warnings.items[i].line)
			strbuf_addf(&texts[count],
			            "line %lld: ", (long long)run->warnings.items[i].line);
		strbuf_addstr(&texts[count], run->warnings.items[i].text);
		list[count] = strbuf_str(&texts[count]);
	}
	for (size_t i = 0; i < run->reports.count; i++)
		if (run->reports.items[i].level != BLENDER_INFO)
			list[count++] = run->reports.items[i].text;
}

static size_t count_warnings(const struct blender_run *run)
{
	size_t count = run->warnings.count;

	for (size_t i = 0; i < run->reports.count; i++)
		count += run->reports.items[i].level != BLENDER_INFO;
	return count;
}

static void send_success(struct running *r, const struct blender_result *result)
{
	const struct blender_run *run = &result->run;
	size_t parts_count = run->parts.count;
	size_t warnings = r->misnomers.list.count + count_warnings(run);
	struct built_part *parts = xcalloc(parts_count + 1, sizeof(*parts));
	struct strbuf *texts = xcalloc(warnings + 1, sizeof(*texts));
	const char **list = xcalloc(warnings + 1, sizeof(*list));
	struct script_ran ran = {
		.script = r->id,
		.took_ms = result->ms,
		.objects = run->objects,
		.faces = run->faces,
		.parts = { parts, parts_count },
		.warnings = { list, warnings },
		.printed = tail(run->printed),
	};

	list_warnings(texts, list, &r->misnomers, run);
	for (size_t i = 0; i < parts_count; i++) {
		const struct blender_part *p = &run->parts.items[i];

		parts[i] =
			(struct built_part){ p->name, p->type, p->parent, p->faces, p->materials };
	}
	turn_send(&r->turn, EV_SCRIPT_RAN, ROLE_BLENDER, &(union event_body){ .ran = ran });
	for (size_t i = 0; i < warnings; i++)
		strbuf_release(&texts[i]);
	free(texts);
	free(list);
	free(parts);
}

/* Our half inside Blender broke: no repair of the script mends that. */
static bool is_our_fault(const struct blender_result *result, struct error *err)
{
	const struct blender_fault *f = &result->fault;

	if (f->kind != BLENDER_FAILED && f->kind != BLENDER_REFUSED)
		return false;
	failed(err, ERR_WORKER, "Blender could not run the script at all: %s", f->message);
	return true;
}

static void on_done(void *ctx, const struct blender_result *result, const struct error *failure)
{
	struct running *r = ctx;
	struct error err;

	r->task = NULL;
	if (failure) {
		turn_end(&r->turn, failure);
	} else if (is_our_fault(result, &err)) {
		turn_end(&r->turn, &err);
	} else {
		if (result->fault.kind == BLENDER_FINE && !result->run.nothing)
			send_success(r, result);
		else
			send_failure(r, result);
		turn_end(&r->turn, NULL);
	}
}

static void run(struct running *r)
{
	r->task = blender_do(
		r->turn.with->blender,
		&(struct blender_job){ .type = BLENDER_RUN, .script = strbuf_str(&r->script) },
		NULL, on_done, r);
}

/* What cannot be read or checked is run: then Blender says what is wrong with it. */
static void find_misnomers(struct running *r, const struct blender_result *result)
{
	struct rag *rag = catalogue_rag(r->turn.with->catalogue);
	struct error ignored;

	if (rag && result->fault.kind == BLENDER_FINE && result->names.tree)
		rag_check(rag, result->names.tree, &r->misnomers, &ignored);
}

static void on_names(void *ctx, const struct blender_result *result, const struct error *failure)
{
	struct running *r = ctx;

	r->task = NULL;
	if (failure) {
		turn_end(&r->turn, failure);
		return;
	}
	find_misnomers(r, result);
	if (preflight_refuses(r->turn.now, &r->misnomers)) {
		preflight_send(&r->turn, strbuf_str(&r->script), &r->misnomers, result->ms);
		turn_end(&r->turn, NULL);
	} else {
		run(r);
	}
}

static void on_catalogue(void *ctx)
{
	struct running *r = ctx;

	if (!catalogue_rag(r->turn.with->catalogue)) {
		run(r);
		return;
	}
	r->task = blender_do(
		r->turn.with->blender,
		&(struct blender_job){ .type = BLENDER_NAMES, .script = strbuf_str(&r->script) },
		NULL, on_names, r);
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
	if (!blob_get(&r->script, with->blobs, now->candidate.blob, &err))
		turn_end(&r->turn, &err);
	else if (with->no_preflight)
		run(r);
	else
		catalogue_await(with->catalogue, on_catalogue, r);
	return &r->turn;
}
