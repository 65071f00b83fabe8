#include "tui/term.h"

#include <errno.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "tui/guard.h"
#include "tui/term_inside.h"

enum {
	LAST_ANSWER_MS = 300, /* what is answered later ends up in the shell */
	HAND_OVER_MS = 1000,
};

/* An end to whatever was cut off in the middle, then everything off, newest first. */
static void add_restore(const struct term *t, struct strbuf *out)
{
	strbuf_addstr(out, "\033\\");
	if (t->caps.synchronized)
		strbuf_addstr(out, "\033[?2026l");
	if (t->caps.graphics == TERM_KITTY)
		strbuf_addstr(out, "\033_Ga=d,q=2\033\\");
	if (t->keyboard)
		strbuf_addstr(out, "\033[<u");
	if (!t->plain)
		strbuf_addstr(out, "\033[?1006l\033[?1003l\033[?1002l\033[?1000l"
		                   "\033[?1004l\033[?2004l\033[0 q");
	strbuf_addstr(out, "\033[r\033[0m\033[?25h");
	strbuf_addstr(out, t->curses.has_alternate ? "\033[?1049l" : "\033[H\033[J");
	if (t->titled)
		strbuf_addstr(out, "\033[23;2t");
}

/* What the terminal keeps for us (cursor, title, keyboard) it must be asked to keep only once. */
static void add_enter(const struct term *t, struct strbuf *out, bool first)
{
	if (t->curses.has_alternate && first)
		strbuf_addstr(out, "\033[?1049h");
	strbuf_addstr(out, "\033[?25l");
	if (t->plain)
		return;
	strbuf_addstr(out, "\033[?2004h\033[?1004h");
	if (t->options.mouse)
		strbuf_addstr(out, "\033[?1000h\033[?1006h");
	if (t->titled && first)
		strbuf_addstr(out, "\033[22;2t");
	if (t->keyboard && first)
		strbuf_addstr(out, "\033[>1u");
}

void term_mouse(struct term *t, bool is_ours)
{
	static const char on[] = "\033[?1000h\033[?1006h", off[] = "\033[?1006l\033[?1000l";

	t->options.mouse = is_ours;
	if (t->plain)
		return;
	if (is_ours)
		term_emit(t, on, strlen(on));
	else
		term_emit(t, off, strlen(off));
	term_redraw(t, TERM_NOW);
}

void term_guard(struct term *t)
{
	struct strbuf restore = { 0 };

	add_restore(t, &restore);
	if (!t->away)
		guard_arm(t->tty.fd, &t->tty.before, strbuf_str(&restore));
	strbuf_release(&restore);
}

/* Whether what the decoder holds may be the beginning of an answer. */
static void expect_answers(struct term *t)
{
	t->decoder.expecting = fences_waiting(t->fences) && !t->traits.overdue;
	t->decoder.bursts = !t->traits.marks_pastes && !(t->caps.quirks & TERM_QUIRK_TMUX);
}

static void learn(struct term *t)
{
	struct term_caps was;

	memcpy(&was, &t->caps, sizeof(was));
	traits_conclude(&t->traits, &t->caps);
	if (t->traits.kitty_keyboard && !t->keyboard && !t->away) {
		t->keyboard = true;
		tty_send(&t->tty, "\033[>1u", 5);
	}
	expect_answers(t);
	term_guard(t);
	was.link_ms = t->caps.link_ms;
	if (!memcmp(&was, &t->caps, sizeof(was)))
		return;
	if (t->on.learned)
		t->on.learned(t->on.ctx);
	frame_go(t, TERM_NOW);
}

static void on_measured(void *ctx, int took_ms)
{
	struct term *t = ctx;

	if (took_ms >= 0)
		t->traits.link_ms = took_ms;
	else
		t->traits.overdue = true;
	learn(t);
}

static void ask(struct term *t, void (*questions)(struct strbuf *out, const char *term))
{
	struct strbuf out = { 0 };

	questions(&out, t->name);
	fences_ask(t->fences, &out, on_measured, t);
	expect_answers(t);
	tty_send(&t->tty, out.buf, out.len);
	strbuf_release(&out);
}

static void on_tmux(void *ctx, bool sixel)
{
	struct term *t = ctx;

	t->traits.tmux_says_sixel = sixel;
	tmux_query_free(t->tmux);
	t->tmux = NULL;
	learn(t);
}

static void wait_patiently(struct term *t);

static void on_patience(void *ctx)
{
	struct term *t = ctx;

	t->patience = NULL;
	decoder_flush(&t->decoder);
	wait_patiently(t);
}

static void wait_patiently(struct term *t)
{
	int ms = decoder_patience_ms(&t->decoder);

	timer_free(t->patience);
	t->patience = ms < 0 ? NULL : loop_after(t->loop, ms, on_patience, t);
}

static void on_came(void *ctx, const void *bytes, size_t len)
{
	struct term *t = ctx;

	decoder_feed(&t->decoder, bytes, len);
	wait_patiently(t);
}

static void on_input(void *ctx, const struct input *input)
{
	struct term *t = ctx;

	if (input->type == INPUT_FOCUS && input->focused)
		frame_go(t, TERM_NOW);
	if (t->on.input)
		t->on.input(t->on.ctx, input);
}

static void on_reply(void *ctx, const struct reply *reply)
{
	struct term *t = ctx;

	traits_hear(&t->traits, reply);
	if (reply->type == REPLY_DEVICE)
		fences_answer(t->fences);
	else if (!fences_waiting(t->fences))
		learn(t); /* it is late; the others are looked at together, at the fence */
}

static void on_empty(void *ctx)
{
	frame_empty(ctx);
}

