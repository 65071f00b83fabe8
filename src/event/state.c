#include "event/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void set(char **text, const char *to)
{
	char *copy = to && *to ? xstrdup(to) : NULL;

	free(*text);
	*text = copy;
}

static void version_release(struct version *v)
{
	free(v->blob);
	record_release(&facts_type, &v->facts);
	record_release(&views_type, &v->views);
	*v = (struct version){ 0 };
}

static void version_copy(struct version *to, const struct version *from)
{
	version_release(to);
	*to = *from;
	to->blob = from->blob ? xstrdup(from->blob) : NULL;
	record_copy(&to->facts, &facts_type, &from->facts);
	record_copy(&to->views, &views_type, &from->views);
}

static void drop_flaws(struct state *s)
{
	for (size_t i = 0; i < s->flaws.count; i++) {
		struct open_flaw *f = &s->flaws.items[i];

		record_release(&flaw_type, &f->flaw);
		free(f->evidence);
	}
	free(s->flaws.items);
	s->flaws.items = NULL;
	s->flaws.count = 0;
}

static void take_flaws(struct state *s, const struct flaw *list, size_t count)
{
	drop_flaws(s);
	s->flaws.items = count ? xcalloc(count, sizeof(*s->flaws.items)) : NULL;
	s->flaws.count = count;
	for (size_t i = 0; i < count; i++)
		record_copy(&s->flaws.items[i].flaw, &flaw_type, &list[i]);
}

static void drop_documents(struct state *s)
{
	record_release(&documents_type, &s->documents);
	record_release(&documents_type, &s->answers);
	record_release(&documents_wanted_type, &s->wanted);
	set(&s->digest, NULL);
}

/* The next step begins: nothing of the last one's trouble counts any more. */
static void begin_step(struct state *s)
{
	drop_documents(s);
	s->look_ups = 0;
	s->failures = 0;
	s->refusals = 0;
	s->attempts = 0;
	set(&s->refusal, NULL);
	set(&s->objection, NULL);
	record_release(&script_failed_type, &s->failure);
}

/* A prompt that waited waits no longer. */
static void leave_queue(struct queue *queue, const char *text)
{
	struct queue rest = *queue, copy = { 0 };

	if (!queue->list.count || strcmp(queue->list.items[0].text, text) != 0)
		return;
	rest.list.items++;
	rest.list.count--;
	record_copy(&copy, &queue_type, &rest);
	record_release(&queue_type, queue);
	*queue = copy;
}

static void on_prompt(struct state *s, const struct event *ev)
{
	const struct prompt_given *p = &ev->body.prompt;

	leave_queue(&s->queue, p->text);
	if (s->prompt) {
		set(&s->wish, p->text);
		record_release(&instruction_type, &s->instruction);
		drop_flaws(s);
		s->tally.instructions++;
	} else {
		set(&s->prompt, p->text);
	}
	for (size_t i = 0; i < p->images.count; i++) {
		s->images.items =
			xrealloc(s->images.items, (s->images.count + 1) * sizeof(*s->images.items));
		s->images.items[s->images.count++] = xstrdup(p->images.items[i]);
	}
	version_release(&s->candidate);
	begin_step(s);
}

static void on_phase(struct state *s, const struct event *ev)
{
	s->phase = ev->body.phase.phase;
	s->round = ev->body.phase.round;
	s->phase_began_ms = ev->at_ms;
	begin_step(s);
}

static void on_plan(struct state *s, const struct event *ev)
{
	size_t count = ev->body.plan.subtasks.count;

	record_release(&plan_type, &s->plan);
	record_copy(&s->plan, &plan_type, &ev->body.plan);
	free(s->subtasks);
	s->subtasks = xcalloc(count + 1, sizeof(*s->subtasks));
	s->subtask = 0;
	if (count)
		s->subtasks[0] = SUBTASK_ACTIVE;
	begin_step(s);
}

/* What is done or under way stays; only what comes after it can have changed. */
static void on_plan_changed(struct state *s, const struct event *ev)
{
	size_t count = ev->body.plan.subtasks.count, old = s->plan.subtasks.count;

	if (count < s->subtask)
		return;
	record_release(&plan_type, &s->plan);
	record_copy(&s->plan, &plan_type, &ev->body.plan);
	s->subtasks = xrealloc(s->subtasks, (count + 1) * sizeof(*s->subtasks));
	for (size_t i = old < s->subtask ? old : s->subtask; i <= count; i++)
		s->subtasks[i] = i == s->subtask ? SUBTASK_ACTIVE : SUBTASK_WAITING;
}

