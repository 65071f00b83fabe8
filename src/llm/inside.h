#ifndef LLM_INSIDE_H
#define LLM_INSIDE_H

#include "llm/key.h"
#include "llm/learned.h"
#include "llm/llm.h"
#include "llm/provider.h"
#include "llm/recorder.h"
#include "llm/transport.h"

/* What the files of this folder share behind the door. */

struct endpoint {
	const struct llm_endpoint *set;
	const struct provider *provider;
	struct transport *transport; /* NULL until it is first needed */
	struct key key;
	int64_t pause_until_ms; /* told to wait, nobody asks it anything before then */
};

struct llm {
	struct loop *loop;
	struct llm_settings settings; /* a copy */
	struct endpoint *endpoints;   /* in the order of the settings */
	struct transport *http;       /* one for all servers: it keeps connections */
	struct recorder *recorder;    /* NULL: nothing is recorded */
	struct keyring ring;
	struct learned learned;
	struct llm_call *calls;
	struct listing *listings;
	struct work *works;
	size_t changed_questions;
};

/* "openai/gpt-5" is the endpoint "openai" and *name "gpt-5". */
struct endpoint *endpoint_find(struct llm *llm, const char *model, const char **name,
                               struct error *err);

/* Its transport is there afterwards, and its key sought: if still KEY_SOUGHT, wait for wake. */
bool endpoint_open(struct llm *llm, struct endpoint *ep, struct error *err);

/* A key has been found, or not: whoever waits for one tries again. */
void calls_wake(struct llm *llm);
void listings_wake(struct llm *llm);

/* How to speak to that model, by the settings and by what it taught us. */
struct manner manner_for(const struct llm *llm, const struct endpoint *ep, const char *model);

/* What went wrong, in words for the user; the keys are blanked. */
void endpoint_explain(struct error *err, const struct llm *llm, const struct endpoint *ep,
                      const char *model, const struct trouble *t);

/* For llm_close(). */
void calls_drop(struct llm *llm);
void listings_drop(struct llm *llm);
void works_drop(struct llm *llm);

#endif
