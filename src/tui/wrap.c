#include "tui/wrap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A line is cleaned again with all that is added to it, but for so much of it. */
#define LINE_MOST 256

static void clean_line(struct wrap *w)
{
	if (w->fresh > w->line_at)
		w->fresh = w->line_at;
	strbuf_cut(&w->text, w->line_at);
	text_clean(&w->text, strbuf_str(&w->line), w->line.len, TEXT_LINES);
}

/* Be done with the line up to a byte; what is after it may still be half a character. */
static void settle(struct wrap *w, size_t end)
{
	struct strbuf rest = { 0 };

	strbuf_add(&rest, w->line.buf + end, w->line.len - end);
	strbuf_cut(&w->line, end);
	clean_line(w);
	w->line_at = w->text.len;
	strbuf_release(&w->line);
	w->line = rest;
	if (rest.len)
		clean_line(w);
}

static void shorten(struct wrap *w)
{
	size_t end = w->line.len;

	while (end && w->line.buf[end - 1] != ' ')
		end--;
	if (end || w->line.len > 16 * LINE_MOST)
		settle(w, end ? end : w->line.len);
}

void wrap_add(struct wrap *w, const char *s, size_t len)
{
	while (len) {
		const char *end = memchr(s, '\n', len);
		size_t n = end ? (size_t)(end - s) + 1 : len;

		strbuf_add(&w->line, s, n);
		if (end)
			settle(w, w->line.len);
		else
			clean_line(w);
		if (w->line.len > LINE_MOST)
			shorten(w);
		s += n;
		len -= n;
	}
}

void wrap_reset(struct wrap *w)
{
	strbuf_reset(&w->text);
	strbuf_reset(&w->line);
	w->line_at = w->count = w->fresh = 0;
}

void wrap_release(struct wrap *w)
{
	strbuf_release(&w->text);
	strbuf_release(&w->line);
	free(w->rows);
	*w = (struct wrap){ 0 };
}

static void add_row(struct wrap *w, size_t at)
{
	if (w->count == w->cap) {
		w->cap = w->cap ? 2 * w->cap : 16;
		w->rows = xrealloc(w->rows, w->cap * sizeof(*w->rows));
	}
	w->rows[w->count++] = at;
}

/* A row ends where it does because of the word after it: the one before the change may, too. */
static void drop_changed(struct wrap *w)
{
	while (w->count && w->rows[w->count - 1] >= w->fresh)
		w->count--;
	w->count -= w->count < 2 ? w->count : 2;
}

size_t wrap_fit(struct wrap *w, size_t cols)
{
	struct text_span rest, row;

	if (!cols)
		cols = 1;
	if (w->cols != cols)
		w->fresh = 0;
	w->cols = cols;
	if (w->fresh == w->text.len)
		return w->count;
	rest = (struct text_span){ strbuf_str(&w->text), w->text.len };
	drop_changed(w);
	if (w->count) { /* go on after the last row that stays */
		rest.at += w->rows[w->count - 1];
		rest.len -= w->rows[w->count - 1];
		text_next_row(&row, &rest, cols);
	}
	while (rest.len) {
		add_row(w, w->text.len - rest.len);
		text_next_row(&row, &rest, cols);
	}
	w->fresh = w->text.len;
	return w->count;
}

struct text_span wrap_row(const struct wrap *w, size_t row)
{
	struct text_span rest = { strbuf_str(&w->text) + w->rows[row], w->text.len - w->rows[row] };
	struct text_span out = { 0 };

	text_next_row(&out, &rest, w->cols);
	return out;
}
