#ifndef SCREEN_ANSWERS_H
#define SCREEN_ANSWERS_H

#include <stdbool.h>

#include "base/strbuf.h"

/*
 * How terminals answer, as measured: NULL, they do not. In an answer, %h and %w are the cell's
 * size, %H and %W the screen's in pixels, %r and %c where the cursor is.
 */
struct profile {
	const char *name, *term;
	bool knows_pixels; /* TIOCGWINSZ */
	struct {
		const char *question, *answer;
	} answers[16];
};

const struct profile *profile_find(const char *name);

struct places {
	int cell_width, cell_height, rows, cols, row, col;
};

/* Adds the answer to a control sequence, if there is one. */
void profile_answer(const struct profile *p, const char *sequence, const struct places *places,
                    struct strbuf *out);

#endif
