#include "agent/edit_merge.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
	LEAST_ALIKE = 80, /* percent: a line that is replaced must be about the one quoted */
};

/* Lines of search that give way to lines of replace. One of the ranges may be empty. */
struct change {
	struct range search, replace;
};

struct merging {
	const struct merge *merge;
	struct edit_work *work;
	struct lines *out;
	size_t done;   /* lines of the file that are in `out` or gone */
	size_t first;  /* changed line of the file; NO_LINE: none yet */
	bool is_plain; /* the block quotes in fancy punctuation what the file has plain */
	bool is_loose; /* it was quoted from memory: blank lines of the file are not its concern */
};

static bool line_is_same(const struct line *a, const struct line *b)
{
	return a->kind == b->kind && (a->kind == LINE_BLANK || a->indent == b->indent) &&
	       span_equals(a->body, b->body);
}

static unsigned worth_if_kept(const void *ctx, size_t search, size_t replace)
{
	static const unsigned worth[] = {
		[LINE_BLANK] = 1,
		[LINE_COMMENT] = 3,
		[LINE_CODE] = 4,
	};
	const struct merge *merge = ctx;
	const struct line *line = &merge->search->all[search];

	return line_is_same(line, &merge->replace->all[replace]) ? worth[line->kind] : 0;
}

/* Which line of replace each line of search has become; NO_LINE: none. */
static bool pair_kept(size_t kept[], const struct merge *merge, struct edit_work *work)
{
	struct range s = { 0, merge->search->count }, r = { 0, merge->replace->count };

	for (size_t i = 0; i < s.end; i++)
		kept[i] = NO_LINE;
	while (s.start < s.end && r.start < r.end && worth_if_kept(merge, s.start, r.start))
		kept[s.start++] = r.start++;
	while (s.start < s.end && r.start < r.end && worth_if_kept(merge, s.end - 1, r.end - 1))
		kept[--s.end] = --r.end;
	return pair_up(kept, s, r, worth_if_kept, merge, work);
}

/* The next place, from *at on, where the two differ; *at then follows it. */
static bool next_change(struct change *out, struct change *at, const size_t kept[],
                        const struct merge *merge)
{
	size_t s = at->search.end, r = at->replace.end;

	while (s < merge->search->count && kept[s] == r) {
		s++;
		r++;
	}
	out->search.start = s;
	out->replace.start = r;
	while (s < merge->search->count && kept[s] == NO_LINE)
		s++;
	out->search.end = s;
	out->replace.end = s < merge->search->count ? kept[s] : merge->replace->count;
	*at = *out;
	return s > out->search.start || out->replace.end > r;
}

static bool has_code(const struct lines *lines, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		if (lines->all[i].kind == LINE_CODE)
			return true;
	}
	return false;
}

/* Where line i of search is in the file, or else the next one beyond comments and blanks. */
static size_t neighbour(const struct merge *merge, size_t i, int direction)
{
	for (; i < merge->search->count; i += (size_t)direction) {
		if (merge->partner[i] != NO_LINE)
			return merge->partner[i];
		if (merge->search->all[i].kind == LINE_CODE)
			return NO_LINE;
	}
	return NO_LINE;
}

/*
 * The line of the file before which new lines go that stand between the lines s.start - 1 and
 * s.end of search. In doubt when the file has code of its own there, or neither of the two.
 */
static bool place_for(size_t *at, const struct merge *merge, struct range s)
{
	size_t before = neighbour(merge, s.start - 1, -1);
	size_t after = neighbour(merge, s.end, 1);

	if (before == NO_LINE && after == NO_LINE)
		return false;
	if (before != NO_LINE && after != NO_LINE && has_code(merge->file, before + 1, after))
		return false;
	*at = before == NO_LINE ? after : before + 1;
	if (before != NO_LINE && after != NO_LINE && merge->partner[s.start - 1] == NO_LINE)
		*at = after; /* what stands before is a guess, what comes after is sure */
	return true;
}

/* A line of the file may give way if it is about the one quoted, and not what is to come. */
static bool may_go(const struct line *quoted, const struct line *line, const struct merge *merge,
                   const struct change *change)
{
	if (span_equals(quoted->key, line->key))
		return true;
	for (size_t i = change->replace.start; i < change->replace.end; i++) {
		if (span_equals(merge->replace->all[i].key, line->key))
			return false;
	}
	return line_likeness(quoted, line) >= LEAST_ALIKE;
}

/*
 * The lines of the file that stand for those of search that are to go, in targets[]. A comment or
 * blank line that is not there needs no going; nor does code, if all that goes is missing.
 */
