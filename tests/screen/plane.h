#ifndef SCREEN_PLANE_H
#define SCREEN_PLANE_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/pixels.h"

/*
 * The pixels of a terminal, apart from its text: what is seen of sixels after text was written over
 * them, screens were scrolled, and windows came back from behind others.
 */
struct plane;

enum plane_rules {
	PLANE_XTERM, /* what is written over is gone; 16 pictures are kept for the next expose */
	PLANE_TMUX,  /* a picture is gone as soon as anything happens to a row or a cell of it */
};

struct plane_size {
	int rows, cols;
	int cell_width, cell_height;
};

struct plane *plane_new(enum plane_rules rules, struct plane_size size);
void plane_free(struct plane *plane);
void plane_resize(struct plane *plane, int rows, int cols);

/* Whatever the terminal gets, cut anywhere. Text is followed only as far as pictures care. */
void plane_feed(struct plane *plane, const char *bytes, size_t len);

/* A window that was in front is gone: xterm repaints from the pictures that it has kept. */
void plane_expose(struct plane *plane);

/* Borrowed until the next bytes; alpha 0: no picture there. */
const struct pixels *plane_pixels(const struct plane *plane);

struct plane_facts {
	int pictures; /* that arrived */
	int bad;      /* of them, that no terminal would understand */
	int tall;     /* that reached the last row and so made the screen scroll */
	int evicted;  /* that xterm forgot */
	size_t bytes; /* of all */
};
struct plane_facts plane_facts(const struct plane *plane);

/* The share of the pixels of these cells that pictures cover, 0 to 1. */
double plane_coverage(const struct plane *plane, int row, int col, int rows, int cols);

#endif
