#include "tui/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"

static void on_signal(int signal_number);

static const struct {
	int signal;
	void (*handler)(int);
} rows[] = {
	{ SIGWINCH, on_signal }, { SIGTSTP, on_signal }, { SIGCONT, on_signal },
	{ SIGTERM, on_signal },  { SIGHUP, on_signal },  { SIGINT, SIG_IGN },
	{ SIGQUIT, SIG_IGN },
};

struct signals {
	int pipe[2];
	struct watch *watch;
	struct sigaction before[COUNT(rows)];
	signals_fn fn;
	void *ctx;
};

/* A handler is given nothing but the signal: this is all it can know of us. */
static volatile sig_atomic_t pipe_end = -1;

static void on_signal(int signal_number)
{
	int was = errno;
	unsigned char byte = (unsigned char)signal_number;
	ssize_t written = write((int)pipe_end, &byte, 1);

	(void)written; /* a full pipe: enough of them are on their way */
	errno = was;
}

static void on_byte(int fd, short revents UNUSED, void *ctx)
{
	struct signals *s = ctx;
	unsigned char byte;

	/* One at a time: the callback may well close all this, and the rest comes next turn. */
	if (read(fd, &byte, 1) == 1)
		s->fn(s->ctx, byte);
}

bool signals_open(struct signals **out, struct loop *loop, signals_fn fn, void *ctx,
                  struct error *err)
{
	struct sigaction action = { .sa_flags = SA_RESTART };
	struct signals *s = NEW(struct signals);

	if (pipe(s->pipe)) {
		free(s);
		return failed(err, ERR_IO, "cannot listen for signals: %s", strerror(errno));
	}
	for (int end = 0; end < 2; end++) {
		fcntl(s->pipe[end], F_SETFD, FD_CLOEXEC);
		fcntl(s->pipe[end], F_SETFL, O_NONBLOCK);
	}
	s->fn = fn;
	s->ctx = ctx;
	s->watch = loop_watch(loop, s->pipe[0], POLLIN, on_byte, s);
	pipe_end = s->pipe[1];
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT(rows); i++) {
		action.sa_handler = rows[i].handler;
		sigaction(rows[i].signal, &action, &s->before[i]);
	}
	*out = s;
	return true;
}

void signals_close(struct signals *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < COUNT(rows); i++)
		sigaction(rows[i].signal, &s->before[i], NULL);
	pipe_end = -1;
	watch_free(s->watch);
	close(s->pipe[0]);
	close(s->pipe[1]);
	free(s);
}

void signals_stop(struct signals *s UNUSED)
{
	struct sigaction stop = { .sa_handler = SIG_DFL }, was;

	sigemptyset(&stop.sa_mask);
	sigaction(SIGTSTP, &stop, &was);
	kill(0, SIGTSTP); /* returns when we go on */
	sigaction(SIGTSTP, &was, NULL);
}
