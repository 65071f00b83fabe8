#include "tui/critique.h"

#include "event/tell.h"

/* Flaws look the same wherever they are listed. */
static void add_flaw(struct remarks *out, const struct open_flaw *f)
{
	static const struct {
		enum look look;
		enum mark mark;
		const char *words;
	} rulings[] = {
		[FLAW_OPEN] = { LOOK_BAD, MARK_BAD, "still there" },
		[FLAW_PARTLY] = { LOOK_WARN, MARK_ACTIVE, "partly" },
		[FLAW_RESOLVED] = { LOOK_GOOD, MARK_DONE, "done" },
	};

	if (!f->evidence) {
		remarks_add(out, LOOK_TEXT, MARK_WAITING, "%s %s: %s", f->flaw.id, f->flaw.part,
		            f->flaw.problem);
		return;
	}
	remarks_add(out, rulings[f->status].look, rulings[f->status].mark, "%s %s, %s: %s",
	            f->flaw.id, f->flaw.part, rulings[f->status].words, f->evidence);
	remarks_add(out, LOOK_DIM, MARK_COUNT, "asked: %s", f->flaw.problem);
}

static void add_subtask(struct remarks *out, const struct state *now, int64_t number)
{
	size_t count = now->plan.subtasks.count;

	if (number < 1 || (size_t)number > count)
		return;
	remarks_add(out, LOOK_STRONG, MARK_PROMPT, "asked: part %lld of %zu, %s", (long long)number,
	            count, now->plan.subtasks.items[number - 1].title);
	remarks_add(out, LOOK_DIM, MARK_COUNT, "%s", now->plan.subtasks.items[number - 1].goal);
}

static void add_asked(struct remarks *out, const struct state *now, const struct story_version *v)
{
	if (v->purpose == PURPOSE_HAND)
		remarks_add(out, LOOK_STRONG, MARK_PROMPT, "your own edit");
	else if (now->phase == PHASE_GUIDE && now->wish)
		remarks_add(out, LOOK_STRONG, MARK_PROMPT, "you asked: %s", now->wish);
	else if (now->phase != PHASE_REFINE)
		add_subtask(out, now, v->subtask);
	for (size_t i = 0; i < now->flaws.count && v->purpose != PURPOSE_HAND; i++)
		add_flaw(out, &now->flaws.items[i]);
	if (now->objection)
		remarks_add(out, LOOK_WARN, MARK_ACTIVE, "you rejected the one before: %s",
		            now->objection);
}

static void add_verdict(struct remarks *out, const struct story_version *v)
{
	const struct verdict *said = &v->verdict;

	if (!said->summary)
		return;
	remarks_add(out, said->approved ? LOOK_GOOD : LOOK_WARN,
	            said->approved ? MARK_DONE : MARK_ACTIVE, "verifier, %s, fit %lld of 10: %s",
	            said->approved ? "approves" : "not yet", (long long)said->fit, said->summary);
}

/* Versions of this step that did not get this far. */
static size_t count_tries(const struct story *story, const struct story_version *v)
{
	size_t count = 0;

	while ((v = story_version(story, v->from)) && v->fate != STORY_ACCEPTED)
		count++;
	return count;
}

static void add_author(struct remarks *out, const struct house *h, const struct story_version *v)
{
	size_t tries = count_tries(house_story(h), v);

	if (v->note)
		remarks_add(out, LOOK_TEXT, MARK_PROMPT, "%s: %s", tell_who(v->by), v->note);
	if (tries)
		remarks_add(out, LOOK_DIM, MARK_WAITING, "%zu %s before it", tries,
		            tries == 1 ? "version failed or was sent back"
		                       : "versions failed or were sent back");
}

/* The whole of what the critic saw comes after what it led to. */
static void add_critic(struct remarks *out, const struct state *now, const struct story_version *v)
{
	if (now->phase == PHASE_REFINE && now->critique && v->purpose != PURPOSE_HAND)
		remarks_add(out, LOOK_DIM, MARK_WAITING, "critic: %s", now->critique);
}

/* What the coder had read when it wrote that. */
static void add_documents(struct remarks *out, const struct documents *d)
{
	struct strbuf idents = { 0 };

	for (size_t i = 0; i < d->list.count; i++)
		if (d->list.items[i].is_packed)
			strbuf_addf(&idents, "%s%s", idents.len ? ", " : "",
			            d->list.items[i].ident);
	if (idents.len)
		remarks_add(out, LOOK_DIM, MARK_WAITING, "looked up: %s", idents.buf);
	strbuf_release(&idents);
}

void critique_write(struct remarks *out, const struct house *h)
{
	const struct state *now = session_state(house_session(h));
	const struct story_version *v = story_version(house_story(h), house_version(h));

	remarks_clear(out);
	if (!v)
		return;
	add_asked(out, now, v);
	add_verdict(out, v);
	add_author(out, h, v);
	add_critic(out, now, v);
	add_documents(out, &now->documents);
	remarks_add(out, LOOK_DIM, MARK_WAITING, "accepting it asks nobody and costs nothing");
}
