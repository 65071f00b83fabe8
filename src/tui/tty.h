#ifndef TUI_TTY_H
#define TUI_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/strbuf.h"

/*
 * The descriptor: raw or not, read when there is something, written without ever waiting.
 *
 * It is opened anew, so that being non-blocking is nobody else's trouble.
 */
struct tty_events {
	void (*came)(void *ctx, const void *bytes, size_t len);
	void (*empty)(void *ctx); /* all that was queued has been taken */
	void (*gone)(void *ctx);  /* once: it hung up */
	void *ctx;
};

struct tty {
	struct loop *loop;
	struct tty_events on;
	struct watch *watch; /* NULL: somebody else has the terminal, or it is gone */
	struct strbuf queue;
	struct termios before; /* what it is given back with */
	int fd;
};

bool tty_open(struct tty *tty, struct loop *loop, const struct tty_events *events,
              struct error *err);
void tty_close(struct tty *tty); /* as it is: tty_cook() first */

void tty_raw(struct tty *tty);  /* from here on bytes come */
void tty_cook(struct tty *tty); /* as it was, and no more bytes come */

void tty_send(struct tty *tty, const void *bytes, size_t len);

/* Send what is queued, waiting at most that long. False: it was not taken. */
bool tty_drain(struct tty *tty, int most_ms);

/* Read and forget until DA1 is answered or the time is over. */
void tty_swallow(struct tty *tty, int most_ms);

void tty_size(const struct tty *tty, int *rows, int *cols, int *width_px, int *height_px);

#endif