static bool find_targets(size_t targets[], size_t *count, const struct merging *m,
                         const struct change *change)
{
	const struct merge *merge = m->merge;
	const bool is_removal = change->replace.start == change->replace.end;
	bool is_code_missing = false;

	*count = 0;
	for (size_t i = change->search.start; i < change->search.end; i++) {
		const struct line *line = &merge->search->all[i];
		size_t at = merge->partner[i];

		if (m->is_loose && line->kind == LINE_BLANK)
			continue;
		if (at == NO_LINE) {
			is_code_missing |= line->kind == LINE_CODE;
			continue;
		}
		if (!may_go(line, &merge->file->all[at], merge, change))
			return false;
		if (*count && has_code(merge->file, targets[*count - 1] + 1, at))
			return false;
		targets[(*count)++] = at;
	}
	return !is_code_missing || (is_removal && !*count);
}

static void copy_to(struct merging *m, size_t end)
{
	lines_add(m->out, m->merge->file, m->done, end);
	m->done = end;
}

/* Line i of replace, as deep as the file has its neighbours. */
static bool put_new(struct merging *m, size_t i)
{
	const struct shift *shift = &m->merge->shift;
	const struct line *line = &m->merge->replace->all[i];
	bool is_first = i == 0 && line->indent == m->merge->search->all[0].indent;
	long indent = (long)line->indent + (is_first ? shift->first : shift->others);
	struct text_span body = m->is_plain ? line_plain(m->work, line->body) : line->body;

	if (line->kind == LINE_BLANK)
		indent = 0;
	if (indent < 0)
		return false;
	lines_push(m->out, line_made(m->work, body, (size_t)indent));
	return true;
}

/* New lines take the places of old ones one by one, so that comments between keep theirs. */
static bool put_change(struct merging *m, const struct change *change, const size_t targets[],
                       size_t count)
{
	size_t i = change->replace.start;

	for (size_t t = 0; t < count; t++) {
		if (t == 0 || change->replace.start < change->replace.end)
			copy_to(m, targets[t]);
		m->done = targets[t] + 1;
		if (t + 1 < count && i < change->replace.end && !put_new(m, i++))
			return false;
	}
	while (i < change->replace.end) {
		if (!put_new(m, i++))
			return false;
	}
	return true;
}

static bool is_blank_only(const struct merge *merge, const struct change *change)
{
	struct lines old = lines_part(merge->search, change->search.start, change->search.end);
	struct lines new = lines_part(merge->replace, change->replace.start, change->replace.end);

	return !lines_trimmed(&old).count && !lines_trimmed(&new).count;
}

static bool make_change(struct merging *m, const struct change *change, size_t targets[])
{
	size_t count, at;

	if (m->is_loose && is_blank_only(m->merge, change))
		return true;
	if (!find_targets(targets, &count, m, change))
		return false;
	if (count)
		at = targets[0];
	else if (!place_for(&at, m->merge, change->search))
		return change->replace.start == change->replace.end &&
		       !has_code(m->merge->search, change->search.start, change->search.end);
	if (at < m->done)
		return false;
	if (m->first == NO_LINE)
		m->first = at;
	copy_to(m, at);
	return put_change(m, change, targets, count);
}

static bool is_fancy(struct edit_work *work, const struct line *line)
{
	return !span_equals(line_plain(work, line->body), line->body);
}

static bool is_needlessly_fancy(const struct merge *merge, struct edit_work *work)
{
	for (size_t i = 0; i < merge->search->count; i++) {
		size_t at = merge->partner[i];

		if (at != NO_LINE && is_fancy(work, &merge->search->all[i]) &&
		    !is_fancy(work, &merge->file->all[at]))
			return true;
	}
	return false;
}

static bool is_one_for_one(const struct merge *merge)
{
	for (size_t i = 0; i < merge->search->count; i++) {
		if (merge->partner[i] == NO_LINE || merge->partner[i] != merge->partner[0] + i)
			return false;
	}
	return true;
}

enum edit_why merge_lines(struct lines *out, size_t *line, const struct merge *merge,
                          struct edit_work *work)
{
	struct merging m = { .merge = merge, .work = work, .out = out, .first = NO_LINE };
	size_t *kept = xcalloc(merge->search->count * 2, sizeof(*kept));
	size_t *targets = kept + merge->search->count;
	enum edit_why why = EDIT_WENT_IN;
	struct change change, at = { 0 };

	m.is_loose = !is_one_for_one(merge);
	m.is_plain = is_needlessly_fancy(merge, work);
	if (!pair_kept(kept, merge, work) || !edit_spend(work, merge->file->count))
		why = EDIT_TOO_LARGE;
	while (why == EDIT_WENT_IN && next_change(&change, &at, kept, merge)) {
		if (!make_change(&m, &change, targets))
			why = EDIT_CONFLICT;
	}
	copy_to(&m, merge->file->count);
	*line = m.first == NO_LINE ? 0 : m.first + 1;
	free(kept);
	return why;
}
