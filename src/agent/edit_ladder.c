#include "agent/edit_ladder.h"

#include <stdlib.h>

#include "agent/edit_merge.h"
#include "base/mem.h"

enum {
	LEAST_LINES = 3, /* of a block that is looked for by likeness */
};

/* One block on its way up the ladder. */
struct climb {
	struct edit_work *work;
	const struct lines *file;
	const struct lines *whole_search, *whole_replace; /* as the model wrote them */
	struct lines search, replace;                     /* without the blank lines around them */
	struct lines out;
	size_t line;
};

/* A rung: EDIT_WENT_IN fills in `out`, EDIT_NOT_FOUND leads to the next, all else ends the climb.
 */
typedef enum edit_why (*rung_fn)(struct climb *climb);

static bool has_text(const struct lines *lines)
{
	return lines_trimmed(lines).count > 0;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* What REPLACE has more of the blank lines around is meant, and stays. */
static struct lines trimmed_as(const struct lines *replace, const struct lines *whole_search)
{
	struct lines search = lines_trimmed(whole_search), inner = lines_trimmed(replace);
	size_t front = (size_t)(search.all - whole_search->all);
	size_t back = whole_search->count - front - search.count;
	size_t inner_front = (size_t)(inner.all - replace->all);
	size_t inner_back = replace->count - inner_front - inner.count;

	return lines_part(replace, least(front, inner_front),
	                  replace->count - least(back, inner_back));
}

static size_t count_code(const struct lines *lines)
{
	size_t count = 0;

	for (size_t i = 0; i < lines->count; i++)
		count += lines->all[i].kind == LINE_CODE;
	return count;
}

/* Is `search` at `at` but a part of a `replace` that stands there already? */
static bool is_there_already(const struct climb *climb, const struct lines *search,
                             const struct lines *replace, size_t at, enum find_mode mode)
{
	struct shift shift;

	if (count_code(replace) <= count_code(search))
		return false;
	for (size_t i = 0; i + search->count <= replace->count && i <= at; i++) {
		struct lines part = lines_part(replace, i, i + search->count);

		if (lines_stand_at(&shift, &part, 0, search, FIND_NORMAL, climb->work) &&
		    lines_stand_at(&shift, climb->file, at - i, replace, mode, climb->work))
			return true;
	}
	return false;
}

static enum edit_why finish(struct climb *climb, struct lines *out, enum edit_why why)
{
	if (why == EDIT_WENT_IN && lines_equal(out, climb->file))
		why = EDIT_ALREADY;
	if (why == EDIT_WENT_IN)
		climb->out = *out;
	else
		lines_release(out);
	return why;
}

static enum edit_why put_exactly(struct climb *climb, const struct lines *search,
                                 const struct lines *replace)
{
	struct lines out = { 0 };
	struct shift shift;
	size_t at, hits = lines_find(&at, &shift, climb->file, 0, search, FIND_EXACT, climb->work);

	if (!hits)
		return EDIT_NOT_FOUND;
	if (hits > 1)
		return EDIT_AMBIGUOUS;
	if (is_there_already(climb, search, replace, at, FIND_EXACT))
		return EDIT_ALREADY;
	lines_add(&out, climb->file, 0, at);
	for (size_t i = 0; i < replace->count; i++) {
		lines_push(&out, replace->all[i]);
		out.all[out.count - 1].has_cr = climb->work->has_cr;
	}
	lines_add(&out, climb->file, at + search->count, climb->file->count);
	climb->line = at + 1;
	return finish(climb, &out, EDIT_WENT_IN);
}

static enum edit_why climb_exact(struct climb *climb)
{
	enum edit_why why = put_exactly(climb, climb->whole_search, climb->whole_replace);

	if (why == EDIT_NOT_FOUND && climb->search.count < climb->whole_search->count)
		why = put_exactly(climb, &climb->search, &climb->replace);
	return why;
}

/* The lines of `search` are those of the file from `at` on. */
static enum edit_why put_at(struct climb *climb, const struct lines *search,
                            const struct lines *replace, size_t at, struct shift shift)
{
	size_t *partner = xcalloc(search->count, sizeof(*partner));
	const struct merge merge = { climb->file, search, replace, partner, shift };
	struct lines out = { 0 };
	enum edit_why why;

	for (size_t i = 0; i < search->count; i++)
		partner[i] = at + i;
	why = merge_lines(&out, &climb->line, &merge, climb->work);
	free(partner);
	return finish(climb, &out, why);
}

static enum edit_why climb_by(struct climb *climb, enum find_mode mode)
{
	struct shift shift;
	size_t at,
		hits = lines_find(&at, &shift, climb->file, 0, &climb->search, mode, climb->work);

	if (!hits)
		return EDIT_NOT_FOUND;
	if (hits > 1)
		return EDIT_AMBIGUOUS;
	if (is_there_already(climb, &climb->search, &climb->replace, at, mode))
		return EDIT_ALREADY;
	return put_at(climb, &climb->search, &climb->replace, at, shift);
}

static enum edit_why climb_normal(struct climb *climb)
{
	return climb_by(climb, FIND_NORMAL);
}

static enum edit_why climb_shifted(struct climb *climb)
{
	enum edit_why why = climb_by(climb, FIND_SHIFTED);

	return why == EDIT_NOT_FOUND ? climb_by(climb, FIND_APART) : why;
}

/* The lines up to the next ellipsis; false: there are no more. */
static bool next_piece(struct lines *piece, size_t *at, const struct lines *lines)
{
	size_t start = *at, end = start;

	if (start > lines->count)
		return false;
	while (end < lines->count && !line_is_ellipsis(&lines->all[end]))
		end++;
	*piece = lines_part(lines, start, end);
	*at = end + 1;
	return true;
}

/* Where a piece stands from *from on, in the strictest way that finds it. */
static enum edit_why find_piece(size_t *at, struct shift *shift, const struct climb *climb,
                                size_t from, const struct lines *piece, bool is_changed)
{
	for (enum find_mode mode = FIND_EXACT; mode <= FIND_SHIFTED; mode++) {
		size_t hits = lines_find(at, shift, climb->file, from, piece, mode, climb->work);

		if (hits == 1 || (hits && !is_changed))
			return EDIT_WENT_IN;
		if (hits)
			return EDIT_AMBIGUOUS;
	}
	return EDIT_NOT_FOUND;
}

/* One piece; *from moves behind it. What it changes becomes the file for the next one. */
static enum edit_why put_piece(struct climb *climb, const struct lines *whole_search,
                               const struct lines *whole_replace, size_t *from)
{
	struct lines search, replace;
	struct shift shift;
	size_t at, old_count = climb->file->count;
	enum edit_why why;

	if (!has_text(whole_search))
		return has_text(whole_replace) ? EDIT_UNPAIRED : EDIT_WENT_IN;
	search = lines_trimmed(whole_search);
	replace = trimmed_as(whole_replace, whole_search);
	why = find_piece(&at, &shift, climb, *from, &search, !lines_equal(&search, &replace));
	if (why != EDIT_WENT_IN)
		return why;
	*from = at + search.count;
	if (lines_equal(&search, &replace))
		return EDIT_WENT_IN;
	why = put_at(climb, &search, &replace, at, shift);
	if (why == EDIT_WENT_IN)
		*from = *from + climb->out.count - old_count;
	return why;
}

static bool has_ellipsis(const struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		if (line_is_ellipsis(&lines->all[i]))
			return true;
	}
	return false;
}

