#include "orchestrator/rules.h"

#include <string.h>

const char *const act_names[ACT_COUNT] = {
	[ACT_WAIT] = "waiting",
	[ACT_PLANNER] = "planner",
	[ACT_LOOK_UP] = "documentation",
	[ACT_RETRIEVER] = "retriever",
	[ACT_CODER] = "coder",
	[ACT_CRITIC] = "critic",
	[ACT_VERIFIER] = "verifier",
	[ACT_PROXY] = "user proxy",
	[ACT_AGAIN] = "another try",
	[ACT_RUN] = "run in Blender",
	[ACT_LOOK] = "views",
	[ACT_GATE_PLAN] = "the plan for you",
	[ACT_GATE_SCRIPT] = "the proposal for you",
	[ACT_GATE_HELP] = "your help",
	[ACT_REFINE] = "refinement",
	[ACT_GUIDE] = "your instructions",
	[ACT_FAIL] = "the end",
};

static const struct field team_fields[] = {
	{ "rounds", FIELD_INT, offsetof(struct team_settings, rounds), .min = 0, .max = 20,
	  .help = "rounds of refinement before the asset is handed to the user" },
	{ "repairs", FIELD_INT, offsetof(struct team_settings, repairs), .min = 0, .max = 20,
	  .help = "attempts at one error before the user is asked" },
	{ "refusals", FIELD_INT, offsetof(struct team_settings, refusals), .min = 0, .max = 10,
	  .help = "answers in a row that could not be used before the user is asked" },
	{ "attempts", FIELD_INT, offsetof(struct team_settings, attempts), .min = 1, .max = 10,
	  .help = "versions that may be judged for one instruction" },
	{ "budget_usd", FIELD_REAL, offsetof(struct team_settings, budget_usd), .min = 0,
	  .max = 100000, .help = "a session stops before it costs more; 0: no limit" },
	{ "budget_calls", FIELD_INT, offsetof(struct team_settings, budget_calls), .min = 0,
	  .max = 100000, .help = "a session stops after so many requests; 0: no limit" },
	{ "summarize_documents", FIELD_BOOL, offsetof(struct team_settings, summarize_documents),
	  .optional = true,
	  .help = "have a model boil down what was looked up before the coder reads it" },
	{ "without", FIELD_TEXTS, offsetof(struct team_settings, without), .optional = true,
	  .help = "who stays away: planner, critic, verification, context, retrieval, preflight" },
	{ 0 },
};
const struct record_type team_settings_type = { "team", sizeof(struct team_settings), team_fields };

bool team_has(const struct team_settings *team, const char *who)
{
	for (size_t i = 0; i < team->without.count; i++)
		if (!strcmp(team->without.items[i], who))
			return false;
	return true;
}

static bool repairs_left(const struct state *now, const struct team_settings *team)
{
	return now->failures <= team->repairs && now->candidate.by != ROLE_USER;
}

static bool refusals_left(const struct state *now, const struct team_settings *team)
{
	return now->refusals <= team->refusals;
}

/* A script that the user wrote needs nobody's verdict. */
static bool is_by_hand(const struct state *now, const struct team_settings *team)
{
	(void)team;
	return now->candidate.id && now->candidate.by == ROLE_USER;
}

static bool wants_digest(const struct state *now, const struct team_settings *team)
{
	return team->summarize_documents && now->documents.blob && !now->answers.purpose;
}

static bool is_retriever(const struct state *now, const struct team_settings *team)
{
	(void)team;
	return now->latest_role == ROLE_RETRIEVER;
}

static const struct rule common_rules[] = {
	{ EV_DOCUMENTS_WANTED, NULL, ACT_LOOK_UP },
	{ EV_DOCUMENTS_FOUND, wants_digest, ACT_RETRIEVER },
	{ EV_DOCUMENTS_FOUND, NULL, ACT_CODER },
	{ EV_DOCUMENTS_READ, NULL, ACT_CODER },
	{ EV_SCRIPT_WRITTEN, NULL, ACT_RUN },
	{ EV_SCRIPT_FAILED, repairs_left, ACT_LOOK_UP },
	{ EV_SCRIPT_FAILED, NULL, ACT_GATE_HELP },
	{ EV_SCRIPT_RAN, NULL, ACT_LOOK },
	{ EV_REPLY_REFUSED, is_retriever, ACT_CODER }, /* who reads the documents as they are */
	{ EV_REPLY_REFUSED, refusals_left, ACT_AGAIN },
	{ EV_REPLY_REFUSED, NULL, ACT_GATE_HELP },
	{ EV_VIEWS_DRAWN, is_by_hand, ACT_GATE_SCRIPT },
	{ EV_COUNT },
};

static const struct rule *find(const struct rule *rows, const struct state *now,
                               const struct team_settings *team)
{
	for (const struct rule *r = rows; r->after != EV_COUNT; r++)
		if (r->after == now->latest && (!r->when || r->when(now, team)))
			return r;
	return NULL;
}

/* Look-ups that are not made: an ablation, or what was found for this very step is there still. */
static bool is_looked_up(const struct state *now, const struct team_settings *team)
{
	bool is_known = now->documents.purpose != PURPOSE_NONE && !now->wanted.queries.count;

	return is_known || !team_has(team, "retrieval");
}

enum act rule_next(const struct state *now, const struct team_settings *team)
{
	static const struct rule *const phases[PHASE_COUNT] = {
		[PHASE_CREATE] = create_rules,
		[PHASE_REFINE] = refine_rules,
		[PHASE_GUIDE] = guide_rules,
	};
	const struct rule *rule;

	if (!now->begun || now->waiting)
		return ACT_WAIT;
	rule = find(common_rules, now, team);
	if (!rule)
		rule = find(phases[now->phase], now, team);
	if (rule && rule->next == ACT_LOOK_UP && is_looked_up(now, team))
		return ACT_CODER;
	return rule ? rule->next : ACT_WAIT;
}

/* No flaw got better and the fit did not rise: nothing is won by keeping it. */
static bool is_progress(const struct state *now)
{
	if (now->verdict.approved || !now->verdict.rulings.count)
		return true;
	for (size_t i = 0; i < now->verdict.rulings.count; i++)
		if (now->verdict.rulings.items[i].status != FLAW_OPEN)
			return true;
	return false;
}

enum answer rule_answer(const struct state *now, enum gate gate)
{
	if (gate == GATE_SCRIPT && now->phase != PHASE_CREATE && now->latest == EV_VERDICT_GIVEN)
		return is_progress(now) ? ANSWER_ACCEPT : ANSWER_REJECT;
	return ANSWER_ACCEPT;
}
