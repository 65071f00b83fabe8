#include "agent/answer.h"

#include <stdlib.h>
#include <string.h>

#include "agent/answer_lines.h"
#include "base/mem.h"

static bool has_word(struct text_span text, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len <= text.len; i++) {
		bool starts = !i || strchr(" \t,", text.at[i - 1]);
		bool ends = i + len == text.len || strchr(" \t,.;#`~", text.at[i + len]);

		if (starts && ends && !memcmp(text.at + i, word, len))
			return true;
	}
	return false;
}

static bool begins(struct text_span line, const char *with)
{
	return line.len >= strlen(with) && !memcmp(line.at, with, strlen(with));
}

static bool imports_bpy(struct text_span line)
{
	struct text_span text = text_trim(line);

	return (begins(text, "import ") || begins(text, "from ")) && has_word(text, "bpy");
}

struct candidate {
	size_t start, end;
	bool is_whole; /* a script of its own */
	size_t bytes;
};

static struct candidate weigh(const struct reply *reply, size_t start, size_t end)
{
	struct candidate out = { .start = start, .end = end };

	for (size_t i = start; i < end; i++) {
		out.is_whole |= imports_bpy(reply->lines[i]);
		out.bytes += reply->lines[i].len + 1;
	}
	return out;
}

static bool is_better(const struct candidate *a, const struct candidate *than)
{
	if (a->is_whole != than->is_whole)
		return a->is_whole;
	return a->bytes > than->bytes;
}

static bool may_be_python(const struct fence *fence)
{
	static const char *const labels[] = { "py", "bpy", "blender", "{.python", "{python" };

	return !fence->label.len || fence_is_labelled(fence, labels, COUNT(labels));
}

static void take_script(struct coder_answer *out, struct reply *reply, const struct candidate *code,
                        size_t glued)
{
	struct strbuf script = { 0 };

	if (glued)
		reply->lines[code->end - 1].len -= glued;
	reply_add(&script, reply, code->start, code->end);
	out->script = strbuf_detach(&script);
	out->kind = code->is_whole ? ANSWER_SCRIPT : ANSWER_SNIPPET;
}

static void take_fenced(struct coder_answer *out, struct reply *reply, bool whole_only)
{
	struct candidate best = { 0 };
	const struct fence *chosen = NULL;
	struct fence *fences;
	size_t count = reply_fences(&fences, reply);

	for (size_t i = 0; i < count; i++) {
		struct candidate here = weigh(reply, fences[i].open + 1, fences[i].end);
		bool fits = here.is_whole || (!whole_only && may_be_python(&fences[i]));

		if (fits && !fence_is_diff(reply, &fences[i]) && is_better(&here, &best)) {
			best = here;
			chosen = &fences[i];
		}
	}
	if (chosen) {
		take_script(out, reply, &best, chosen->glued);
		reply_take(reply, chosen->open, chosen->close + 1);
		out->is_cut = !chosen->is_closed && chosen->end == reply->count;
	}
	free(fences);
}

/* Does a script begin with such a line? */
static bool is_first_line(struct text_span line)
{
	return begins(line, "import ") || begins(line, "\"\"\"") || begins(line, "'''") ||
	       begins(line, "#!") || imports_bpy(line);
}

/* A script without any fence: from where Python begins to the end. */
static void take_bare(struct coder_answer *out, struct reply *reply)
{
	struct candidate code;
	size_t start = 0, import = 0;

	while (import < reply->count &&
	       (reply->is_taken[import] || *reply->lines[import].at == ' ' ||
	        !imports_bpy(reply->lines[import])))
		import++;
	if (import == reply->count)
		return;
	while (start < import && !is_first_line(reply->lines[start]))
		start++;
	while (start > 0 && begins(reply->lines[start - 1], "#"))
		start--;
	code = weigh(reply, start, reply->count);
	take_script(out, reply, &code, 0);
	reply_take(reply, start, reply->count);
}

static char *prose_of(const struct reply *reply)
{
	struct strbuf all = { 0 }, out = { 0 };
	struct text_span text;

	for (size_t i = 0; i < reply->count; i++) {
		bool is_blank = !text_trim(reply->lines[i]).len;
		bool follows_blank = all.len >= 2 && !memcmp(all.buf + all.len - 2, "\n\n", 2);

		if (reply->is_taken[i] || (is_blank && follows_blank))
			continue;
		if (!is_blank)
			strbuf_add(&all, reply->lines[i].at, reply->lines[i].len);
		strbuf_addstr(&all, "\n");
	}
	text = text_trim((struct text_span){ strbuf_str(&all), all.len });
	strbuf_add(&out, text.at, text.len);
	strbuf_release(&all);
	return strbuf_detach(&out);
}

static void drop_edits(struct coder_answer *answer)
{
	for (size_t i = 0; i < answer->edit_count; i++)
		edit_release(&answer->edits[i]);
	free(answer->edits);
	answer->edits = NULL;
	answer->edit_count = 0;
}

static bool has_sound_edits(const struct coder_answer *answer)
{
	for (size_t i = 0; i < answer->edit_count; i++) {
		if (!answer->edits[i].problem)
			return true;
	}
	return false;
}

/* A diff beside a whole script shows what is new in it; edits beside one are meant. */
static void take_code(struct coder_answer *out, struct reply *reply)
{
	reply_take_edits(out, reply);
	if (has_sound_edits(out)) {
		out->kind = ANSWER_EDITS;
		return;
	}
	take_fenced(out, reply, true);
	if (out->kind == ANSWER_SCRIPT) {
		drop_edits(out);
		return;
	}
	if (!out->edit_count)
		reply_take_diffs(out, reply);
	if (out->edit_count) {
		out->kind = ANSWER_EDITS;
		return;
	}
	take_fenced(out, reply, false);
	if (out->kind == ANSWER_TALK)
		take_bare(out, reply);
}

bool answer_read(struct coder_answer *out, const char *reply, size_t len, struct error *err)
{
	struct reply lines;

	*out = (struct coder_answer){ 0 };
	if (!reply_read(&lines, reply, len, err))
		return false;
	take_code(out, &lines);
	out->prose = prose_of(&lines);
	reply_release(&lines);
	if (out->edit_count < ANSWER_EDITS_MAX)
		return true;
	answer_release(out);
	return failed(err, ERR_PROTOCOL, "the answer has %d edit blocks or more", ANSWER_EDITS_MAX);
}

void answer_release(struct coder_answer *answer)
{
	free(answer->prose);
	free(answer->script);
	drop_edits(answer);
	*answer = (struct coder_answer){ 0 };
}
