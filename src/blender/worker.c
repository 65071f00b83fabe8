#include "blender/worker.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/child.h"
#include "base/frame.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "blender/desk.h"
#include "blender/job.h"

enum {
	HELLO_MS = 90000, /* a cold disk and a slow machine */
	LEAVING_MS = 500, /* from closing its connection to its end, if it means to end */
	ARGUMENTS_MOST = 16,
};

struct worker {
	struct worker_events on;
	struct child *child;
	struct loop *loop;
	struct timer *patience; /* with one that does not say hello, or hangs up and stays */
	struct strbuf in;
	struct capture capture;
	struct blender_info info;
	enum sandbox_level level;
	char *desk;
	bool ready, dying;
	struct worker_end end; /* set when we know better than its exit code */
};

/* Those that a script can bring about. */
static const struct signal_name {
	int number;
	const char *name, *sentence;
} signal_names[] = {
	{ SIGSEGV, "SIGSEGV", "it touched memory that is not its own" },
	{ SIGABRT, "SIGABRT", "it gave up on an inner contradiction" },
	{ SIGBUS, "SIGBUS", "it touched memory that is not there" },
	{ SIGFPE, "SIGFPE", "it divided by zero" },
	{ SIGILL, "SIGILL", "it ran into bytes that are no program" },
	{ SIGKILL, "SIGKILL", "it was killed, perhaps for its memory" },
	{ SIGTERM, "SIGTERM", "it was asked to end" },
	{ SIGXCPU, "SIGXCPU", "it used up its processor time" },
	{ SIGXFSZ, "SIGXFSZ", "it wrote a file over 1 GiB" },
};

static const struct signal_name *name_of(int number)
{
	static const struct signal_name other = { 0, "a signal", "it was ended by a signal" };

	for (size_t i = 0; i < COUNT(signal_names); i++)
		if (signal_names[i].number == number)
			return &signal_names[i];
	return &other;
}

/* The first reason is the true one: what follows are its consequences. */
static void note_end(struct worker *w, const char *type, enum err_code code, const char *text)
{
	if (w->end.why.code)
		return;
	snprintf(w->end.type, sizeof(w->end.type), "%s", type);
	failed(&w->end.why, code, "%s", text);
}

/* bubblewrap tells of a signal as shells do. */
static void note_exit(struct worker *w, const struct child_end *end)
{
	bool told = w->level == SANDBOX_BWRAP && end->code > 128 && end->code < 128 + 32;
	int number = told ? end->code - 128 : end->signal;
	char type[24], text[80];

	if (number) {
		snprintf(text, sizeof(text), "Blender crashed: %s", name_of(number)->sentence);
		note_end(w, name_of(number)->name, ERR_WORKER, text);
		return;
	}
	snprintf(type, sizeof(type), "exit %d", end->code);
	snprintf(text, sizeof(text), "Blender ended itself with exit code %d", end->code);
	note_end(w, type, ERR_WORKER, text);
}

static void give_up(struct worker *w, const char *type, const struct error *why)
{
	note_end(w, type, why->code, why->text);
	worker_kill(w);
}

static bool hear_hello(struct worker *w, const struct json *message, struct error *err)
{
	if (!job_read_hello(&w->info, message, err))
		return false;
	w->info.sandbox = w->level;
	w->ready = true;
	timer_free(w->patience);
	w->patience = NULL;
	w->on.ready(w->on.ctx, w);
	return true;
}

static bool hear_message(struct worker *w, const char *body, size_t len, struct error *err)
{
	struct json *message;
	bool ok = true;

	if (!json_parse(&message, body, len, err))
		return failed_in(err, "Blender's answer");
	if (w->ready)
		w->on.heard(w->on.ctx, w, message);
	else
		ok = hear_hello(w, message, err);
	json_free(message);
	return ok;
}

static void hear_frames(struct worker *w)
{
	while (!w->dying) {
		struct error err;
		const char *body;
		size_t len;
		enum frame_result result = frame_peek(&w->in, &body, &len, &err);

		if (result == FRAME_MORE)
			return;
		if (result == FRAME_BAD || !hear_message(w, body, len, &err))
			give_up(w, "nonsense", &err);
		else
			frame_next(&w->in);
	}
}

/* It may have crashed just now, which its exit code tells better: that gets a moment to come. */
static void on_still_there(void *ctx)
{
	struct worker *w = ctx;
	struct error closed;

	w->patience = NULL;
	failed(&closed, ERR_WORKER, "Blender closed its connection");
	give_up(w, "closed", &closed);
}

static void be_patient(struct worker *w, int ms, timer_fn fn)
{
	if (w->patience)
		timer_free(w->patience);
	w->patience = loop_after(w->loop, ms, fn, w);
}

static void on_said(void *ctx, const char *bytes, size_t len)
{
	struct worker *w = ctx;

	if (w->dying)
		return;
	if (!len) {
		be_patient(w, LEAVING_MS, on_still_there);
		return;
	}
	strbuf_add(&w->in, bytes, len);
	hear_frames(w);
}

