#include "llm/price.h"

#include <fnmatch.h>
#include <string.h>

static const struct llm_price *find(const struct llm_settings *settings, const char *model)
{
	const struct llm_price *best = NULL;

	for (size_t i = 0; i < settings->prices.count; i++) {
		const struct llm_price *p = &settings->prices.items[i];

		if (!fnmatch(p->model, model, 0) &&
		    (!best || strlen(p->model) > strlen(best->model)))
			best = p;
	}
	return best;
}

static double some(int64_t tokens)
{
	return tokens > 0 ? (double)tokens : 0;
}

double price_of(const struct llm_settings *settings, const char *model,
                const struct llm_usage *usage, int64_t cache_write)
{
	const struct llm_price *p = find(settings, model);
	double read = some(usage->cached), written = some(cache_write);
	double fresh = some(usage->input) - read - written;

	if (!p || usage->input < 0 || usage->output < 0)
		return -1;
	return ((fresh > 0 ? fresh : 0) * p->input + some(usage->output) * p->output +
	        read * (p->cache_read > 0 ? p->cache_read : p->input) +
	        written * (p->cache_write > 0 ? p->cache_write : p->input)) /
	       1e6;
}
