#include "tui/story.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static struct story_version *find(const struct story *story, int64_t id)
{
	size_t low = 0, high = story->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (story->versions[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < story->count && story->versions[low].id == id ? &story->versions[low] : NULL;
}

const struct story_version *story_version(const struct story *story, int64_t id)
{
	return find(story, id);
}

/* NULL if there are none. */
static char *open_flaws(const struct story *story)
{
	struct strbuf ids = { 0 };

	for (size_t i = 0; i < story->open.count; i++)
		strbuf_addf(&ids, "%s%s", i ? ", " : "", story->open.items[i]);
	return ids.len ? strbuf_detach(&ids) : NULL;
}

static void add(struct story *story, const struct event *ev)
{
	const struct script_written *w = &ev->body.script;

	story->versions = xrealloc(story->versions, (story->count + 1) * sizeof(*story->versions));
	story->versions[story->count++] = (struct story_version){
		.id = ev->id,
		.from = w->from,
		.at_ms = ev->at_ms,
		.blob = xstrdup(w->blob),
		.note = w->note ? xstrdup(w->note) : NULL,
		.by = ev->role,
		.purpose = w->purpose,
		.subtask = w->subtask,
		.added = w->added,
		.removed = w->removed,
		.asked = w->purpose == PURPOSE_HAND ? NULL : open_flaws(story),
	};
}

/* A verdict and an answer are about the version that was written last before them. */
static struct story_version *last(const struct story *story)
{
	return story->count ? &story->versions[story->count - 1] : NULL;
}

static void keep(void *to, const struct record_type *type, const void *from)
{
	record_release(type, to);
	record_copy(to, type, from);
}

static void decide(struct story *story, const struct event *ev)
{
	struct story_version *v = last(story);

	if (!v || ev->body.answer.gate != GATE_SCRIPT || v->decided)
		return;
	v->fate = ev->body.answer.answer == ANSWER_ACCEPT ? STORY_ACCEPTED : STORY_REJECTED;
	v->decided = ev->id;
}

static void ask_for(struct story *story, const struct flaw *flaws, size_t count)
{
	texts_release(&story->open);
	for (size_t i = 0; i < count; i++)
		texts_add(&story->open, flaws[i].id);
}

/* What is resolved nobody is asked for any more. */
static void settle(struct story *story, const struct verdict *verdict)
{
	text_list left = { 0 };

	for (size_t i = 0; i < story->open.count; i++) {
		bool is_done = verdict->approved;

		for (size_t k = 0; k < verdict->rulings.count; k++)
			is_done |= !strcmp(verdict->rulings.items[k].flaw, story->open.items[i]) &&
			           verdict->rulings.items[k].status == FLAW_RESOLVED;
		if (!is_done)
			texts_add(&left, story->open.items[i]);
	}
	texts_release(&story->open);
	story->open = left;
}

static void judge(struct story *story, int64_t fit)
{
	struct story_version *v = last(story);

	if (!v)
		return;
	v->is_judged = true;
	v->fit = fit;
}

static bool note_run(struct story_version *v, const struct event *ev)
{
	if (!v)
		return false;
	v->fate = ev->kind == EV_SCRIPT_RAN ? STORY_RAN : STORY_FAILED;
	if (ev->kind == EV_SCRIPT_RAN)
		v->run_ms = ev->body.ran.took_ms;
	if (ev->kind == EV_SCRIPT_FAILED)
		keep(&v->failure, &script_failed_type, &ev->body.failed);
	return true;
}

bool story_hear(struct story *story, const struct event *ev)
{
	struct story_version *v;

	switch (ev->kind) {
	case EV_SCRIPT_WRITTEN:
		add(story, ev);
		return true;
	case EV_SCRIPT_RAN:
		return note_run(find(story, ev->body.ran.script), ev);
	case EV_SCRIPT_FAILED:
		return note_run(find(story, ev->body.failed.script), ev);
	case EV_FACTS_FOUND:
		v = find(story, ev->body.facts.script);
		if (v)
			keep(&v->facts, &facts_type, &ev->body.facts);
		return v != NULL;
	case EV_VIEWS_DRAWN:
		v = find(story, ev->body.views.script);
		if (v)
			keep(&v->views, &views_type, &ev->body.views);
		return v != NULL;
	case EV_FLAWS_FOUND:
		ask_for(story, ev->body.flaws.list.items, ev->body.flaws.list.count);
		judge(story, ev->body.flaws.fit);
		return true;
	case EV_INSTRUCTION_READ:
		ask_for(story, ev->body.instruction.checks.items,
		        ev->body.instruction.checks.count);
		return true;
	case EV_PHASE_BEGAN:
	case EV_HEAD_MOVED:
		texts_release(&story->open);
		return false;
	case EV_VERDICT_GIVEN:
		settle(story, &ev->body.verdict);
		judge(story, ev->body.verdict.fit);
		v = last(story);
		if (v)
			keep(&v->verdict, &verdict_type, &ev->body.verdict);
		return v != NULL;
	case EV_GATE_ANSWERED:
		decide(story, ev);
		return true;
	default:
		return false;
	}
}

static void hear(const struct event *ev, void *ctx)
{
	story_hear(ctx, ev);
}

bool story_load(struct story *story, struct journal *journal, struct error *err)
{
	story_release(story);
	return journal_each(journal, hear, story, err);
}

void story_release(struct story *story)
{
	for (size_t i = 0; i < story->count; i++) {
		struct story_version *v = &story->versions[i];

		free(v->blob);
		free(v->note);
		free(v->asked);
		record_release(&script_failed_type, &v->failure);
		record_release(&facts_type, &v->facts);
		record_release(&views_type, &v->views);
		record_release(&verdict_type, &v->verdict);
	}
	free(story->versions);
	texts_release(&story->open);
	*story = (struct story){ 0 };
}
