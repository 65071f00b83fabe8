#include "agent/agent.h"
#include "agent/brief.h"

static enum purpose purpose(const struct state *now)
{
	(void)now;
	return PURPOSE_DIGEST;
}

static void add_need(struct brief *out, const struct state *now)
{
	const struct subtask *task = now->subtask < now->plan.subtasks.count
	                                     ? &now->plan.subtasks.items[now->subtask]
	                                     : NULL;

	if (now->failure.script)
		brief_section(out, "The error that the coder has to mend", now->failure.message);
	else if (now->phase == PHASE_REFINE)
		brief_flaws(out, now);
	else if (now->phase == PHASE_GUIDE)
		brief_section(out, "The instruction that the coder has to carry out",
		              now->instruction.text ? now->instruction.text : now->wish);
	else if (task)
		brief_section(out, "What the coder has to build next", task->goal);
}

static void brief(struct brief *out, const struct material *with)
{
	brief_begin(out, with, ROLE_RETRIEVER);
	brief_script(out, with->script);
	add_need(out, with->now);
	brief_section(out, "What was found", with->documents);
	brief_refusal(out, with->now);
	brief_answer(out, &documents_read_type);
}

static bool check(const union event_body *body, const struct state *now, struct error *err)
{
	(void)now;
	return body->digest.text[0] || failed(err, ERR_PROTOCOL, "digest.text is empty");
}

const struct agent retriever = {
	.role = ROLE_RETRIEVER,
	.purpose = purpose,
	.brief = brief,
	.answer = &documents_read_type,
	.says = EV_DOCUMENTS_READ,
	.check = check,
};
