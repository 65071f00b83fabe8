#include "tui/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SCRIPT_MOST (1u << 20)
#define BLAME_MOST  200 /* versions that are gone back for it */

void sheet_release(struct sheet *sheet)
{
	diff_release(&sheet->diff);
	strbuf_release(&sheet->before);
	strbuf_release(&sheet->after);
	free(sheet->rows);
	*sheet = (struct sheet){ 0 };
}

static bool read_clean(struct strbuf *out, const struct blobs *blobs, const char *blob,
                       struct error *err)
{
	struct strbuf text = { 0 };
	bool ok = blob_get(&text, blobs, blob, err);

	strbuf_reset(out);
	if (ok)
		text_clean(out, strbuf_str(&text), text.len < SCRIPT_MOST ? text.len : SCRIPT_MOST,
		           TEXT_LINES);
	strbuf_release(&text);
	return ok;
}

static struct text_span whole(const struct strbuf *text)
{
	return (struct text_span){ strbuf_str(text), text->len };
}

static size_t count_lines(const struct strbuf *text)
{
	struct text_span rest = whole(text), line;
	size_t count = 0;

	while (text_next_line(&line, &rest))
		count++;
	return count;
}

static struct sheet_row *add_row(struct sheet *s)
{
	s->rows = xrealloc(s->rows, (s->count + 1) * sizeof(*s->rows));
	s->rows[s->count] = (struct sheet_row){ 0 };
	return &s->rows[s->count++];
}

/* Whether a line of the newer text is new in it; lines from 1. */
static void mark_new(bool *is_new, size_t *old_of, size_t lines, const struct diff *diff)
{
	size_t line = 1, old = 1;

	for (size_t i = 0; i <= diff->hunk_count; i++) {
		const struct diff_hunk *h = i < diff->hunk_count ? &diff->hunks[i] : NULL;
		size_t end = h ? h->new_count ? h->new_start : h->new_start + 1 : lines + 1;

		for (; line < end && line <= lines; line++)
			old_of[line] = old++;
		for (size_t k = 0; h && k < h->line_count; k++) {
			if (h->lines[k].kind == DIFF_SAME)
				old_of[line++] = old;
			if (h->lines[k].kind == DIFF_ADDED)
				is_new[line++] = true;
			old += h->lines[k].kind != DIFF_ADDED;
		}
	}
}

/* Lines of a text by the version that wrote them: back along the versions it was made from. */
static void blame(int64_t *by, size_t lines, const struct blobs *blobs, const struct story *story,
                  const struct story_version *v)
{
	size_t *at = xcalloc(lines + 2, sizeof(*at)); /* where each line is in the older text */
	struct strbuf newer = { 0 }, older = { 0 };
	struct error err;

	for (size_t i = 1; i <= lines; i++)
		at[i] = i;
	read_clean(&newer, blobs, v->blob, &err);
	for (int depth = 0; v && depth < BLAME_MOST; depth++) {
		const struct story_version *from = story_version(story, v->from);
		size_t count = count_lines(&newer);
		bool *is_new = xcalloc(count + 2, sizeof(*is_new));
		size_t *old_of = xcalloc(count + 2, sizeof(*old_of));
		struct diff diff = { 0 };
		bool is_last = !from || !read_clean(&older, blobs, from->blob, &err) ||
		               !diff_make(&diff, whole(&older), whole(&newer), 0, &err);

		if (!is_last)
			mark_new(is_new, old_of, count, &diff);
		for (size_t i = 1; i <= lines; i++) {
			if (by[i] || at[i] > count)
				continue;
			if (is_last || is_new[at[i]])
				by[i] = v->id;
			else
				at[i] = old_of[at[i]];
		}
		diff_release(&diff);
		free(is_new);
		free(old_of);
		strbuf_reset(&newer);
		strbuf_add(&newer, strbuf_str(&older), older.len);
		v = is_last ? NULL : from;
	}
	free(at);
	strbuf_release(&newer);
	strbuf_release(&older);
}