static void on_printed(void *ctx, const char *bytes, size_t len)
{
	struct worker *w = ctx;

	capture_add(&w->capture, bytes, len);
}

static void add_last_words(struct worker *w)
{
	struct strbuf words = { 0 };
	char text[sizeof(w->end.why.text)];

	capture_last_words(&w->capture, 4, &words);
	memcpy(text, w->end.why.text, sizeof(text));
	failed(&w->end.why, w->end.why.code, "%.120s before it was ready: %.250s", text,
	       words.len ? strbuf_str(&words) : "(it said nothing)");
	strbuf_release(&words);
}

static void on_ended(void *ctx, const struct child_end *end)
{
	struct worker *w = ctx;

	if (!w->dying)
		note_exit(w, end);
	capture_stop(&w->capture);
	if (!w->ready && w->end.why.code == ERR_WORKER && w->end.type[0])
		add_last_words(w);
	log_debug("blender: worker ended: %s: %s", w->end.type, w->end.why.text);
	w->on.ended(w->on.ctx, w, &w->end);
}

static void on_no_hello(void *ctx)
{
	struct worker *w = ctx;
	struct error why;

	w->patience = NULL;
	failed(&why, ERR_WORKER, "Blender said nothing for %d s", HELLO_MS / 1000);
	give_up(w, "silent", &why);
}

static void list_arguments(const char **argv, const struct worker_options *o, const char *main_py,
                           const char *talk_fd)
{
	static const char *const blender[] = { "-b", "-noaudio", "--factory-startup", "--python" };
	size_t n = 0;

	argv[n++] = o->found->program;
	for (size_t i = 0; i < COUNT(blender) && !o->found->is_python; i++)
		argv[n++] = blender[i];
	argv[n++] = main_py;
	argv[n++] = "--";
	argv[n++] = talk_fd;
	argv[n++] = o->desk;
	argv[n] = NULL;
}

static bool start_in_sandbox(struct worker *w, struct loop *loop, const struct worker_options *o,
                             const char *const *argv, struct error *err)
{
	const char *const readable[] = { o->worker_dir, o->found->folders[0], o->found->folders[1],
		                         NULL };
	struct sandbox_options lock = { .level = o->level,
		                        .desk = o->desk,
		                        .cache = o->cache_dir,
		                        .readable = readable,
		                        .memory_mb = o->memory_mb };
	struct child_events events = { on_printed, on_said, on_ended, w };
	struct child_options child = { .input = CHILD_TALK };
	struct sandbox *sandbox;
	bool ok;

	if (!sandbox_new(&sandbox, argv, &lock, err))
		return false;
	sandbox_dress(sandbox, &child);
	ok = child_start(&w->child, loop, &child, &events, err);
	sandbox_free(sandbox);
	return ok;
}

bool worker_start(struct worker **out, struct loop *loop, const struct worker_options *o,
                  const struct worker_events *events, struct error *err)
{
	struct worker *w = NEW(struct worker);
	const char *argv[ARGUMENTS_MOST];
	struct strbuf main_py = { 0 };
	char talk_fd[16];
	bool ok;

	w->loop = loop;
	w->on = *events;
	w->level = o->level;
	w->desk = xstrdup(o->desk);
	strbuf_addstr(&main_py, o->worker_dir);
	path_add(&main_py, "main.py");
	snprintf(talk_fd, sizeof(talk_fd), "%d", CHILD_TALK_FD);
	list_arguments(argv, o, strbuf_str(&main_py), talk_fd);
	ok = start_in_sandbox(w, loop, o, argv, err);
	strbuf_release(&main_py);
	if (!ok) {
		worker_free(w);
		return false;
	}
	be_patient(w, HELLO_MS, on_no_hello);
	*out = w;
	return true;
}

/* Not for secrecy: it only keeps a script that prints our marks from being believed. */
static void make_token(char token[17])
{
	uint64_t number = 0;

	if (getentropy(&number, sizeof(number)) != 0)
		log_warn("blender: no random numbers");
	snprintf(token, 17, "%016llx", (unsigned long long)number);
}

void worker_ask(struct worker *w, const struct json *request, int64_t id)
{
	struct strbuf frame = { 0 };
	char token[17];

	make_token(token);
	capture_await(&w->capture, id, token);
	job_seal(&frame, request, id, token);
	child_tell(w->child, strbuf_str(&frame), frame.len);
	strbuf_release(&frame);
}

void worker_kill(struct worker *w)
{
	w->dying = true;
	child_kill(w->child);
}

void worker_free(struct worker *w)
{
	if (!w)
		return;
	child_free(w->child);
	if (w->patience)
		timer_free(w->patience);
	desk_clear(w->desk);
	free(w->desk);
	strbuf_release(&w->in);
	capture_release(&w->capture);
	job_release_info(&w->info);
	free(w);
}

const struct blender_info *worker_info(const struct worker *w)
{
	return w->ready ? &w->info : NULL;
}

const struct capture *worker_printed(struct worker *w)
{
	child_drain(w->child);
	return &w->capture;
}

const char *worker_desk(const struct worker *w)
{
	return w->desk;
}
