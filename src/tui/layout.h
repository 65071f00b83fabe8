#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/record.h"
#include "tui/mask.h"

/*
 * Where panes go. A layout is a row of columns, a column a stack of boxes, a box one pane or
 * several that share it as tabs. Sizes are in cells; row 0, column 0 is the top left corner.
 */
enum pane_id {
	PANE_NONE,
	PANE_PLAN, /* their numbers on the keyboard, too */
	PANE_TALK,
	PANE_SCRIPT,
	PANE_VIEWS,
	PANE_PARAMS,
	PANE_STEPS,
	PANE_CHECKS,
	PANE_COUNT,
};

extern const char *const pane_names[]; /* NULL-terminated; "" for PANE_NONE */

bool cells_has(struct cells r, int row, int col);

enum {
	LAYOUT_BOXES_MAX = 12,
	LAYOUT_COLUMNS_MAX = 5,
	LAYOUT_COLS_MIN = 40, /* of a screen that shows panes at all */
	LAYOUT_ROWS_MIN = 12,
};

/* One place on the screen and who takes turns in it. */
struct box {
	enum pane_id panes[PANE_COUNT];
	size_t count;
	int column;
	int share;     /* of the column's rows; of what is not fixed */
	bool is_fixed; /* share is a number of rows */
};

/*
 * A layout as it is written down: "plan 2 / steps 3 = 26 | talk, script, views = 54". Columns stand
 * between bars, boxes of a column between slashes, tabs of a box between commas; a number after a
 * pane is its share of the rows, with ! exactly so many rows, and after an equals sign the column's
 * share.
 */
struct layout {
	const char *name;
	int64_t cols, rows; /* it is meant for screens of this size or more */
	const char *panes;
	bool frameless; /* no borders: a row of tabs instead */
	bool named;     /* taken only if it is asked for by its name */

	struct box boxes[LAYOUT_BOXES_MAX];
	size_t box_count;
	int column_share[LAYOUT_COLUMNS_MAX];
	size_t column_count;
};

/* All of them, as config/layouts.yaml has them: the first that fits a screen is the one for it. */
struct layouts {
	LIST_OF(struct layout) list;
};

extern const struct record_type layouts_type;

/* After they were read: makes the boxes of every one of them. ERR_CONFIG names the layout. */
bool layouts_prepare(struct layouts *layouts, struct error *err);

/* Panes that there are not leave no gap: their boxes go, and columns of nothing else. */
void layouts_leave_out(struct layouts *layouts, const bool missing[PANE_COUNT]);

/* The first that fits, or NULL: the screen is too small for any. */
const struct layout *layouts_for(const struct layouts *layouts, int rows, int cols);

/* A screen of a size, with a prompt so many rows high. */
struct scene {
	const struct layout *layout; /* NULL: too small */
	struct cells status, banner, prompt, hints;
	struct cells tabs; /* of a frameless layout: rows 0 if there are none */
	struct cells boxes[LAYOUT_BOXES_MAX];
	size_t zoomed; /* the box that has it all, counted from 1; 0: none */
};

/* How somebody has dragged the borders: added to the shares; all zeros: not at all. */
struct splits {
	int column[LAYOUT_COLUMNS_MAX];
	int box[LAYOUT_BOXES_MAX];
};

/* zoomed: 0 or the number of a box, from 1. Every box gets at least one row and column. */
void layout_solve(struct scene *out, const struct layout *layout, const struct splits *splits,
                  int rows, int cols, int prompt_rows, size_t zoomed);

/* The box a pane lives in, or -1. */
int layout_box_of(const struct layout *layout, enum pane_id pane);

/* Which border is at a cell: that between a box and the one below or right of it. */
enum border {
	BORDER_NONE,
	BORDER_COLUMN, /* right of column `at` */
	BORDER_BOX,    /* below box `at` */
};
enum border layout_border_at(const struct scene *scene, int row, int col, size_t *at);

/* Move a border by so many cells, as far as it goes. */
void layout_drag(struct splits *splits, const struct scene *scene, enum border border, size_t at,
                 int by);

#endif
