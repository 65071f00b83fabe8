#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "agent/answer_lines.h"
#include "base/mem.h"

/* One SEARCH/REPLACE block: lines of the reply. Those that are not there are `count`. */
struct block {
	size_t open, divider, end; /* `end` is the >>>>>>> line or what stands for it */
	size_t next;               /* the first line after the block */
	bool is_cut;
};

/* The lines of one half, without a fence of their own. */
static char *half(const struct reply *reply, size_t start, size_t end)
{
	struct strbuf out = { 0 };
	size_t first = start, last = end;

	while (first < last && !text_trim(reply->lines[first]).len)
		first++;
	while (last > first && !text_trim(reply->lines[last - 1]).len)
		last--;
	if (last - first >= 2 && line_is_fence(reply->lines[first]) &&
	    line_is_fence(reply->lines[last - 1]))
		reply_add(&out, reply, first + 1, last - 1);
	else
		reply_add(&out, reply, start, end);
	return strbuf_detach(&out);
}

/* The first line from `at` on that is such a marker, before `end`; `end`: none. */
static size_t find_marker(const struct reply *reply, size_t at, size_t end, char mark, size_t marks)
{
	for (; at < end; at++) {
		size_t n = line_marks(reply->lines[at], mark);

		if (n && (!marks || n == marks))
			return at;
	}
	return end;
}

static size_t find_fence(const struct reply *reply, size_t at, size_t end)
{
	while (at < end && !line_is_fence(reply->lines[at]))
		at++;
	return at;
}

static struct block find_block(const struct reply *reply, size_t open)
{
	size_t limit = find_marker(reply, open + 1, reply->count, '<', 0);
	struct block block = { .open = open };
	size_t close = find_marker(reply, open + 1, limit, '>', 0);
	size_t marks = line_marks(reply->lines[open], '<');

	/* A line of = may also underline a heading in a docstring; ours has as many as the <. */
	block.divider = find_marker(reply, open + 1, close, '=', marks);
	if (block.divider == close)
		block.divider = find_marker(reply, open + 1, close, '=', 0);
	block.end = close;
	block.next = close < limit ? close + 1 : limit;
	if (close == limit) {
		block.end = find_fence(reply, block.divider, limit);
		block.next = block.end;
		block.is_cut = block.end == reply->count;
	}
	return block;
}

static struct edit read_block(const struct reply *reply, const struct block *block)
{
	struct edit edit = { 0 };

	if (block->divider >= block->end)
		edit.problem = xstrdup("it has no ======= line between SEARCH and REPLACE.");
	else if (block->is_cut)
		edit.problem = xstrdup("it was cut off: it has no >>>>>>> REPLACE line.");
	if (edit.problem)
		return edit;
	edit.search = half(reply, block->open + 1, block->divider);
	edit.replace = half(reply, block->divider + 1, block->end);
	return edit;
}

void answer_push(struct coder_answer *answer, struct edit edit)
{
	if (answer->edit_count == ANSWER_EDITS_MAX) {
		edit_release(&edit);
		return;
	}
	if (answer->edit_count % 16 == 0)
		answer->edits =
			xrealloc(answer->edits, (answer->edit_count + 16) * sizeof(*answer->edits));
	answer->edits[answer->edit_count++] = edit;
}

/* A fence around nothing but blocks is their markup. */
static void take_fences(struct reply *reply)
{
	struct fence *fences;
	size_t count = reply_fences(&fences, reply);

	for (size_t i = 0; i < count; i++) {
		bool is_markup = true;

		for (size_t k = fences[i].open + 1; k < fences[i].end; k++)
			is_markup &= reply->is_taken[k] || !text_trim(reply->lines[k]).len;
		if (is_markup)
			reply_take(reply, fences[i].open, fences[i].close + 1);
	}
	free(fences);
}

void reply_take_edits(struct coder_answer *out, struct reply *reply)
{
	size_t at = find_marker(reply, 0, reply->count, '<', 0);

	while (at < reply->count) {
		struct block block = find_block(reply, at);

		answer_push(out, read_block(reply, &block));
		out->is_cut |= block.is_cut;
		reply_take(reply, block.open, block.next);
		at = find_marker(reply, block.next, reply->count, '<', 0);
	}
	if (out->edit_count)
		take_fences(reply);
}

static bool starts(struct text_span line, const char *with)
{
	return line.len >= strlen(with) && !memcmp(line.at, with, strlen(with));
}

