/*
 * A small program on the terminal layer, for its tests: termdemo [FILE]
 *
 * Each thing that is done to it is a line in its pane, each line of FILE is a row in another. Keys:
 * q ends, z suspends, s sh -c "$EDITOR", l paints anew, m says how often a frame was drawn; K, G, B
 * and A die by SIGKILL, SIGSEGV, BUG and abort.
 */
#include "termdemo.h"

#include <curses.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "tui/canvas.h"
#include "tui/guard.h"
#include "tui/term.h"

enum {
	LINES_KEPT = 200,
};

struct demo {
	struct loop *loop;
	struct term *term;
	struct theme theme;
	struct looks looks;
	struct strbuf lines[LINES_KEPT];
	size_t count, frames;
	struct strbuf file;
	int ended; /* -1: not yet; else by which signal, or 0 */
};

static void note(struct demo *d, const char *text)
{
	struct strbuf clean = { 0 };

	if (d->count == LINES_KEPT)
		return;
	text_clean(&clean, text, strlen(text), TEXT_ONE_LINE);
	d->lines[d->count++] = clean;
	term_redraw(d->term, TERM_NOW);
}

static void draw_lines(struct demo *d, const struct canvas *c)
{
	size_t first = canvas_tail(d->count, (size_t)c->rows, 1);

	for (int row = 0; row < c->rows && first + (size_t)row < d->count; row++)
		canvas_say(c, row, 0, LOOK_TEXT, strbuf_str(&d->lines[first + (size_t)row]));
}

static void draw_file(struct demo *d, const struct canvas *c)
{
	struct text_span rest = { strbuf_str(&d->file), d->file.len }, line;

	for (int row = 0; row < c->rows && text_next_line(&line, &rest); row++) {
		struct strbuf clean = { 0 };

		text_clean(&clean, line.at, line.len, TEXT_ONE_LINE);
		canvas_text(c, row, 0, LOOK_STRING, strbuf_str(&clean), clean.len, c->cols);
		strbuf_release(&clean);
	}
}

static void draw_status(struct demo *d, const struct canvas *screen)
{
	const struct term_caps *caps = term_caps(d->term);
	char text[200];
	int used;

	canvas_fill(screen, screen->rows - 1, 0, 1, screen->cols, LOOK_STATUS);
	snprintf(text, sizeof(text), " %s %dx%d cell %dx%d %d colors %s%s", caps->name,
	         screen->cols, screen->rows, caps->cell_width_px, caps->cell_height_px,
	         caps->colors, term_graphics_name(caps->graphics), caps->settled ? " settled" : "");
	used = canvas_say(screen, screen->rows - 1, 0, LOOK_STATUS, text);
	term_cursor(d->term, TERM_CURSOR_BAR, screen->rows - 1, used);
}

static void draw(void *ctx)
{
	struct demo *d = ctx;
	struct canvas screen = canvas_of(stdscr, &d->looks, term_caps(d->term)), pane;
	struct canvas_frame log = { "1 Events", "heard", NULL, true };
	struct canvas_frame file = { "2 File", NULL, "/ filter", false };
	int half = screen.cols / 2;

	d->frames++;
	werase(stdscr);
	pane = canvas_part(&screen, 0, 0, screen.rows - 1, half);
	pane = canvas_frame(&pane, &log);
	draw_lines(d, &pane);
	pane = canvas_part(&screen, 0, half, screen.rows - 1, screen.cols - half);
	pane = canvas_frame(&pane, &file);
	draw_file(d, &pane);
	draw_status(d, &screen);
	wnoutrefresh(stdscr);
}

static void run_editor(struct demo *d)
{
	int status = 0;
	pid_t pid;

	term_leave(d->term);
	pid = fork();
	if (!pid) {
		execl("/bin/sh", "sh", "-c", getenv("EDITOR"), (char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	term_return(d->term);
	note(d, "back from the editor");
}

static void suspend(struct demo *d)
{
	struct error err;

	note(d, term_suspend(d->term, &err) ? "went on" : err.text);
}

static void count_frames(struct demo *d)
{
	char text[60];

	snprintf(text, sizeof(text), "%zu frames", d->frames);
	note(d, text);
}

static void act(struct demo *d, uint32_t key)
{
	volatile int *nowhere = NULL;

	switch (key) {
	case 'q':
		d->ended = 0;
		break;
	case 'z':
		suspend(d);
		break;
	case 's':
		run_editor(d);
		break;
	case 'l':
		term_repaint(d->term);
		break;
	case 'm':
		count_frames(d);
		break;
	case 't':
		term_title(d->term, "a\033]52;c;title\a");
		break;
	case 'n':
		term_call(d->term, "done\033\\\033]52;c;AAAA\a");
		break;
	case 'K':
		raise(SIGKILL);
		break;
	case 'G':
		*nowhere = 1;
		break;
	case 'A':
		abort();
	case 'B':
		BUG("on purpose");
	}
}

static void on_input(void *ctx, const struct input *input)
{
	struct demo *d = ctx;
	struct strbuf text = { 0 };

	switch (input->type) {
	case INPUT_KEY:
		strbuf_addstr(&text, "key ");
		input_name(&text, input);
		break;
	case INPUT_MOUSE:
		strbuf_addf(&text, "%s %d at %d,%d", input->released ? "release" : "click",
		            (int)input->button, input->row, input->col);
		break;
	case INPUT_PASTE:
		strbuf_addstr(&text, "paste <");
		strbuf_add(&text, input->text, input->len);
		strbuf_addstr(&text, ">");
		break;
	case INPUT_FOCUS:
		strbuf_addstr(&text, input->focused ? "focus" : "blur");
		break;
	}
	note(d, strbuf_str(&text));
	strbuf_release(&text);
	if (input->type == INPUT_KEY && !input->mods)
		act(d, input->key);
}

static void on_learned(void *ctx)
{
	struct demo *d = ctx;

	looks_apply(&d->looks, &d->theme, term_caps(d->term)->colors);
}

static void on_ended(void *ctx, int signal_number)
{
	struct demo *d = ctx;

	d->ended = signal_number;
}

static bool start(struct demo *d, struct error *err)
{
	const struct term_options options = { .mouse = true };
	const struct term_events events = {
		.draw = draw, .input = on_input, .learned = on_learned, .ended = on_ended, .ctx = d
	};

	if (!theme_load(&d->theme, getenv("THEME") ? getenv("THEME") : "default", err) ||
	    !term_open(&d->term, d->loop, &options, &events, err))
		return false;
	on_learned(d);
	return true;
}

int termdemo(int argc, char **argv)
{
	struct demo d = { .ended = -1 };
	struct error err;
	bool ok;

	if (!getenv("NO_GUARD"))
		guard_split();
	setlocale(LC_ALL, "");
	d.loop = loop_new();
	ok = (argc < 2 || file_read(&d.file, argv[1], 1 << 20, &err)) && start(&d, &err);
	while (ok && d.ended < 0)
		loop_turn(d.loop, -1);
	term_close(d.term);
	loop_free(d.loop);
	for (size_t i = 0; i < d.count; i++)
		strbuf_release(&d.lines[i]);
	strbuf_release(&d.file);
	if (!ok)
		fprintf(stderr, "termdemo: %s\n", err.text);
	if (d.ended > 0) {
		signal(d.ended, SIG_DFL);
		raise(d.ended);
	}
	return ok ? 0 : 1;
}
