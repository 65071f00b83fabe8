#include "tui/typed.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"

static void add(struct typed *w, size_t from, size_t to)
{
	w->rows = xrealloc(w->rows, (w->count + 1) * sizeof(*w->rows));
	w->rows[w->count++] = (struct typed_row){ from, to };
}

static size_t width_of(uint32_t c)
{
	int width = text_cell_width(c);

	return width < 0 ? 2 : (size_t)width;
}

/* Where the row that begins at `from` ends; a character is taken in any case. */
static size_t row_end(const char *text, size_t from, size_t line_end, size_t cols)
{
	size_t at = from, width = 0, word = from;

	while (at < line_end) {
		uint32_t c;
		size_t bytes = text_decode(&c, text + at, line_end - at);

		if (c != ' ' && width + width_of(c) > cols && at > from)
			return word > from ? word : at;
		width += width_of(c);
		at += bytes;
		if (c == ' ')
			word = at;
	}
	return line_end;
}

void typed_wrap(struct typed *out, const char *text, size_t len, size_t cols)
{
	size_t line = 0;

	*out = (struct typed){ 0 };
	for (;;) {
		size_t end = line, from = line;

		while (end < len && text[end] != '\n')
			end++;
		do {
			size_t to = row_end(text, from, end, cols);

			add(out, from, to);
			from = to;
		} while (from < end);
		if (end == len)
			return;
		line = end + 1;
	}
}

void typed_release(struct typed *wrap)
{
	free(wrap->rows);
	*wrap = (struct typed){ 0 };
}

size_t typed_row_of(const struct typed *wrap, size_t place)
{
	size_t row = wrap->count - 1;

	while (row && wrap->rows[row].from > place)
		row--;
	return row;
}