static enum edit_why climb_pieces(struct climb *climb)
{
	const struct lines *original = climb->file;
	struct lines file = { 0 }, search, replace;
	size_t s = 0, r = 0, from = 0, line = 0;
	enum edit_why why = EDIT_WENT_IN;

	if (!has_ellipsis(&climb->search))
		return EDIT_NOT_FOUND;
	while (why == EDIT_WENT_IN && next_piece(&search, &s, &climb->search)) {
		climb->line = 0;
		why = EDIT_UNPAIRED;
		if (next_piece(&replace, &r, &climb->replace))
			why = put_piece(climb, &search, &replace, &from);
		if (why != EDIT_WENT_IN || !climb->line)
			continue;
		lines_release(&file);
		file = climb->out;
		climb->file = &file;
		line = line ? line : climb->line;
	}
	if (why == EDIT_WENT_IN && next_piece(&replace, &r, &climb->replace))
		why = EDIT_UNPAIRED;
	climb->file = original;
	climb->line = line;
	if (why == EDIT_WENT_IN && !line)
		return EDIT_ALREADY;
	return finish(climb, &file, why == EDIT_NOT_FOUND ? EDIT_CONFLICT : why);
}

static size_t count_new_code(const struct climb *climb)
{
	struct shift shift;
	size_t at, count = 0;

	for (size_t i = 0; i < climb->replace.count; i++) {
		struct lines line = lines_part(&climb->replace, i, i + 1);

		count += line.all->kind == LINE_CODE &&
		         !lines_find(&at, &shift, &climb->search, 0, &line, FIND_SHIFTED,
		                     climb->work);
	}
	return count;
}

