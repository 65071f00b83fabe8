#ifndef LLM_LEARNED_H
#define LLM_LEARNED_H

#include <stdint.h>

#include "base/error.h"
#include "base/record.h"
#include "llm/provider.h"

/*
 * What servers' refusals taught us about an endpoint and a model, kept in a file so that it is
 * learned only once: which parameters to leave out, how much fits in. Losing the file costs a
 * refused request each, so nothing here ever fails a call.
 */
struct lesson {
	const char *model; /* with its endpoint: "openai/gpt-5" */
	enum token_limit limit;
	enum llm_json json;
	bool no_images, no_usage, no_extra;
	int64_t context_tokens; /* 0: not known */
};

struct learned {
	LIST_OF(struct lesson) lessons;
};

void learned_read(struct learned *l, const char *file);
void learned_release(struct learned *l);

/* NULL: nothing yet. */
const struct lesson *learned_find(const struct learned *l, const char *model);

/* All of them are written to the file, unless that is NULL. */
void learned_manner(struct learned *l, const char *file, const char *model,
                    const struct manner *manner);
void learned_context(struct learned *l, const char *file, const char *model, int64_t tokens);

#endif
