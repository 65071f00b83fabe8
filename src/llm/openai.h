#ifndef LLM_OPENAI_H
#define LLM_OPENAI_H

#include "llm/provider.h"

/* The two halves of the openai dialect: what its table in openai.c is made of. */
void openai_decode(struct draft *d, const char *event, const struct json_at *doc);
void openai_finish(struct draft *d);

#endif
