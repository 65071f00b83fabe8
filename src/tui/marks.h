#ifndef TUI_MARKS_H
#define TUI_MARKS_H

#include "tui/canvas.h"

/* Signs that say what a colour says, too; each has a form for terminals without Unicode. */
enum mark {
	MARK_DONE,    /* ✓ * */
	MARK_BAD,     /* ✗ x */
	MARK_ACTIVE,  /* ► > */
	MARK_WAITING, /* · . */
	MARK_SKIPPED, /* – - */
	MARK_NEEDS,   /* ◆ # */
	MARK_FOLDED,  /* ▸ + */
	MARK_OPEN,    /* ▾ - */
	MARK_BAR,     /* ▌ > */
	MARK_HERE,    /* ● o */
	MARK_PROMPT,  /* › > */
	MARK_PAUSED,  /* ❚❚ || */
	MARK_MORE,    /* … ~ */
	MARK_BETWEEN, /* │ | */
	MARK_COUNT,
};

const char *canvas_mark(const struct canvas *c, enum mark mark);
int canvas_put_mark(const struct canvas *c, int row, int col, enum look look, enum mark mark);

/* At the right end of a row. */
void canvas_right(const struct canvas *c, int row, enum look look, const char *text);

int canvas_sayf(const struct canvas *c, int row, int col, enum look look, const char *fmt, ...)
	PRINTF_LIKE(5, 6);

#endif
