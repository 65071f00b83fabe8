#ifndef AGENT_EDIT_PAIR_H
#define AGENT_EDIT_PAIR_H

#include <stdint.h>

#include "agent/edit_lines.h"

#define NO_LINE SIZE_MAX

/* How alike two lines are, 0 to 100, by the pairs of letters they share; linear in their length. */
unsigned line_likeness(const struct line *a, const struct line *b);

/* What it is worth to pair line a with line b; 0: they do not belong together. */
typedef unsigned (*pair_fn)(const void *ctx, size_t a, size_t b);

/* From `start` up to, not including, `end`. */
struct range {
	size_t start, end;
};

/*
 * Pair lines of `a` with lines of `b`, both in order, so that the pairs are worth the most:
 * partner[i] is set for the i of `a` that find one. Costs a line of work for each of a times b;
 * false when that is too much, and then partner[] is as it was.
 */
bool pair_up(size_t partner[], struct range a, struct range b, pair_fn worth, const void *ctx,
             struct edit_work *work);

#endif
