#include <string.h>

#include "agent/agent.h"
#include "agent/brief.h"

static enum purpose purpose(const struct state *now)
{
	if (now->failure.script)
		return PURPOSE_REPAIR;
	return now->phase == PHASE_REFINE  ? PURPOSE_REFINE
	       : now->phase == PHASE_GUIDE ? PURPOSE_GUIDE
	                                   : PURPOSE_CREATE;
}

static void add_subtask(struct brief *out, const struct state *now)
{
	const struct subtask *task;

	if (now->subtask >= now->plan.subtasks.count) {
		brief_section(out, "Your task now", "Build the asset of the request, whole.");
		return;
	}
	task = &now->plan.subtasks.items[now->subtask];
	strbuf_addf(&out->now, "\n# Your task now\n\nSubtask %zu of %zu: %s\n%s\n",
	            now->subtask + 1, now->plan.subtasks.count, task->title, task->goal);
	strbuf_addstr(&out->now,
	              "Build this subtask and what it needs. Keep what the script builds "
	              "already. Later subtasks have their own turn.\n");
}

static void add_failure(struct brief *out, const struct script_failed *f)
{
	strbuf_addstr(&out->now, "\n# Your task now: repair\n\n");
	if (f->failure == FAILURE_NAMES)
		strbuf_addstr(&out->now, "The script was not run, since it names what this Blender "
		                         "does not have.\n");
	else
		strbuf_addf(&out->now, "Blender could not finish the script (%s).\n",
		            failure_names[f->failure]);
	if (f->line)
		strbuf_addf(&out->now, "Line %lld: `%s`\n", (long long)f->line,
		            f->source ? f->source : "");
	strbuf_addf(&out->now, "%s%s%s\n", f->type ? f->type : "", f->type ? ": " : "", f->message);
	if (f->traceback)
		strbuf_addf(&out->now, "\n```\n%s\n```\n", f->traceback);
	if (f->printed && *f->printed)
		strbuf_addf(&out->now, "\nIt printed:\n```\n%s\n```\n", f->printed);
}

static void add_warnings(struct brief *out, const struct script_ran *run)
{
	for (size_t i = 0; i < run->warnings.count; i++)
		strbuf_addf(&out->now, "%s- %s\n", i ? "" : "\n# Blender warns\n\n",
		            run->warnings.items[i]);
}

/* What to do, and the pictures that show why. */
static void add_assignment(struct brief *out, const struct material *with, enum purpose why)
{
	const struct state *now = with->now;

	switch (why) {
	case PURPOSE_REPAIR:
		add_failure(out, &now->failure);
		break;
	case PURPOSE_REFINE:
		brief_facts(out, with);
		brief_flaws(out, now);
		brief_views(out, state_version(now), "");
		break;
	case PURPOSE_GUIDE:
		brief_section(out, "Your task now: the user's instruction",
		              now->instruction.text ? now->instruction.text : now->wish);
		brief_flaws(out, now);
		brief_views(out, state_version(now), "");
		break;
	default:
		add_subtask(out, now);
		brief_references(out, now);
		break;
	}
}

static void brief(struct brief *out, const struct material *with)
{
	const struct state *now = with->now;

	brief_begin(out, with, ROLE_CODER);
	brief_script(out, with->script);
	add_assignment(out, with, purpose(now));
	if (now->accepted.id || now->candidate.id)
		add_warnings(out, &now->run);
	brief_documents(out, with);
	if (now->objection)
		brief_section(out, "The user rejected your last proposal", now->objection);
	brief_refusal(out, now);
	if (!*with->script)
		brief_section(out, "Your answer", "The whole script in one ```python block.");
	else if (now->refusals || now->failures > 1)
		brief_section(
			out, "Your answer",
			"The whole script, with the change, in one ```python block. No edits.");
	else
		brief_section(
			out, "Your answer",
			"Edits of the current script, or the whole script if most of it changes.");
}

const struct agent coder = {
	.role = ROLE_CODER,
	.purpose = purpose,
	.brief = brief,
	.says = EV_SCRIPT_WRITTEN,
};
