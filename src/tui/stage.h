#ifndef TUI_STAGE_H
#define TUI_STAGE_H

#include "tui/canvas.h"
#include "tui/keymap.h"
#include "tui/layer.h"
#include "tui/term.h"

/*
 * A terminal with all that is needed to draw on it and to know its keys: what a whole screen stands
 * on, whatever it shows.
 */
struct stage {
	struct loop *loop;
	struct term *term;
	struct work *work; /* turns pixels into bytes */
	struct layer *layer;
	struct theme theme;
	struct looks looks; /* the theme, as this terminal can show it */
	struct keymap *keymap;
};

struct stage_options {
	const char *theme; /* a name of themes/; NULL: default */
	bool no_mouse;
};

/* Fails where there is no terminal, or a theme or keys.yaml is wrong; then *out is empty. */
bool stage_open(struct stage *out, struct loop *loop, const struct stage_options *options,
                const struct term_events *events, struct error *err);
void stage_close(struct stage *stage); /* all zeros: nothing to close */

/* Colors anew: for term_events.learned. */
void stage_learned(struct stage *stage);

/* All of the screen, blank; what is drawn last needs a wnoutrefresh(stdscr). */
struct canvas stage_canvas(const struct stage *stage);

#endif
