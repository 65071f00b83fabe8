/*
 * Replies of a model to a script: the input is a script, a line of %%, a reply. Whatever they
 * are, what comes out keeps these promises.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "agent/answer.h"
#include "base/diff.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct text_span split(struct text_span *reply, const uint8_t *bytes, size_t len)
{
	static const char mark[] = "\n%%\n";
	struct text_span all = { len ? (const char *)bytes : "", len };
	const char *at = memmem(all.at, all.len, mark, 4);

	*reply = all;
	if (!at)
		return all;
	reply->at = at + 4;
	reply->len = len - (size_t)(reply->at - all.at);
	return (struct text_span){ all.at, (size_t)(at - all.at) + 1 };
}

static size_t count_lines(struct text_span text)
{
	struct text_span line;
	size_t count = 0;

	while (text_next_line(&line, &text))
		count++;
	return count;
}

/* The diff of two texts has as many lines more as the second text. */
static void check_diff(struct text_span before, struct text_span after)
{
	struct strbuf text = { 0 };
	struct error err;
	struct diff diff;

	assert(diff_make(&diff, before, after, 3, &err));
	assert(count_lines(before) + diff.added == count_lines(after) + diff.removed);
	diff_write(&text, &diff, "before", "after");
	strbuf_release(&text);
	diff_release(&diff);
}

/* A refusal changes nothing, and what is valid text stays so. */
static void check_edits(struct text_span script, const struct coder_answer *answer)
{
	struct strbuf message = { 0 };
	struct edit_result result;
	struct text_span after;

	edit_apply(&result, script, answer->edits, answer->edit_count);
	after = (struct text_span){ strbuf_str(&result.script), result.script.len };
	assert(result.count == answer->edit_count &&
	       result.applied + result.refused <= result.count);
	if (!result.applied)
		assert(after.len == script.len && !memcmp(after.at, script.at, after.len));
	if (text_is_utf8(script.at, script.len))
		assert(text_is_utf8(after.at, after.len));
	check_diff(script, after);
	edit_explain(&message, &result);
	strbuf_release(&message);
	edit_result_release(&result);
}

static void check_screen(struct text_span text, enum text_shape shape)
{
	struct strbuf clean = { 0 };
	struct text_span row, rest;
	size_t cols = 1 + text.len % 79;

	text_clean(&clean, text.at, text.len, shape);
	for (size_t i = 0; i < clean.len; i++)
		assert((unsigned char)clean.buf[i] >= 0x20 || clean.buf[i] == '\n');
	assert(text_is_utf8(strbuf_str(&clean), clean.len));
	rest = (struct text_span){ strbuf_str(&clean), clean.len };
	while (text_next_row(&row, &rest, cols))
		assert(text_width(row.at, row.len) <= cols || cols == 1);
	strbuf_release(&clean);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text_span reply, script = split(&reply, bytes, len);
	struct coder_answer answer;
	struct error err;

	check_screen(reply, TEXT_LINES);
	check_screen(reply, TEXT_ONE_LINE);
	if (!answer_read(&answer, reply.at, reply.len, &err))
		return 0;
	assert(text_is_utf8(answer.prose, strlen(answer.prose)));
	assert(!answer.script || !answer.edits);
	assert((answer.kind == ANSWER_EDITS) == (answer.edit_count > 0));
	check_edits(script, &answer);
	answer_release(&answer);
	return 0;
}
