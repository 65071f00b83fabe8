#ifndef TUI_PANE_H
#define TUI_PANE_H

#include <stddef.h>

#include "base/strbuf.h"
#include "event/state.h"
#include "tui/canvas.h"
#include "tui/layout.h"
#include "tui/verb.h"

struct house;

enum move {
	MOVE_UP,
	MOVE_DOWN,
	MOVE_LEFT, /* left, fold, less */
	MOVE_RIGHT,
	MOVE_FAR_LEFT, /* ten times */
	MOVE_FAR_RIGHT,
	MOVE_TOP,
	MOVE_BOTTOM,
	MOVE_HALF_UP,
	MOVE_HALF_DOWN,
	MOVE_PAGE_UP,
	MOVE_PAGE_DOWN,
	MOVE_PREV, /* thing: turn, hunk, camera, sibling, failed check */
	MOVE_NEXT,
	MOVE_PREV_BIG, /* own prompt, function, step */
	MOVE_NEXT_BIG,
	MOVE_WHEEL_UP, /* a few rows; the cursor stays if it can */
	MOVE_WHEEL_DOWN,
};

/* Matches of a search, for "3 of 12". */
struct matches {
	size_t at, count; /* at: counted from 1; 0: none */
};

/*
 * A kind of pane. hear() takes note, draw() shows; neither does the other's job, so a burst of
 * events costs one redraw. A pane never moves the focus, and never scrolls unless it is at its
 * tail.
 *
 * A pane's struct begins with a struct pane. Everything but draw() may be NULL.
 */
struct pane_type {
	enum pane_id id;
	const char *title;                        /* in its frame, behind its number */
	const char *(*retitle)(const void *pane); /* what it is at the moment; NULL: the title */
	size_t size;                              /* of its own struct, zeroed before open() */
	const struct verb *verbs;

	void (*open)(void *pane);
	void (*close)(void *pane);

	/* Of events, after the state knows of them; after a head.moved all has to be read anew.
	 * True: draw me again. */
	bool (*hear)(void *pane, const struct event *ev);

	void (*draw)(void *pane, struct canvas *on);
	void (*badge)(void *pane, struct strbuf *out); /* behind the title: "4/6" */
	void (*foot)(void *pane, struct strbuf *out);  /* in the lower border: "12 new below" */

	bool (*move)(void *pane, enum move move); /* false: it went no further */
	void (*click)(void *pane, int row, int col);

	/*
	 * Go to the next match of a text, from where we are (by 0) or by so many matches; smart
	 * case: capitals matter if there are any. An empty text ends the search.
	 */
	struct matches (*find)(void *pane, const char *text, int by);

	bool (*copy)(void *pane, struct strbuf *out); /* what the cursor is on; false: nothing */
};

struct pane {
	const struct pane_type *type;
	struct house *house;
};

extern const struct pane_type *const pane_types[PANE_COUNT]; /* those we have; others NULL */

#endif
