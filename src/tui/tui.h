#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "base/loop.h"
#include "session/session.h"
#include "tui/lobby.h"

/*
 * A session on the screen. It goes on the same whether somebody looks or not; the terminal is as it
 * was when tui_close() has returned, and also when we crash or are killed.
 */
struct tui;

/*
 * Makes two processes of one, so that even after a kill -9 somebody is there who gives the terminal
 * back. First thing in main(), where there is a terminal.
 */
void tui_guard(void);

struct tui_options {
	const char *name;  /* of the session, as the user calls it */
	const char *theme; /* a name of themes/ or a file; NULL: default */
	bool no_mouse;
	bool is_told; /* what to make has been said: no need to ask for it */
};

/* The user wants to leave: session_close() and tui_close() are the caller's, from the loop. */
typedef void (*tui_over_fn)(void *ctx);

/* Fails where there is no terminal to draw on, or a settings file is wrong. */
bool tui_open(struct tui **out, struct loop *loop, struct session *session,
              const struct tui_options *options, tui_over_fn over, void *ctx, struct error *err);
void tui_close(struct tui *t);

#endif