/* Whoever is not said to be in another state is read as Python from the top. */
static void color_states(struct sheet_row *rows, size_t count, const struct strbuf *text,
                         bool is_old)
{
	struct python_piece pieces[PYTHON_PIECES_MOST];
	struct text_span rest = whole(text), line;
	struct python_state state = { 0 };
	size_t number = 0, at = 0;

	while (text_next_line(&line, &rest)) {
		struct python_state before = state;

		number++;
		python_color(pieces, line, &state);
		while (at < count) {
			struct sheet_row *r = &rows[at];
			size_t of_row = r->kind == SHEET_REMOVED ? r->old_line : r->new_line;
			bool is_ours =
				r->kind != SHEET_HUNK && (r->kind == SHEET_REMOVED) == is_old;

			if (is_ours && of_row > number)
				break;
			if (is_ours && of_row == number)
				r->state = before;
			at++;
		}
	}
}

static bool is_definition(struct text_span line)
{
	return (line.len > 4 && !strncmp(line.at, "def ", 4)) ||
	       (line.len > 6 && !strncmp(line.at, "class ", 6));
}

/* Whether a line ends the function above it: it has text, and that is not indented. */
static bool is_outside(const struct sheet_row *r)
{
	return r->text.len && !r->state.quote && r->text.at[0] != ' ' && r->text.at[0] != ')' &&
	       r->text.at[0] != '#';
}

/* Blank lines after a function are of no part. */
static void end_part(struct sheet *s, size_t end)
{
	while (end && !s->rows[end - 1].text.len)
		s->rows[--end].part = 0;
}

static void find_parts(struct sheet *s)
{
	bool is_inside = false;

	for (size_t i = 0; i < s->count; i++) {
		struct sheet_row *r = &s->rows[i];

		if (is_outside(r)) {
			if (is_inside)
				end_part(s, i);
			is_inside = is_definition(r->text);
			s->parts += is_inside;
		}
		r->part = is_inside ? s->parts : 0;
	}
	if (is_inside)
		end_part(s, s->count);
}

static void add_whole(struct sheet *s)
{
	struct text_span rest = whole(&s->after), line;
	size_t number = 0;

	while (text_next_line(&line, &rest)) {
		struct sheet_row *r = add_row(s);

		r->text = line;
		r->old_line = r->new_line = ++number;
	}
}

/* The nearest line above that begins a function or class: where a hunk is. */
static struct text_span function_of(const struct strbuf *text, size_t line_number)
{
	struct text_span rest = whole(text), line, found = { 0 };
	size_t number = 0;

	while (++number <= line_number && text_next_line(&line, &rest))
		if (is_definition(line))
			found = line;
	return found;
}

/* What is left of two lines when what they begin and end with alike is taken away. */
static void mark_word(struct sheet_row *removed, struct sheet_row *added)
{
	struct text_span a = removed->text, b = added->text;
	size_t most = a.len < b.len ? a.len : b.len, head = 0, tail = 0;

	while (head < most && a.at[head] == b.at[head])
		head++;
	while (head && (a.at[head] & 0xc0) == 0x80)
		head--;
	while (tail < most - head && a.at[a.len - 1 - tail] == b.at[b.len - 1 - tail])
		tail++;
	while (tail && (a.at[a.len - tail] & 0xc0) == 0x80)
		tail--;
	if (head + tail < most / 3)
		return; /* they have too little in common to be one line that was changed */
	removed->word = added->word = head;
	removed->word_len = a.len - head - tail;
	added->word_len = b.len - head - tail;
	removed->has_word = added->has_word = true;
}

/* Removed lines and the added ones after them, one by one. */
static void mark_words(struct sheet *s, size_t from)
{
	for (size_t i = from; i < s->count;) {
		size_t removed = i, added, pairs;

		while (removed < s->count && s->rows[removed].kind == SHEET_REMOVED)
			removed++;
		added = removed;
		while (added < s->count && s->rows[added].kind == SHEET_ADDED)
			added++;
		pairs = removed - i < added - removed ? removed - i : added - removed;
		for (size_t k = 0; k < pairs; k++)
			mark_word(&s->rows[i + k], &s->rows[removed + k]);
		i = added > i ? added : i + 1;
	}
}

