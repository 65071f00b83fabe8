#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "tui/canvas.h"

enum glyph {
	HORIZONTAL,
	VERTICAL,
	TOP_LEFT,
	TOP_RIGHT,
	BOTTOM_LEFT,
	BOTTOM_RIGHT,
	TEE_RIGHT,
	TEE_LEFT,
	THUMB,
	TICK,
};

static const struct {
	const char *drawn, *plain;
} glyphs[] = {
	[HORIZONTAL] = { "─", "-" }, [VERTICAL] = { "│", "|" },    [TOP_LEFT] = { "┌", "+" },
	[TOP_RIGHT] = { "┐", "+" },  [BOTTOM_LEFT] = { "└", "+" }, [BOTTOM_RIGHT] = { "┘", "+" },
	[TEE_RIGHT] = { "├", "+" },  [TEE_LEFT] = { "┤", "+" },    [THUMB] = { "█", "#" },
	[TICK] = { "╴", "-" },
};

static void put(const struct canvas *c, int row, int col, enum look look, enum glyph glyph)
{
	canvas_say(c, row, col, look, c->unicode ? glyphs[glyph].drawn : glyphs[glyph].plain);
}

static void across(const struct canvas *c, int row, enum look look, enum glyph left,
                   enum glyph right)
{
	put(c, row, 0, look, left);
	for (int col = 1; col + 1 < c->cols; col++)
		put(c, row, col, look, HORIZONTAL);
	put(c, row, c->cols - 1, look, right);
}

void canvas_rule(const struct canvas *c, int row, enum look look)
{
	if (c->cols >= 2)
		across(c, row, look, TEE_RIGHT, TEE_LEFT);
}

/* " text " so that it ends at column `end`; how many columns that took. */
static int label(const struct canvas *c, int row, int end, int room, enum look look,
                 const char *text)
{
	struct strbuf cut = { 0 };
	int width;

	if (!text || !text[0] || room < 3)
		return 0;
	strbuf_addstr(&cut, " ");
	text_cut(&cut, text, strlen(text), (size_t)room - 2);
	strbuf_addstr(&cut, " ");
	width = (int)text_width(strbuf_str(&cut), cut.len);
	canvas_text(c, row, end - width, look, strbuf_str(&cut), cut.len, width);
	strbuf_release(&cut);
	return width;
}

static void titles(const struct canvas *c, const struct canvas_frame *frame)
{
	enum look look = frame->focused ? LOOK_TITLE_FOCUSED : LOOK_TITLE;
	int room = c->cols - 4, width;

	if (frame->title && room >= 3) {
		struct canvas left = canvas_part(c, 0, 1, 1, room);

		width = (int)text_width(frame->title, strlen(frame->title)) + 2;
		width = label(&left, 0, width < room ? width : room, room, look, frame->title);
		room -= width + 1;
	}
	label(c, 0, c->cols - 1, room, LOOK_BADGE, frame->badge);
	label(c, c->rows - 1, c->cols - 1, c->cols - 4, LOOK_BADGE, frame->foot);
}

struct canvas canvas_frame(const struct canvas *c, const struct canvas_frame *frame)
{
	enum look look = frame->focused ? LOOK_FRAME_FOCUSED : LOOK_FRAME;

	if (c->rows < 2 || c->cols < 2)
		return canvas_part(c, 0, 0, c->rows, c->cols);
	across(c, 0, look, TOP_LEFT, TOP_RIGHT);
	across(c, c->rows - 1, look, BOTTOM_LEFT, BOTTOM_RIGHT);
	for (int row = 1; row + 1 < c->rows; row++) {
		put(c, row, 0, look, VERTICAL);
		put(c, row, c->cols - 1, look, VERTICAL);
	}
	titles(c, frame);
	return canvas_part(c, 1, 1, c->rows - 2, c->cols - 2);
}

/* Where a place of something long is among so few rows. */
static int row_of(size_t place, size_t total, int rows)
{
	return (int)((double)place / (double)total * rows);
}

void canvas_scrollbar(const struct canvas *c, int col, const struct canvas_scroll *scroll)
{
	int first, len;

	if (scroll->total <= scroll->shown || c->rows <= 0)
		return;
	len = row_of(scroll->shown, scroll->total, c->rows);
	len = len < 1 ? 1 : len;
	first = row_of(scroll->first, scroll->total, c->rows);
	if (scroll->first + scroll->shown >= scroll->total || first > c->rows - len)
		first = c->rows - len; /* at the end it looks so */
	for (int row = 0; row < c->rows; row++)
		put(c, row, col, LOOK_SCROLLBAR,
		    row >= first && row < first + len ? THUMB : VERTICAL);
	for (size_t i = 0; i < scroll->tick_count; i++) {
		int row = row_of(scroll->ticks[i], scroll->total, c->rows);

		if (scroll->ticks[i] < scroll->total && (row < first || row >= first + len))
			put(c, row, col, LOOK_TICK, TICK);
	}
}
