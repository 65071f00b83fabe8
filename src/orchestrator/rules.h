#ifndef ORCHESTRATOR_RULES_H
#define ORCHESTRATOR_RULES_H

#include "base/record.h"
#include "event/state.h"

/* What can be next. */
enum act {
	ACT_WAIT, /* for the user: until a command comes */
	ACT_PLANNER,
	ACT_LOOK_UP,   /* the retriever finds what the coder needs, which is always next */
	ACT_RETRIEVER, /* and has a model sum it up */
	ACT_CODER,
	ACT_CRITIC,
	ACT_VERIFIER,
	ACT_PROXY,
	ACT_AGAIN, /* the one who spoke last tries again */
	ACT_RUN,   /* Blender runs the candidate */
	ACT_LOOK,  /* Blender measures and draws it */
	ACT_GATE_PLAN,
	ACT_GATE_SCRIPT,
	ACT_GATE_HELP,
	ACT_REFINE, /* the next phase, or its next round */
	ACT_GUIDE,
	ACT_FAIL, /* nothing more can be done */
	ACT_COUNT,
};

extern const char *const act_names[ACT_COUNT]; /* as one says what comes next */

/* How far the team may go. */
struct team_settings {
	int64_t rounds;           /* of refinement */
	int64_t repairs;          /* of one version that fails */
	int64_t refusals;         /* of one agent's answers, one after the other */
	int64_t attempts;         /* at one instruction before the user is asked */
	double budget_usd;        /* 0: no limit */
	int64_t budget_calls;     /* 0: no limit */
	bool summarize_documents; /* a model boils them down before the coder reads them */
	text_list without;        /* ablations: planner, critic, verification, context, retrieval,
	                             preflight */
};

extern const struct record_type team_settings_type;

bool team_has(const struct team_settings *team, const char *who);

/*
 * The first row of the phase whose `after` is the latest event and whose `when` holds; rows that
 * are the same in every phase come last.
 */
struct rule {
	enum event_kind after;
	bool (*when)(const struct state *now, const struct team_settings *team); /* NULL: always */
	enum act next;
};

extern const struct rule create_rules[], refine_rules[], guide_rules[]; /* end with EV_COUNT */

/* Pure: a session that is taken up again goes on where it stopped, because the state says where. */
enum act rule_next(const struct state *now, const struct team_settings *team);

/* What AUTONOMY_AUTO answers at a gate. */
enum answer rule_answer(const struct state *now, enum gate gate);

/* May another call be made? If not, *why says what is spent. */
bool budget_allows(const struct state *now, const struct team_settings *team, enum role next,
                   struct error *why);

#endif
