#include "tui/canvas.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>

#include "base/compiler.h"
#include "base/text.h"

enum {
	MARKS_MOST = CCHARW_MAX - 2,
	PIECE_REPLACEMENT = 0xfffd,
};

void looks_apply(struct looks *out, const struct theme *theme, int colors)
{
	static const struct {
		unsigned from;
		attr_t to;
	} attrs[] = {
		{ STYLE_BOLD, A_BOLD },       { STYLE_DIM, A_DIM },
		{ STYLE_ITALIC, A_ITALIC },   { STYLE_UNDERLINE, A_UNDERLINE },
		{ STYLE_REVERSE, A_REVERSE },
	};

	for (size_t look = 0; look < LOOK_COUNT; look++) {
		struct style style = style_for(&theme->styles[look], colors);
		bool plain = style.fore == COLOR_OWN && style.back == COLOR_OWN;
		int pair = plain ? 0 : alloc_pair(style.fore, style.back);

		out->attrs[look] = A_NORMAL;
		out->pairs[look] = pair > 0 ? pair : 0;
		for (size_t i = 0; i < COUNT(attrs); i++)
			if (style.attrs & attrs[i].from)
				out->attrs[look] |= attrs[i].to;
	}
}

struct canvas canvas_of(WINDOW *window, const struct looks *looks, const struct term_caps *caps)
{
	struct canvas c = { .window = window, .looks = looks, .unicode = caps->unicode };

	getmaxyx(window, c.rows, c.cols);
	return c;
}

/* The part of from..from+len that is inside 0..most; nothing: len is 0. */
static void clip(int *from, int *len, int most)
{
	long start = *from, end = start + (*len > 0 ? *len : 0);

	start = start < 0 ? 0 : start > most ? most : start;
	end = end < start ? start : end > most ? most : end;
	*from = (int)start;
	*len = (int)(end - start);
}

struct canvas canvas_part(const struct canvas *c, int row, int col, int rows, int cols)
{
	struct canvas part = *c;

	clip(&row, &rows, c->rows);
	clip(&col, &cols, c->cols);
	part.top += row;
	part.left += col;
	part.rows = rows;
	part.cols = cols;
	return part;
}

static bool has_row(const struct canvas *c, int row)
{
	return row >= 0 && row < c->rows && c->cols > 0;
}

static bool has_cell(const struct canvas *c, int row, int col)
{
	return has_row(c, row) && col >= 0 && col < c->cols;
}

static void put(const struct canvas *c, int row, int col, enum look look, const wchar_t *piece)
{
	int pair = c->looks->pairs[look];
	cchar_t cell;

	if (has_cell(c, row, col) && setcchar(&cell, piece, c->looks->attrs[look], 0, &pair) == OK)
		mvwadd_wch(c->window, c->top + row, c->left + col, &cell);
}

/* ncurses keeps there which part of a wide character a cell is; nothing else tells. */
static bool is_second_half(const struct canvas *c, int row, int col)
{
	cchar_t cell;

	return has_cell(c, row, col) &&
	       mvwin_wch(c->window, c->top + row, c->left + col, &cell) == OK &&
	       (cell.attr & A_CHARTEXT) > 1;
}

/* Before so many cells are drawn over: of a character that loses a half, the other goes, too. */
static void drop_halves(const struct canvas *c, int row, int col, int cols)
{
	bool first = is_second_half(c, row, col), last = is_second_half(c, row, col + cols);

	if (first)
		put(c, row, col - 1, LOOK_TEXT, L" ");
	if (last)
		put(c, row, col + cols, LOOK_TEXT, L" ");
}

static void put_blanks(const struct canvas *c, int row, int col, int cols, enum look look)
{
	clip(&col, &cols, c->cols);
	if (cols > 0)
		drop_halves(c, row, col, cols);
	for (int i = 0; i < cols; i++)
		put(c, row, col + i, look, L" ");
}

/* A character with the marks over it, and the columns it takes. */
struct piece {
	wchar_t text[CCHARW_MAX];
	int width;
};

/*
 * The terminal, ncurses and we must agree about widths, or all that follows on the row is off.
 * Where ncurses differs it is given a character that nobody differs about; and so it is where
 * somebody forgot to clean a text, as control characters and turns of the direction show.
 */
static void settle(const struct canvas *c, struct piece *piece, uint32_t character, int width)
{
	bool plain = character >= 0x20 && character < 0x7f;

	if (character == 0xa0)
		piece->text[0] = L' ';
	else if (plain || (width > 0 && text_is_harmless(character) &&
	                   wcwidth((wchar_t)character) == width && (c->unicode || width == 2)))
		piece->text[0] = (wchar_t)character;
	else
		piece->text[0] = c->unicode ? PIECE_REPLACEMENT : L'?';
	piece->text[1] = 0;
	piece->width = width > 0 ? width : 1;
}

static size_t next_piece(const struct canvas *c, struct piece *piece, const char *s, size_t len)
{
	uint32_t character;
	size_t used = text_decode(&character, s, len), n, marks = 0;

	settle(c, piece, character, text_cell_width(character));
	while (used < len) {
		n = text_decode(&character, s + used, len - used);
		if (text_cell_width(character) != 0)
			break;
		if (c->unicode && marks < MARKS_MOST && text_is_harmless(character) &&
		    wcwidth((wchar_t)character) == 0) {
			piece->text[1 + marks++] = (wchar_t)character;
			piece->text[1 + marks] = 0;
		}
		used += n;
	}
	return used;
}

static void put_piece(const struct canvas *c, int row, int col, enum look look,
                      const struct piece *piece)
{
	int real = wcwidth(piece->text[0]);

	if (col < 0 || col + piece->width > c->cols) {
		put_blanks(c, row, col, piece->width, look);
		return;
	}
	drop_halves(c, row, col, piece->width);
	put(c, row, col, look, piece->text);
	if (real < piece->width) /* a replacement is narrower */
		put_blanks(c, row, col + 1, piece->width - 1, look);
}

int canvas_text(const struct canvas *c, int row, int col, enum look look, const char *text,
                size_t len, int most)
{
	struct piece piece;
	int used = 0;
	size_t n;

	for (size_t i = 0; i < len && used < most; i += n) {
		n = next_piece(c, &piece, text + i, len - i);
		if (piece.width > most - used) {
			if (has_row(c, row) && col < c->cols - used)
				put_blanks(c, row, col + used, most - used, look);
			return most;
		}
		if (has_row(c, row) && col < c->cols - used)
			put_piece(c, row, col + used, look, &piece);
		if (used > INT_MAX / 2 || col > INT_MAX / 2)
			break;
		used += piece.width;
	}
	return used;
}

int canvas_say(const struct canvas *c, int row, int col, enum look look, const char *text)
{
	return canvas_text(c, row, col, look, text, strlen(text), INT_MAX);
}

void canvas_fill(const struct canvas *c, int row, int col, int rows, int cols, enum look look)
{
	clip(&row, &rows, c->rows);
	for (int i = 0; i < rows; i++)
		put_blanks(c, row + i, col, cols, look);
}

void canvas_tint(const struct canvas *c, int row, int col, int cols, enum look look)
{
	int pair = c->looks->pairs[look];

	clip(&col, &cols, c->cols);
	if (has_row(c, row) && cols)
		mvwchgat(c->window, c->top + row, c->left + col, cols, c->looks->attrs[look],
		         (short)pair, &pair);
}

size_t canvas_tail(size_t total, size_t shown, size_t jump)
{
	size_t first = total > shown ? total - shown : 0;

	return jump > 1 ? (first + jump - 1) / jump * jump : first;
}