static void end(struct term *t, int signal_number)
{
	if (t->ended)
		return;
	t->ended = true;
	if (t->on.ended) {
		t->on.ended(t->on.ctx, signal_number);
		return;
	}
	term_close(t);
	if (signal_number) {
		signal(signal_number, SIG_DFL);
		raise(signal_number);
	}
	exit(1);
}

static void on_gone(void *ctx)
{
	end(ctx, 0);
}

static void measure(struct term *t)
{
	int width_px, height_px;

	tty_size(&t->tty, &t->rows, &t->cols, &width_px, &height_px);
	traits_resize(&t->traits, t->rows, t->cols, width_px, height_px);
	traits_conclude(&t->traits, &t->caps);
}

static void resize(struct term *t)
{
	measure(t);
	curses_resize(&t->curses, t->rows, t->cols);
	if (t->on.resized)
		t->on.resized(t->on.ctx);
	frame_lost(t);
	ask(t, query_sizes);
}

static void enter(struct term *t, bool first)
{
	struct strbuf out = { 0 };

	tty_raw(&t->tty);
	term_guard(t);
	add_enter(t, &out, first);
	tty_send(&t->tty, out.buf, out.len);
	strbuf_release(&out);
}

/* The fence makes sure that no answer of ours is still on its way to whoever reads next. */
static void leave(struct term *t)
{
	struct strbuf out = { 0 };

	decoder_release(&t->decoder);
	wait_patiently(t);
	fences_lose(t->fences);
	add_restore(t, &out);
	if (t->traits.answered || !t->traits.overdue)
		strbuf_addstr(&out, "\033[c");
	tty_send(&t->tty, out.buf, out.len);
	if (tty_drain(&t->tty, HAND_OVER_MS) && out.len)
		tty_swallow(&t->tty, LAST_ANSWER_MS);
	tty_cook(&t->tty);
	guard_disarm();
	strbuf_release(&out);
}

void term_leave(struct term *t)
{
	if (t->away)
		return;
	t->away = true;
	timer_free(t->frame);
	t->frame = NULL;
	leave(t);
}

void term_return(struct term *t)
{
	if (!t->away)
		return;
	t->away = false;
	t->frame_waits = false;
	t->cursor_shape = TERM_CURSOR_HIDDEN;
	enter(t, true);
	resize(t);
}

/* Without a shell that waits for us, stopping would be for ever. */
bool term_suspend(struct term *t, struct error *err)
{
	if (getsid(0) == getpgrp())
		return failed(err, ERR_USAGE,
		              "there is no shell to come back from: ll3m is all that this terminal "
		              "runs");
	term_leave(t);
	t->stopped = true;
	signals_stop(t->signals);
	term_return(t);
	return true;
}

static void on_signal(void *ctx, int signal_number)
{
	struct term *t = ctx;
	struct error ignored;

	switch (signal_number) {
	case SIGWINCH:
		if (!t->away)
			resize(t);
		break;
	case SIGTSTP:
		if (t->away)
			signals_stop(t->signals);
		else
			term_suspend(t, &ignored);
		break;
	case SIGCONT:
		if (!t->stopped && !t->away) { /* nobody asked us, and the shell has been here */
			enter(t, false);
			resize(t);
		}
		t->stopped = false;
		break;
	default:
		end(t, signal_number);
	}
}

/* ncurses would take colors of these for numbers of another kind; the plain ones do as well. */
static void choose_name(struct term *t, const char *name)
{
	size_t len = strlen(name), tail = strlen("-direct");

	if (len > tail && !strcmp(name + len - tail, "-direct"))
		name = "xterm-256color";
	snprintf(t->name, sizeof(t->name), "%s", name);
	t->plain = query_is_plain(t->name);
}

static bool open_parts(struct term *t, struct error *err)
{
	const struct tty_events events = { on_came, on_empty, on_gone, t };

	if (!tty_open(&t->tty, t->loop, &events, err))
		return false;
	measure(t);
	if (!curses_open(&t->curses, t->name, t->rows, t->cols, err)) {
		tty_close(&t->tty);
		return false;
	}
	if (!signals_open(&t->signals, t->loop, on_signal, t, err)) {
		curses_close(&t->curses);
		tty_close(&t->tty);
		return false;
	}
	return true;
}

bool term_open(struct term **out, struct loop *loop, const struct term_options *options,
               const struct term_events *events, struct error *err)
{
	const char *name = options->name ? options->name : getenv("TERM");
	struct term *t = NEW(struct term);
	struct error ignored;

	t->loop = loop;
	t->options = *options;
	t->on = *events;
	choose_name(t, name ? name : "");
	traits_begin(&t->traits, t->name, !strcmp(nl_langinfo(CODESET), "UTF-8"));
	if (!open_parts(t, err)) {
		free(t);
		return false;
	}
	t->traits.terminfo_colors = t->curses.colors;
	t->decoder.on = (struct decoder_events){ on_input, on_reply, t };
	t->fences = fences_new(loop);
	traits_conclude(&t->traits, &t->caps);
	enter(t, true);
	ask(t, query_all);
	if (t->traits.in_tmux)
		tmux_query_start(&t->tmux, loop, on_tmux, t, &ignored);
	frame_go(t, TERM_NOW);
	*out = t;
	return true;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	term_leave(t);
	timer_free(t->patience);
	tmux_query_free(t->tmux);
	fences_free(t->fences);
	signals_close(t->signals);
	curses_close(&t->curses);
	frame_release(t);
	decoder_release(&t->decoder);
	tty_close(&t->tty);
	free(t);
}

const struct term_caps *term_caps(const struct term *t)
{
	return &t->caps;
}

void term_size(const struct term *t, int *rows, int *cols)
{
	*rows = t->rows;
	*cols = t->cols;
}
