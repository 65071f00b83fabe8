#include "base/child.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/mem.h"
#include "base/strbuf.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

enum {
	READ_SIZE = 64 * 1024, /* a read, and also what a pipe holds */
	DRAIN_READS = 16,      /* more than fits into a pipe or a socket that was left full */
	TICK_MS = 50,          /* how often to ask after it where there are no pidfds */
	SAFE_FD = 64,          /* above every number a child is promised */
};

struct child {
	struct loop *loop;
	struct child_events on;
	pid_t pid; /* 0 once reaped */
	int pidfd, out, talk;
	struct watch *pid_watch, *out_watch, *talk_watch;
	struct timer *tick;
	struct strbuf unsent;
	bool hush;  /* nothing follows what is unsent */
	bool busy;  /* in one of its callbacks */
	bool freed; /* by that callback */
};

/* What the child writes when it cannot become its program. */
struct mishap {
	int errnum;
	char step[60];
};

/* Both ends of everything, as the parent sees it before the fork; [0] is ours. */
struct plumbing {
	int in[2], out[2], talk[2], status[2];
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_pair(int pair[2])
{
	close_fd(&pair[0]);
	close_fd(&pair[1]);
}

static void plumbing_release(struct plumbing *p)
{
	close_pair(p->in);
	close_pair(p->out);
	close_pair(p->talk);
	close_pair(p->status);
}

static bool keep_private(const int pair[2])
{
	return fcntl(pair[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(pair[1], F_SETFD, FD_CLOEXEC) == 0;
}

static bool open_socket(int pair[2])
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		return false;
#ifdef SO_NOSIGPIPE
	setsockopt(pair[0], SOL_SOCKET, SO_NOSIGPIPE, &(int){ 1 }, sizeof(int));
#endif
	return keep_private(pair) && fcntl(pair[0], F_SETFL, O_NONBLOCK) == 0;
}

static bool open_pipe(int pair[2])
{
	return pipe(pair) == 0 && keep_private(pair);
}

static bool plumbing_open(struct plumbing *p, enum child_input input)
{
	*p = (struct plumbing){ { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 } };
	if (input == CHILD_STDIN) {
		if (!open_socket(p->in))
			return false;
	} else {
		p->in[1] = open("/dev/null", O_RDONLY | O_CLOEXEC);
		if (p->in[1] < 0)
			return false;
	}
	if (input == CHILD_TALK && !open_socket(p->talk))
		return false;
	return open_pipe(p->out) && fcntl(p->out[0], F_SETFL, O_NONBLOCK) == 0 &&
	       open_pipe(p->status);
}

/* From here to the exec only async-signal-safe calls. */

static void forget_signals(void)
{
	sigset_t none;

	for (int sig = 1; sig < 32; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The parent may have died before the kernel knew that we want to go with it. */
static void die_with(pid_t parent)
{
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (getppid() != parent)
		_exit(127);
}

static void close_from(int first)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0)
		return;
#endif
	for (int fd = first; fd < (int)sysconf(_SC_OPEN_MAX); fd++)
		close(fd);
}

/*
 * Put wanted[i] where number i is expected and close everything else. The first round moves them
 * all out of the way, since one may sit on a number that another has to have.
 */
static bool arrange_fds(int *wanted, int count)
{
	for (int i = 0; i < count; i++) {
		if (wanted[i] < 0)
			continue;
		wanted[i] = fcntl(wanted[i], F_DUPFD, SAFE_FD);
		if (wanted[i] < 0)
			return false;
	}
	for (int i = 0; i < count; i++) {
		if (wanted[i] < 0)
			close(i);
		else if (dup2(wanted[i], i) < 0)
			return false;
	}
	close_from(count);
	return true;
}

static const char *become(const struct child_options *o, int *fds, int count)
{
	static const char *const nothing[] = { NULL };
	const char *mishap = NULL;

	if (!arrange_fds(fds, count) || fcntl(count - 1, F_SETFD, FD_CLOEXEC) != 0)
		return "its descriptors";
	if (o->dir && chdir(o->dir) != 0)
		return "entering its directory";
	if (o->prepare)
		mishap = o->prepare(o->prepare_ctx);
	if (mishap)
		return mishap;
	execve(o->argv[0], (char *const *)o->argv, (char *const *)(o->env ? o->env : nothing));
	return "starting it";
}

static void run_child(const struct child_options *o, const struct plumbing *p, pid_t parent)
{
	int fds[CHILD_PASS_FD + CHILD_PASS_MAX + 1] = { p->in[1], p->out[1], p->out[1],
		                                        p->talk[1] };
	int count = CHILD_PASS_FD;
	struct mishap mishap = { 0 };
	const char *step;

	setsid();
	forget_signals();
	die_with(parent);
	for (size_t i = 0; i < o->passed; i++)
		fds[count++] = o->pass[i];
	fds[count++] = p->status[1];
	step = become(o, fds, count);
	mishap.errnum = errno;
	for (size_t i = 0; step[i] && i + 1 < sizeof(mishap.step); i++)
		mishap.step[i] = step[i];
	if (write(count - 1, &mishap, sizeof(mishap)) < 0)
		_exit(126);
	_exit(127);
}

/* Back in the parent. */

/* True when the program runs: the exec has closed the other end without a word. */
static bool has_become(int status, const char *program, struct error *err)
{
	struct mishap mishap;
	ssize_t n;

	do
		n = read(status, &mishap, sizeof(mishap));
	while (n < 0 && errno == EINTR);
	if (n == 0)
		return true;
	if (n != sizeof(mishap))
		return failed(err, ERR_IO, "cannot start %s", program);
	mishap.step[sizeof(mishap.step) - 1] = '\0';
	return failed(err, ERR_IO, "cannot start %s: %s: %s", program, mishap.step,
	              strerror(mishap.errnum));
}

static void reap(pid_t pid)
{
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		continue;
}

static bool spawn(pid_t *pid, const struct child_options *o, struct plumbing *p, struct error *err)
{
	pid_t parent = getpid();

	*pid = fork();
	if (*pid < 0)
		return failed(err, ERR_IO, "cannot start %s: %s", o->argv[0], strerror(errno));
	if (*pid == 0)
		run_child(o, p, parent);
	close_fd(&p->in[1]);
	close_fd(&p->out[1]);
	close_fd(&p->talk[1]);
	close_fd(&p->status[1]);
	if (has_become(p->status[0], o->argv[0], err))
		return true;
	reap(*pid);
	return false;
}

static void stop_watching(struct child *c)
{
	watch_free(c->pid_watch);
	watch_free(c->out_watch);
	watch_free(c->talk_watch);
	if (c->tick)
		timer_free(c->tick);
	c->pid_watch = c->out_watch = c->talk_watch = NULL;
	c->tick = NULL;
}

static void bury(struct child *c)
{
	stop_watching(c);
	close_fd(&c->pidfd);
	close_fd(&c->out);
	close_fd(&c->talk);
	strbuf_release(&c->unsent);
	free(c);
}

/* Run a callback that may free the child. False when it did. */
static bool tell_owner(struct child *c, void (*fn)(void *, const char *, size_t), const char *bytes,
                       size_t len)
{
	bool was_busy = c->busy;

	if (!fn || c->freed)
		return !c->freed;
	c->busy = true;
	fn(c->on.ctx, bytes, len);
	c->busy = was_busy;
	if (!c->freed)
		return true;
	if (!was_busy)
		bury(c);
	return false;
}

static bool hang_up(struct child *c)
{
	watch_free(c->talk_watch);
	c->talk_watch = NULL;
	close_fd(&c->talk);
	return tell_owner(c, c->on.said, "", 0);
}

static bool no_more_prints(struct child *c)
{
	watch_free(c->out_watch);
	c->out_watch = NULL;
	close_fd(&c->out);
	return false;
}

/* False when there is nothing to read now, or no child left to read for. */
static bool hear_print(struct child *c)
{
	char bytes[READ_SIZE];
	ssize_t n;

	if (c->out < 0)
		return false;
	n = read(c->out, bytes, sizeof(bytes));
	if (n > 0)
		return tell_owner(c, c->on.printed, bytes, (size_t)n);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return false;
	return no_more_prints(c);
}

static bool hear_talk(struct child *c)
{
	char bytes[READ_SIZE];
	ssize_t n;

	if (c->talk < 0)
		return false;
	n = recv(c->talk, bytes, sizeof(bytes), 0);
	if (n > 0)
		return tell_owner(c, c->on.said, bytes, (size_t)n);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return false;
	hang_up(c);
	return false;
}

static void flush_unsent(struct child *c)
{
	ssize_t n = 1;

	while (n > 0 && c->unsent.len && c->talk >= 0) {
		n = send(c->talk, c->unsent.buf, c->unsent.len, MSG_NOSIGNAL);
		if (n > 0)
			strbuf_eat(&c->unsent, (size_t)n);
	}
	/* An end that is gone is noticed by the reading side, which says so to the owner. */
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		strbuf_reset(&c->unsent);
	if (c->hush && !c->unsent.len && c->talk >= 0)
		shutdown(c->talk, SHUT_WR);
	if (c->talk_watch)
		watch_events(c->talk_watch, c->unsent.len ? POLLIN | POLLOUT : POLLIN);
}

static void on_print(int fd, short revents, void *ctx)
{
	(void)fd;
	(void)revents;
	hear_print(ctx);
}

static void on_talk(int fd, short revents, void *ctx)
{
	struct child *c = ctx;

	(void)fd;
	if (revents & POLLOUT)
		flush_unsent(c);
	if (revents & ~POLLOUT)
		hear_talk(c);
}

/*
 * It has exited but is not reaped, so its number is still its own and the kill reaches only what
 * it left behind.
 */
static struct child_end collect(struct child *c)
{
	int status = 0;

	kill(-c->pid, SIGKILL);
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	c->pid = 0;
	if (WIFSIGNALED(status))
		return (struct child_end){ .signal = WTERMSIG(status) };
	return (struct child_end){ .code = WEXITSTATUS(status) };
}

static void finish(struct child *c)
{
	struct child_end end = collect(c);

	c->busy = true; /* it stays in one piece until all of them have been called */
	for (int i = 0; i < DRAIN_READS && hear_print(c); i++)
		continue;
	for (int i = 0; i < DRAIN_READS && hear_talk(c); i++)
		continue;
	if (!c->freed && c->talk >= 0)
		hang_up(c);
	stop_watching(c);
	if (!c->freed && c->on.ended)
		c->on.ended(c->on.ctx, &end);
	c->busy = false;
	if (c->freed)
		bury(c);
}

static void on_exit_seen(int fd, short revents, void *ctx)
{
	(void)fd;
	(void)revents;
	finish(ctx);
}

static void on_tick(void *ctx)
{
	struct child *c = ctx;
	siginfo_t info = { 0 };

	c->tick = NULL;
	if (waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && !info.si_pid)
		c->tick = loop_after(c->loop, TICK_MS, on_tick, c);
	else
		finish(c);
}

static int open_pidfd(pid_t pid)
{
#ifdef SYS_pidfd_open
	return (int)syscall(SYS_pidfd_open, pid, 0);
#else
	(void)pid;
	return -1;
#endif
}

static void start_watching(struct child *c)
{
	c->pidfd = open_pidfd(c->pid);
	if (c->pidfd >= 0)
		c->pid_watch = loop_watch(c->loop, c->pidfd, POLLIN, on_exit_seen, c);
	else
		c->tick = loop_after(c->loop, TICK_MS, on_tick, c);
	c->out_watch = loop_watch(c->loop, c->out, POLLIN, on_print, c);
	if (c->talk >= 0)
		c->talk_watch = loop_watch(c->loop, c->talk, POLLIN, on_talk, c);
}

bool child_start(struct child **out, struct loop *loop, const struct child_options *options,
                 const struct child_events *events, struct error *err)
{
	struct plumbing p;
	struct child *c;
	pid_t pid;

	assert(options->passed <= CHILD_PASS_MAX);
	if (!plumbing_open(&p, options->input)) {
		failed(err, ERR_IO, "cannot start %s: %s", options->argv[0], strerror(errno));
		plumbing_release(&p);
		return false;
	}
	if (!spawn(&pid, options, &p, err)) {
		plumbing_release(&p);
		return false;
	}
	close_fd(&p.status[0]);
	c = NEW(struct child);
	c->loop = loop;
	c->on = *events;
	c->pid = pid;
	c->out = p.out[0];
	c->talk = options->input == CHILD_STDIN ? p.in[0] : p.talk[0];
	start_watching(c);
	*out = c;
	return true;
}

void child_tell(struct child *c, const void *bytes, size_t len)
{
	if (c->talk < 0)
		return;
	strbuf_add(&c->unsent, bytes, len);
	flush_unsent(c);
}

void child_hush(struct child *c)
{
	c->hush = true;
	flush_unsent(c);
}

void child_drain(struct child *c)
{
	bool was_busy = c->busy;

	c->busy = true;
	for (int i = 0; i < DRAIN_READS && hear_print(c); i++)
		continue;
	c->busy = was_busy;
	if (c->freed && !was_busy)
		bury(c);
}

pid_t child_pid(const struct child *c)
{
	return c->pid;
}

void child_kill(struct child *c)
{
	if (c->pid)
		kill(-c->pid, SIGKILL);
}

void child_free(struct child *c)
{
	if (!c || c->freed)
		return;
	if (c->pid)
		collect(c);
	stop_watching(c);
	c->freed = true;
	if (!c->busy)
		bury(c);
}
