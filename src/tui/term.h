#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/strbuf.h"
#include "tui/caps.h"
#include "tui/input.h"

/*
 * The terminal: raw, asked what it can do, drawn to in whole frames, and given back as it was,
 * however we end.
 *
 * ncurses draws into memory and never sees the terminal. A frame goes out as one write: the text
 * that ncurses made, then what lies over it. Nobody else writes to the terminal, reads from it, or
 * calls doupdate(), refresh() or getch(). While bytes of a frame still wait for the terminal, no
 * other frame is begun: on a slow line frames become fewer, and none is torn.
 */
struct term;

/* How soon: keys are answered at once, what streams in is shown 30 times a second at most. */
enum term_pace {
	TERM_SOON,
	TERM_NOW,
};

/* Each may be NULL, and comes from the loop. Only `ended` may call term_close(). */
struct term_events {
	/*
	 * Put the screen together: draw into windows, wnoutrefresh() them from the lowest to the
	 * uppermost, nothing more. The lowest is stdscr.
	 */
	void (*draw)(void *ctx);
	void (*input)(void *ctx, const struct input *input);
	void (*resized)(void *ctx); /* stdscr already is; a frame follows by itself */
	void (*learned)(void *ctx); /* term_caps() tells more than it did; a frame follows */
	/*
	 * Somebody wants us gone: SIGTERM or SIGHUP, or 0 if the terminal hung up. Without this
	 * callback the terminal is put back and the signal does what it does by default.
	 */
	void (*ended)(void *ctx, int signal);
	void *ctx;
};

struct term_options {
	const char *name; /* NULL: $TERM */
	bool mouse;       /* clicks and the wheel; without, the terminal's own selection works */
};

/* The controlling terminal. Needs setlocale() to have been called. */
bool term_open(struct term **out, struct loop *loop, const struct term_options *options,
               const struct term_events *events, struct error *err);
void term_close(struct term *t); /* waits for a last answer, but at most 300 ms */

/* Take the mouse or leave it to the terminal, which then can select text. */
void term_mouse(struct term *t, bool is_ours);

const struct term_caps *term_caps(const struct term *t);
void term_size(const struct term *t, int *rows, int *cols);

/* A frame is wanted. Any number of calls make one frame. */
void term_redraw(struct term *t, enum term_pace pace);
void term_repaint(struct term *t); /* C-l: whatever the terminal shows is not to be trusted */

enum term_cursor {
	TERM_CURSOR_HIDDEN,
	TERM_CURSOR_BLOCK,
	TERM_CURSOR_BAR,
};

/* Where the cursor is after each frame, until it is said again. */
void term_cursor(struct term *t, enum term_cursor shape, int row, int col);

/*
 * What lies over the text: pictures. Its bytes are a part of the frame; the order is `first`, text,
 * `last`, then the cursor goes back to where it belongs.
 */
struct term_overlay {
	/*
	 * All windows are in newscr, nothing is on its way yet: the time to look which cells
	 * newscr has kept for a picture (leave its cursor where it was), and to add what has to
	 * happen before the text. May call clearok(curscr, TRUE).
	 */
	void (*before)(void *ctx, struct strbuf *first);
	void (*after)(void *ctx, struct strbuf *last);
	void (*lost)(void *ctx); /* nothing of it is on the screen any more */
	void *ctx;
};

void term_set_overlay(struct term *t, const struct term_overlay *overlay);

/* Bytes of ours for the terminal, before the next frame and in the order given. */
void term_emit(struct term *t, const void *bytes, size_t len);
size_t term_backlog(const struct term *t); /* bytes that the terminal has not taken yet */

/*
 * Calls fn when the terminal has dealt with all that was sent so far, or 2 s later (took_ms is -1).
 * In draw() and the overlay's callbacks that includes the frame being made.
 */
typedef void (*term_fence_fn)(void *ctx, int took_ms);
void term_fence(struct term *t, term_fence_fn fn, void *ctx);
void term_unfence(struct term *t, term_fence_fn fn, void *ctx); /* none of these will be called */

/* Text for others than the screen; anybody's text may be given. */
void term_title(struct term *t, const char *title); /* the old one comes back at the end */
void term_call(struct term *t, const char *text);   /* a bell, and a notification if known how */
bool term_copy(struct term *t, const char *text, size_t len, struct error *err); /* OSC 52 */
/* Around text that is drawn next by hand, never through ncurses: a link to an own file or page. */
void term_link(struct strbuf *out, const char *url, const char *text);

/*
 * Somebody else has the terminal: an editor, a pager. In between nothing is read, drawn or sent;
 * Ctrl-C is theirs. term_return() paints everything anew.
 */
void term_leave(struct term *t);
void term_return(struct term *t);

/* As C-z in a shell: stops our process group. Fails where there is no shell to come back from. */
bool term_suspend(struct term *t, struct error *err);

#endif
