#ifndef TUI_TERM_INSIDE_H
#define TUI_TERM_INSIDE_H

#include "tui/curses.h"
#include "tui/decoder.h"
#include "tui/fence.h"
#include "tui/query.h"
#include "tui/signals.h"
#include "tui/term.h"
#include "tui/traits.h"
#include "tui/tty.h"

/* What the files of the door share: term.c opens and listens, term_frame.c draws, term_say.c tells.
 */
struct term {
	struct loop *loop;
	struct term_options options;
	struct term_events on;
	struct term_overlay overlay;
	char name[64];
	bool plain; /* nothing but the oldest sequences */

	struct tty tty;
	struct decoder decoder;
	struct timer *patience; /* until the decoder is flushed */
	struct traits traits;
	struct term_caps caps;
	struct fences *fences;
	struct tmux_query *tmux;
	struct signals *signals;
	struct curses curses;
	int rows, cols;
	bool away;     /* somebody else has the terminal */
	bool keyboard; /* kitty's protocol is switched on */
	bool titled;
	bool stopped; /* by C-z, and the SIGCONT that ended it is still to come */
	bool ended;   /* the owner has been told */

	struct timer *frame; /* the next one */
	enum term_pace frame_pace;
	bool frame_waits; /* for the last one to be taken */
	int64_t frame_ms; /* when the last one was */
	bool drawing;
	struct strbuf ahead, behind; /* the frame that is being made */
	enum term_cursor cursor, cursor_shown, cursor_shape;
	int cursor_row, cursor_col;
};

void frame_release(struct term *t);
void frame_empty(struct term *t); /* the tty has taken everything */
void frame_lost(struct term *t);  /* nothing on the screen can be trusted */
void frame_go(struct term *t, enum term_pace pace);

void term_guard(struct term *t); /* what is to be undone at the end has changed */

#endif
