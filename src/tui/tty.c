#include "tui/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/compiler.h"

enum {
	READ_SIZE = 4096,
	SIZE_MOST = 1000, /* rows and columns beyond that are a mistake */
};

bool tty_open(struct tty *tty, struct loop *loop, const struct tty_events *events,
              struct error *err)
{
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return failed(err, ERR_IO, "there is no terminal here (%s); try --plain",
		              strerror(errno));
	*tty = (struct tty){ .loop = loop, .on = *events, .fd = fd };
	if (tcgetattr(fd, &tty->before)) {
		close(fd);
		return failed(err, ERR_IO, "/dev/tty: %s", strerror(errno));
	}
	return true;
}

void tty_close(struct tty *tty)
{
	watch_free(tty->watch);
	tty->watch = NULL;
	close(tty->fd);
	tty->fd = -1;
	strbuf_release(&tty->queue);
}

static void hang_up(struct tty *tty)
{
	watch_free(tty->watch);
	tty->watch = NULL;
	strbuf_reset(&tty->queue);
	tty->on.gone(tty->on.ctx);
}

static bool write_some(struct tty *tty)
{
	ssize_t n = write(tty->fd, tty->queue.buf, tty->queue.len);

	if (n > 0)
		strbuf_eat(&tty->queue, (size_t)n);
	return n >= 0 || errno == EAGAIN || errno == EINTR;
}

static void read_some(struct tty *tty)
{
	char bytes[READ_SIZE];
	ssize_t n = read(tty->fd, bytes, sizeof(bytes));

	if (n > 0)
		tty->on.came(tty->on.ctx, bytes, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		hang_up(tty);
}

static void on_ready(int fd UNUSED, short revents, void *ctx)
{
	struct tty *tty = ctx;

	if (revents & POLLOUT && tty->queue.len) {
		if (!write_some(tty)) {
			hang_up(tty);
			return;
		}
		if (!tty->queue.len) {
			watch_events(tty->watch, POLLIN);
			tty->on.empty(tty->on.ctx);
		}
	}
	if (tty->watch && revents & ~POLLOUT)
		read_some(tty);
}

void tty_raw(struct tty *tty)
{
	struct termios raw;

	tcgetattr(tty->fd, &tty->before);
	raw = tty->before;
	cfmakeraw(&raw);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(tty->fd, TCSADRAIN, &raw);
	if (!tty->watch)
		tty->watch = loop_watch(tty->loop, tty->fd, POLLIN, on_ready, tty);
}

void tty_cook(struct tty *tty)
{
	watch_free(tty->watch);
	tty->watch = NULL;
	tcsetattr(tty->fd, TCSAFLUSH, &tty->before);
}

void tty_send(struct tty *tty, const void *bytes, size_t len)
{
	bool was_empty = !tty->queue.len;

	if (!tty->watch)
		return;
	strbuf_add(&tty->queue, bytes, len);
	if (was_empty)
		write_some(tty); /* a failure shows when it is polled */
	watch_events(tty->watch, tty->queue.len ? POLLIN | POLLOUT : POLLIN);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool wait_for(const struct tty *tty, short events, int64_t end_ms)
{
	struct pollfd fd = { .fd = tty->fd, .events = events };
	int64_t left = end_ms - now_ms();

	return left > 0 && poll(&fd, 1, (int)left) > 0 && fd.revents & events;
}

bool tty_drain(struct tty *tty, int most_ms)
{
	int64_t end_ms = now_ms() + most_ms;
	bool ok = true;

	while (ok && tty->queue.len)
		ok = write_some(tty) && (!tty->queue.len || wait_for(tty, POLLOUT, end_ms));
	return ok;
}

/* The last byte of DA1's answer is the only c that may come after a question mark and digits. */
static bool ends_fence(int *state, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '\033')
			*state = 1;
		else if (*state == 1 && bytes[i] == '[')
			*state = 2;
		else if (*state == 2 && bytes[i] == '?')
			*state = 3;
		else if (*state == 3 && bytes[i] == 'c')
			return true;
		else if (*state != 3 || !strchr("0123456789;", bytes[i]))
			*state = 0;
	}
	return false;
}

void tty_swallow(struct tty *tty, int most_ms)
{
	int64_t end_ms = now_ms() + most_ms;
	char bytes[READ_SIZE];
	int state = 0;
	ssize_t n = 0;

	while (wait_for(tty, POLLIN, end_ms)) {
		n = read(tty->fd, bytes, sizeof(bytes));
		if (n <= 0 || ends_fence(&state, bytes, (size_t)n))
			return;
	}
}

static int clamp(int value, int most)
{
	return value < 1 ? 1 : value > most ? most : value;
}

void tty_size(const struct tty *tty, int *rows, int *cols, int *width_px, int *height_px)
{
	struct winsize size = { 0 };

	if (ioctl(tty->fd, TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col) {
		size.ws_row = 24;
		size.ws_col = 80;
	}
	*rows = clamp(size.ws_row, SIZE_MOST);
	*cols = clamp(size.ws_col, SIZE_MOST);
	*width_px = size.ws_xpixel;
	*height_px = size.ws_ypixel;
}
