#ifndef EVENT_STATE_H
#define EVENT_STATE_H

#include "event/event.h"
#include "event/talk.h"

enum subtask_status {
	SUBTASK_WAITING,
	SUBTASK_ACTIVE,
	SUBTASK_DONE,
	SUBTASK_SKIPPED, /* the agents gave up on it and went on */
};

/* A version of the script and what came of it. */
struct version {
	int64_t id; /* of the event that wrote it; 0: there is none */
	char *blob;
	enum role by;
	enum purpose purpose;
	bool ran;
	struct facts facts; /* all zeros until measured */
	struct views views; /* all zeros until drawn; the latest drawn */
};

/* A flaw that was found, and what became of it. */
struct open_flaw {
	struct flaw flaw;
	enum flaw_status status;
	char *evidence; /* of the verifier; NULL until it spoke */
};

/* What one agent has used up. */
struct usage {
	int64_t calls, failed;
	int64_t input_tokens, cached_tokens, output_tokens;
	double cost_usd; /* of the calls whose price is known */
	int64_t unpriced;
	int64_t took_ms;
};

void usage_add(struct usage *u, const struct turn_ended *turn);
struct usage usage_total(const struct usage *by_role); /* ROLE_COUNT of them */

/* What is counted in every session (see doc/metrics.md). */
struct tally {
	int64_t errors;                     /* versions that failed */
	int64_t caught;                     /* of these, before Blender ran them */
	int64_t repaired;                   /* failures that a later version got over */
	int64_t refused;                    /* replies that could not be used */
	int64_t look_ups;                   /* searches in the documentation */
	int64_t phase_ms[PHASE_COUNT];      /* from a phase's first event to its last */
	int64_t instructions, at_first_try; /* instructions whose first version was accepted */
};

/*
 * What the session looks like now: every event on the way to the head, folded together. Agents
 * read it to know what to say, rules to know who is next and panes to know what to draw; only
 * state_apply() changes it.
 */
struct state {
	int64_t head;           /* the latest event on the path we are on */
	enum event_kind latest; /* the latest that moves the rules; EV_COUNT: none yet */
	enum role latest_role;
	bool begun; /* something that moves the rules has happened */

	enum phase phase;
	int64_t round;
	enum autonomy autonomy;
	bool is_over; /* ended, until somebody says something again */
	enum ending ending;
	char *ending_text;

	char *prompt;       /* the first: what to make */
	char *wish;         /* the latest instruction in the user's words; NULL in creation */
	text_list images;   /* blobs of all reference pictures */
	struct queue queue; /* prompts that wait */
	struct plan plan;
	enum subtask_status *subtasks; /* as many as the plan has */
	size_t subtask;                /* the index of the active one; plan's count: all done */

	struct version accepted;      /* what the user has: the script of the session */
	struct version candidate;     /* the proposal on its way; id 0: none */
	struct script_ran run;        /* of the latest version that ran */
	struct script_failed failure; /* of the candidate; script 0: none */
	int64_t failures;             /* of this step, since a version last ran */
	int64_t refusals;             /* since a reply could last be used */
	char *refusal;                /* why the last one could not; NULL: it could */
	int64_t attempts;             /* versions that were judged in this step */
	char *objection;              /* why the user rejected the last proposal; NULL: none */

	struct documents documents;     /* looked up for the coder; purpose NONE: nothing yet */
	struct documents answers;       /* to what the coder itself asked in this step */
	char *digest;                   /* what the retriever made of them; NULL: nothing */
	struct documents_wanted wanted; /* what the coder asks for and has not got yet */
	struct documents_wanted doubts; /* what to look up if the candidate fails */
	int64_t look_ups;               /* that the coder asked for in this step */

	int64_t fit; /* the last one given, 0..10; -1: none yet */
	LIST_OF(struct open_flaw) flaws;
	char *critique; /* the critic's summary */
	struct instruction instruction;
	struct verdict verdict;

	bool waiting; /* a gate is open: the next move is the user's */
	enum gate gate;
	enum gate answered; /* the last gate that was */
	enum answer answer;
	char *question;
	int64_t trouble_code; /* an enum err_code; 0: none */
	char *trouble;        /* what last went wrong outside the script; NULL: nothing */

	struct talk talk;
	struct usage usage[ROLE_COUNT];
	struct tally tally;
	int64_t phase_began_ms, last_ms;
};

/* Takes any event in any order; one that makes no sense here changes nothing. */
void state_apply(struct state *s, const struct event *ev);
void state_release(struct state *s);

/* The version that work goes on from: the candidate if there is one, else the accepted. */
const struct version *state_version(const struct state *s);
size_t state_open_flaws(const struct state *s);  /* those not resolved */
struct usage state_usage(const struct state *s); /* of all agents together */

#endif
