#include "tui/palette.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

enum {
	COLORS_MOST = 256,
	ROUNDS = 2,           /* of k-means: a third one gains less than 0.1 dB */
	SAMPLED_FROM = 100000 /* pixels; with more, every third is counted */
};

/*
 * Pixels that share the first 6 bits of each color. The mean is the true one: with the bits alone
 * a smooth gray wall would end in a handful of bands, as it does in libsixel.
 */
struct bin {
	float mean[3];
	float weight;
};

struct box {
	struct bin *bins;
	int count;
	int axis; /* along which its colors differ most */
	double mean[3], weight, error;
};

static unsigned bin_of(const uint8_t rgb[3])
{
	return (unsigned)(rgb[0] >> 2 << 12 | rgb[1] >> 2 << 6 | rgb[2] >> 2);
}

struct tally {
	uint32_t count;
	uint32_t sums[3];
};

/* Only bins that hold a pixel. *out is the caller's to free. */
static int count_bins(struct bin **out, const struct pixels *from)
{
	struct tally *tallies = xcalloc(1 << 18, sizeof(*tallies));
	size_t pixels = (size_t)from->width * (size_t)from->height;
	size_t step = pixels > SAMPLED_FROM ? 3 : 1;
	int count = 0, filled = 0;

	for (size_t i = 0; i < pixels; i += step) {
		const uint8_t *rgb = from->rgba + 4 * i;
		struct tally *tally = &tallies[bin_of(rgb)];

		count += tally->count++ == 0;
		for (int k = 0; k < 3; k++)
			tally->sums[k] += rgb[k];
	}
	*out = xcalloc((size_t)count, sizeof(**out));
	for (const struct tally *tally = tallies; filled < count; tally++)
		if (tally->count) {
			struct bin *bin = &(*out)[filled++];

			bin->weight = (float)tally->count;
			for (int k = 0; k < 3; k++)
				bin->mean[k] = (float)tally->sums[k] / bin->weight;
		}
	free(tallies);
	return count;
}

static void box_measure(struct box *box)
{
	double sums[3] = { 0 }, squares[3] = { 0 }, most = -1;

	box->weight = box->error = 0;
	for (int i = 0; i < box->count; i++) {
		const struct bin *bin = &box->bins[i];

		box->weight += (double)bin->weight;
		for (int k = 0; k < 3; k++) {
			double sum = (double)bin->weight * (double)bin->mean[k];

			sums[k] += sum;
			squares[k] += sum * (double)bin->mean[k];
		}
	}
	for (int k = 0; k < 3; k++) {
		double error = squares[k] - sums[k] * sums[k] / box->weight;

		box->mean[k] = sums[k] / box->weight;
		box->error += error;
		if (error > most) {
			most = error;
			box->axis = k;
		}
	}
}

static int compare_bins(const void *a, const void *b, void *ctx)
{
	int axis = *(const int *)ctx;
	float x = ((const struct bin *)a)->mean[axis], y = ((const struct bin *)b)->mean[axis];

	return (x > y) - (x < y);
}

/* Where the two halves have the least error around their own means. */
static int best_cut(const struct box *box)
{
	double total = box->mean[box->axis] * box->weight, weight = 0, sum = 0, best = -1;
	int cut = 1;

	for (int i = 0; i + 1 < box->count; i++) {
		const struct bin *bin = &box->bins[i];
		double gain;

		weight += (double)bin->weight;
		sum += (double)bin->weight * (double)bin->mean[box->axis];
		gain = sum * sum / weight + (total - sum) * (total - sum) / (box->weight - weight);
		if (gain > best) {
			best = gain;
			cut = i + 1;
		}
	}
	return cut;
}

static struct box *worst_box(struct box boxes[], int count)
{
	struct box *worst = NULL;

	for (int i = 0; i < count; i++)
		if (boxes[i].count > 1 && boxes[i].error > (worst ? worst->error : 0))
			worst = &boxes[i];
	return worst;
}

static int split(struct box boxes[], struct bin *bins, int count, int wanted)
{
	struct box *worst;
	int made = 1;

	boxes[0] = (struct box){ .bins = bins, .count = count };
	box_measure(&boxes[0]);
	while (made < wanted && (worst = worst_box(boxes, made))) {
		struct box *half = &boxes[made++];
		int cut;

		qsort_r(worst->bins, (size_t)worst->count, sizeof(*worst->bins), compare_bins,
		        &worst->axis);
		cut = best_cut(worst);
		*half = (struct box){ .bins = worst->bins + cut, .count = worst->count - cut };
		worst->count = cut;
		box_measure(worst);
		box_measure(half);
	}
	return made;
}

static int nearest_mean(const float rgb[3], float means[][3], int count)
{
	float least = INFINITY;
	int nearest = 0;

	for (int i = 0; i < count; i++) {
		float r = rgb[0] - means[i][0], g = rgb[1] - means[i][1], b = rgb[2] - means[i][2];
		float distance = r * r + g * g + b * b;

		if (distance < least) {
			least = distance;
			nearest = i;
		}
	}
	return nearest;
}

/* One round of k-means. */
static void refine(float means[][3], int count, const struct bin bins[], int bin_count)
{
	double sums[COLORS_MOST][4] = { { 0 } };

	for (int i = 0; i < bin_count; i++) {
		double *sum = sums[nearest_mean(bins[i].mean, means, count)];

		for (int k = 0; k < 3; k++)
			sum[k] += (double)bins[i].weight * (double)bins[i].mean[k];
		sum[3] += (double)bins[i].weight;
	}
	for (int i = 0; i < count; i++)
		for (int k = 0; k < 3 && sums[i][3] > 0; k++)
			means[i][k] = (float)(sums[i][k] / sums[i][3]);
}

static bool has_color(const struct palette *palette, const uint8_t rgb[3])
{
	for (int i = 0; i < palette->count; i++)
		if (memcmp(palette->colors[i], rgb, 3) == 0)
			return true;
	return false;
}

/* Percents are what the wire carries; mapping to what will be seen is better than to what won't. */
static void add_color(struct palette *palette, const float mean[3])
{
	uint8_t rgb[3];

	for (int k = 0; k < 3; k++)
		rgb[k] = (uint8_t)((lroundf(mean[k] * 100 / 255) * 255 + 50) / 100);
	if (!has_color(palette, rgb))
		memcpy(palette->colors[palette->count++], rgb, 3);
}

void palette_make(struct palette *out, const struct pixels *from, int colors)
{
	struct box boxes[COLORS_MOST];
	float means[COLORS_MOST][3];
	struct bin *bins;
	int bin_count, count;

	if (colors < 2 || colors > COLORS_MOST)
		BUG("a palette of %d colors", colors);
	bin_count = count_bins(&bins, from);
	count = split(boxes, bins, bin_count, colors);
	for (int i = 0; i < count; i++)
		for (int k = 0; k < 3; k++)
			means[i][k] = (float)boxes[i].mean[k];
	for (int i = 0; i < ROUNDS; i++)
		refine(means, count, bins, bin_count);
	free(bins);
	out->count = 0;
	for (int i = 0; i < count; i++)
		add_color(out, means[i]);
}
