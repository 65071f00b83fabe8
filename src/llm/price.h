#ifndef LLM_PRICE_H
#define LLM_PRICE_H

#include "llm/llm.h"

/* What a reply cost in dollars; negative: the prices say nothing about that model. */
double price_of(const struct llm_settings *settings, const char *model,
                const struct llm_usage *usage, int64_t cache_write);

#endif