/* The lines that name the files, above the hunks. */
static bool is_header(const struct reply *reply, size_t at, size_t end)
{
	static const char *const words[] = { "diff --git ", "index ", "new file mode ",
		                             "deleted file mode " };

	if (starts(reply->lines[at], "--- "))
		return at + 1 < end && starts(reply->lines[at + 1], "+++ ");
	if (starts(reply->lines[at], "+++ "))
		return at > 0 && starts(reply->lines[at - 1], "--- ");
	for (size_t i = 0; i < COUNT(words); i++) {
		if (starts(reply->lines[at], words[i]))
			return true;
	}
	return false;
}

static bool is_context(struct text_span line)
{
	return text_trim(line).len && !strchr("+-@\\", *line.at);
}

/* Models forget the blank in front of context lines: then those begin at multiples of four. */
static bool lacks_blanks(const struct reply *reply, size_t start, size_t end)
{
	bool is_deep = false, is_even = true;

	for (size_t i = start; i < end; i++) {
		struct text_span line = reply->lines[i];
		size_t blanks = 0;

		if (!is_context(line))
			continue;
		while (line.at[blanks] == ' ')
			blanks++;
		if (!blanks)
			return true;
		is_deep |= blanks >= 4;
		is_even &= blanks % 4 == 0;
	}
	return is_deep && is_even;
}

static void add_line(struct strbuf *out, struct text_span line, size_t skip)
{
	if (line.len > skip)
		strbuf_add(out, line.at + skip, line.len - skip);
	strbuf_addstr(out, "\n");
}

static void take_hunk(struct coder_answer *out, struct reply *reply, size_t start, size_t end)
{
	bool is_bare = lacks_blanks(reply, start, end), changes = false;
	struct strbuf search = { 0 }, replace = { 0 };

	for (size_t i = start; i < end; i++) {
		struct text_span line = reply->lines[i];
		char mark = line.len ? *line.at : ' ';

		if (mark == '\\' || is_header(reply, i, end))
			continue;
		if (mark != '+')
			add_line(&search, line, mark == '-' || (mark == ' ' && !is_bare));
		if (mark != '-')
			add_line(&replace, line, mark == '+' || (mark == ' ' && !is_bare));
		changes |= mark == '+' || mark == '-';
	}
	if (changes)
		answer_push(out, (struct edit){ .search = strbuf_detach(&search),
		                                .replace = strbuf_detach(&replace) });
	strbuf_release(&search);
	strbuf_release(&replace);
	reply_take(reply, start, end);
}

/* Hunks begin at @@, and a diff may be one hunk without any. */
static void take_hunks(struct coder_answer *out, struct reply *reply, size_t start, size_t end)
{
	size_t at = start, next;

	for (; at < end; at = next) {
		bool is_marked = starts(reply->lines[at], "@@");

		next = at + 1;
		while (next < end && !starts(reply->lines[next], "@@"))
			next++;
		reply_take(reply, at, at + is_marked);
		take_hunk(out, reply, at + is_marked, next);
	}
}

bool fence_is_diff(const struct reply *reply, const struct fence *fence)
{
	static const char *const labels[] = { "diff", "udiff", "patch" };

	if (fence_is_labelled(fence, labels, COUNT(labels)))
		return true;
	for (size_t i = fence->open + 1; i < fence->end; i++) {
		if (starts(reply->lines[i], "@@ ") || starts(reply->lines[i], "--- "))
			return true;
		if (text_trim(reply->lines[i]).len)
			break;
	}
	return false;
}

static bool begins_diff(const struct reply *reply, size_t at)
{
	return starts(reply->lines[at], "@@ ") ||
	       (starts(reply->lines[at], "--- ") && is_header(reply, at, reply->count));
}

/* A diff without a fence: from its header or first hunk to the first line that is none of it. */
static bool find_bare_diff(struct fence *out, const struct reply *reply, size_t from)
{
	size_t at = from;

	while (at < reply->count && (reply->is_taken[at] || !begins_diff(reply, at)))
		at++;
	out->open = at;
	while (at < reply->count && !reply->is_taken[at] &&
	       (!reply->lines[at].len || strchr(" +-@\\", *reply->lines[at].at) ||
	        is_header(reply, at, reply->count)))
		at++;
	out->end = at;
	return out->open < reply->count;
}

void reply_take_diffs(struct coder_answer *out, struct reply *reply)
{
	struct fence *fences, bare = { 0 };
	size_t count = reply_fences(&fences, reply);

	for (size_t i = 0; i < count; i++) {
		const struct fence *fence = &fences[i];

		if (!fence_is_diff(reply, fence))
			continue;
		reply->lines[fence->end - 1].len -= fence->glued;
		take_hunks(out, reply, fence->open + 1, fence->end);
		reply_take(reply, fence->open, fence->close + 1);
		out->is_cut |= !fence->is_closed && fence->end == reply->count;
	}
	while (!count && find_bare_diff(&bare, reply, bare.end))
		take_hunks(out, reply, bare.open, bare.end);
	free(fences);
}
