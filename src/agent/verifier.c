#include <string.h>

#include "agent/agent.h"
#include "agent/brief.h"

static enum purpose purpose(const struct state *now)
{
	(void)now;
	return PURPOSE_VERIFY;
}

static void brief(struct brief *out, const struct material *with)
{
	const struct state *now = with->now;

	brief_begin(out, with, ROLE_VERIFIER);
	brief_facts(out, with);
	brief_flaws(out, now);
	if (now->phase == PHASE_GUIDE && now->instruction.text)
		brief_section(out, "The instruction that was to be carried out",
		              now->instruction.text);
	if (now->candidate.id && now->accepted.id)
		brief_views(out, &now->accepted, ", before");
	brief_views(out, state_version(now), ", after");
	brief_refusal(out, now);
	brief_answer(out, &verdict_type);
}

static bool is_ruled_on(const struct verdict *v, const char *flaw)
{
	for (size_t i = 0; i < v->rulings.count; i++)
		if (!strcmp(v->rulings.items[i].flaw, flaw))
			return true;
	return false;
}

static bool check(const union event_body *body, const struct state *now, struct error *err)
{
	for (size_t i = 0; i < now->flaws.count; i++) {
		const struct open_flaw *f = &now->flaws.items[i];

		if (f->status != FLAW_RESOLVED && !is_ruled_on(&body->verdict, f->flaw.id))
			return failed(err, ERR_PROTOCOL,
			              "verdict.rulings: nothing on flaw \"%.20s\"", f->flaw.id);
	}
	return true;
}

const struct agent verifier = {
	.role = ROLE_VERIFIER,
	.purpose = purpose,
	.brief = brief,
	.answer = &verdict_type,
	.says = EV_VERDICT_GIVEN,
	.check = check,
};