static void on_queue(struct state *s, const struct event *ev)
{
	record_release(&queue_type, &s->queue);
	record_copy(&s->queue, &queue_type, &ev->body.queue);
}

void usage_add(struct usage *u, const struct turn_ended *t)
{
	u->calls++;
	u->failed += t->error != NULL;
	u->input_tokens += t->input_tokens > 0 ? t->input_tokens : 0;
	u->cached_tokens += t->cached_tokens > 0 ? t->cached_tokens : 0;
	u->output_tokens += t->output_tokens > 0 ? t->output_tokens : 0;
	u->took_ms += t->took_ms;
	if (t->cost_usd >= 0)
		u->cost_usd += t->cost_usd;
	else
		u->unpriced++;
}

static void on_turn_ended(struct state *s, const struct event *ev)
{
	usage_add(&s->usage[ev->role], &ev->body.turn_end);
}

static void on_refused(struct state *s, const struct event *ev)
{
	s->refusals++;
	s->tally.refused++;
	set(&s->refusal, ev->body.refused.why);
}

/* What comes before a turn of the coder is not what it asks for in the middle of one. */
static void on_documents(struct state *s, const struct event *ev)
{
	const struct documents *d = &ev->body.documents;
	struct documents *to = d->was_wanted ? &s->answers : &s->documents;

	s->tally.look_ups++;
	record_release(&documents_wanted_type, &s->wanted);
	record_release(&documents_type, to);
	record_copy(to, &documents_type, d);
}

static void on_wanted(struct state *s, const struct event *ev)
{
	s->look_ups++;
	s->refusals = 0;
	set(&s->refusal, NULL);
	record_release(&documents_wanted_type, &s->wanted);
	record_copy(&s->wanted, &documents_wanted_type, &ev->body.wanted);
}

static void on_digest(struct state *s, const struct event *ev)
{
	s->refusals = 0;
	set(&s->refusal, NULL);
	set(&s->digest, ev->body.digest.text);
}

static void on_written(struct state *s, const struct event *ev)
{
	const struct script_written *w = &ev->body.script;
	struct documents_wanted doubts = { w->search };

	version_release(&s->candidate);
	record_release(&verdict_type, &s->verdict);
	record_release(&documents_wanted_type, &s->doubts);
	record_copy(&s->doubts, &documents_wanted_type, &doubts);
	s->waiting = false;
	s->candidate.id = ev->id;
	s->candidate.blob = xstrdup(w->blob);
	s->candidate.by = ev->role;
	s->candidate.purpose = w->purpose;
	s->refusals = 0;
	set(&s->refusal, NULL);
}

static void on_ran(struct state *s, const struct event *ev)
{
	if (ev->body.ran.script != s->candidate.id)
		return;
	s->candidate.ran = true;
	s->tally.repaired += s->failures;
	if (s->failures)
		drop_documents(s); /* they are about what was wrong with it */
	s->failures = 0;
	record_release(&script_failed_type, &s->failure);
	record_release(&script_ran_type, &s->run);
	record_copy(&s->run, &script_ran_type, &ev->body.ran);
}

static void on_failed(struct state *s, const struct event *ev)
{
	if (ev->body.failed.script != s->candidate.id)
		return;
	drop_documents(s);
	s->failures++;
	s->tally.errors++;
	s->tally.caught += ev->body.failed.failure == FAILURE_NAMES;
	record_release(&script_failed_type, &s->failure);
	record_copy(&s->failure, &script_failed_type, &ev->body.failed);
}

static struct version *version_of(struct state *s, int64_t script)
{
	return !script                     ? NULL
	       : script == s->candidate.id ? &s->candidate
	       : script == s->accepted.id  ? &s->accepted
	                                   : NULL;
}

static void on_facts(struct state *s, const struct event *ev)
{
	struct version *v = version_of(s, ev->body.facts.script);

	if (!v)
		return;
	record_release(&facts_type, &v->facts);
	record_copy(&v->facts, &facts_type, &ev->body.facts);
}

static void on_views(struct state *s, const struct event *ev)
{
	struct version *v = version_of(s, ev->body.views.script);

	if (!v)
		return;
	record_release(&views_type, &v->views);
	record_copy(&v->views, &views_type, &ev->body.views);
}

