#include <string.h>

#include "agent/answer.h"
#include "agent/coder.h"
#include "agent/edit.h"
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

static bool take(struct strbuf *out, struct script_written *how, const char *script,
                 const struct coder_answer *answer, struct strbuf *why)
{
	if (answer->is_cut)
		return refuse(why, "Your answer ends in the middle of the code. Answer again, "
		                   "shorter.");
	switch (answer->kind) {
	case ANSWER_EDITS:
		return apply_edits(out, script, answer, why);
	case ANSWER_SCRIPT:
		how->whole = true;
		strbuf_addstr(out, answer->script);
		return true;
	case ANSWER_SNIPPET:
		return refuse(why, "The code is no whole script, since it does not import bpy, and "
		                   "no SEARCH/REPLACE blocks either.");
	case ANSWER_TALK:
		break;
	}
	return refuse(why, "There is no code in your answer. Put it into one ```python block.");
}

static void count_lines(struct script_written *how, const char *before, const char *after)
{
	struct diff diff;
	struct error err;

	if (!diff_make(&diff, text_span(before), text_span(after), 0, &err))
		return; /* too large to compare: nothing is said about it */
	how->added = (int64_t)diff.added;
	how->removed = (int64_t)diff.removed;
	diff_release(&diff);
}

bool coder_read(struct strbuf *out, struct strbuf *note, struct script_written *how,
                const char *script, const char *text, struct strbuf *why)
{
	struct coder_answer answer = { 0 };
	struct error err;
	bool ok;

	if (!answer_read(&answer, text, strlen(text), &err))
		return refuse(why, err.text);
	ok = take(out, how, script, &answer, why);
	if (ok)
		count_lines(how, script, strbuf_str(out));
	strbuf_addstr(note, answer.prose);
	answer_release(&answer);
	return ok;
}
