/*
 * A small program on the picture layer, for its tests and for the eye: picturedemo PNG...
 *
 * Text is on the left, a picture on the right, text below it. Keys: n shows the next picture, w a
 * wipe of this one and the next, d their difference, s all of them, v this one alone, + and - zoom,
 * h hides and shows it, p opens and closes a pop-up, each time elsewhere; f lets text stream, t
 * adds 40 lines; L lets pictures get sharp, l paints anew, y gives a sign, q ends.
 */
#include "picturedemo.h"

#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/loop.h"
#include "base/work.h"
#include "tui/layer.h"
#include "tui/term.h"

enum {
	LINES_KEPT = 100,
	LINE_SIZE = 200,
	STREAM_MS = 5,
	POP_UP_ROWS = 6,
	POP_UP_COLS = 24,
};

struct demo {
	struct loop *loop;
	struct work *work;
	struct term *term;
	struct layer *layer;
	struct timer *stream;
	struct picture picture;
	char *const *files;
	int count, view;
	char lines[LINES_KEPT][LINE_SIZE];
	size_t line_count;
	unsigned words;
	int pop_ups; /* odd: one is open */
	int signs;
	bool is_hidden, is_over;
	bool was_shown; /* as the status line has it */
};

/* The picture has the upper right of the screen to itself, within a frame. */
static struct cells pane_of(int rows, int cols)
{
	return (struct cells){ 1, cols / 2, (rows - 1) * 2 / 3 - 1, cols - cols / 2 - 1 };
}

static void add_word(struct demo *d)
{
	static const char *const words[] = { "create_mesh(", "location=(0,0,1)",
		                             "the",          "handle",
		                             "looks",        "too",
		                             "thin",         "\xe2\x86\x92",
		                             "0.08",         "\xe6\x97\xa5\xe6\x9c\xac",
		                             "seat",         "bevel" };
	char *line = d->lines[d->line_count % LINES_KEPT];
	size_t len = strlen(line);

	if (len > 30) {
		line = d->lines[++d->line_count % LINES_KEPT];
		len = 0;
	}
	snprintf(line + len, LINE_SIZE - len, "%s ", words[d->words++ * 7 % COUNT(words)]);
}

static void on_stream(void *ctx)
{
	struct demo *d = ctx;

	d->stream = loop_after(d->loop, STREAM_MS, on_stream, d);
	add_word(d);
	term_redraw(d->term, TERM_SOON);
}

static void draw_text(const struct demo *d, int rows, struct cells pane)
{
	size_t fit = (size_t)rows - 3;
	size_t first = d->line_count + 1 > fit ? d->line_count + 1 - fit : 0;

	for (size_t i = first; i <= d->line_count; i++)
		mvaddnstr(1 + (int)(i - first), 1, d->lines[i % LINES_KEPT], pane.col - 3);
	for (int row = pane.row + pane.rows + 1; row < rows - 2; row++)
		mvprintw(row, pane.col, "%3d add(radius=%d)", row, row * 7);
}

static void draw_lines(int rows, int cols, struct cells pane)
{
	for (int row = 0; row < rows - 1; row++) {
		mvaddstr(row, 0, "\xe2\x94\x82");
		mvaddstr(row, pane.col - 1, "\xe2\x94\x82");
		mvaddstr(row, cols - 1, "\xe2\x94\x82");
	}
	for (int col = 0; col < cols; col++) {
		mvaddstr(0, col, "\xe2\x94\x80");
		mvaddstr(rows - 2, col, "\xe2\x94\x80");
		if (col >= pane.col)
			mvaddstr(pane.row + pane.rows, col, "\xe2\x94\x80");
	}
}

static void draw_status(struct demo *d, int rows)
{
	static const char *const grades[] = { "coarse", "fine", "sharp" };
	struct layer_view view = layer_view(d->layer, 0);
	struct layer_stats stats = layer_stats(d->layer);

	d->was_shown = view.is_shown;
	attron(A_REVERSE);
	mvprintw(rows - 1, 0, " view %d/%d %s pop-up %d sign %d text %zu %s %.0f%%", d->view + 1,
	         d->count,
	         d->is_hidden    ? "hidden"
	         : view.is_shown ? "shown"
	                         : "waits",
	         d->pop_ups, d->signs, d->line_count, grades[view.grade], view.difference * 100);
	printw(" %llu KB in %llu", (unsigned long long)stats.bytes / 1000,
	       (unsigned long long)stats.pieces);
	attroff(A_REVERSE);
}

