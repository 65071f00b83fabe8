#ifndef SESSION_METRICS_H
#define SESSION_METRICS_H

#include "base/record.h"
#include "event/state.h"
#include "session/history.h"

/*
 * What is counted in a session (doc/metrics.md): the paper's measures and what it cost. The rows of
 * metrics_type have the words for people as their help.
 */
struct metrics {
	int64_t create_ms, refine_ms, guide_ms;
	int64_t calls, failed_calls;
	int64_t input_tokens, cached_tokens, output_tokens;
	double cost_usd;
	int64_t unpriced;
	int64_t errors, caught, repaired, refused, look_ups;
	int64_t instructions, at_first_try;
	int64_t complex_operations, simple_operations, loops, functions; /* -1: not counted */
};

extern const struct record_type metrics_type;

/*
 * `spent` is what history_spent() found. `operations` is what Blender counted in the script, as
 * JSON; NULL: nobody asked it.
 */
bool metrics_make(struct metrics *out, const struct state *now, const struct usage *spent,
                  const char *operations, struct error *err);

#endif
