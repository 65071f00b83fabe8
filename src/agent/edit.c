#include "agent/edit.h"

#include <stdlib.h>

#include "agent/edit_ladder.h"
#include "agent/edit_near.h"
#include "base/mem.h"

enum {
	STEPS_MAX = 100 * 1000 * 1000, /* about half a second */
};

const char *const edit_how_names[EDIT_HOW_COUNT] = {
	[EDIT_REFUSED] = "refused", [EDIT_EXACT] = "exact",   [EDIT_NORMAL] = "normal",
	[EDIT_SHIFTED] = "shifted", [EDIT_PIECES] = "pieces", [EDIT_MERGED] = "merged",
};

static bool is_too_large(const struct lines *file, const struct lines *search,
                         const struct lines *replace)
{
	return file->count > EDIT_SCRIPT_LINES_MAX || search->count > EDIT_BLOCK_LINES_MAX ||
	       replace->count > EDIT_BLOCK_LINES_MAX;
}

/* Try one block; if it goes in, *file is what it made of it. */
static void put_block(struct edit_outcome *outcome, struct lines *file, const struct edit *edit,
                      struct edit_work *work)
{
	struct lines search = { 0 }, replace = { 0 }, out = { 0 };

	lines_read(&search, work, text_span(edit->search), EDIT_BLOCK_LINES_MAX + 1);
	lines_read(&replace, work, text_span(edit->replace), EDIT_BLOCK_LINES_MAX + 1);
	if (is_too_large(file, &search, &replace) || !edit_spend(work, file->count + 1))
		outcome->why = EDIT_TOO_LARGE;
	else
		edit_climb(&out, outcome, file, &search, &replace, work);
	if (outcome->why == EDIT_WENT_IN) {
		lines_release(file);
		*file = out;
	}
	lines_release(&search);
	lines_release(&replace);
}

static void put_blocks(struct edit_result *out, struct lines *file, const struct edit edits[],
                       struct edit_work *work)
{
	for (size_t i = 0; i < out->count; i++) {
		struct edit_outcome *outcome = &out->outcomes[i];

		if (edits[i].problem) {
			outcome->why = EDIT_MALFORMED;
			outcome->problem = xstrdup(edits[i].problem);
		} else {
			put_block(outcome, file, &edits[i], work);
		}
		out->applied += outcome->why == EDIT_WENT_IN;
		out->refused += outcome->why != EDIT_WENT_IN && outcome->why != EDIT_ALREADY;
	}
}

static void read_habits(struct edit_work *work, const struct lines *file)
{
	size_t tabs = 0, spaces = 0;

	for (size_t i = 0; i < file->count; i++) {
		const struct text_span *raw = &file->all[i].raw;

		tabs += raw->len && *raw->at == '\t';
		spaces += raw->len && *raw->at == ' ';
	}
	work->has_tabs = tabs > spaces;
	work->has_cr = file->count && file->all[0].has_cr;
}

void edit_apply(struct edit_result *out, struct text_span script, const struct edit edits[],
                size_t count)
{
	struct edit_work work = { .steps = STEPS_MAX };
	bool ends_line = !script.len || script.at[script.len - 1] == '\n';
	struct lines file = { 0 };

	*out = (struct edit_result){ .count = count };
	out->outcomes = xcalloc(count ? count : 1, sizeof(*out->outcomes));
	if (script.len > EDIT_SCRIPT_BYTES_MAX)
		work.steps = 0;
	lines_read(&file, &work, script, EDIT_SCRIPT_LINES_MAX + 1);
	read_habits(&work, &file);
	put_blocks(out, &file, edits, &work);
	for (size_t i = 0; i < count; i++)
		edit_look_near(&out->outcomes[i], &file, &edits[i], &work);
	if (out->applied)
		lines_write(&out->script, &file, ends_line);
	else
		strbuf_add(&out->script, script.at, script.len);
	lines_release(&file);
	edit_work_release(&work);
}

void edit_result_release(struct edit_result *result)
{
	for (size_t i = 0; i < result->count; i++) {
		free(result->outcomes[i].problem);
		free(result->outcomes[i].near);
	}
	free(result->outcomes);
	strbuf_release(&result->script);
	*result = (struct edit_result){ 0 };
}

void edit_release(struct edit *edit)
{
	free(edit->search);
	free(edit->replace);
	free(edit->problem);
	*edit = (struct edit){ 0 };
}

bool edit_is_fuzzy(enum edit_how how)
{
	return how == EDIT_PIECES || how == EDIT_MERGED;
}
