#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/*
 * Text as people see it: UTF-8, the cells it takes on a terminal, rows, numbers with units.
 *
 * Nothing here asks the locale, so it says the same everywhere. Bytes that are no UTF-8 count as
 * U+FFFD, one for each run that no character can begin with (as Unicode recommends).
 */

/* A part of a longer text. Borrowed: whoever owns the bytes keeps them alive. */
struct text_span {
	const char *at;
	size_t len;
};

struct text_span text_span(const char *s); /* the whole of a C string */
bool text_is(struct text_span span, const char *s);
struct text_span text_trim(struct text_span span); /* without ASCII blanks at both ends */

/* Take a word, and the blanks around it, off the front of *rest; empty: there is none left. */
struct text_span text_next_word(struct text_span *rest);

/* Whether it is a whole number of 1 to `most` in decimal, and nothing else. */
bool text_is_number(size_t *out, struct text_span span, size_t most);

/* Take one line, without its LF, off the front of *rest. False: nothing is left. */
bool text_next_line(struct text_span *line, struct text_span *rest);

/* The character at `s`, and how many bytes it has: at least 1, as `len` must be too. */
size_t text_decode(uint32_t *out, const char *s, size_t len);
void text_encode(struct strbuf *out, uint32_t character);
bool text_is_utf8(const char *s, size_t len);
void text_mend(struct strbuf *out, const char *s, size_t len); /* copy, with U+FFFD for bad bytes */

/*
 * Cells of one character: 0, 1 or 2. Characters of unclear width are 1, as xterm, tmux, foot and
 * kitty draw them. -1: a picture newer than the table; terminals disagree about it.
 */
int text_cell_width(uint32_t character);
size_t text_width(const char *s, size_t len); /* in columns, on one line */

/*
 * Make text from a model, a file or a server harmless and of the same width in every terminal:
 * what drives a terminal or turns the reading direction shows as \x1b or \u202e, what terminals
 * disagree about is dropped. TEXT_LINES keeps line ends (CRLF becomes LF) and sets tabs at every
 * eighth column; TEXT_ONE_LINE makes each a space.
 */
enum text_shape {
	TEXT_LINES,
	TEXT_ONE_LINE,
};
void text_clean(struct strbuf *out, const char *s, size_t len, enum text_shape shape);
bool text_is_harmless(uint32_t character); /* text_clean() would keep it */

/* At most `cols` columns of it; the last one is an ellipsis where something is missing. */
void text_cut(struct strbuf *out, const char *s, size_t len, size_t cols);

/*
 * Take one row of at most `cols` columns off the front of *rest, broken between words if it can
 * be; a word wider than a row is cut. False: nothing is left. Always takes a character, so it ends.
 */
bool text_next_row(struct text_span *row, struct text_span *rest, size_t cols);

/* The name that `word` was probably meant to be, for "did you mean"; NULL: none is near. */
const char *text_nearest(const char *word, const char *const names[], size_t count);

void text_add_duration(struct strbuf *out, int64_t ms);  /* 420 ms, 4.2 s, 3 min 5 s, 2 h 4 min */
void text_add_bytes(struct strbuf *out, uint64_t bytes); /* 512 B, 1.2 KB, 55 KB, 3.4 GB */
void text_add_usd(struct strbuf *out, double usd);       /* $0.42, under a cent $0.0031 */

#endif
