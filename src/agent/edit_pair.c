#include "agent/edit_pair.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	LETTERS_MAX = 400, /* of a line; beyond them it is like no other */
	BINS = 1024,
};

static size_t bin_of(const char *s)
{
	return ((size_t)(unsigned char)s[0] * 37 + (unsigned char)s[1]) % BINS;
}

unsigned line_likeness(const struct line *a, const struct line *b)
{
	unsigned short bins[BINS] = { 0 };
	size_t a_len = a->key.len < LETTERS_MAX ? a->key.len : LETTERS_MAX;
	size_t b_len = b->key.len < LETTERS_MAX ? b->key.len : LETTERS_MAX;
	size_t shared = 0;

	if (span_equals(a->key, b->key))
		return 100;
	if (a_len < 2 || b_len < 2)
		return 0;
	for (size_t i = 0; i + 1 < a_len; i++)
		bins[bin_of(a->key.at + i)]++;
	for (size_t i = 0; i + 1 < b_len; i++) {
		unsigned short *bin = &bins[bin_of(b->key.at + i)];

		shared += *bin > 0;
		*bin = (unsigned short)(*bin - (*bin > 0));
	}
	return (unsigned)(shared * 200 / (a->key.len + b->key.len - 2));
}

enum step {
	PAIR,
	SKIP_A,
	SKIP_B,
};

/* Fill in steps[], a row of b.end - b.start for each line of `a`. */
static void weigh(unsigned char steps[], struct range a, struct range b, pair_fn worth,
                  const void *ctx)
{
	size_t width = b.end - b.start;
	unsigned *row = xcalloc(width + 1, sizeof(*row));

	for (size_t i = a.start; i < a.end; i++, steps += width) {
		unsigned diagonal = 0; /* row[j] of the line before */

		for (size_t j = 0; j < width; j++) {
			unsigned gain = worth(ctx, i, b.start + j);
			unsigned paired = diagonal + gain;

			diagonal = row[j + 1];
			steps[j] = row[j + 1] >= row[j] ? SKIP_A : SKIP_B;
			row[j + 1] = row[j + 1] >= row[j] ? row[j + 1] : row[j];
			if (gain && paired >= row[j + 1]) {
				row[j + 1] = paired;
				steps[j] = PAIR;
			}
		}
	}
	free(row);
}

bool pair_up(size_t partner[], struct range a, struct range b, pair_fn worth, const void *ctx,
             struct edit_work *work)
{
	size_t i = a.end - a.start, j = b.end - b.start, width = j;
	unsigned char *steps;

	if (!i || !j)
		return true;
	if (!edit_spend(work, i * j))
		return false;
	steps = xcalloc(i * j, 1);
	weigh(steps, a, b, worth, ctx);
	while (i && j) {
		enum step step = steps[(i - 1) * width + j - 1];

		if (step == PAIR)
			partner[a.start + i - 1] = b.start + j - 1;
		i -= step != SKIP_B;
		j -= step != SKIP_A;
	}
	free(steps);
	return true;
}
