#include "blender/blender.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "blender/crew.h"
#include "blender/desk.h"
#include "blender/find.h"
#include "blender/folders.h"
#include "blender/job.h"
#include "blender/shelf.h"

enum {
	MEMORY_MB = 4096,
	SOFT_S = 20,
	GRACE_S = 10,
	RUNS_MOST = 300, /* scripts for one process, which leaks a little with each */
	RSS_MOST_MB = 1500,
	PING_MS = 10000,
	ABANDONED_MS = 500, /* for a job that nobody waits for; a restart costs a second */
	WATCH_MS = 500,
	DESK_MOST_FILES = 20000,
};

#define DESK_MOST_BYTES ((size_t)4 << 30)

/* What the worker is busy with. */
enum doing {
	DOING_NOTHING,
	DOING_TASK,
	DOING_REBUILD,  /* the scene, for the task at the head of the queue */
	DOING_PING,     /* after a script: does it still answer, and how large has it become? */
	DOING_LEFTOVER, /* a task that was cancelled */
};

struct blender_task {
	struct blender_task *next;
	struct blender *blender;
	enum blender_job_type type;
	struct json *request;
	char *script; /* to be run, or that its scene has to come from; NULL: none */
	int soft_ms, grace_ms;
	blender_picture_fn picture;
	blender_fn done;
	void *ctx;
	bool is_over;
	struct timer *delivery; /* once it is over */
	struct blender_result result;
	struct error err; /* code 0: there is a result */
};

/* The scene that everybody means: what this script builds. Number 0 is the empty file. */
struct good {
	struct json *request;
	char *script;
	int limit_ms;
	unsigned number;
};

struct blender {
	struct loop *loop;
	struct found found;
	struct folders folders;
	struct shelves shelves;
	int memory_mb, soft_ms, grace_ms;
	bool alone;
	struct sandbox_probe *probe;
	struct crew *crew;   /* NULL until it is known in which sandbox */
	struct error broken; /* code 0: not that we know */
	struct blender_info info;
	bool is_ready;
	blender_ready_fn ready;
	void *ready_ctx;
	struct timer *tell_ready;

	struct blender_task *queue, *over, *current;
	struct timer *wake, *limit, *watch;
	enum doing doing;
	int64_t asked; /* the id of what it is doing */
	struct good good;
	int64_t scene; /* the number of what its file holds, -1: nobody knows */
	int runs;
	bool is_stale; /* should not run another script */
};

static void on_wake(void *ctx);

static void schedule(struct blender *b)
{
	if (!b->wake)
		b->wake = loop_after(b->loop, 0, on_wake, b);
}

static void drop_timer(struct timer **timer)
{
	if (*timer)
		timer_free(*timer);
	*timer = NULL;
}

static void task_free(struct blender_task *task)
{
	json_free(task->request);
	free(task->script);
	job_release(&task->result);
	drop_timer(&task->delivery);
	free(task);
}

static void unlink_task(struct blender_task **list, const struct blender_task *task)
{
	while (*list && *list != task)
		list = &(*list)->next;
	if (*list)
		*list = task->next;
}

/* The last thing done to a task; its owner may then close us. */
static void deliver(void *ctx)
{
	struct blender_task *task = ctx;
	struct blender *b = task->blender;

	task->delivery = NULL;
	unlink_task(&b->over, task);
	task->done(task->ctx, task->err.code ? NULL : &task->result,
	           task->err.code ? &task->err : NULL);
	task_free(task);
}

/* It is in no list any more, and its result or error is set. */
static void finish(struct blender_task *task)
{
	struct blender *b = task->blender;

	task->is_over = true;
	task->next = b->over;
	b->over = task;
	task->delivery = loop_after(b->loop, 0, deliver, task);
}

static void finish_with_error(struct blender_task *task, const struct error *err)
{
	job_release(&task->result);
	task->err = *err;
	finish(task);
}

static struct blender_task *take_head(struct blender *b)
{
	struct blender_task *task = b->queue;

