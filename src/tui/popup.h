#ifndef TUI_POPUP_H
#define TUI_POPUP_H

#include "tui/canvas.h"

/*
 * Something that lies over the panes and has all the keys until it goes away: a list, a question,
 * the command line. Opened by a key, never by an event. Several may lie on each other; the one
 * opened last is asked first.
 */
struct popup_type {
	const char *context; /* whose keys hold (keymap.h): "list", "line", "confirm" */
	void (*draw)(void *popup, struct canvas *screen);
	void (*act)(void *popup, const char *command); /* what a key stands for there */
	void (*type)(void *popup, const char *text);   /* a letter, or a paste of one line */
	void (*click)(void *popup, int row, int col);  /* on the screen; may be NULL */
	void (*close)(void *popup);                    /* frees it */
};

/* A popup's struct begins with this. */
struct popup {
	const struct popup_type *type;
	struct house *house;
	struct popup *below;
	int cursor_row, cursor_col; /* on the screen, set by draw(); -1: hidden */
};

void popup_open(struct house *h, void *popup, const struct popup_type *type);
void popup_close(void *popup); /* itself and what lies above it; it is freed */

#endif
