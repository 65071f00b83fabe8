#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include "base/strbuf.h"

/*
 * A terminal for tests: a program runs on it, keys go in, and what its screen shows comes out.
 *
 * It answers questions as one of the terminals in answers.c does, late or byte by byte if told so.
 * Nothing here sleeps: each wait is for something to be seen, and fails the test, with the screen
 * printed, when it does not come.
 */
struct screen;

struct screen_options {
	const char *const *argv;
	const char *const *env; /* "NAME=value", besides TERM, PATH, HOME and a UTF-8 locale */
	const char *profile;    /* NULL: "xterm" */
	const char *term;       /* NULL: what the profile says */
	int rows, cols;         /* 0: 24 by 80 */
	int delay_ms;           /* of every answer */
	int tear_ms;            /* more than 0: answers come byte by byte, so far apart */
};

struct screen *screen_start(const struct screen_options *options);
void screen_free(struct screen *s); /* kills what still runs */

void screen_keys(struct screen *s, const char *keys);
void screen_send(struct screen *s, const void *bytes, size_t len);
void screen_resize(struct screen *s, int rows, int cols);
void screen_signal(struct screen *s, int signal); /* to the program that was started */

void screen_wait(struct screen *s, const char *text);      /* until it is shown somewhere */
void screen_wait_line(struct screen *s, const char *line); /* until it is all that a row shows */
void screen_wait_gone(struct screen *s, const char *text);
void screen_wait_mode(struct screen *s, int mode, bool on);
void screen_wait_termios(struct screen *s, const struct termios *wanted);
/* Until something else is true, which is asked again whenever anything may have happened. */
typedef bool (*screen_seen_fn)(struct screen *s, const void *what);
void screen_wait_until(struct screen *s, screen_seen_fn seen, const void *what, const char *name);
int screen_end(struct screen *s); /* until it has ended; as waitpid() has it */

bool screen_shows(struct screen *s, const char *text);
void screen_print(struct screen *s);                 /* for a test that fails */
const char *screen_row(struct screen *s, int row);   /* until the next call; no blanks at the end */
int screen_cell(struct screen *s, int row, int col); /* the character there */
bool screen_is_reversed(struct screen *s, int row, int col);

bool screen_mode(const struct screen *s, int mode); /* DEC private */
pid_t screen_pid(const struct screen *s);           /* 0: it has ended */
int screen_depth(const struct screen *s);           /* what is left on the terminal's stacks */
const char *screen_title(const struct screen *s);

/* The first control sequence that a program on ncurses with our terminfo never sends; or NULL. */
const char *screen_stranger(const struct screen *s);

/* Everything as it was sent. */
const struct strbuf *screen_sent(const struct screen *s);

/* What the terminal is set to, for comparing. */
void screen_termios(const struct screen *s, struct termios *out);

#endif
