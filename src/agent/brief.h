#ifndef AGENT_BRIEF_H
#define AGENT_BRIEF_H

#include "agent/prompts.h"
#include "base/strbuf.h"
#include "event/state.h"

/* A picture of a request, by the hash of its file. */
struct picture {
	char *caption; /* "front view, before" */
	char *blob;
};

/*
 * A request being put together, what changes least first: servers that cache prompts charge
 * little for a beginning they know, so two briefs of one session differ only in `now`.
 */
struct brief {
	struct strbuf house; /* the same for every agent of every session */
	struct strbuf task;  /* the same for every agent of this plan */
	struct strbuf said;  /* the record so far, which only grows */
	struct strbuf now;   /* who you are, what lies before you, what to answer */
	LIST_OF(struct picture) pictures;
};

/* All that a brief may be made from. */
struct material {
	const struct state *now;
	const struct prompts *prompts;
	const char *blender;   /* the version that will run the script */
	const char *script;    /* the text of state_version(); "" if there is none */
	const char *facts;     /* what was measured of it, as JSON; "" if nothing */
	const char *documents; /* what was looked up for the coder; "" if nothing */
	const char *answers;   /* what the coder asked for besides; "" if nothing */
	bool alone;            /* no shared context (an ablation) */
};

void brief_begin(struct brief *out, const struct material *with, enum role role);
void brief_release(struct brief *b);

/* One heading and what stands under it, each in `now`. */
void brief_section(struct brief *out, const char *title, const char *text);
void brief_script(struct brief *out, const char *script);
void brief_facts(struct brief *out, const struct material *with);
void brief_flaws(struct brief *out, const struct state *now); /* those not resolved yet */
void brief_documents(struct brief *out, const struct material *with);
void brief_refusal(struct brief *out, const struct state *now);

/* References of the user; renders of one version, captioned "front view" and `suffix`. */
void brief_references(struct brief *out, const struct state *now);
void brief_views(struct brief *out, const struct version *of, const char *suffix);

/* Ask for JSON that obeys the schema of `type`. */
void brief_answer(struct brief *out, const struct record_type *type);

#endif
