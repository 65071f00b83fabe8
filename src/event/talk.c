#include "event/talk.h"

#include <stdlib.h>

#include "base/mem.h"

/* Names are enough: what is to be read of them is for the coder, and changes each time. */
#define MOST_DOCUMENTS 5u

static void say(struct talk *talk, const struct event *ev, enum role role, struct strbuf *text)
{
	if (talk->count == talk->cap) {
		talk->cap = talk->cap ? 2 * talk->cap : 16;
		talk->items = xrealloc(talk->items, talk->cap * sizeof(*talk->items));
	}
	while (text->len && text->buf[text->len - 1] == '\n')
		text->buf[--text->len] = '\0';
	talk->items[talk->count++] = (struct utterance){ ev->id, role, strbuf_detach(text) };
}

static const char *or_none(const char *text)
{
	return text && *text ? text : "-";
}

static void tell_plan(struct strbuf *out, const struct plan *plan)
{
	strbuf_addf(out, "Plan: %s. %s\n", plan->title, plan->summary);
	for (size_t i = 0; i < plan->parts.count; i++) {
		const struct plan_part *p = &plan->parts.items[i];

		strbuf_addf(out, "- part %s: %s; size %s; material %s; parent %s (%s)\n", p->name,
		            p->looks, p->size, or_none(p->material), or_none(p->parent),
		            or_none(p->relation));
	}
	for (size_t i = 0; i < plan->subtasks.count; i++)
		strbuf_addf(out, "%zu. %s: %s\n", i + 1, plan->subtasks.items[i].title,
		            plan->subtasks.items[i].goal);
}

static void tell_flaw(struct strbuf *out, const struct flaw *f)
{
	strbuf_addf(out, "- %s (%s, %s) %s Fix: %s", f->id, f->part, severity_names[f->severity],
	            f->problem, f->fix);
	strbuf_addf(out, f->view ? " [%s view]\n" : "\n", f->view);
}

static void tell_verdict(struct strbuf *out, const struct verdict *v)
{
	strbuf_addf(out, "%s, fit %lld/10. %s\n", v->approved ? "Approved" : "Not approved",
	            (long long)v->fit, v->summary);
	for (size_t i = 0; i < v->rulings.count; i++) {
		const struct ruling *r = &v->rulings.items[i];

		strbuf_addf(out, "- %s: %s. %s\n", r->flaw, flaw_status_names[r->status],
		            r->evidence);
	}
}

static void tell_instruction(struct strbuf *out, const struct instruction *in)
{
	strbuf_addf(out, "Instruction: %s\n", in->text);
	for (size_t i = 0; i < in->keep.count; i++)
		strbuf_addf(out, "%s%s%s", i ? ", " : "Keep: ", in->keep.items[i],
		            i + 1 == in->keep.count ? "\n" : "");
	for (size_t i = 0; i < in->checks.count; i++)
		tell_flaw(out, &in->checks.items[i]);
}

static void tell_wanted(struct strbuf *out, const text_list *queries)
{
	for (size_t i = 0; i < queries->count; i++)
		strbuf_addf(out, "%s%s", i ? "; " : "Looks up first: ", queries->items[i]);
}

static void tell_documents(struct strbuf *out, const struct documents *d)
{
	size_t said = 0;

	for (size_t i = 0; i < d->list.count && said < MOST_DOCUMENTS; i++)
		if (d->list.items[i].is_packed)
			strbuf_addf(out, "%s%s", said++ ? ", " : "Found in the documentation: ",
			            d->list.items[i].ident);
}

static void tell_failure(struct strbuf *out, const struct script_failed *f)
{
	strbuf_addf(out, "The script failed (%s)", failure_names[f->failure]);
	if (f->line && f->failure != FAILURE_NAMES) /* of which each says its own */
		strbuf_addf(out, " in line %lld", (long long)f->line);
	strbuf_addf(out, ": %s%s%s", f->type ? f->type : "", f->type ? ": " : "", f->message);
}

static void tell_answer(struct strbuf *out, const struct gate_answered *a)
{
	static const char *const words[] = { "Accepted", "Rejected", "Rejected; do this instead" };

	if (a->automatic && a->answer == ANSWER_ACCEPT)
		return;
	strbuf_addf(out, "%s%s%s", words[a->answer], a->text ? ": " : ".", a->text ? a->text : "");
}

void talk_hear(struct talk *talk, const struct event *ev)
{
	struct strbuf text = { 0 };
	enum role role = ev->role;

	switch (ev->kind) {
	case EV_PROMPT_GIVEN:
		strbuf_addstr(&text, ev->body.prompt.text);
		break;
	case EV_NOTE_GIVEN:
		strbuf_addf(&text, "Note: %s", ev->body.note.text);
		break;
	case EV_PLAN_CHANGED:
		strbuf_addstr(&text, "I changed the plan. ");
		tell_plan(&text, &ev->body.plan);
		break;
	case EV_PLAN_MADE:
		tell_plan(&text, &ev->body.plan);
		break;
	case EV_DOCUMENTS_WANTED:
		tell_wanted(&text, &ev->body.wanted.queries);
		break;
	case EV_DOCUMENTS_FOUND:
		tell_documents(&text, &ev->body.documents);
		break;
	case EV_SCRIPT_WRITTEN:
		strbuf_addstr(&text, or_none(ev->body.script.note));
		break;
	case EV_SCRIPT_FAILED:
		tell_failure(&text, &ev->body.failed);
		break;
	case EV_FLAWS_FOUND:
		strbuf_addf(&text, "Fit %lld/10. %s\n", (long long)ev->body.flaws.fit,
		            ev->body.flaws.summary);
		for (size_t i = 0; i < ev->body.flaws.list.count; i++)
			tell_flaw(&text, &ev->body.flaws.list.items[i]);
		break;
	case EV_INSTRUCTION_READ:
		tell_instruction(&text, &ev->body.instruction);
		break;
	case EV_VERDICT_GIVEN:
		tell_verdict(&text, &ev->body.verdict);
		break;
	case EV_GATE_ANSWERED:
		if (ev->body.answer.gate != GATE_TURN)
			tell_answer(&text, &ev->body.answer);
		break;
	default:
		break;
	}
	if (text.len)
		say(talk, ev, role, &text);
	strbuf_release(&text);
}

void talk_release(struct talk *talk)
{
	for (size_t i = 0; i < talk->count; i++)
		free(talk->items[i].text);
	free(talk->items);
	*talk = (struct talk){ 0 };
}
