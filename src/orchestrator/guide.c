#include "orchestrator/rules.h"

/* User-guided refinement: one instruction after the other, until the user says it is done. */

static bool has_verifier(const struct state *now, const struct team_settings *team)
{
	(void)now;
	return team_has(team, "verification");
}

static bool wants_another(const struct state *now, const struct team_settings *team)
{
	return !now->verdict.approved && now->attempts < team->attempts;
}

static bool has_objection(const struct state *now, const struct team_settings *team)
{
	(void)team;
	return now->answer != ANSWER_ACCEPT && now->objection;
}

const struct rule guide_rules[] = {
	{ EV_PHASE_BEGAN, NULL, ACT_WAIT },
	{ EV_PROMPT_GIVEN, NULL, ACT_PROXY },
	{ EV_INSTRUCTION_READ, NULL, ACT_LOOK_UP },
	{ EV_VIEWS_DRAWN, has_verifier, ACT_VERIFIER },
	{ EV_VIEWS_DRAWN, NULL, ACT_GATE_SCRIPT },
	{ EV_VERDICT_GIVEN, wants_another, ACT_LOOK_UP },
	{ EV_VERDICT_GIVEN, NULL, ACT_GATE_SCRIPT },
	{ EV_GATE_ANSWERED, has_objection, ACT_LOOK_UP },
	{ EV_GATE_ANSWERED, NULL, ACT_WAIT },
	{ EV_COUNT },
};
