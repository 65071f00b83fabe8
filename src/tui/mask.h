#ifndef TUI_MASK_H
#define TUI_MASK_H

#include <stdbool.h>
#include <stddef.h>

/* A rectangle on the screen, or within a picture, in cells from 0. */
struct cells {
	int row, col, rows, cols;
};

bool cells_equal(struct cells a, struct cells b);

/* A yes or no for each cell of a rectangle. All zeros: an empty one. */
struct mask {
	int rows, cols;
	bool *bits;
};

void mask_make(struct mask *out, int rows, int cols); /* replaces *out; all are no */
void mask_release(struct mask *mask);
void mask_copy(struct mask *out, const struct mask *from);

bool mask_get(const struct mask *mask, int row, int col);
void mask_set(struct mask *mask, struct cells where, bool value);
bool mask_is_empty(const struct mask *mask);
bool mask_equal(const struct mask *a, const struct mask *b);

/* Take out of *mask what is in `other`, or what is not; both of one size. An empty one stays so. */
void mask_subtract(struct mask *mask, const struct mask *other);
void mask_limit(struct mask *mask, const struct mask *other);

/*
 * Take a rectangle of yes off the mask: the first row of them there is, and as many of that width
 * below, within the given size (0: no limit). False: none is left.
 */
bool mask_take(struct mask *mask, struct cells *out, int most_rows, int most_cols);

#endif