	if (task)
		b->queue = task->next;
	return task;
}

static void tell_ready(void *ctx)
{
	struct blender *b = ctx;
	blender_ready_fn fn = b->ready;

	b->tell_ready = NULL;
	b->ready = NULL;
	fn(b->ready_ctx, b->broken.code ? &b->broken : NULL);
}

static void say_if_ready(struct blender *b)
{
	if (b->ready && !b->tell_ready && (b->is_ready || b->broken.code))
		b->tell_ready = loop_after(b->loop, 0, tell_ready, b);
}

/* It has stopped doing what it did, one way or another. */
static void stop_doing(struct blender *b)
{
	drop_timer(&b->limit);
	drop_timer(&b->watch);
	b->doing = DOING_NOTHING;
	b->asked++; /* what it may still say of that is not heard */
	schedule(b);
}

static void replace(struct blender *b)
{
	b->scene = 0;
	b->runs = 0;
	b->is_stale = false;
	crew_replace(b->crew);
	schedule(b);
}

/* The task that waits for what is being done: directly, or for its scene to be rebuilt. */
static struct blender_task *take_waiting(struct blender *b)
{
	struct blender_task *task = b->current;

	if (b->doing == DOING_REBUILD && b->queue && job_needs_scene(b->queue->type))
		task = take_head(b);
	b->current = NULL;
	return task;
}

static void add_printed(struct blender *b, struct blender_task *task)
{
	struct worker *w = crew_worker(b->crew);

	if (task->type == BLENDER_RUN && w)
		job_add_printed(&task->result.run, worker_printed(w));
}

static void finish_with_fault(struct blender *b, enum blender_fault_kind kind, const char *type,
                              const char *message)
{
	bool rebuilding = b->doing == DOING_REBUILD;
	struct blender_task *task = take_waiting(b);
	struct strbuf text = { 0 };

	if (!task)
		return;
	strbuf_addf(&text, "%s%s", rebuilding ? "building the scene again: " : "", message);
	job_release(&task->result);
	job_fault(&task->result, task->type, kind, type, strbuf_str(&text));
	if (!rebuilding)
		add_printed(b, task);
	strbuf_release(&text);
	finish(task);
}

static void on_limit(void *ctx)
{
	struct blender *b = ctx;

	b->limit = NULL;
	finish_with_fault(b, BLENDER_TIMEOUT, "timeout",
	                  "it did not come to an end in time and had to be killed");
	stop_doing(b);
	replace(b);
}

static void on_watch(void *ctx)
{
	struct blender *b = ctx;
	struct worker *w = crew_worker(b->crew);

	b->watch = NULL;
	if (!w || !desk_is_over(worker_desk(w), DESK_MOST_BYTES, DESK_MOST_FILES)) {
		b->watch = loop_after(b->loop, WATCH_MS, on_watch, b);
		return;
	}
	finish_with_fault(b, BLENDER_MEMORY, "disk", "it filled the disk and had to be killed");
	stop_doing(b);
	replace(b);
}

static void ask(struct blender *b, enum doing what, const struct json *request, int limit_ms)
{
	b->doing = what;
	b->limit = loop_after(b->loop, limit_ms, on_limit, b);
	b->watch = loop_after(b->loop, WATCH_MS, on_watch, b);
	worker_ask(crew_worker(b->crew), request, ++b->asked);
}

static void ask_ping(struct blender *b)
{
	struct json *ping = json_object();

	json_put_text(ping, "op", "ping");
	ask(b, DOING_PING, ping, PING_MS);
	json_free(ping);
}

static void ask_rebuild(struct blender *b)
{
	struct blender_job empty = { .type = BLENDER_RUN };
	struct json *request =
		b->good.request ? json_copy(b->good.request) : job_request(&empty, b->soft_ms);

	b->scene = -1;
	b->runs++;
	ask(b, DOING_REBUILD, request, b->good.request ? b->good.limit_ms : b->soft_ms);
	json_free(request);
}

