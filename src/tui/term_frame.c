#include <curses.h>

#include "tui/term_inside.h"

enum {
	SOON_MS = 33,
};

static void make_frame(struct term *t);

static void on_time(void *ctx)
{
	struct term *t = ctx;

	t->frame = NULL;
	make_frame(t);
}

static void schedule(struct term *t, int ms)
{
	timer_free(t->frame);
	t->frame = loop_after(t->loop, ms, on_time, t);
}

void frame_go(struct term *t, enum term_pace pace)
{
	int64_t left = t->frame_ms + SOON_MS - loop_now_ms(t->loop);

	if (t->away || (t->frame && t->frame_pace >= pace))
		return;
	t->frame_pace = pace;
	schedule(t, pace == TERM_NOW || left < 0 ? 0 : (int)left);
}

void term_redraw(struct term *t, enum term_pace pace)
{
	frame_go(t, pace);
}

void frame_lost(struct term *t)
{
	clearok(curscr, TRUE);
	t->cursor_shown = TERM_CURSOR_HIDDEN;
	if (t->overlay.lost)
		t->overlay.lost(t->overlay.ctx);
	frame_go(t, TERM_NOW);
}

void term_repaint(struct term *t)
{
	if (!t->away)
		frame_lost(t);
}

void term_cursor(struct term *t, enum term_cursor shape, int row, int col)
{
	t->cursor = shape;
	t->cursor_row = row;
	t->cursor_col = col;
}

void term_set_overlay(struct term *t, const struct term_overlay *overlay)
{
	t->overlay = overlay ? *overlay : (struct term_overlay){ 0 };
}

void frame_empty(struct term *t)
{
	if (t->frame_waits) {
		t->frame_waits = false;
		frame_go(t, TERM_NOW);
	}
}

/* Whoever draws last leaves newscr's cursor anywhere: here it goes where it is wanted. */
static void place_cursor(struct term *t)
{
	if (t->cursor_row < 0 || t->cursor_row >= t->rows || t->cursor_col < 0 ||
	    t->cursor_col >= t->cols)
		t->cursor = TERM_CURSOR_HIDDEN;
	if (t->cursor == TERM_CURSOR_HIDDEN)
		wmove(newscr, t->rows - 1, 0);
	else
		wmove(newscr, t->cursor_row, t->cursor_col);
}

static void show_cursor(struct term *t, struct strbuf *out)
{
	static const char *const shapes[] = {
		[TERM_CURSOR_BLOCK] = "\033[2 q",
		[TERM_CURSOR_BAR] = "\033[6 q",
	};

	if (t->cursor == TERM_CURSOR_HIDDEN)
		return;
	if (t->cursor != t->cursor_shape && !t->plain)
		strbuf_addstr(out, shapes[t->cursor]);
	t->cursor_shape = t->cursor;
	strbuf_addstr(out, "\033[?25h");
}

/* The parts of a frame, each empty in most frames. */
struct parts {
	struct strbuf first, text, last;
};

static void send_frame(struct term *t, const struct parts *p)
{
	struct strbuf out = { 0 };
	bool changed = p->first.len || p->text.len || p->last.len;
	bool synchronized = t->caps.synchronized && changed;
	int row, col;

	strbuf_add(&out, strbuf_str(&t->ahead), t->ahead.len);
	if (synchronized)
		strbuf_addstr(&out, "\033[?2026h");
	if (t->cursor_shown != TERM_CURSOR_HIDDEN && (changed || t->cursor == TERM_CURSOR_HIDDEN))
		strbuf_addstr(&out, "\033[?25l");
	strbuf_add(&out, strbuf_str(&p->first), p->first.len);
	strbuf_add(&out, strbuf_str(&p->text), p->text.len);
	strbuf_add(&out, strbuf_str(&p->last), p->last.len);
	if (p->last.len) { /* back to where ncurses believes it is */
		getyx(curscr, row, col);
		strbuf_addf(&out, "\033[%d;%dH", row + 1, col + 1);
	}
	if (changed || t->cursor != t->cursor_shown)
		show_cursor(t, &out);
	t->cursor_shown = t->cursor;
	if (synchronized)
		strbuf_addstr(&out, "\033[?2026l");
	strbuf_add(&out, strbuf_str(&t->behind), t->behind.len);
	if (out.len)
		tty_send(&t->tty, out.buf, out.len);
	strbuf_release(&out);
}

static void make_frame(struct term *t)
{
	struct parts p = { { 0 } };

	if (t->away)
		return;
	if (t->tty.queue.len) {
		t->frame_waits = true;
		return;
	}
	t->frame_ms = loop_now_ms(t->loop);
	t->drawing = true;
	if (t->on.draw)
		t->on.draw(t->on.ctx);
	place_cursor(t);
	if (t->overlay.before)
		t->overlay.before(t->overlay.ctx, &p.first);
	doupdate();
	curses_take(&t->curses, &p.text);
	if (t->overlay.after)
		t->overlay.after(t->overlay.ctx, &p.last);
	send_frame(t, &p);
	t->drawing = false;
	strbuf_reset(&t->ahead);
	strbuf_reset(&t->behind);
	strbuf_release(&p.first);
	strbuf_release(&p.text);
	strbuf_release(&p.last);
}

void frame_release(struct term *t)
{
	timer_free(t->frame);
	t->frame = NULL;
	strbuf_release(&t->ahead);
	strbuf_release(&t->behind);
}

void term_emit(struct term *t, const void *bytes, size_t len)
{
	if (t->away)
		return;
	if (t->drawing)
		strbuf_add(&t->ahead, bytes, len);
	else
		tty_send(&t->tty, bytes, len);
}

size_t term_backlog(const struct term *t)
{
	return t->tty.queue.len;
}
