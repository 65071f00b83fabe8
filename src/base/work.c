#include "base/work.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

struct work_job {
	struct work_job *next;
	struct work *work;
	work_fn run;
	work_done_fn done;
	void *ctx;
	bool ran;
};

struct jobs {
	struct work_job *first;
	struct work_job **end;
};

struct work {
	struct loop *loop;
	struct watch *watch; /* only while a `done` is owed, so that an idle helper keeps no loop */
	size_t owed;
	int bell[2]; /* a byte for each job that is over */
	bool begun;
	pthread_t thread;

	/* Everything below is for both threads and guarded by `lock`. */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct jobs waiting;
	struct jobs over;
	bool closing;
};

static void jobs_add(struct jobs *jobs, struct work_job *job)
{
	job->next = NULL;
	*jobs->end = job;
	jobs->end = &job->next;
}

static struct work_job *jobs_take(struct jobs *jobs)
{
	struct work_job *job = jobs->first;

	if (job) {
		jobs->first = job->next;
		if (!jobs->first)
			jobs->end = &jobs->first;
	}
	return job;
}

static bool jobs_drop(struct jobs *jobs, const struct work_job *job)
{
	struct work_job **at = &jobs->first;

	while (*at && *at != job)
		at = &(*at)->next;
	if (!*at)
		return false;
	*at = job->next;
	if (!*at)
		jobs->end = at;
	return true;
}

/* A full pipe rings, too. */
static void ring(struct work *work)
{
	ssize_t written;

	do
		written = write(work->bell[1], "", 1);
	while (written < 0 && errno == EINTR);
}

static void *work_run(void *ctx)
{
	struct work *work = ctx;

	pthread_mutex_lock(&work->lock);
	while (!work->closing) {
		struct work_job *job = jobs_take(&work->waiting);

		if (!job) {
			pthread_cond_wait(&work->changed, &work->lock);
			continue;
		}
		pthread_mutex_unlock(&work->lock);
		job->run(job->ctx);
		job->ran = true;
		pthread_mutex_lock(&work->lock);
		jobs_add(&work->over, job);
		ring(work);
	}
	pthread_mutex_unlock(&work->lock);
	return NULL;
}

/* Signals are for the thread that has the loop. */
static void begin(struct work *work)
{
	sigset_t all, before;
	int code;

	if (work->begun)
		return;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	code = pthread_create(&work->thread, NULL, work_run, work);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (code)
		BUG("no helper thread: %s", strerror(code));
	work->begun = true;
}

struct work *work_new(struct loop *loop)
{
	struct work *work = NEW(struct work);

	if (pipe2(work->bell, O_CLOEXEC | O_NONBLOCK))
		BUG("no pipe for the helper thread: %s", strerror(errno));
	work->loop = loop;
	work->waiting.end = &work->waiting.first;
	work->over.end = &work->over.first;
	pthread_mutex_init(&work->lock, NULL);
	pthread_cond_init(&work->changed, NULL);
	return work;
}

static struct work_job *take_over(struct work *work)
{
	struct work_job *job;

	pthread_mutex_lock(&work->lock);
	job = jobs_take(&work->over);
	pthread_mutex_unlock(&work->lock);
	return job;
}

/* Only what is over now: a `done` that orders more must not keep the loop here. */
static void on_bell(int fd, short revents, void *ctx)
{
	struct work *work = ctx;
	struct jobs now;
	struct work_job *job;
	char bytes[64];

	(void)revents;
	while (read(fd, bytes, sizeof(bytes)) > 0)
		;
	now.end = &now.first;
	now.first = NULL;
	while ((job = take_over(work)))
		jobs_add(&now, job);
	while ((job = jobs_take(&now))) {
		struct work_job this = *job;

		free(job);
		if (--work->owed == 0) {
			watch_free(work->watch);
			work->watch = NULL;
		}
		this.done(this.ran, this.ctx);
	}
}

struct work_job *work_do(struct work *work, work_fn run, work_done_fn done, void *ctx)
{
	struct work_job *job = NEW(struct work_job);

	job->work = work;
	job->run = run;
	job->done = done;
	job->ctx = ctx;
	if (work->owed++ == 0)
		work->watch = loop_watch(work->loop, work->bell[0], POLLIN, on_bell, work);
	pthread_mutex_lock(&work->lock);
	jobs_add(&work->waiting, job);
	pthread_cond_signal(&work->changed);
	pthread_mutex_unlock(&work->lock);
	begin(work);
	return job;
}

void work_cancel(struct work_job *job)
{
	struct work *work = job->work;

	pthread_mutex_lock(&work->lock);
	if (jobs_drop(&work->waiting, job)) {
		jobs_add(&work->over, job);
		ring(work);
	}
	pthread_mutex_unlock(&work->lock);
}

void work_free(struct work *work)
{
	struct work_job *job;

	if (!work)
		return;
	pthread_mutex_lock(&work->lock);
	work->closing = true;
	pthread_cond_signal(&work->changed);
	pthread_mutex_unlock(&work->lock);
	if (work->begun)
		pthread_join(work->thread, NULL);
	while ((job = jobs_take(&work->over)) || (job = jobs_take(&work->waiting))) {
		job->done(job->ran, job->ctx);
		free(job);
	}
	watch_free(work->watch);
	close(work->bell[0]);
	close(work->bell[1]);
	pthread_mutex_destroy(&work->lock);
	pthread_cond_destroy(&work->changed);
	free(work);
}