/* REPLACE is there, with code that SEARCH lacks; a single line of it could be there by chance. */
static bool stands_replaced(const struct climb *climb, size_t least_lines)
{
	struct shift shift;
	size_t at, hits;

	if (climb->replace.count < least_lines || !count_new_code(climb))
		return false;
	hits = lines_find(&at, &shift, climb->file, 0, &climb->replace, FIND_SHIFTED, climb->work);
	return hits == 1 || (hits && climb->replace.count > 1);
}

static enum edit_why climb_merged(struct climb *climb)
{
	size_t *partner = xcalloc(climb->search.count, sizeof(*partner));
	struct merge merge = { climb->file, &climb->search, &climb->replace, partner, { 0 } };
	enum edit_why why = EDIT_NOT_FOUND;
	struct lines out = { 0 };
	struct range where;

	if (stands_replaced(climb, 2)) {
		why = EDIT_ALREADY;
	} else if (climb->search.count >= LEAST_LINES) {
		switch (lines_find_most(&where, partner, climb->file, &climb->search,
		                        climb->work)) {
		case FIND_NOTHING:
			break;
		case FIND_RIVALS:
			why = EDIT_AMBIGUOUS;
			break;
		case FIND_ONE:
			why = EDIT_CONFLICT;
			if (lines_pair_alike(&merge.shift, partner, climb->file, &climb->search,
			                     climb->work))
				why = merge_lines(&out, &climb->line, &merge, climb->work);
		}
	}
	free(partner);
	return finish(climb, &out, why);
}

static const struct rung {
	enum edit_how how;
	rung_fn climb;
} ladder[] = {
	{ EDIT_EXACT, climb_exact },     { EDIT_NORMAL, climb_normal },
	{ EDIT_SHIFTED, climb_shifted }, { EDIT_PIECES, climb_pieces },
	{ EDIT_MERGED, climb_merged },
};

/* A block without SEARCH is the script itself, if there is none yet. */
static enum edit_why put_first(struct climb *climb)
{
	if (has_text(climb->file))
		return EDIT_EMPTY;
	if (!has_text(climb->whole_replace))
		return EDIT_ALREADY;
	lines_add(&climb->out, &climb->replace, 0, climb->replace.count);
	climb->line = 1;
	return EDIT_WENT_IN;
}

static void climb_rungs(struct climb *climb, struct edit_outcome *outcome)
{
	outcome->why = EDIT_NOT_FOUND;
	for (size_t i = 0; i < COUNT(ladder) && outcome->why == EDIT_NOT_FOUND; i++) {
		outcome->why = ladder[i].climb(climb);
		outcome->how = outcome->why == EDIT_WENT_IN ? ladder[i].how : EDIT_REFUSED;
	}
	if (outcome->why != EDIT_NOT_FOUND && outcome->why != EDIT_CONFLICT)
		return;
	if (stands_replaced(climb, 1))
		outcome->why = EDIT_ALREADY;
}

void edit_climb(struct lines *out, struct edit_outcome *outcome, const struct lines *file,
                const struct lines *search, const struct lines *replace, struct edit_work *work)
{
	const struct lines nothing = { 0 };
	struct climb climb = {
		.work = work,
		.file = file,
		.whole_search = search,
		.whole_replace = has_text(replace) ? replace : &nothing,
		.search = lines_trimmed(search),
	};

	climb.replace = trimmed_as(climb.whole_replace, search);
	if (climb.search.count) {
		climb_rungs(&climb, outcome);
	} else {
		outcome->why = put_first(&climb);
		outcome->how = outcome->why == EDIT_WENT_IN ? EDIT_EXACT : EDIT_REFUSED;
	}
	if (!work->steps) {
		lines_release(&climb.out);
		*outcome = (struct edit_outcome){ .why = EDIT_TOO_LARGE };
	}
	if (outcome->why == EDIT_WENT_IN) {
		*out = climb.out;
		outcome->line = climb.line;
	}
}
