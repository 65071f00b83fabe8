#include "tui/mask.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool cells_equal(struct cells a, struct cells b)
{
	return a.row == b.row && a.col == b.col && a.rows == b.rows && a.cols == b.cols;
}

void mask_release(struct mask *mask)
{
	free(mask->bits);
	*mask = (struct mask){ 0 };
}

static size_t size_of(const struct mask *mask)
{
	return (size_t)mask->rows * (size_t)mask->cols * sizeof(bool);
}

static bool *row_of(const struct mask *mask, int row)
{
	return mask->bits + (size_t)row * (size_t)mask->cols;
}

void mask_make(struct mask *out, int rows, int cols)
{
	mask_release(out);
	if (rows <= 0 || cols <= 0)
		return;
	*out = (struct mask){ .rows = rows, .cols = cols };
	out->bits = xcalloc(1, size_of(out));
}

void mask_copy(struct mask *out, const struct mask *from)
{
	mask_make(out, from->rows, from->cols);
	if (from->bits)
		memcpy(out->bits, from->bits, size_of(from));
}

bool mask_get(const struct mask *mask, int row, int col)
{
	return row >= 0 && col >= 0 && row < mask->rows && col < mask->cols &&
	       row_of(mask, row)[col];
}

void mask_set(struct mask *mask, struct cells where, bool value)
{
	for (int row = where.row; row < where.row + where.rows; row++)
		for (int col = where.col; col < where.col + where.cols; col++)
			if (row >= 0 && col >= 0 && row < mask->rows && col < mask->cols)
				row_of(mask, row)[col] = value;
}

bool mask_is_empty(const struct mask *mask)
{
	return !mask->bits || !memchr(mask->bits, true, size_of(mask));
}

bool mask_equal(const struct mask *a, const struct mask *b)
{
	return a->rows == b->rows && a->cols == b->cols &&
	       (!a->bits || memcmp(a->bits, b->bits, size_of(a)) == 0);
}

void mask_subtract(struct mask *mask, const struct mask *other)
{
	for (size_t i = 0; i < size_of(mask) / sizeof(bool); i++)
		mask->bits[i] = mask->bits[i] && !other->bits[i];
}

void mask_limit(struct mask *mask, const struct mask *other)
{
	for (size_t i = 0; i < size_of(mask) / sizeof(bool); i++)
		mask->bits[i] = mask->bits[i] && other->bits[i];
}

static bool is_full(const struct mask *mask, int row, int col, int cols)
{
	return !memchr(row_of(mask, row) + col, false, (size_t)cols * sizeof(bool));
}

bool mask_take(struct mask *mask, struct cells *out, int most_rows, int most_cols)
{
	const bool *first = mask->bits ? memchr(mask->bits, true, size_of(mask)) : NULL;
	int row, col, end, below;

	if (!first)
		return false;
	row = (int)(first - mask->bits) / mask->cols;
	col = end = (int)(first - mask->bits) % mask->cols;
	while (end < mask->cols && row_of(mask, row)[end] && (!most_cols || end - col < most_cols))
		end++;
	below = row + 1;
	while (below < mask->rows && (!most_rows || below - row < most_rows) &&
	       is_full(mask, below, col, end - col))
		below++;
	*out = (struct cells){ row, col, below - row, end - col };
	mask_set(mask, *out, false);
	return true;
}
