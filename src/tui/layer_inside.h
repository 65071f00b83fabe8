#ifndef TUI_LAYER_INSIDE_H
#define TUI_LAYER_INSIDE_H

#include <curses.h>

#include "tui/darkroom.h"
#include "tui/layer.h"

/*
 * The two halves of the layer: layer.c knows what is wanted and asks for prints, layer_show.c what
 * is on the screen and sends the rest.
 */
enum {
	LAYER_PLACES = 64, /* of sixels, since xterm has forgotten all others */
	LAYER_UPLOADS = 32,
};

struct slot {
	/* What is wanted. */
	bool is_used;
	struct picture picture;
	char *name; /* of the picture */
	struct cells area;
	WINDOW *window; /* the marks, or words instead */

	/* In this frame. */
	unsigned print; /* the one to show; 0: words */
	struct mask visible;
	bool is_recut; /* in the frame before another part of it was visible */

	/* On the screen. */
	unsigned shown_print; /* 0: nothing */
	struct cells shown_area;
	struct mask shown;
	unsigned showings; /* of kitty: so many parts are shown */
};

struct layer {
	struct term *term;
	struct loop *loop;
	struct darkroom *room;
	struct slot slots[LAYER_SLOTS];
	struct layer_stats stats;

	enum term_graphics graphics; /* of the frame before */
	enum print_grade most;
	bool is_slow;
	bool is_calm;
	struct timer *calm_timer;

	bool is_in_flight;  /* the terminal has not dealt with the last picture */
	bool is_unfinished; /* something is ready but was not sent */

	struct cells places[LAYER_PLACES]; /* xterm finds a picture again only by all four */
	int place_count;
	int purged_count;                /* of them, what was shown right after the last purge */
	bool is_purged;                  /* and that has not been counted yet */
	bool is_lost;                    /* since the last frame */
	unsigned uploads[LAYER_UPLOADS]; /* the oldest first */
	int upload_count;
};

enum term_graphics layer_graphics(const struct layer *layer); /* with what the cells allow */

/* The terminal's overlay. */
void layer_before(void *ctx, struct strbuf *first);
void layer_after(void *ctx, struct strbuf *last);
void layer_on_lost(void *ctx);

/* Adds what makes the terminal forget what it keeps for us. */
void layer_forget(struct layer *layer, struct strbuf *out);

/* Pictures are on their way; there will be no others until the terminal has dealt with them. */
void layer_start_fence(struct layer *layer);

#define LAYER_MARK L'\u00a0'

#endif