static void ask_task(struct blender *b, struct blender_task *task)
{
	struct error err;

	if (job_has_files(task->type) &&
	    !shelf_lay(&b->shelves, task->type, b->folders.root.path, &err)) {
		finish_with_error(task, &err);
		schedule(b);
		return;
	}
	if (task->type == BLENDER_RUN) {
		b->scene = -1;
		b->runs++;
	}
	b->current = task;
	ask(b, DOING_TASK, task->request, task->soft_ms + task->grace_ms);
}

static void fail_all(struct blender *b, const struct error *err)
{
	struct blender_task *task;

	while ((task = take_head(b)))
		finish_with_error(task, err);
}

/* The script whose scene counts from now on, whether it is there or has to be built again. */
static void set_good(struct blender *b, const char *script, struct json *request, int limit_ms)
{
	char *copy = xstrdup(script);

	json_free(b->good.request);
	free(b->good.script);
	b->good.request = request;
	b->good.script = copy;
	b->good.limit_ms = limit_ms;
	b->good.number++;
}

static void want_scene(struct blender *b, const struct blender_task *task)
{
	struct blender_job run = { .type = BLENDER_RUN, .script = task->script };

	if (job_needs_scene(task->type) && task->script &&
	    (!b->good.script || strcmp(b->good.script, task->script) != 0))
		set_good(b, task->script, job_request(&run, b->soft_ms), b->soft_ms + b->grace_ms);
}

static void on_wake(void *ctx)
{
	struct blender *b = ctx;
	const struct blender_task *next = b->queue;
	bool scene_is_right;

	b->wake = NULL;
	if (b->broken.code && !b->crew)
		fail_all(b, &b->broken);
	if (!b->queue || !b->crew || b->doing != DOING_NOTHING)
		return;
	want_scene(b, next);
	scene_is_right = b->scene == b->good.number;
	if (b->is_stale &&
	    (next->type == BLENDER_RUN || (job_needs_scene(next->type) && !scene_is_right)))
		replace(b);
	crew_call(b->crew);
	if (!crew_worker(b->crew))
		return;
	if (job_needs_scene(next->type) && !scene_is_right)
		ask_rebuild(b);
	else
		ask_task(b, take_head(b));
}

/* The script that ran to its end is what the scene is from now on. */
static void remember_good(struct blender *b, const struct blender_task *task)
{
	set_good(b, task->script ? task->script : "", json_copy(task->request),
	         task->soft_ms + task->grace_ms);
	b->scene = b->good.number;
}

static bool read_reply(struct blender *b, struct blender_task *task, const struct json *reply,
                       struct error *err)
{
	const char *desk = worker_desk(crew_worker(b->crew));

	if (!job_read(&task->result, task->type, reply, err) ||
	    !shelf_take_all(&b->shelves, desk, &task->result, err))
		return false;
	if (task->type == BLENDER_RUN && task->result.fault.kind == BLENDER_FINE)
		remember_good(b, task);
	add_printed(b, task);
	return true;
}

/* Whatever it says can no longer be believed, so it goes. */
static void end_of_belief(struct blender *b, const struct error *err)
{
	struct blender_task *task = take_waiting(b);

	if (task)
		finish_with_error(task, err);
	stop_doing(b);
	replace(b);
}

static void hear_task(struct blender *b, const struct json *reply)
{
	struct blender_task *task = b->current;
	bool was_run = task->type == BLENDER_RUN;
	struct error err;

	if (!read_reply(b, task, reply, &err)) {
		end_of_belief(b, &err);
		return;
	}
	b->current = NULL;
	finish(task);
	stop_doing(b);
	if (was_run)
		ask_ping(b);
}

static void hear_rebuild(struct blender *b, const struct json *reply)
{
	struct blender_result result;
	struct error err;

	if (!job_read(&result, BLENDER_RUN, reply, &err)) {
		end_of_belief(b, &err);
		return;
	}
	if (result.fault.kind == BLENDER_FINE)
		b->scene = b->good.number;
	else
		finish_with_fault(b, result.fault.kind, result.fault.type ? result.fault.type : "",
		                  result.fault.message);
	job_release(&result);
	stop_doing(b);
}

