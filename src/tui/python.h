#ifndef TUI_PYTHON_H
#define TUI_PYTHON_H

#include <stddef.h>

#include "base/text.h"
#include "tui/theme.h"

/* What of a Python line looks how. Enough for reading; it never fails, whatever the text. */
struct python_piece {
	size_t from, len; /* bytes */
	enum look look;
};

enum {
	PYTHON_PIECES_MOST = 128,
};

/* Between lines: inside which kind of triple quotes one ended. All zeros: outside. */
struct python_state {
	char quote; /* ' or ", 0: none */
};

/* The pieces of one line without its LF, in order; what is between them is plain. */
size_t python_color(struct python_piece *out, struct text_span line, struct python_state *state);

#endif
