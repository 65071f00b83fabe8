#include "agent/edit_find.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	CODE_WORTH = 1000,
	COMMENT_WORTH = 100,
	BLANK_WORTH = 1,
	EXTRA_CODE = 300, /* the cost of a line of the file that the block does not have */
	EXTRA_COMMENT = 10,
	LEAST_FOUND = 60, /* percent of the block's code lines */
	LEAST_LEAD = 15,  /* percent of them, before the next best place */
	LEAST_ALIKE = 60,
	EDGE_LINES = 2,  /* how far beyond the block's ends a similar line may be */
	GAP_MAX = 10000, /* lines times lines; in larger ones nothing is looked for */
	COMPARE_STEPS = 4,
	LIKENESS_STEPS = 64,
};

static long columns_more(const struct line *file, const struct line *wanted)
{
	return (long)file->indent - (long)wanted->indent;
}

static bool line_stands(const struct line *file, const struct line *wanted, enum find_mode mode)
{
	if (mode == FIND_EXACT)
		return span_equals(file->raw, wanted->raw);
	return span_equals(file->key, wanted->key);
}

/* The columns of the first line, and of all others if they agree. */
static bool shift_of(struct shift *shift, const struct lines *file, size_t at,
                     const struct lines *wanted)
{
	bool is_first = true, is_known = false;

	*shift = (struct shift){ 0 };
	for (size_t i = 0; i < wanted->count; i++) {
		long more = columns_more(&file->all[at + i], &wanted->all[i]);

		if (wanted->all[i].kind == LINE_BLANK)
			continue;
		if (is_first) {
			*shift = (struct shift){ more, more };
		} else if (!is_known) {
			shift->others = more;
			is_known = true;
		} else if (more != shift->others) {
			return false;
		}
		is_first = false;
	}
	return true;
}

bool lines_stand_at(struct shift *shift, const struct lines *file, size_t at,
                    const struct lines *wanted, enum find_mode mode, struct edit_work *work)
{
	size_t same = 0;

	if (!work->steps || at > file->count || wanted->count > file->count - at)
		return false;
	while (same < wanted->count && line_stands(&file->all[at + same], &wanted->all[same], mode))
		same++;
	if (!edit_spend(work, COMPARE_STEPS * (same + 1)) || same < wanted->count ||
	    !shift_of(shift, file, at, wanted))
		return false;
	if (mode == FIND_SHIFTED)
		return shift->first == shift->others;
	if (mode == FIND_APART)
		return !wanted->all[0].indent && shift->first > 0 && !shift->others;
	return !shift->first && !shift->others;
}

size_t lines_find(size_t *at, struct shift *shift, const struct lines *file, size_t from,
                  const struct lines *wanted, enum find_mode mode, struct edit_work *work)
{
	struct shift here;
	size_t hits = 0;

	for (size_t i = from; wanted->count && i + wanted->count <= file->count; i++) {
		if (!lines_stand_at(&here, file, i, wanted, mode, work))
			continue;
		if (++hits == 2)
			break;
		*at = i;
		*shift = here;
	}
	return work->steps ? hits : 0;
}

/* Equal lines have equal numbers; blank ones have 0. */
struct numbers {
	size_t *file, *wanted;
};

struct numbered {
	struct text_span key;
	size_t *number;
};