static void hear_ping(struct blender *b, const struct json *reply)
{
	struct json_at root = json_root(reply, "ping"), rss = json_key(&root, "rss_mb");
	struct error err;
	double rss_mb;

	if (!json_real(&rss_mb, &rss, &err)) {
		end_of_belief(b, &err);
		return;
	}
	b->is_stale = b->is_stale || rss_mb > RSS_MOST_MB || b->runs >= RUNS_MOST;
	stop_doing(b);
}

static void hear_event(struct blender *b, const struct json *event)
{
	const char *desk = worker_desk(crew_worker(b->crew));
	struct blender_picture picture;
	struct error err;

	if (b->doing != DOING_TASK || b->current->type != BLENDER_VIEWS)
		return;
	if (!job_read_picture(&picture, event, &err)) {
		end_of_belief(b, &err);
		return;
	}
	if (!shelf_take(&b->shelves, BLENDER_VIEWS, desk, &picture.path, &err))
		end_of_belief(b, &err);
	else if (b->current->picture)
		b->current->picture(b->current->ctx, &picture);
	job_release_picture(&picture);
}

/* A script may have changed the process so that no other should run in it. */
static void note_recycle(struct blender *b, const struct json_at *reply)
{
	struct json_at why = json_key(reply, "recycle");

	if (json_is_given(&why))
		b->is_stale = true;
}

static void on_heard(void *ctx, const struct json *message)
{
	struct blender *b = ctx;
	struct json_at root = json_root(message, "reply");
	struct json_at id = json_key(&root, "id"), event = json_key(&root, "event");
	struct error err;
	int64_t number;

	if (!json_int(&number, &id, &err) || number != b->asked || b->doing == DOING_NOTHING)
		return;
	if (json_is_given(&event)) {
		hear_event(b, message);
		return;
	}
	crew_praise(b->crew);
	note_recycle(b, &root);
	switch (b->doing) {
	case DOING_TASK:
		hear_task(b, message);
		break;
	case DOING_REBUILD:
		hear_rebuild(b, message);
		break;
	case DOING_PING:
		hear_ping(b, message);
		break;
	default:
		stop_doing(b);
		break;
	}
}

static void on_ready(void *ctx)
{
	struct blender *b = ctx;

	if (!b->is_ready) {
		job_copy_info(&b->info, worker_info(crew_worker(b->crew)));
		b->info.program = b->found.program;
		b->is_ready = true;
	}
	b->broken = (struct error){ 0 };
	say_if_ready(b);
	schedule(b);
}

static void on_lost(void *ctx, const struct worker_end *end)
{
	struct blender *b = ctx;

	if (b->doing != DOING_NOTHING)
		crew_praise(b->crew);
	if (end->why.code == ERR_PROTOCOL) {
		struct blender_task *task = take_waiting(b);

		if (task)
			finish_with_error(task, &end->why);
	} else {
		finish_with_fault(b, BLENDER_CRASH, end->type, end->why.text);
	}
	stop_doing(b);
	b->scene = 0;
	b->runs = 0;
	b->is_stale = false;
}

static void on_failed(void *ctx, const struct error *err)
{
	struct blender *b = ctx;

	b->broken = *err;
	say_if_ready(b);
	fail_all(b, err);
}

static void on_probed(void *ctx, enum sandbox_level level, const struct error *err)
{
	struct blender *b = ctx;
	struct crew_events events = { on_ready, on_heard, on_lost, on_failed, b };
	struct crew_options o = { .worker = { .found = &b->found,
		                              .worker_dir = b->folders.worker,
		                              .cache_dir = b->folders.cache,
		                              .level = level,
		                              .memory_mb = b->memory_mb },
		                  .root = b->folders.root.path,
		                  .alone = b->alone };

	b->probe = NULL;
	if (err) {
		b->broken = *err;
		say_if_ready(b);
		schedule(b);
		return;
	}
	b->crew = crew_new(b->loop, &o, &events);
	crew_call(b->crew);
	schedule(b);
}

