#include "cli/input.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/strbuf.h"

enum {
	MOST_LINE = 1 << 20,
};

struct input {
	struct loop *loop;
	int fd; /* -1: nothing more can be read */
	struct watch *watch;
	struct timer *timer;
	struct strbuf pending;
	input_fn fn;
	void *ctx;
};

static void deliver(struct input *in, char *line)
{
	in->fn(in->ctx, line); /* may free `in` */
	free(line);
}

/* The first line that came, if it came whole. The last one of all needs no LF. */
static bool take_line(char **out, struct input *in)
{
	const char *text = strbuf_str(&in->pending);
	const char *end = in->pending.len ? memchr(text, '\n', in->pending.len) : NULL;
	size_t len = end ? (size_t)(end - text) : in->pending.len;

	if (!end && (in->fd >= 0 || !len))
		return false;
	*out = xstrndup(text, len && text[len - 1] == '\r' ? len - 1 : len);
	strbuf_eat(&in->pending, end ? len + 1 : len);
	return true;
}

static void on_timer(void *ctx)
{
	struct input *in = ctx;
	char *line = NULL;

	in->timer = NULL;
	take_line(&line, in);
	deliver(in, line);
}

/* What is already here is delivered from the loop too. */
static bool serve(struct input *in)
{
	bool has_line = in->pending.len && memchr(in->pending.buf, '\n', in->pending.len);

	if (has_line || in->fd < 0)
		in->timer = loop_after(in->loop, 0, on_timer, in);
	return in->timer != NULL;
}

static void stop_watching(struct input *in)
{
	watch_free(in->watch);
	in->watch = NULL;
}

static void on_readable(int fd, short revents UNUSED, void *ctx)
{
	struct input *in = ctx;
	char bytes[4096];
	ssize_t count = read(fd, bytes, sizeof(bytes));

	if (count < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (count > 0)
		strbuf_add(&in->pending, bytes, (size_t)count);
	if (in->pending.len > MOST_LINE)
		strbuf_reset(&in->pending);
	else if (count > 0 && !memchr(bytes, '\n', (size_t)count))
		return;
	if (count <= 0 || !in->pending.len)
		in->fd = -1;
	stop_watching(in);
	serve(in);
}

struct input *input_new(struct loop *loop, int fd, input_fn fn, void *ctx)
{
	struct input *in = NEW(struct input);

	in->loop = loop;
	in->fd = fd;
	in->fn = fn;
	in->ctx = ctx;
	return in;
}

struct input *input_from_text(struct loop *loop, const char *text, input_fn fn, void *ctx)
{
	struct input *in = input_new(loop, -1, fn, ctx);

	strbuf_addstr(&in->pending, text);
	return in;
}

void input_free(struct input *in)
{
	if (!in)
		return;
	input_want_no_more(in);
	strbuf_release(&in->pending);
	free(in);
}

void input_want(struct input *in)
{
	if (!in->watch && !in->timer && !serve(in))
		in->watch = loop_watch(in->loop, in->fd, POLLIN, on_readable, in);
}

void input_want_no_more(struct input *in)
{
	stop_watching(in);
	timer_free(in->timer);
	in->timer = NULL;
}
