#include "tui/story.h"

#include <stdlib.h>

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

static bool note_run(struct story_version *v, const struct event *ev)
{
	if (!v)
		return false;
	v->fate = ev->kind == EV_SCRIPT_RAN ? STORY_RAN : STORY_FAILED;
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
	case EV_VERDICT_GIVEN:
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
		record_release(&script_failed_type, &v->failure);
		record_release(&facts_type, &v->facts);
		record_release(&views_type, &v->views);
		record_release(&verdict_type, &v->verdict);
	}
	free(story->versions);
	*story = (struct story){ 0 };
}
