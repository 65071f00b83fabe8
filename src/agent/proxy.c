#include "agent/agent.h"
#include "agent/brief.h"

static enum purpose purpose(const struct state *now)
{
	(void)now;
	return PURPOSE_READ;
}

static void brief(struct brief *out, const struct material *with)
{
	const struct state *now = with->now;

	brief_begin(out, with, ROLE_PROXY);
	brief_script(out, with->script);
	brief_facts(out, with);
	brief_references(out, now);
	brief_views(out, state_version(now), "");
	brief_section(out, "What the user says", now->wish ? now->wish : "");
	brief_refusal(out, now);
	brief_answer(out, &instruction_type);
}

static bool check(const union event_body *body, const struct state *now, struct error *err)
{
	(void)now;
	if (!body->instruction.checks.count)
		return failed(err, ERR_PROTOCOL,
		              "instruction.checks: name at least one thing to look "
		              "for in the views afterwards");
	return true;
}

const struct agent proxy = {
	.role = ROLE_PROXY,
	.purpose = purpose,
	.brief = brief,
	.answer = &instruction_type,
	.says = EV_INSTRUCTION_READ,
	.check = check,
};