static int by_key(const void *a, const void *b)
{
	const struct text_span *x = &((const struct numbered *)a)->key;
	const struct text_span *y = &((const struct numbered *)b)->key;
	int order = memcmp(x->at, y->at, x->len < y->len ? x->len : y->len);

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

static size_t collect(struct numbered all[], size_t count, const struct lines *lines,
                      size_t numbers[])
{
	for (size_t i = 0; i < lines->count; i++) {
		if (lines->all[i].kind != LINE_BLANK)
			all[count++] = (struct numbered){ lines->all[i].key, &numbers[i] };
	}
	return count;
}

/* Sorted rather than hashed: no choice of lines can make it slow. */
static void number_lines(struct numbers *out, const struct lines *file, const struct lines *wanted)
{
	struct numbered *all = xcalloc(file->count + wanted->count, sizeof(*all));
	size_t count, number = 0;

	out->file = xcalloc(file->count, sizeof(*out->file));
	out->wanted = xcalloc(wanted->count, sizeof(*out->wanted));
	count = collect(all, 0, file, out->file);
	count = collect(all, count, wanted, out->wanted);
	qsort(all, count, sizeof(*all), by_key);
	for (size_t i = 0; i < count; i++) {
		if (!i || !span_equals(all[i].key, all[i - 1].key))
			number++;
		*all[i].number = number;
	}
	free(all);
}

static int worth_of(const struct line *line)
{
	static const int worth[] = {
		[LINE_BLANK] = BLANK_WORTH,
		[LINE_COMMENT] = COMMENT_WORTH,
		[LINE_CODE] = CODE_WORTH,
	};

	return worth[line->kind];
}

static int cost_of(const struct line *line)
{
	static const int cost[] = {
		[LINE_BLANK] = 0,
		[LINE_COMMENT] = EXTRA_COMMENT,
		[LINE_CODE] = EXTRA_CODE,
	};

	return cost[line->kind];
}

/* The best way to lay the block's first lines over lines of the file that end here. */
struct laid {
	int score;
	unsigned start;
};

/* One more line of the file: laid[j] is for the first j lines of the block. */
static void lay_over(struct laid laid[], const struct line *line, size_t at, size_t number,
                     const size_t wanted[], size_t count)
{
	const int worth = worth_of(line), cost = cost_of(line);
	const unsigned here = (unsigned)at;
	struct laid diagonal = { 0, here };

	for (size_t j = 1; j <= count; j++) {
		struct laid before = laid[j];
		struct laid best = { before.score - cost, before.start };

		if (best.score <= 0)
			best = (struct laid){ 0, here + 1 };
		if (laid[j - 1].score > best.score)
			best = laid[j - 1];
		if (number == wanted[j - 1] && diagonal.score + worth >= best.score)
			best = (struct laid){ diagonal.score + worth,
				              diagonal.score ? diagonal.start : here };
		diagonal = before;
		laid[j] = best;
	}
}

struct places {
	struct range best;
	int best_score, rival_score;
};

/* ends[i] is the best that ends with line i. */
static struct places best_places(const struct laid ends[], size_t count)
{
	struct places found = { 0 };

	for (size_t i = 0; i < count; i++) {
		if (ends[i].score > found.best_score) {
			found.best_score = ends[i].score;
			found.best = (struct range){ ends[i].start, i + 1 };
		}
	}
	for (size_t i = 0; i < count; i++) {
		bool is_apart = i + 1 <= found.best.start || ends[i].start >= found.best.end;

		if (is_apart && ends[i].score > found.rival_score)
			found.rival_score = ends[i].score;
	}
	return found;
}

static struct places search(const struct numbers *numbers, const struct lines *file,
                            const struct lines *wanted)
{
	struct laid *laid = xcalloc(wanted->count + 1, sizeof(*laid));
	struct laid *ends = xcalloc(file->count + 1, sizeof(*ends));
	struct places found;

	for (size_t i = 0; i < file->count; i++) {
		lay_over(laid, &file->all[i], i, numbers->file[i], numbers->wanted, wanted->count);
		ends[i] = laid[wanted->count];
	}
	found = best_places(ends, file->count);
	free(laid);
	free(ends);
	return found;
}

struct same {
	const struct numbers *numbers;
	const struct lines *file;
};

static unsigned worth_if_same(const void *ctx, size_t wanted, size_t file)
{
	const struct same *same = ctx;

	if (same->numbers->wanted[wanted] != same->numbers->file[file])
		return 0;
	return (unsigned)worth_of(&same->file->all[file]);
}

static size_t count_code(const struct lines *lines, const size_t partner[])
{
	size_t count = 0;

	for (size_t i = 0; i < lines->count; i++)
		count += lines->all[i].kind == LINE_CODE && (!partner || partner[i] != NO_LINE);
	return count;
}

enum find_result lines_find_most(struct range *where, size_t partner[], const struct lines *file,
                                 const struct lines *wanted, struct edit_work *work)
{
	const struct range all = { 0, wanted->count };
	size_t code = count_code(wanted, NULL), paired = 0;
	struct numbers numbers = { 0 };
	struct places found;
	struct same same = { &numbers, file };

	*where = (struct range){ 0 };
	for (size_t i = 0; i < wanted->count; i++)
		partner[i] = NO_LINE;
	if (!code || !edit_spend(work, (wanted->count + 16) * (file->count + 1)))
		return FIND_NOTHING;
	number_lines(&numbers, file, wanted);
	found = search(&numbers, file, wanted);
	*where = found.best;
	if (pair_up(partner, all, found.best, worth_if_same, &same, work))
		paired = count_code(wanted, partner);
	free(numbers.file);
	free(numbers.wanted);
	if (paired < 2 || paired * 100 < code * LEAST_FOUND)
		return FIND_NOTHING;
	if ((long)(found.best_score - found.rival_score) * 100 <
	    (long)(code * CODE_WORTH * LEAST_LEAD))
		return FIND_RIVALS;
	return FIND_ONE;
}

/* As FIND_SHIFTED and FIND_APART have it, for the lines that have a partner. */
static bool shift_of_pairs(struct shift *shift, const size_t partner[], const struct lines *file,
                           const struct lines *wanted)
{
	bool is_known = false;
	bool is_first_paired = partner[0] != NO_LINE && wanted->all[0].kind == LINE_CODE;

	*shift = (struct shift){ 0 };
	for (size_t i = 1; i < wanted->count; i++) {
		long more;

		if (partner[i] == NO_LINE || wanted->all[i].kind != LINE_CODE)
			continue;
		more = columns_more(&file->all[partner[i]], &wanted->all[i]);
		if (is_known && more != shift->others)
			return false;
		shift->others = more;
		is_known = true;
	}
	shift->first = shift->others;
	if (is_first_paired)
		shift->first = columns_more(&file->all[partner[0]], &wanted->all[0]);
	return shift->first == shift->others ||
	       (!wanted->all[0].indent && shift->first > 0 && !shift->others);
}

struct alike {
	const struct lines *file, *wanted;
	struct shift shift;
};

static unsigned worth_if_alike(const void *ctx, size_t wanted, size_t file)
{
	const struct alike *alike = ctx;
	const struct line *a = &alike->wanted->all[wanted], *b = &alike->file->all[file];
	long more = columns_more(b, a);
	unsigned likeness;

	if (a->kind == LINE_BLANK || a->kind != b->kind)
		return 0;
	if (more != alike->shift.others && (wanted || more != alike->shift.first))
		return 0;
	likeness = line_likeness(a, b);
	return likeness >= LEAST_ALIKE ? likeness : 0;
}

/* The lines of the file between the pairs around lines `gap` of the block. */
static struct range gap_in_file(struct range gap, const size_t partner[], const struct lines *file,
                                size_t wanted_count)
{
	size_t reach = gap.end - gap.start + EDGE_LINES;
	struct range in_file = { 0, file->count };

	if (gap.end < wanted_count)
		in_file.end = partner[gap.end];
	if (gap.start)
		in_file.start = partner[gap.start - 1] + 1;
	else if (in_file.end > reach)
		in_file.start = in_file.end - reach;
	if (gap.end == wanted_count && in_file.end - in_file.start > reach)
		in_file.end = in_file.start + reach;
	return in_file;
}

bool lines_pair_alike(struct shift *shift, size_t partner[], const struct lines *file,
                      const struct lines *wanted, struct edit_work *work)
{
	struct alike alike = { .file = file, .wanted = wanted };
	struct range gap = { 0 }, in_file;
	size_t cells;

	if (!shift_of_pairs(&alike.shift, partner, file, wanted))
		return false;
	*shift = alike.shift;
	for (; gap.start < wanted->count; gap.start = gap.end) {
		gap.end = gap.start + 1;
		if (partner[gap.start] != NO_LINE)
			continue;
		while (gap.end < wanted->count && partner[gap.end] == NO_LINE)
			gap.end++;
		in_file = gap_in_file(gap, partner, file, wanted->count);
		cells = (gap.end - gap.start) * (in_file.end - in_file.start);
		if (cells <= GAP_MAX && edit_spend(work, cells * LIKENESS_STEPS))
			pair_up(partner, gap, in_file, worth_if_alike, &alike, work);
	}
	return work->steps > 0;
}
