#ifndef AGENT_ANSWER_LINES_H
#define AGENT_ANSWER_LINES_H

#include "agent/answer.h"
#include "base/strbuf.h"
#include "base/text.h"

/* The lines of a reply. What has become code or belongs to its markup is no prose any more. */
struct reply {
	struct strbuf text;
	struct text_span *lines;
	bool *is_taken;
	size_t count;
};

bool reply_read(struct reply *out, const char *text, size_t len, struct error *err);
void reply_release(struct reply *reply);
void reply_take(struct reply *reply, size_t start, size_t end);
void reply_add(struct strbuf *out, const struct reply *reply, size_t start, size_t end);

/* A block between fences; its code is the lines open + 1 up to, not including, end. */
struct fence {
	size_t open, end;
	size_t close; /* the last line that is not after the block: `end` or, glued, end - 1 */
	size_t glued; /* bytes of the last line of code that are a fence */
	struct text_span label;
	bool is_closed;
};

/* All blocks in order, outermost ones only. The caller frees *out. */
size_t reply_fences(struct fence **out, const struct reply *reply);

bool line_is_fence(struct text_span line); /* opening or closing */
bool fence_is_labelled(const struct fence *fence, const char *const labels[], size_t count);

bool fence_is_diff(const struct reply *reply, const struct fence *fence);

/* Marks as in <<<<<<<: how many, 0 when the line is not a marker of that kind. */
size_t line_marks(struct text_span line, char mark);

/* Take all SEARCH/REPLACE blocks, or else all unified diffs, out of the reply into *out. */
void reply_take_edits(struct coder_answer *out, struct reply *reply);
void reply_take_diffs(struct coder_answer *out, struct reply *reply);
void answer_push(struct coder_answer *answer, struct edit edit);

#endif
