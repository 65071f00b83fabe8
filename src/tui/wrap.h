#ifndef TUI_WRAP_H
#define TUI_WRAP_H

#include <stddef.h>

/*
 * A text being written, in rows: every byte is in exactly one, so the cursor has one place. Rows
 * are broken between words where they can be; blanks stay at the end of the row they were typed in,
 * even past its edge.
 */
struct wrap_row {
	size_t from, to; /* bytes; without the LF that ends it */
};

struct wrap {
	struct wrap_row *rows; /* at least one */
	size_t count;
};

void wrap_text(struct wrap *out, const char *text, size_t len, size_t cols);
void wrap_release(struct wrap *wrap);

/* The row of a byte, or of the end of the text. */
size_t wrap_row_of(const struct wrap *wrap, size_t place);

#endif
