#ifndef TUI_TRAITS_H
#define TUI_TRAITS_H

#include <stdbool.h>

#include "tui/caps.h"
#include "tui/reply.h"

/*
 * What the environment, the kernel and the terminal itself told us, and what follows from it. No
 * waiting and no terminal here: answers are heard in any order, and late ones as well.
 */
struct traits {
	/* The environment. */
	char term[64];
	bool utf8, no_color, direct_color, in_tmux;
	bool wishes_graphics, wishes_cell;
	enum term_graphics wished_graphics;
	int wished_width_px, wished_height_px;
	int terminfo_colors;

	/* The kernel. */
	int rows, cols, width_px, height_px;

	/* The terminal. */
	bool answered, overdue;
	bool sixel, kitty, synchronized, marks_pastes, kitty_keyboard;
	bool wide_glyphs; /* glyphs of our frames take two cells */
	bool tmux_says_sixel;
	int cell_width_px, cell_height_px, area_width_px, area_height_px;
	int most_width_px, most_height_px, registers;
	bool has_background, has_foreground;
	uint32_t background, foreground;
	char name[64];
	int link_ms;
};

/* LL3M_GRAPHICS, LL3M_CELL, NO_COLOR, COLORTERM, TMUX. */
void traits_begin(struct traits *f, const char *term, bool utf8);
void traits_resize(struct traits *f, int rows, int cols, int width_px, int height_px);
void traits_hear(struct traits *f, const struct reply *reply);
void traits_conclude(const struct traits *f, struct term_caps *out);

#endif
