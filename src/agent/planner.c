#include <string.h>

#include "agent/agent.h"
#include "agent/brief.h"

#define MOST_SUBTASKS 12u

static enum purpose purpose(const struct state *now)
{
	(void)now;
	return PURPOSE_PLAN;
}

static void brief(struct brief *out, const struct material *with)
{
	brief_begin(out, with, ROLE_PLANNER);
	brief_references(out, with->now);
	if (with->now->objection)
		brief_section(out, "The user did not accept your last plan", with->now->objection);
	brief_refusal(out, with->now);
	brief_answer(out, &plan_type);
}

static bool is_part(const struct plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->parts.count; i++)
		if (!strcmp(plan->parts.items[i].name, name))
			return true;
	return false;
}

static bool check(const union event_body *body, const struct state *now, struct error *err)
{
	const struct plan *plan = &body->plan;

	(void)now;
	if (!plan->parts.count || !plan->subtasks.count)
		return failed(err, ERR_PROTOCOL, "a plan needs at least one part and one subtask");
	if (plan->subtasks.count > MOST_SUBTASKS)
		return failed(err, ERR_PROTOCOL, "%zu subtasks are too many; at most %u",
		              plan->subtasks.count, MOST_SUBTASKS);
	for (size_t i = 0; i < plan->parts.count; i++) {
		const struct plan_part *part = &plan->parts.items[i];

		if (!part->name[0])
			return failed(err, ERR_PROTOCOL, "plan.parts[%zu].name is empty", i);
		if (part->parent && part->parent[0] && !is_part(plan, part->parent))
			return failed(err, ERR_PROTOCOL,
			              "plan.parts[%zu].parent: no part is called \"%.60s\"", i,
			              part->parent);
	}
	return true;
}

const struct agent planner = {
	.role = ROLE_PLANNER,
	.purpose = purpose,
	.brief = brief,
	.answer = &plan_type,
	.says = EV_PLAN_MADE,
	.check = check,
};