static void draw_pop_up(const struct demo *d, struct cells pane)
{
	int row = pane.row + 1 + d->pop_ups % 4, col = pane.col - 4 + d->pop_ups * 5 % 23;
	WINDOW *window = newwin(POP_UP_ROWS, POP_UP_COLS, row, col);

	if (!window)
		return;
	box(window, 0, 0);
	mvwaddstr(window, 2, 3, "accept this step?");
	wnoutrefresh(window);
	delwin(window);
}

static void draw(void *ctx)
{
	struct demo *d = ctx;
	struct cells pane;
	int rows, cols;

	term_size(d->term, &rows, &cols);
	pane = pane_of(rows, cols);
	werase(stdscr);
	if (d->is_hidden)
		layer_hide(d->layer, 0);
	else
		layer_place(d->layer, 0, &d->picture, pane);
	draw_text(d, rows, pane);
	draw_lines(rows, cols, pane);
	draw_status(d, rows);
	wnoutrefresh(stdscr);
	layer_mark(d->layer);
	if (d->pop_ups % 2)
		draw_pop_up(d, pane);
}

static void show(struct demo *d, enum picture_way way)
{
	d->picture.way = way;
	d->picture.wipe = 500;
	d->picture.words = "the picture is on its way";
	d->picture.count = d->count;
	for (int i = 0; i < d->count && i < PICTURE_FILES_MOST; i++)
		d->picture.files[i] = d->files[(d->view + i) % d->count];
}

static void zoom(struct demo *d, int by)
{
	int percent = d->picture.zoom_percent ? d->picture.zoom_percent : 100;

	d->picture.zoom_percent = by > 0 ? percent * 2 : percent / 2;
	d->picture.zoom_x = d->picture.zoom_y = 500;
}

static void toggle_stream(struct demo *d)
{
	if (d->stream) {
		timer_free(d->stream);
		d->stream = NULL;
	} else {
		d->stream = loop_after(d->loop, STREAM_MS, on_stream, d);
	}
}

static void act(struct demo *d, uint32_t key)
{
	switch (key) {
	case 'n':
		d->view = (d->view + 1) % d->count;
		show(d, d->picture.way);
		break;
	case 'v':
		show(d, PICTURE_PLAIN);
		break;
	case 'w':
		show(d, PICTURE_WIPE);
		break;
	case 'd':
		show(d, PICTURE_DIFFERENCE);
		break;
	case 's':
		show(d, PICTURE_SHEET);
		break;
	case '+':
	case '-':
		zoom(d, key == '+' ? 1 : -1);
		break;
	case 'h':
		d->is_hidden = !d->is_hidden;
		break;
	case 'p':
		d->pop_ups++;
		break;
	case 'f':
		toggle_stream(d);
		break;
	case 't':
		for (int i = 0; i < 200; i++)
			add_word(d);
		break;
	case 'L':
		layer_limit(d->layer, PRINT_SHARP);
		break;
	case 'y':
		d->signs++;
		break;
	case 'l':
		term_repaint(d->term);
		break;
	case 'q':
		d->is_over = true;
		break;
	default:
		break;
	}
}

static void on_input(void *ctx, const struct input *input)
{
	struct demo *d = ctx;

	if (input->type == INPUT_KEY && !input->mods)
		act(d, input->key);
	term_redraw(d->term, TERM_NOW);
}

static void on_ended(void *ctx, int signal)
{
	struct demo *d = ctx;

	(void)signal;
	d->is_over = true;
}

static void run(struct demo *d)
{
	d->work = work_new(d->loop);
	d->layer = layer_open(d->term, d->loop, d->work);
	layer_limit(d->layer, PRINT_FINE);
	show(d, PICTURE_PLAIN);
	term_redraw(d->term, TERM_NOW);
	while (!d->is_over) {
		loop_turn(d->loop, -1);
		if (layer_view(d->layer, 0).is_shown != d->was_shown)
			term_redraw(d->term, TERM_SOON);
	}
	timer_free(d->stream);
	layer_close(d->layer);
	work_free(d->work);
}

int picturedemo(int argc, char **argv)
{
	struct demo d = { .loop = loop_new(), .files = argv + 1, .count = argc - 1 };
	struct term_events events = {
		.draw = draw, .input = on_input, .ended = on_ended, .ctx = &d
	};
	struct term_options options = { 0 };
	struct error err;
	bool ok;

	setlocale(LC_ALL, "");
	ok = term_open(&d.term, d.loop, &options, &events, &err);
	if (ok)
		run(&d);
	term_close(d.term);
	loop_free(d.loop);
	if (!ok)
		fprintf(stderr, "picturedemo: %s\n", err.text);
	return ok ? 0 : 1;
}