static void on_flaws(struct state *s, const struct event *ev)
{
	s->fit = ev->body.flaws.fit;
	s->refusals = 0;
	set(&s->critique, ev->body.flaws.summary);
	take_flaws(s, ev->body.flaws.list.items, ev->body.flaws.list.count);
}

static void on_instruction(struct state *s, const struct event *ev)
{
	s->refusals = 0;
	record_release(&instruction_type, &s->instruction);
	record_copy(&s->instruction, &instruction_type, &ev->body.instruction);
	take_flaws(s, ev->body.instruction.checks.items, ev->body.instruction.checks.count);
}

static void on_verdict(struct state *s, const struct event *ev)
{
	const struct verdict *v = &ev->body.verdict;

	s->fit = v->fit;
	s->attempts++;
	s->refusals = 0;
	for (size_t i = 0; i < v->rulings.count; i++) {
		for (size_t k = 0; k < s->flaws.count; k++) {
			struct open_flaw *f = &s->flaws.items[k];

			if (strcmp(f->flaw.id, v->rulings.items[i].flaw) != 0)
				continue;
			f->status = v->rulings.items[i].status;
			set(&f->evidence, v->rulings.items[i].evidence);
		}
	}
	record_release(&verdict_type, &s->verdict);
	record_copy(&s->verdict, &verdict_type, v);
}

static void on_gate(struct state *s, const struct event *ev)
{
	s->waiting = true;
	s->gate = ev->body.gate.gate;
	set(&s->question, ev->body.gate.question);
}

static void finish_subtask(struct state *s, enum subtask_status as)
{
	if (s->subtask >= s->plan.subtasks.count)
		return;
	s->subtasks[s->subtask++] = as;
	if (s->subtask < s->plan.subtasks.count)
		s->subtasks[s->subtask] = SUBTASK_ACTIVE;
}

static void accept_script(struct state *s)
{
	bool first_try = s->attempts <= 1 && !s->objection;

	if (!s->candidate.id)
		return;
	if (s->phase == PHASE_CREATE)
		finish_subtask(s, SUBTASK_DONE);
	if (s->phase == PHASE_GUIDE && s->candidate.by == ROLE_CODER && first_try)
		s->tally.at_first_try++;
	version_copy(&s->accepted, &s->candidate);
	version_release(&s->candidate);
	begin_step(s);
}

static void reject_script(struct state *s, const struct gate_answered *a)
{
	begin_step(s);
	version_release(&s->candidate);
	set(&s->objection, a->text);
	for (size_t i = 0; i < s->flaws.count; i++)
		s->flaws.items[i].status = FLAW_OPEN;
}

static void on_answer(struct state *s, const struct event *ev)
{
	const struct gate_answered *a = &ev->body.answer;

	s->waiting = false;
	s->answered = a->gate;
	s->answer = a->answer;
	set(&s->question, NULL);
	if (a->gate == GATE_SCRIPT && a->answer == ANSWER_ACCEPT)
		accept_script(s);
	else if (a->gate == GATE_SCRIPT)
		reject_script(s, a);
	else if (a->gate == GATE_PLAN && a->answer != ANSWER_ACCEPT)
		set(&s->objection, a->text);
	else if (a->gate == GATE_HELP && a->answer == ANSWER_ACCEPT && s->phase == PHASE_CREATE &&
	         s->candidate.by != ROLE_USER)
		finish_subtask(s, SUBTASK_SKIPPED);
	if (a->gate == GATE_HELP) {
		char *text = a->text ? xstrdup(a->text) : NULL;

		begin_step(s);
		version_release(&s->candidate);
		set(&s->objection, text);
		free(text);
	}
}

static void on_trouble(struct state *s, const struct event *ev)
{
	s->trouble_code = ev->body.trouble.code;
	set(&s->trouble, ev->body.trouble.text);
}

/* Taken up again: what stopped it may be mended by now. */
static void on_opened(struct state *s, const struct event *ev)
{
	(void)ev;
	s->is_over = false;
	s->trouble_code = 0;
	set(&s->trouble, NULL);
}

static void on_ended(struct state *s, const struct event *ev)
{
	s->is_over = true;
	s->ending = ev->body.ended.ending;
	set(&s->ending_text, ev->body.ended.text);
}

static void on_autonomy(struct state *s, const struct event *ev)
{
	s->autonomy = ev->body.autonomy.autonomy;
}

