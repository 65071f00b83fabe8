#include "session/metrics.h"

#include <string.h>

static const struct field metrics_fields[] = {
	{ "create_ms", FIELD_INT, offsetof(struct metrics, create_ms), .help = "time in creation" },
	{ "refine_ms", FIELD_INT, offsetof(struct metrics, refine_ms),
	  .help = "time in refinement" },
	{ "guide_ms", FIELD_INT, offsetof(struct metrics, guide_ms), .help = "time in guidance" },
	{ "calls", FIELD_INT, offsetof(struct metrics, calls), .help = "questions to models" },
	{ "failed_calls", FIELD_INT, offsetof(struct metrics, failed_calls),
	  .help = "questions without an answer" },
	{ "input_tokens", FIELD_INT, offsetof(struct metrics, input_tokens), .help = "tokens in" },
	{ "cached_tokens", FIELD_INT, offsetof(struct metrics, cached_tokens),
	  .help = "of these from a cache" },
	{ "output_tokens", FIELD_INT, offsetof(struct metrics, output_tokens),
	  .help = "tokens out" },
	{ "cost_usd", FIELD_REAL, offsetof(struct metrics, cost_usd), .help = "cost" },
	{ "unpriced", FIELD_INT, offsetof(struct metrics, unpriced),
	  .help = "questions of unknown price" },
	{ "errors", FIELD_INT, offsetof(struct metrics, errors), .help = "versions that failed" },
	{ "caught", FIELD_INT, offsetof(struct metrics, caught),
	  .help = "of these caught before Blender ran them" },
	{ "repaired", FIELD_INT, offsetof(struct metrics, repaired), .help = "failures repaired" },
	{ "refused", FIELD_INT, offsetof(struct metrics, refused),
	  .help = "answers that were no use" },
	{ "look_ups", FIELD_INT, offsetof(struct metrics, look_ups),
	  .help = "searches in the documentation" },
	{ "instructions", FIELD_INT, offsetof(struct metrics, instructions),
	  .help = "instructions" },
	{ "at_first_try", FIELD_INT, offsetof(struct metrics, at_first_try),
	  .help = "of these done at first try" },
	{ "complex_operations", FIELD_INT, offsetof(struct metrics, complex_operations),
	  .help = "complex operations" },
	{ "simple_operations", FIELD_INT, offsetof(struct metrics, simple_operations),
	  .help = "simple operations" },
	{ "loops", FIELD_INT, offsetof(struct metrics, loops), .help = "loops" },
	{ "functions", FIELD_INT, offsetof(struct metrics, functions), .help = "functions" },
	{ 0 },
};
const struct record_type metrics_type = { "metrics", sizeof(struct metrics), metrics_fields };

static bool count_operations(struct metrics *m, const char *text, struct error *err)
{
	struct {
		const char *key;
		int64_t *to;
	} counts[] = {
		{ "complex", &m->complex_operations },
		{ "simple", &m->simple_operations },
		{ "loops", &m->loops },
		{ "functions", &m->functions },
	};
	struct json *value = NULL;
	struct json_at root;
	bool ok;

	for (size_t i = 0; i < COUNT(counts); i++)
		*counts[i].to = -1;
	if (!text)
		return true;
	ok = json_parse(&value, text, strlen(text), err);
	root = json_root(value, "operations");
	for (size_t i = 0; ok && i < COUNT(counts); i++) {
		struct json_at at = json_key(&root, counts[i].key);

		ok = json_int(counts[i].to, &at, err);
	}
	json_free(value);
	return ok;
}

bool metrics_make(struct metrics *out, const struct state *now, const struct usage *spent,
                  const char *operations, struct error *err)
{
	const struct tally *tally = &now->tally;
	const struct usage all = usage_total(spent);

	*out = (struct metrics){
		.create_ms = tally->phase_ms[PHASE_CREATE],
		.refine_ms = tally->phase_ms[PHASE_REFINE],
		.guide_ms = tally->phase_ms[PHASE_GUIDE],
		.calls = all.calls,
		.failed_calls = all.failed,
		.input_tokens = all.input_tokens,
		.cached_tokens = all.cached_tokens,
		.output_tokens = all.output_tokens,
		.cost_usd = all.cost_usd,
		.unpriced = all.unpriced,
		.errors = tally->errors,
		.caught = tally->caught,
		.repaired = tally->repaired,
		.refused = tally->refused,
		.look_ups = tally->look_ups,
		.instructions = tally->instructions,
		.at_first_try = tally->at_first_try,
	};
	return count_operations(out, operations, err);
}
