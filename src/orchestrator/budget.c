#include "orchestrator/rules.h"

/* What the next call of this agent will cost, judging by those before; 0 if nothing is known. */
static double expected_usd(const struct state *now, enum role next)
{
	const struct usage *u = &now->usage[next];
	int64_t priced = u->calls - u->unpriced;

	return priced > 0 ? u->cost_usd / (double)priced : 0;
}

bool budget_allows(const struct state *now, const struct team_settings *team, enum role next,
                   struct error *why)
{
	struct usage all = state_usage(now);
	double expected = expected_usd(now, next);

	if (team->budget_calls > 0 && all.calls >= team->budget_calls)
		return failed(why, ERR_BUDGET,
		              "the budget of %lld requests is used up; raise it with --calls and "
		              "resume the session",
		              (long long)team->budget_calls);
	if (team->budget_usd > 0 && all.cost_usd + expected > team->budget_usd)
		return failed(why, ERR_BUDGET,
		              "$%.4f of $%.2f are spent and the next request of the %s would cost "
		              "about $%.4f; raise it with --budget and resume the session",
		              all.cost_usd, team->budget_usd, role_names[next], expected);
	return true;
}
