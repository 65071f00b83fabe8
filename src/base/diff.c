#include "base/diff.h"

#include <git2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool git_failed(struct error *err)
{
	const git_error *why = git_error_last();

	return failed(err, ERR_IO, "cannot compare texts: %s", why ? why->message : "libgit2");
}

static enum diff_kind kind_of(const git_diff_line *line)
{
	switch (line->origin) {
	case GIT_DIFF_LINE_ADDITION:
		return DIFF_ADDED;
	case GIT_DIFF_LINE_DELETION:
		return DIFF_REMOVED;
	default:
		return DIFF_SAME;
	}
}

/* libgit2 says -1 for a side that lacks the line. */
static size_t number(int line)
{
	return line > 0 ? (size_t)line : 0;
}

/* "\ No newline at end of file" comes as a line of its own, after the one it is about. */
static bool is_remark(const git_diff_line *line)
{
	return line->origin == GIT_DIFF_LINE_CONTEXT_EOFNL ||
	       line->origin == GIT_DIFF_LINE_ADD_EOFNL || line->origin == GIT_DIFF_LINE_DEL_EOFNL;
}

static void add_line(struct diff *diff, struct diff_hunk *hunk, const git_diff_line *from)
{
	struct diff_line *line = &diff->lines[diff->line_count];
	size_t len = from->content_len;

	if (is_remark(from))
		return;
	line->kind = kind_of(from);
	line->old_line = number(from->old_lineno);
	line->new_line = number(from->new_lineno);
	line->is_open = !len || from->content[len - 1] != '\n';
	line->text = (struct text_span){ from->content, len - !line->is_open };
	hunk->added += line->kind == DIFF_ADDED;
	hunk->removed += line->kind == DIFF_REMOVED;
	hunk->line_count++;
	diff->line_count++;
}

static bool add_hunk(struct diff *diff, git_patch *patch, size_t index, struct error *err)
{
	struct diff_hunk *hunk = &diff->hunks[index];
	const git_diff_hunk *from;
	const git_diff_line *line;
	size_t count;

	if (git_patch_get_hunk(&from, &count, patch, index) < 0)
		return git_failed(err);
	hunk->old_start = number(from->old_start);
	hunk->old_count = number(from->old_lines);
	hunk->new_start = number(from->new_start);
	hunk->new_count = number(from->new_lines);
	hunk->lines = diff->lines + diff->line_count;
	for (size_t i = 0; i < count; i++) {
		if (git_patch_get_line_in_hunk(&line, patch, index, i) < 0)
			return git_failed(err);
		add_line(diff, hunk, line);
	}
	diff->added += hunk->added;
	diff->removed += hunk->removed;
	return true;
}

/* The lines still point into the patch; make them point into a text of our own. */
static void own_text(struct diff *diff)
{
	size_t len = 0;

	for (size_t i = 0; i < diff->line_count; i++)
		len += diff->lines[i].text.len;
	diff->text = xcalloc(len + 1, 1);
	len = 0;
	for (size_t i = 0; i < diff->line_count; i++) {
		struct text_span *text = &diff->lines[i].text;

		if (text->len)
			memcpy(diff->text + len, text->at, text->len);
		text->at = diff->text + len;
		len += text->len;
	}
}

static bool read_patch(struct diff *out, git_patch *patch, struct error *err)
{
	size_t lines = 0;
	bool ok = true;

	out->hunk_count = git_patch_num_hunks(patch);
	for (size_t i = 0; i < out->hunk_count; i++)
		lines += number(git_patch_num_lines_in_hunk(patch, i));
	out->hunks = xcalloc(out->hunk_count + 1, sizeof(*out->hunks));
	out->lines = xcalloc(lines + 1, sizeof(*out->lines));
	for (size_t i = 0; i < out->hunk_count && ok; i++)
		ok = add_hunk(out, patch, i, err);
	own_text(out);
	return ok;
}

static bool compare(git_patch **out, struct text_span before, struct text_span after,
                    size_t context_lines, struct error *err)
{
	git_diff_options options = GIT_DIFF_OPTIONS_INIT;

	/* A NUL in a script is a mistake in the script, not a reason to show nothing. */
	options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
	options.context_lines =
		(uint32_t)(context_lines < DIFF_CONTEXT_MAX ? context_lines : DIFF_CONTEXT_MAX);
	if (git_patch_from_buffers(out, before.at ? before.at : "", before.len, "old",
	                           after.at ? after.at : "", after.len, "new", &options) < 0)
		return git_failed(err);
	return true;
}

/* The first use is never undone, since each costs 10 ms; the count stays at one. */
static bool open_library(struct error *err)
{
	int uses = git_libgit2_init();

	if (uses < 0)
		return git_failed(err);
	if (uses > 1)
		git_libgit2_shutdown();
	return true;
}

bool diff_make(struct diff *out, struct text_span before, struct text_span after,
               size_t context_lines, struct error *err)
{
	git_patch *patch = NULL;
	bool ok;

	*out = (struct diff){ 0 };
	if (before.len > DIFF_BYTES_MAX || after.len > DIFF_BYTES_MAX)
		return failed(err, ERR_USAGE, "cannot compare texts of more than %d MiB",
		              DIFF_BYTES_MAX >> 20);
	ok = open_library(err) && compare(&patch, before, after, context_lines, err) &&
	     read_patch(out, patch, err);
	git_patch_free(patch);
	if (!ok)
		diff_release(out);
	return ok;
}

void diff_release(struct diff *diff)
{
	free(diff->hunks);
	free(diff->lines);
	free(diff->text);
	*diff = (struct diff){ 0 };
}

static void write_range(struct strbuf *out, char mark, size_t start, size_t count)
{
	strbuf_addf(out, " %c%zu", mark, start);
	if (count != 1)
		strbuf_addf(out, ",%zu", count);
}

void diff_write(struct strbuf *out, const struct diff *diff, const char *old_label,
                const char *new_label)
{
	static const char marks[] = { [DIFF_SAME] = ' ', [DIFF_REMOVED] = '-', [DIFF_ADDED] = '+' };

	if (diff->hunk_count)
		strbuf_addf(out, "--- %s\n+++ %s\n", old_label, new_label);
	for (size_t i = 0; i < diff->hunk_count; i++) {
		const struct diff_hunk *hunk = &diff->hunks[i];

		strbuf_addstr(out, "@@");
		write_range(out, '-', hunk->old_start, hunk->old_count);
		write_range(out, '+', hunk->new_start, hunk->new_count);
		strbuf_addstr(out, " @@\n");
		for (size_t k = 0; k < hunk->line_count; k++) {
			const struct diff_line *line = &hunk->lines[k];

			strbuf_add(out, &marks[line->kind], 1);
			strbuf_add(out, line->text.at, line->text.len);
			strbuf_addstr(out,
			              line->is_open ? "\n\\ No newline at end of file\n" : "\n");
		}
	}
}