bool blender_which(struct strbuf *out, const char *wanted, struct error *err)
{
	struct found found;

	if (!find_blender(&found, wanted, err))
		return false;
	strbuf_reset(out);
	strbuf_addstr(out, found.program);
	found_release(&found);
	return true;
}

bool blender_open(struct blender **out, struct loop *loop, const struct blender_options *o,
                  struct error *err)
{
	struct blender *b = NEW(struct blender);

	b->loop = loop;
	b->alone = o->alone;
	b->memory_mb = o->memory_mb ? o->memory_mb : MEMORY_MB;
	b->soft_ms = 1000 * (o->soft_s > 0 ? o->soft_s : SOFT_S);
	b->grace_ms = 1000 * GRACE_S;
	if (o->hard_s > 0)
		b->grace_ms = 1000 * o->hard_s > b->soft_ms ? 1000 * o->hard_s - b->soft_ms : 0;
	if (!find_blender(&b->found, o->program, err) ||
	    !folders_open(&b->folders, o->worker_dir, o->cache_dir, err)) {
		blender_close(b);
		return false;
	}
	b->probe = sandbox_probe(loop, o->sandbox, on_probed, b);
	*out = b;
	return true;
}

static void free_tasks(struct blender_task *list)
{
	while (list) {
		struct blender_task *next = list->next;

		task_free(list);
		list = next;
	}
}

void blender_close(struct blender *b)
{
	if (!b)
		return;
	sandbox_probe_free(b->probe);
	crew_free(b->crew);
	drop_timer(&b->wake);
	drop_timer(&b->limit);
	drop_timer(&b->watch);
	drop_timer(&b->tell_ready);
	free_tasks(b->queue);
	free_tasks(b->over);
	free_tasks(b->current);
	json_free(b->good.request);
	free(b->good.script);
	shelves_release(&b->shelves);
	folders_close(&b->folders);
	job_release_info(&b->info);
	found_release(&b->found);
	free(b);
}

void blender_when_ready(struct blender *b, blender_ready_fn fn, void *ctx)
{
	b->ready = fn;
	b->ready_ctx = ctx;
	say_if_ready(b);
}

const struct blender_info *blender_info(const struct blender *b)
{
	return b->is_ready ? &b->info : NULL;
}

struct blender_task *blender_do(struct blender *b, const struct blender_job *job,
                                blender_picture_fn picture, blender_fn done, void *ctx)
{
	struct blender_task *task = NEW(struct blender_task);
	struct blender_task **end = &b->queue;

	task->blender = b;
	task->type = job->type;
	task->soft_ms = job_soft_ms(job, b->soft_ms);
	task->grace_ms = job->type == BLENDER_RUN ? b->grace_ms : job_grace_ms(job->type);
	task->request = job_request(job, task->soft_ms);
	task->script = job->script ? xstrdup(job->script) : NULL;
	task->picture = picture;
	task->done = done;
	task->ctx = ctx;
	while (*end)
		end = &(*end)->next;
	*end = task;
	schedule(b);
	return task;
}

/* What is being done for nobody may end by itself, if it is quick. */
static void leave_over(struct blender *b)
{
	b->current = NULL;
	b->doing = DOING_LEFTOVER;
	drop_timer(&b->limit);
	b->limit = loop_after(b->loop, ABANDONED_MS, on_limit, b);
}

void blender_cancel(struct blender_task *task)
{
	struct blender *b = task->blender;
	struct error err;

	failed(&err, ERR_CANCELLED, "cancelled");
	if (task->is_over) {
		task->err = err;
		return;
	}
	if (task == b->current)
		leave_over(b);
	else
		unlink_task(&b->queue, task);
	finish_with_error(task, &err);
}

void blender_stop(struct blender *b)
{
	if (b->current)
		blender_cancel(b->current);
	while (b->queue)
		blender_cancel(b->queue);
	for (struct blender_task *task = b->over; task; task = task->next)
		blender_cancel(task);
}
