#include "tui/marks.h"

#include <stdarg.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"

const char *canvas_mark(const struct canvas *c, enum mark mark)
{
	static const char *const marks[2][MARK_COUNT] = {
		{ "*", "x", ">", ".", "-", "#", "+", "-", ">", "o", ">", "||", "~", "|" },
		{ "\u2713", "\u2717", "\u25ba", "\u00b7", "\u2013", "\u25c6", "\u25b8", "\u25be",
		  "\u258c", "\u25cf", "\u203a", "\u275a\u275a", "\u2026", "\u2502" },
	};

	return marks[c->unicode][mark];
}

int canvas_put_mark(const struct canvas *c, int row, int col, enum look look, enum mark mark)
{
	return canvas_say(c, row, col, look, canvas_mark(c, mark));
}

void canvas_right(const struct canvas *c, int row, enum look look, const char *text)
{
	canvas_say(c, row, c->cols - (int)text_width(text, strlen(text)), look, text);
}

int canvas_sayf(const struct canvas *c, int row, int col, enum look look, const char *fmt, ...)
{
	struct strbuf text = { 0 };
	va_list args;
	int cols;

	va_start(args, fmt);
	strbuf_vaddf(&text, fmt, args);
	va_end(args);
	cols = canvas_say(c, row, col, look, strbuf_str(&text));
	strbuf_release(&text);
	return cols;
}
