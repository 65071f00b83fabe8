/*
 * What costs bytes is not colors but changes of color, and most of these are a renderer's noise.
 * So the colors of a row are chosen together: the cheapest way through it, as Viterbi's algorithm
 * finds it, where each pixel costs its squared error and each change of color a price. At the same
 * quality a noisy render has a third fewer bytes than with the nearest color for each pixel, and
 * an edge stays where it is, since moving it would save no change.
 */
#include "tui/runs.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	BAND = 6,     /* rows that one run of sixels stands for */
	CHOICES = 12, /* colors that are considered for a pixel */
	BINS = 1 << 18,
	NONE = 255,
};

/* The colors worth considering for a pixel of some bin, the nearest first. */
struct choices {
	uint8_t count;
	uint8_t colors[CHOICES];
};

/* A pixel of the row at hand: for each of its choices, the best choice of the pixel before. */
struct step {
	const struct choices *choices;
	uint8_t from[CHOICES];
};

struct search {
	const struct palette *palette;
	int price;
	struct choices *bins; /* of 6 bits of each color; found when first asked for */
	struct step *steps;
	int32_t costs[2][CHOICES]; /* of the best ways to the pixel before and to this one */
	uint8_t place[256];        /* of a color among the choices of the pixel before, or NONE */
};

static int distance(const uint8_t color[3], const uint8_t rgb[3])
{
	int r = rgb[0] - color[0], g = rgb[1] - color[1], b = rgb[2] - color[2];

	return r * r + g * g + b * b;
}

/* Nobody stays with a color for one pixel that costs more than to leave it and to come back. */
static void find_choices(struct choices *out, const struct search *search, const uint8_t rgb[3])
{
	const uint8_t middle[3] = { rgb[0] | 2, rgb[1] | 2, rgb[2] | 2 };
	const struct palette *palette = search->palette;
	int distances[CHOICES], count = 0;

	for (int i = 0; i < palette->count; i++) {
		int this = distance(palette->colors[i], middle), at = count;

		if (count > 0 && this > distances[0] + 2 * search->price)
			continue;
		while (at > 0 && distances[at - 1] > this)
			at--;
		if (at == CHOICES)
			continue;
		count += count < CHOICES;
		memmove(distances + at + 1, distances + at,
		        (size_t)(count - 1 - at) * sizeof(*distances));
		memmove(out->colors + at + 1, out->colors + at, (size_t)(count - 1 - at));
		distances[at] = this;
		out->colors[at] = (uint8_t)i;
	}
	while (count > 1 && distances[count - 1] > distances[0] + 2 * search->price)
		count--;
	out->count = (uint8_t)count;
}

static const struct choices *choices_for(struct search *search, const uint8_t rgb[3])
{
	struct choices *choices = &search->bins[rgb[0] >> 2 << 12 | rgb[1] >> 2 << 6 | rgb[2] >> 2];

	if (!choices->count)
		find_choices(choices, search, rgb);
	return choices;
}

static int cheapest(const int32_t costs[], int count)
{
	int best = 0;

	for (int i = 1; i < count; i++)
		if (costs[i] < costs[best])
			best = i;
	return best;
}

/* All costs are kept small by counting them from that of the best way. */
static void take_step(struct search *search, int x, const uint8_t rgb[3])
{
	struct step *step = &search->steps[x];
	const struct choices *before = step[-1].choices;
	const int32_t *costs = search->costs[(x - 1) & 1];
	int best = cheapest(costs, before->count), change = costs[best] + search->price;

	for (int i = 0; i < step->choices->count; i++) {
		int color = step->choices->colors[i], at = search->place[color];
		bool stays = at != NONE && costs[at] <= change;

		step->from[i] = (uint8_t)(stays ? at : best);
		search->costs[x & 1][i] = distance(search->palette->colors[color], rgb) +
		                          (stays ? costs[at] : change) - costs[best];
	}
}

/* Where the row above changes color, too, in the same way, a change is all but free. */
static void follow_above(struct search *search, int x, const uint8_t *above, const uint8_t rgb[3])
{
	struct step *step = &search->steps[x];
	int at = search->place[above[x - 1]];
	const int32_t *costs = search->costs[(x - 1) & 1];
	int best = cheapest(costs, step[-1].choices->count);

	if (above[x] == above[x - 1] || at == NONE)
		return;
	for (int i = 0; i < step->choices->count; i++)
		if (step->choices->colors[i] == above[x]) {
			int32_t cost = distance(search->palette->colors[above[x]], rgb) +
			               costs[at] - costs[best] + search->price / 4;

			if (cost < search->costs[x & 1][i]) {
				search->costs[x & 1][i] = cost;
				step->from[i] = (uint8_t)at;
			}
		}
}

static void set_places(struct search *search, const struct choices *choices, bool is_there)
{
	for (int i = 0; i < choices->count; i++)
		search->place[choices->colors[i]] = (uint8_t)(is_there ? i : NONE);
}

static void map_row(struct search *search, uint8_t *row, const uint8_t *above, const uint8_t *rgba,
                    int width)
{
	int at;

	for (int x = 0; x < width; x++, rgba += 4) {
		struct step *step = &search->steps[x];

		step->choices = choices_for(search, rgba);
		if (x == 0) {
			for (int i = 0; i < step->choices->count; i++)
				search->costs[0][i] = distance(
					search->palette->colors[step->choices->colors[i]], rgba);
			continue;
		}
		set_places(search, step[-1].choices, true);
		take_step(search, x, rgba);
		if (above)
			follow_above(search, x, above, rgba);
		set_places(search, step[-1].choices, false);
	}
	at = cheapest(search->costs[(width - 1) & 1], search->steps[width - 1].choices->count);
	for (int x = width - 1; x >= 0; x--) {
		row[x] = search->steps[x].choices->colors[at];
		at = search->steps[x].from[at];
	}
}

void runs_map(struct indexed *image, const struct pixels *from, int price)
{
	size_t width = (size_t)image->width;
	struct search search = {
		.palette = &image->palette,
		.price = price,
		.bins = xcalloc(BINS, sizeof(*search.bins)),
		.steps = xcalloc(width, sizeof(*search.steps)),
	};

	memset(search.place, NONE, sizeof(search.place));
	for (int y = 0; y < image->height; y++) {
		uint8_t *row = image->indices + (size_t)y * width;

		map_row(&search, row, y % BAND ? row - width : NULL,
		        from->rgba + 4 * (size_t)y * width, image->width);
	}
	free(search.bins);
	free(search.steps);
}
