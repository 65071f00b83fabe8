#ifndef TUI_CAPS_H
#define TUI_CAPS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What this terminal can do, as far as it is known yet.
 *
 * Before the terminal has answered, everything is guessed on the safe side: symbols, no sixel, the
 * cell size the kernel knows. All zeros is a terminal without colours and pictures.
 */
enum term_graphics {
	TERM_NO_GRAPHICS, /* say it in words */
	TERM_SYMBOLS,     /* block characters in colours */
	TERM_SIXEL,
	TERM_KITTY,
};

enum term_quirk {
	TERM_QUIRK_SLOTS = 1 << 0,   /* xterm: 16 pictures, the topmost is recycled */
	TERM_QUIRK_TMUX = 1 << 1,    /* a picture is gone as soon as a cell of it is written */
	TERM_QUIRK_NO_ERASE = 1 << 2 /* erasing leaves sixels alone, only characters cover them */
};

enum term_notify {
	TERM_NOTIFY_BELL,
	TERM_NOTIFY_OSC9,
	TERM_NOTIFY_OSC777,
};

struct term_caps {
	bool settled; /* it answered, or had its time; late answers may still improve this */
	enum term_graphics graphics;
	unsigned quirks;
	int cell_width_px, cell_height_px; /* 0: not known, so there can be no pictures in pixels */
	int most_width_px, most_height_px; /* of one sixel picture; 0: no limit that we know of */
	int registers;                     /* colours of one sixel picture; 0: not known */
	int colors;                        /* 0, 8, 16, 256, or 1 << 24 */
	bool unicode;                      /* the locale is UTF-8, and frames are one cell wide */
	bool synchronized;                 /* mode 2026: a frame is shown when it is whole */
	bool has_background, has_foreground;
	uint32_t background, foreground; /* 0xrrggbb */
	enum term_notify notify;
	int link_ms;   /* from a question to its answer, the latest; -1: none yet */
	char name[64]; /* "XTerm(379)", as it says itself; clean, and maybe empty */
};

/* "sixel", "symbols"...; for doctor screens and LL3M_GRAPHICS. */
const char *term_graphics_name(enum term_graphics graphics);

#endif
