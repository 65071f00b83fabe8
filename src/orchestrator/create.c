#include "orchestrator/rules.h"

/* Initial creation: a plan, then a look-up and a turn of the coder for each subtask. */

static bool has_planner(const struct state *now, const struct team_settings *team)
{
	(void)now;
	return team_has(team, "planner");
}

static bool plan_rejected(const struct state *now, const struct team_settings *team)
{
	(void)team;
	return now->answered == GATE_PLAN && now->answer != ANSWER_ACCEPT;
}

/* The user may have said how to get further; then the coder tries again. */
static bool gave_up(const struct state *now, const struct team_settings *team)
{
	bool nothing_left = now->subtask >= now->plan.subtasks.count && !now->accepted.id;

	(void)team;
	return now->answered == GATE_HELP && now->answer == ANSWER_ACCEPT && nothing_left;
}

static bool all_built(const struct state *now, const struct team_settings *team)
{
	(void)team;
	return now->subtask >= now->plan.subtasks.count && now->accepted.id &&
	       now->answer == ANSWER_ACCEPT;
}

const struct rule create_rules[] = {
	{ EV_PROMPT_GIVEN, has_planner, ACT_PLANNER },
	{ EV_PROMPT_GIVEN, NULL, ACT_LOOK_UP },
	{ EV_PLAN_MADE, NULL, ACT_GATE_PLAN },
	{ EV_VIEWS_DRAWN, NULL, ACT_GATE_SCRIPT },
	{ EV_GATE_ANSWERED, plan_rejected, ACT_PLANNER },
	{ EV_GATE_ANSWERED, gave_up, ACT_FAIL },
	{ EV_GATE_ANSWERED, all_built, ACT_REFINE },
	{ EV_GATE_ANSWERED, NULL, ACT_LOOK_UP },
	{ EV_COUNT },
};
