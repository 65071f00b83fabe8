#include <string.h>

#include "agent/answer.h"
#include "agent/coder.h"
#include "agent/edit.h"
#include "agent/search.h"
#include "base/diff.h"

static bool refuse(struct strbuf *why, const char *text)
{
	strbuf_addstr(why, text);
	return false;
}

static void explain(struct strbuf *why, const struct edit_result *result)
{
	strbuf_addstr(why, "None of your changes was made, since not all of them fit. ");
	edit_explain(why, result);
}

/* All of the blocks or none: a change that went in by half is no version to build on. */
static bool apply_edits(struct strbuf *out, const char *script, const struct coder_answer *answer,
                        struct strbuf *why)
{
	struct edit_result result;
	bool ok;

	if (!*script)
		return refuse(why, "There is no script yet that edits could change. Write the "
		                   "whole script in one ```python block.");
	edit_apply(&result, text_span(script), answer->edits, answer->edit_count);
	ok = result.refused == 0 && result.applied > 0;
	if (ok)
		strbuf_add(out, strbuf_str(&result.script), result.script.len);
	else if (result.refused == 0)
		refuse(why, "The script has all of these changes already.");
	else
		explain(why, &result);
	edit_result_release(&result);
	return ok;
}

static bool take(struct coder_reply *out, const char *script, const struct coder_answer *answer)
{
	if (answer->is_cut)
		return refuse(&out->why, "Your answer ends in the middle of the code. Answer "
		                         "again, shorter.");
	switch (answer->kind) {
	case ANSWER_EDITS:
		return apply_edits(&out->script, script, answer, &out->why);
	case ANSWER_SCRIPT:
		out->is_whole = true;
		strbuf_addstr(&out->script, answer->script);
		return true;
	case ANSWER_SNIPPET:
		return refuse(&out->why, "The code is no whole script, since it does not import "
		                         "bpy, and no SEARCH/REPLACE blocks either.");
	case ANSWER_TALK:
		break;
	}
	return refuse(&out->why, "There is no code in your answer. Put it into one ```python "
	                         "block.");
}

static void count_lines(struct coder_reply *out, const char *before)
{
	struct diff diff;
	struct error err;

	if (!diff_make(&diff, text_span(before), text_span(strbuf_str(&out->script)), 0, &err))
		return; /* too large to compare: nothing is said about it */
	out->added = (int64_t)diff.added;
	out->removed = (int64_t)diff.removed;
	diff_release(&diff);
}

void coder_read(struct coder_reply *out, const char *script, const char *text)
{
	struct coder_answer answer = { 0 };
	struct error err;

	*out = (struct coder_reply){ 0 };
	if (!answer_read(&answer, text, strlen(text), &err)) {
		strbuf_addstr(&out->why, err.text);
		return;
	}
	search_take(&out->search, answer.prose);
	strbuf_addstr(&out->note, answer.prose);
	if (answer.kind == ANSWER_TALK && out->search.count) {
		out->said = CODER_SEARCH;
	} else if (take(out, script, &answer)) {
		out->said = CODER_SCRIPT;
		count_lines(out, script);
	}
	answer_release(&answer);
}

void coder_reply_release(struct coder_reply *r)
{
	strbuf_release(&r->script);
	strbuf_release(&r->note);
	strbuf_release(&r->why);
	search_release(&r->search);
	*r = (struct coder_reply){ 0 };
}
