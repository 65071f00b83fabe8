#include "agent/answer_lines.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

enum {
	FENCE_LEAST = 3,
	MARKS_LEAST = 5,
	MARKS_MOST = 9
};

/* Whole characters only, and no NUL, so that every part of it is a C string. */
static void read_text(struct strbuf *out, const char *text, size_t len)
{
	const char *rest = text, *end = text + len, *nul;

	while ((nul = memchr(rest, '\0', (size_t)(end - rest)))) {
		text_mend(out, rest, (size_t)(nul - rest));
		text_encode(out, 0xfffd);
		rest = nul + 1;
	}
	text_mend(out, rest, (size_t)(end - rest));
}

bool reply_read(struct reply *out, const char *text, size_t len, struct error *err)
{
	struct text_span rest, line;

	*out = (struct reply){ 0 };
	if (len > ANSWER_BYTES_MAX)
		return failed(err, ERR_PROTOCOL, "the answer has more than %d MiB",
		              ANSWER_BYTES_MAX >> 20);
	if (len)
		read_text(&out->text, text, len);
	rest = (struct text_span){ strbuf_str(&out->text), out->text.len };
	while (text_next_line(&line, &rest)) {
		if (out->count % 1024 == 0)
			out->lines = xrealloc(out->lines, (out->count + 1024) * sizeof(line));
		line.len -= line.len && line.at[line.len - 1] == '\r';
		out->lines[out->count++] = line;
	}
	out->is_taken = xcalloc(out->count + 1, sizeof(*out->is_taken));
	if (out->count > ANSWER_LINES_MAX) {
		reply_release(out);
		return failed(err, ERR_PROTOCOL, "the answer has more than %d lines",
		              ANSWER_LINES_MAX);
	}
	return true;
}

void reply_release(struct reply *reply)
{
	strbuf_release(&reply->text);
	free(reply->lines);
	free(reply->is_taken);
	*reply = (struct reply){ 0 };
}

void reply_take(struct reply *reply, size_t start, size_t end)
{
	for (size_t i = start; i < end && i < reply->count; i++)
		reply->is_taken[i] = true;
}

void reply_add(struct strbuf *out, const struct reply *reply, size_t start, size_t end)
{
	for (size_t i = start; i < end && i < reply->count; i++) {
		strbuf_add(out, reply->lines[i].at, reply->lines[i].len);
		strbuf_addstr(out, "\n");
	}
}

static size_t run_of(struct text_span text, char c)
{
	size_t n = 0;

	while (n < text.len && text.at[n] == c)
		n++;
	return n;
}

static struct text_span after(struct text_span text, size_t n)
{
	return (struct text_span){ text.at + n, text.len - n };
}

/* What opens a block: its mark, how many of it, the label. */
struct opening {
	char mark;
	size_t run;
	struct text_span label;
};

static bool read_fence(struct opening *out, struct text_span line)
{
	struct text_span text = text_trim(line);

	out->mark = text.len ? *text.at : '\0';
	out->run = run_of(text, out->mark);
	out->label = text_trim(after(text, out->run));
	if ((out->mark != '`' && out->mark != '~') || out->run < FENCE_LEAST)
		return false;
	return !out->label.len || !memchr(out->label.at, out->mark, out->label.len);
}

bool line_is_fence(struct text_span line)
{
	struct opening opening;

	return read_fence(&opening, line);
}

/* "Here it is: ```python": words before are forgiven when the label says what it is. */
static bool read_opening(struct opening *out, struct text_span line)
{
	struct text_span text = text_trim(line);
	const char *at = text.len ? memchr(text.at, '`', text.len) : NULL;

	if (read_fence(out, line))
		return true;
	if (!at || !read_fence(out, after(text, (size_t)(at - text.at))))
		return false;
	return out->label.len >= 2 && !strncasecmp(out->label.at, "py", 2);
}

static bool closes(struct text_span line, const struct opening *opening)
{
	struct text_span text = text_trim(line);

	return text.len >= opening->run && run_of(text, opening->mark) == text.len;
}

/* "main()```": how many bytes of the line are the fence. */
static size_t glued_fence(struct text_span line, const struct opening *opening)
{
	struct text_span text = line;
	size_t run = 0;

	while (text.len && (text.at[text.len - 1] == ' ' || text.at[text.len - 1] == '\t'))
		text.len--;
	while (run < text.len && text.at[text.len - 1 - run] == opening->mark)
		run++;
	if (run < opening->run || memchr(text.at, opening->mark, text.len - run))
		return 0;
	return run + line.len - text.len;
}

static bool opens_inside(struct text_span line, const struct opening *opening)
{
	struct opening inner;

	return read_fence(&inner, line) && inner.label.len && inner.mark == opening->mark &&
	       inner.run >= opening->run;
}

/*
 * Where the block ends that opens on line fence->open. A labelled fence inside opens a block of
 * its own, as Markdown in a docstring does, or, when not `nesting`, shows that ours was not closed.
 */
static void find_end(struct fence *fence, const struct reply *reply, const struct opening *opening,
                     bool nesting)
{
	size_t depth = 1, i;

	for (i = fence->open + 1; i < reply->count; i++) {
		struct text_span line = reply->lines[i];

		if (reply->is_taken[i])
			continue;
		if (closes(line, opening)) {
			if (--depth == 0)
				break;
		} else if (opens_inside(line, opening)) {
			if (!nesting)
				break;
			depth++;
		} else if (depth == 1 && (fence->glued = glued_fence(line, opening))) {
			break;
		}
	}
	fence->is_closed = i < reply->count && (fence->glued || closes(reply->lines[i], opening));
	fence->end = fence->glued ? i + 1 : i;
	fence->close = fence->is_closed ? i : fence->end - 1;
}

static size_t find_fences(struct fence **out, const struct reply *reply, bool nesting)
{
	size_t count = 0;

	*out = NULL;
	for (size_t i = 0; i < reply->count; i++) {
		struct fence fence = { .open = i };
		struct opening opening;

		if (reply->is_taken[i] || !read_opening(&opening, reply->lines[i]))
			continue;
		fence.label = opening.label;
		find_end(&fence, reply, &opening, nesting);
		if (count % 64 == 0)
			*out = xrealloc(*out, (count + 64) * sizeof(**out));
		(*out)[count++] = fence;
		i = fence.close;
	}
	return count;
}

size_t reply_fences(struct fence **out, const struct reply *reply)
{
	size_t count = find_fences(out, reply, true);

	if (!count || (*out)[count - 1].is_closed)
		return count;
	free(*out);
	return find_fences(out, reply, false);
}

bool fence_is_labelled(const struct fence *fence, const char *const labels[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(labels[i]);

		if (fence->label.len >= len && !strncasecmp(fence->label.at, labels[i], len))
			return true;
	}
	return false;
}

size_t line_marks(struct text_span line, char mark)
{
	struct text_span text = text_trim(line);
	size_t run = run_of(text, mark);
	struct text_span rest = text_trim(after(text, run));

	if (run < MARKS_LEAST || run > MARKS_MOST)
		return 0;
	if (!rest.len || (mark != '=' &&
	                  strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", *rest.at)))
		return run;
	return rest.len == 7 && !strncasecmp(rest.at, "replace", 7) ? run : 0;
}
