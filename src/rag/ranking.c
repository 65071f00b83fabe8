#include <stdlib.h>

#include "base/mem.h"
#include "rag/inside.h"

/* How much the first places count for more than the next ones: the lower, the more. */
#define RANK_OFFSET 8.0

static struct pick *find(struct ranking *r, int64_t entry)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->items[i].entry == entry)
			return &r->items[i];
	if (r->count == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 64;
		r->items = xrealloc(r->items, r->cap * sizeof(*r->items));
	}
	r->items[r->count] = (struct pick){ .entry = entry };
	return &r->items[r->count++];
}

void ranking_vote(struct ranking *r, int64_t entry, size_t rank, double weight, const char *why)
{
	struct pick *pick = find(r, entry);
	double vote = weight / (RANK_OFFSET + (double)rank);

	pick->score += vote;
	if (vote <= pick->most)
		return;
	pick->most = vote;
	free(pick->why);
	pick->why = xstrdup(why);
}

/* Merging, since qsort() may turn equal ones round. */
static void merge(struct pick *items, struct pick *spare, size_t count)
{
	size_t half = count / 2, a = 0, b = half;

	if (count < 2)
		return;
	merge(items, spare, half);
	merge(items + half, spare, count - half);
	for (size_t i = 0; i < count; i++)
		spare[i] = b == count || (a < half && items[a].score >= items[b].score)
		                   ? items[a++]
		                   : items[b++];
	for (size_t i = 0; i < count; i++)
		items[i] = spare[i];
}

void ranking_sort(struct ranking *r)
{
	struct pick *spare = xcalloc(r->count + 1, sizeof(*spare));

	merge(r->items, spare, r->count);
	free(spare);
}

void ranking_release(struct ranking *r)
{
	for (size_t i = 0; i < r->count; i++)
		free(r->items[i].why);
	free(r->items);
	*r = (struct ranking){ 0 };
}
