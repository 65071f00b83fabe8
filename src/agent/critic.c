#include <string.h>

#include "agent/agent.h"
#include "agent/brief.h"

#define MOST_FLAWS 8u

static enum purpose purpose(const struct state *now)
{
	(void)now;
	return PURPOSE_CRITIQUE;
}

static void brief(struct brief *out, const struct material *with)
{
	brief_begin(out, with, ROLE_CRITIC);
	brief_facts(out, with);
	brief_references(out, with->now);
	brief_views(out, state_version(with->now), "");
	brief_refusal(out, with->now);
	brief_answer(out, &flaws_type);
}

static bool check(const union event_body *body, const struct state *now, struct error *err)
{
	const struct flaws *flaws = &body->flaws;

	(void)now;
	if (flaws->list.count > MOST_FLAWS)
		return failed(err, ERR_PROTOCOL, "%zu flaws are too many; name the worst five",
		              flaws->list.count);
	for (size_t i = 0; i < flaws->list.count; i++) {
		if (!flaws->list.items[i].id[0])
			return failed(err, ERR_PROTOCOL, "critique.flaws[%zu].id is empty", i);
		for (size_t k = 0; k < i; k++)
			if (!strcmp(flaws->list.items[i].id, flaws->list.items[k].id))
				return failed(err, ERR_PROTOCOL,
				              "two flaws are called \"%.20s\"; ids must differ",
				              flaws->list.items[i].id);
	}
	return true;
}

const struct agent critic = {
	.role = ROLE_CRITIC,
	.purpose = purpose,
	.brief = brief,
	.answer = &flaws_type,
	.says = EV_FLAWS_FOUND,
	.check = check,
};
