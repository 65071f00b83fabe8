#include <string.h>

#include "orchestrator/rules.h"

/* Auto-refinement: critique, change, verification, until approved or the rounds are used up. */

static bool no_critic(const struct state *now, const struct team_settings *team)
{
	(void)now;
	return !team_has(team, "critic") || team->rounds == 0;
}

static bool has_open_flaws(const struct state *now, const struct team_settings *team)
{
	(void)team;
	return state_open_flaws(now) > 0;
}

static bool seen_by_critic(const struct state *now, const struct team_settings *team)
{
	const char *quality = now->accepted.views.quality;

	(void)team;
	return quality && !strcmp(quality, "critic");
}

static bool judges_candidate(const struct state *now, const struct team_settings *team)
{
	return now->candidate.id && team_has(team, "verification");
}

static bool is_candidate(const struct state *now, const struct team_settings *team)
{
	(void)team;
	return now->candidate.id != 0;
}

/* Is this proposal the end of refinement? */
static bool is_enough(const struct state *now, const struct team_settings *team)
{
	bool accepted = now->answered == GATE_SCRIPT && now->answer == ANSWER_ACCEPT;
	bool approved = accepted && (now->verdict.approved || !team_has(team, "verification"));

	return approved || now->round >= team->rounds || now->answered == GATE_HELP;
}

static bool has_objection(const struct state *now, const struct team_settings *team)
{
	(void)team;
	return now->answer != ANSWER_ACCEPT && now->objection;
}

const struct rule refine_rules[] = {
	{ EV_PHASE_BEGAN, no_critic, ACT_GUIDE },
	{ EV_PHASE_BEGAN, has_open_flaws, ACT_LOOK_UP },
	{ EV_PHASE_BEGAN, seen_by_critic, ACT_CRITIC },
	{ EV_PHASE_BEGAN, NULL, ACT_LOOK },
	{ EV_VIEWS_DRAWN, judges_candidate, ACT_VERIFIER },
	{ EV_VIEWS_DRAWN, is_candidate, ACT_GATE_SCRIPT },
	{ EV_VIEWS_DRAWN, NULL, ACT_CRITIC },
	{ EV_FLAWS_FOUND, has_open_flaws, ACT_LOOK_UP },
	{ EV_FLAWS_FOUND, NULL, ACT_GUIDE },
	{ EV_VERDICT_GIVEN, NULL, ACT_GATE_SCRIPT },
	{ EV_GATE_ANSWERED, has_objection, ACT_LOOK_UP },
	{ EV_GATE_ANSWERED, is_enough, ACT_GUIDE },
	{ EV_GATE_ANSWERED, NULL, ACT_REFINE },
	{ EV_COUNT },
};
