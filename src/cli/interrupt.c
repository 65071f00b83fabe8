#include "cli/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

struct interrupts {
	int pipe[2];
	struct watch *watch;
	struct sigaction before[COUNT(signals)];
	interrupt_fn fn;
	void *ctx;
};

/* A handler is given nothing but the signal: this is all it can know of us. */
static volatile sig_atomic_t pipe_end = -1;

static void on_signal(int signal)
{
	int was = errno;
	unsigned char byte = (unsigned char)signal;
	ssize_t written = write((int)pipe_end, &byte, 1);

	(void)written; /* a full pipe: enough of them are on their way */
	errno = was;
}

static void on_byte(int fd, short revents UNUSED, void *ctx)
{
	struct interrupts *i = ctx;
	unsigned char bytes[16];
	ssize_t count = read(fd, bytes, sizeof(bytes));

	for (ssize_t k = 0; k < count; k++)
		i->fn(i->ctx, bytes[k] != SIGINT);
}

bool interrupts_open(struct interrupts **out, struct loop *loop, interrupt_fn fn, void *ctx,
                     struct error *err)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	struct interrupts *i = NEW(struct interrupts);

	if (pipe(i->pipe)) {
		free(i);
		return failed(err, ERR_IO, "cannot listen for Ctrl-C: %s", strerror(errno));
	}
	for (int end = 0; end < 2; end++) {
		fcntl(i->pipe[end], F_SETFD, FD_CLOEXEC);
		fcntl(i->pipe[end], F_SETFL, O_NONBLOCK);
	}
	i->fn = fn;
	i->ctx = ctx;
	i->watch = loop_watch(loop, i->pipe[0], POLLIN, on_byte, i);
	pipe_end = i->pipe[1];
	sigemptyset(&action.sa_mask);
	for (size_t k = 0; k < COUNT(signals); k++)
		sigaction(signals[k], &action, &i->before[k]);
	*out = i;
	return true;
}

void interrupts_close(struct interrupts *i)
{
	if (!i)
		return;
	for (size_t k = 0; k < COUNT(signals); k++)
		sigaction(signals[k], &i->before[k], NULL);
	pipe_end = -1;
	watch_free(i->watch);
	close(i->pipe[0]);
	close(i->pipe[1]);
	free(i);
}
