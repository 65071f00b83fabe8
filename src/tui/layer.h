#ifndef TUI_LAYER_H
#define TUI_LAYER_H

#include "base/loop.h"
#include "base/work.h"
#include "tui/mask.h"
#include "tui/picture.h"
#include "tui/print.h"
#include "tui/term.h"

/*
 * Pictures among text. Each has a slot, and stands in cells that ncurses believes to hold
 * no-break spaces; from what is left of these once all windows are drawn, the layer knows what of
 * a picture can be seen, so pop-ups cover pictures and uncover them without being asked. Only
 * what is not on the screen already is sent.
 *
 * Nothing here waits: a picture that is not ready leaves the one before in its place, or words.
 * In a terminal without graphics pictures are made of block characters, without colors of words.
 */
struct layer;

enum {
	LAYER_SLOTS = 16,
};

/* Takes the terminal's overlay. Close it before the terminal and the helper. */
struct layer *layer_open(struct term *term, struct loop *loop, struct work *work);
void layer_close(struct layer *layer);

/* From the next frame on; saying it again costs nothing. The last row of the screen stays free. */
void layer_place(struct layer *layer, int slot, const struct picture *picture, struct cells area);
void layer_hide(struct layer *layer, int slot);

/* In draw(): after everything that pictures stand on, before all that may cover them. */
void layer_mark(struct layer *layer);

/* The screen is not what we left: all will be sent anew. The terminal says so by itself. */
void layer_lost(struct layer *layer);

/* Nothing sharper than that, which is PRINT_SHARP to begin with. */
void layer_limit(struct layer *layer, enum print_grade most);

/* What stands in the slot, or is being made for it. */
struct layer_view {
	bool is_shown; /* all that is not covered */
	enum print_grade grade;
	double difference;     /* of PICTURE_DIFFERENCE: the share of pixels that differ */
	const char *complaint; /* why there is no picture; NULL: there is, or will be */
};

/* Borrowed until the next frame. */
struct layer_view layer_view(const struct layer *layer, int slot);

struct layer_stats {
	uint64_t bytes;  /* of pictures */
	uint64_t pieces; /* pictures and parts that were sent */
	unsigned lost;   /* pictures that had to be sent again because a cell was covered (tmux) */
	unsigned purges; /* full repaints that keep xterm from forgetting pictures */
	int link_ms;     /* until the last picture was dealt with; -1: none was */
	size_t kept;     /* bytes of memory for pictures */
};
struct layer_stats layer_stats(const struct layer *layer);

#endif