static void add_hunk(struct sheet *s, size_t number)
{
	static const enum sheet_row_kind kinds[] = {
		[DIFF_SAME] = SHEET_SAME, [DIFF_ADDED] = SHEET_ADDED, [DIFF_REMOVED] = SHEET_REMOVED
	};
	const struct diff_hunk *h = &s->diff.hunks[number];
	struct sheet_row *head = add_row(s);
	size_t first = s->count;

	head->kind = SHEET_HUNK;
	head->part = number + 1;
	head->old_line = h->old_start;
	head->new_line = h->new_start;
	head->text = function_of(&s->after, h->new_start + h->new_count / 2);
	for (size_t i = 0; i < h->line_count; i++) {
		struct sheet_row *r = add_row(s);

		r->kind = kinds[h->lines[i].kind];
		r->old_line = h->lines[i].old_line;
		r->new_line = h->lines[i].new_line;
		r->text = h->lines[i].text;
		r->part = number + 1;
	}
	mark_words(s, first);
}

/* Lines that say so little that they are everywhere are never called moved. */
#define MOVED_LEAST 8

static int compare_lines(const void *a, const void *b)
{
	struct text_span one = text_trim((*(struct sheet_row *const *)a)->text);
	struct text_span two = text_trim((*(struct sheet_row *const *)b)->text);
	int order = memcmp(one.at, two.at, one.len < two.len ? one.len : two.len);

	return order ? order : one.len < two.len ? -1 : one.len > two.len;
}

/* A line that is gone here and has come there, with whatever indentation. */
static void mark_moved(struct sheet *s)
{
	struct sheet_row **gone = xcalloc(s->count + 1, sizeof(*gone));
	size_t count = 0;

	for (size_t i = 0; i < s->count; i++)
		if (s->rows[i].kind == SHEET_REMOVED &&
		    text_trim(s->rows[i].text).len >= MOVED_LEAST)
			gone[count++] = &s->rows[i];
	qsort(gone, count, sizeof(*gone), compare_lines);
	for (size_t i = 0; i < s->count; i++) {
		struct sheet_row *r = &s->rows[i], **found = NULL;

		if (r->kind == SHEET_ADDED && count)
			found = bsearch(&r, gone, count, sizeof(*gone), compare_lines);
		if (found)
			r->is_moved = (*found)->is_moved = true;
	}
	free(gone);
}

bool sheet_is_head(const struct sheet *sheet, size_t row)
{
	size_t part = sheet->rows[row].part;

	return part && (!row || sheet->rows[row - 1].part != part);
}

size_t sheet_part(const struct sheet *sheet, size_t part)
{
	size_t row = 0;

	while (row < sheet->count && sheet->rows[row].part != part)
		row++;
	return row;
}

bool sheet_make(struct sheet *out, const struct blobs *blobs, const struct story *story,
                const struct sheet_options *options, struct error *err)
{
	const struct story_version *base = options->base;

	sheet_release(out);
	if (!read_clean(&out->after, blobs, options->version->blob, err))
		return false;
	if (base && (!read_clean(&out->before, blobs, base->blob, err) ||
	             !diff_make(&out->diff, whole(&out->before), whole(&out->after),
	                        options->context_lines, err)))
		return false;
	for (size_t i = 0; base && i < out->diff.hunk_count; i++)
		add_hunk(out, i);
	if (!base)
		add_whole(out);
	out->parts = out->diff.hunk_count;
	out->added = out->diff.added;
	out->removed = out->diff.removed;
	color_states(out->rows, out->count, &out->after, false);
	color_states(out->rows, out->count, &out->before, true);
	if (base)
		mark_moved(out);
	else
		find_parts(out);
	if (options->has_blame) {
		size_t lines = count_lines(&out->after);
		int64_t *by = xcalloc(lines + 2, sizeof(*by));

		blame(by, lines, blobs, story, options->version);
		for (size_t i = 0; i < out->count; i++)
			if (out->rows[i].kind != SHEET_REMOVED && out->rows[i].kind != SHEET_HUNK)
				out->rows[i].by = by[out->rows[i].new_line];
		free(by);
	}
	return true;
}
