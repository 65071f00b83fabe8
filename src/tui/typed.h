#ifndef TUI_TYPED_H
#define TUI_TYPED_H

#include <stddef.h>

/*
 * A text being written, in rows: every byte is in exactly one, so the cursor has one place. Rows
 * are broken between words where they can be; blanks stay at the end of the row they were typed in,
 * even past its edge.
 */
struct typed_row {
	size_t from, to; /* bytes; without the LF that ends it */
};

struct typed {
	struct typed_row *rows; /* at least one */
	size_t count;
};

void typed_wrap(struct typed *out, const char *text, size_t len, size_t cols);
void typed_release(struct typed *wrap);

/* The row of a byte, or of the end of the text. */
size_t typed_row_of(const struct typed *wrap, size_t place);

#endif
