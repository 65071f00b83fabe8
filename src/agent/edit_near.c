#include "agent/edit_near.h"

#include <stdlib.h>

#include "agent/edit_find.h"
#include "base/mem.h"

enum {
	CONTEXT_LINES = 2,
	NEAR_LINES_MAX = 40,
	NEAR_COLS_MAX = 300,
	PLACES_MAX = 4,
	LEAST_ALIKE = 40,
	LIKENESS_STEPS = 64,
};

static void add_lines(struct strbuf *out, const struct lines *file, size_t start, size_t end)
{
	size_t from = start > CONTEXT_LINES ? start - CONTEXT_LINES : 0;
	size_t to = end + CONTEXT_LINES < file->count ? end + CONTEXT_LINES : file->count;

	if (to > from + NEAR_LINES_MAX)
		to = from + NEAR_LINES_MAX;
	for (size_t i = from; i < to; i++) {
		strbuf_addf(out, "%5zu  ", i + 1);
		text_cut(out, file->all[i].raw.at, file->all[i].raw.len, NEAR_COLS_MAX);
		strbuf_addstr(out, "\n");
	}
}

/* All the places where an ambiguous block stands, or the first few. */
static void add_places(struct strbuf *out, const struct lines *file, const struct lines *search,
                       struct edit_work *work)
{
	size_t at, from = 0, places = 0;
	struct shift shift;

	for (enum find_mode mode = FIND_EXACT; mode <= FIND_SHIFTED && !places; mode++) {
		while (places < PLACES_MAX &&
		       lines_find(&at, &shift, file, from, search, mode, work)) {
			if (places++)
				strbuf_addstr(out, "  ...\n");
			add_lines(out, file, at, at + 1);
			from = at + 1;
		}
	}
}

static const struct line *longest_line(const struct lines *lines)
{
	const struct line *longest = NULL;

	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->all[i];

		if (line->kind == LINE_CODE && (!longest || line->key.len > longest->key.len))
			longest = line;
	}
	return longest;
}

static void add_alike(struct strbuf *out, const struct lines *file, const struct lines *search,
                      struct edit_work *work)
{
	const struct line *wanted = longest_line(search);
	unsigned likeness, best = LEAST_ALIKE - 1;
	size_t at = NO_LINE;

	if (!wanted || !edit_spend(work, file->count * LIKENESS_STEPS))
		return;
	for (size_t i = 0; i < file->count; i++) {
		likeness = line_likeness(wanted, &file->all[i]);
		if (likeness > best) {
			best = likeness;
			at = i;
		}
	}
	if (at != NO_LINE)
		add_lines(out, file, at, at + 1);
}

static void add_nearest(struct strbuf *out, const struct lines *file, const struct lines *search,
                        struct edit_work *work)
{
	size_t *partner = xcalloc(search->count + 1, sizeof(*partner));
	struct range where;

	lines_find_most(&where, partner, file, search, work);
	if (where.end > where.start)
		add_lines(out, file, where.start, where.end);
	else
		add_alike(out, file, search, work);
	free(partner);
}

static bool is_somewhere(enum edit_why why)
{
	return why == EDIT_NOT_FOUND || why == EDIT_AMBIGUOUS || why == EDIT_CONFLICT;
}

void edit_look_near(struct edit_outcome *outcome, const struct lines *file, const struct edit *edit,
                    struct edit_work *work)
{
	struct lines whole = { 0 }, search;
	struct strbuf near = { 0 };

	if (!is_somewhere(outcome->why) || !work->steps)
		return;
	lines_read(&whole, work, text_span(edit->search), EDIT_BLOCK_LINES_MAX);
	search = lines_trimmed(&whole);
	if (outcome->why == EDIT_AMBIGUOUS)
		add_places(&near, file, &search, work);
	if (!near.len)
		add_nearest(&near, file, &search, work);
	if (near.len)
		outcome->near = strbuf_detach(&near);
	strbuf_release(&near);
	lines_release(&whole);
}

static const char *const reasons[EDIT_WHY_COUNT] = {
	[EDIT_EMPTY] = "it has no SEARCH lines, so nothing says where it goes.",
	[EDIT_NOT_FOUND] = "its SEARCH lines are not in the script.",
	[EDIT_AMBIGUOUS] = "its SEARCH lines fit several places; add lines around them.",
	[EDIT_CONFLICT] = "the script differs from SEARCH in the very lines to be changed.",
	[EDIT_UNPAIRED] = "SEARCH and REPLACE need the same `...` lines.",
	[EDIT_ALREADY] = "the script has this change already. Do not send it again.",
	[EDIT_TOO_LARGE] = "too large; send the whole script instead.",
};

static void add_applied(struct strbuf *out, const struct edit_result *result)
{
	const char *comma = "";

	strbuf_addf(out, "%zu of %zu edit blocks fit", result->applied, result->count);
	for (size_t i = 0; i < result->count; i++) {
		if (result->outcomes[i].why != EDIT_WENT_IN)
			continue;
		strbuf_addf(out, "%s %zu", *comma ? comma : ":", i + 1);
		comma = ",";
	}
	strbuf_addstr(out, ".\n");
}

void edit_explain(struct strbuf *out, const struct edit_result *result)
{
	add_applied(out, result);
	for (size_t i = 0; i < result->count; i++) {
		const struct edit_outcome *outcome = &result->outcomes[i];
		const char *reason = outcome->problem ? outcome->problem : reasons[outcome->why];

		if (outcome->why == EDIT_WENT_IN)
			continue;
		strbuf_addf(out, "\nBlock %zu: %s\n", i + 1, reason);
		if (outcome->near)
			strbuf_addf(out, "The script has:\n%s", outcome->near);
	}
	if (result->refused)
		strbuf_addstr(out, "\nCopy SEARCH lines from the script as it is now, without the "
		                   "line numbers.\n");
}