static void (*const appliers[EV_COUNT])(struct state *s, const struct event *ev) = {
	[EV_PROMPT_GIVEN] = on_prompt,
	[EV_PHASE_BEGAN] = on_phase,
	[EV_PLAN_MADE] = on_plan,
	[EV_TURN_ENDED] = on_turn_ended,
	[EV_REPLY_REFUSED] = on_refused,
	[EV_SCRIPT_WRITTEN] = on_written,
	[EV_SCRIPT_RAN] = on_ran,
	[EV_SCRIPT_FAILED] = on_failed,
	[EV_FACTS_FOUND] = on_facts,
	[EV_VIEWS_DRAWN] = on_views,
	[EV_FLAWS_FOUND] = on_flaws,
	[EV_INSTRUCTION_READ] = on_instruction,
	[EV_VERDICT_GIVEN] = on_verdict,
	[EV_GATE_OPENED] = on_gate,
	[EV_GATE_ANSWERED] = on_answer,
	[EV_TROUBLE] = on_trouble,
	[EV_ENDED] = on_ended,
	[EV_SESSION_OPENED] = on_opened,
	[EV_AUTONOMY_SET] = on_autonomy,
	[EV_QUEUE_CHANGED] = on_queue,
	[EV_PLAN_CHANGED] = on_plan_changed,
	[EV_DOCUMENTS_FOUND] = on_documents,
	[EV_DOCUMENTS_WANTED] = on_wanted,
	[EV_DOCUMENTS_READ] = on_digest,
};

/* A gate before a turn holds up what was to come anyway: the rules look past it. */
static bool moves(const struct event *ev)
{
	if (ev->kind == EV_GATE_OPENED)
		return ev->body.gate.gate != GATE_TURN;
	if (ev->kind == EV_GATE_ANSWERED)
		return ev->body.answer.gate != GATE_TURN;
	return event_types[ev->kind].moves;
}

void state_apply(struct state *s, const struct event *ev)
{
	if (event_types[ev->kind].live || ev->kind == EV_HEAD_MOVED)
		return;
	if (!s->head)
		s->fit = -1;
	if (s->last_ms && ev->at_ms > s->last_ms && ev->kind != EV_SESSION_OPENED && !s->waiting)
		s->tally.phase_ms[s->phase] += ev->at_ms - s->last_ms;
	s->last_ms = ev->at_ms;
	s->head = ev->id;
	if (moves(ev)) {
		s->latest = ev->kind;
		s->latest_role = ev->role;
		s->begun = true;
		s->is_over = false;
	}
	if (appliers[ev->kind])
		appliers[ev->kind](s, ev);
	talk_hear(&s->talk, ev);
}

void state_release(struct state *s)
{
	drop_flaws(s);
	version_release(&s->accepted);
	version_release(&s->candidate);
	record_release(&queue_type, &s->queue);
	record_release(&plan_type, &s->plan);
	record_release(&script_ran_type, &s->run);
	record_release(&script_failed_type, &s->failure);
	record_release(&instruction_type, &s->instruction);
	record_release(&verdict_type, &s->verdict);
	record_release(&documents_wanted_type, &s->doubts);
	drop_documents(s);
	for (size_t i = 0; i < s->images.count; i++)
		free((char *)(uintptr_t)s->images.items[i]);
	free(s->images.items);
	free(s->subtasks);
	free(s->prompt);
	free(s->wish);
	free(s->refusal);
	free(s->objection);
	free(s->critique);
	free(s->question);
	free(s->trouble);
	free(s->ending_text);
	talk_release(&s->talk);
	*s = (struct state){ 0 };
}

const struct version *state_version(const struct state *s)
{
	return s->candidate.id ? &s->candidate : &s->accepted;
}

size_t state_open_flaws(const struct state *s)
{
	size_t open = 0;

	for (size_t i = 0; i < s->flaws.count; i++)
		open += s->flaws.items[i].status != FLAW_RESOLVED;
	return open;
}

struct usage usage_total(const struct usage *by_role)
{
	struct usage all = { 0 };

	for (int i = 0; i < ROLE_COUNT; i++) {
		const struct usage *u = &by_role[i];

		all.calls += u->calls;
		all.failed += u->failed;
		all.input_tokens += u->input_tokens;
		all.cached_tokens += u->cached_tokens;
		all.output_tokens += u->output_tokens;
		all.cost_usd += u->cost_usd;
		all.unpriced += u->unpriced;
		all.took_ms += u->took_ms;
	}
	return all;
}

struct usage state_usage(const struct state *s)
{
	return usage_total(s->usage);
}
