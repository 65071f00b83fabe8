#ifndef AGENT_AGENT_H
#define AGENT_AGENT_H

#include "agent/catalogue.h"
#include "base/blob.h"
#include "blender/blender.h"
#include "event/bus.h"
#include "event/state.h"
#include "llm/llm.h"

struct brief;
struct material;

/* The words every brief starts from: the files of config/prompts, which people may change. */
struct prompts;

bool prompts_load(struct prompts **out, const char *dir, struct error *err);
void prompts_free(struct prompts *p);

/*
 * One member of the team. All functions are pure, so an agent is tested by writing down a state
 * and a reply; the waiting is done once, for everybody, in turn.c.
 *
 * An agent answers either with a record, which becomes the event `says`, or with code.
 */
struct agent {
	enum role role;
	enum purpose (*purpose)(const struct state *now);
	void (*brief)(struct brief *out, const struct material *with);

	const struct record_type *answer; /* NULL: code */
	enum event_kind says;
	/* Is this answer one we can work with? The error is written to the agent. */
	bool (*check)(const union event_body *body, const struct state *now, struct error *err);
};

extern const struct agent planner, retriever, coder, critic, verifier, proxy;

const struct agent *agent_for(enum role role); /* NULL: no agent has that role */

/* All that a turn needs and does not own. */
struct services {
	struct loop *loop;
	struct bus *bus;
	struct blobs *blobs;
	struct llm *llm;
	const struct llm_settings *models;
	struct blender *blender;
	const struct prompts *prompts;
	struct catalogue *catalogue;
	int view_px;            /* 0: what is usual for the quality */
	size_t document_tokens; /* that one look-up may fill; 0: what is usual */

	/* Ablations. */
	bool alone; /* no shared context */
	bool no_retrieval;
	bool no_preflight;
};

struct turn;

/* Called once, from the loop. `err` is NULL when an answer, usable or not, is on the bus. */
typedef void (*turn_fn)(void *ctx, const struct error *err);

/* Brief, ask, read: the answer is sent as an event, or EV_REPLY_REFUSED says why it cannot be. */
struct turn *turn_ask(const struct agent *a, const struct state *now, const struct services *with,
                      turn_fn done, void *ctx);

/* Look up what the coder needs next: EV_DOCUMENTS_FOUND, also when nothing is found. */
struct turn *turn_look_up(const struct state *now, const struct services *with, turn_fn done,
                          void *ctx);

/*
 * Run the candidate in Blender: EV_SCRIPT_RAN or EV_SCRIPT_FAILED. A coder's script that names what
 * this Blender does not have fails without being run.
 */
struct turn *turn_run(const struct state *now, const struct services *with, turn_fn done,
                      void *ctx);

/* Measure and draw the version work goes on from: EV_FACTS_FOUND, EV_VIEWS_DRAWN. */
struct turn *turn_look(const struct state *now, const struct services *with, const char *quality,
                       turn_fn done, void *ctx);

void turn_cancel(struct turn *turn); /* done() follows, with ERR_CANCELLED */

#endif
