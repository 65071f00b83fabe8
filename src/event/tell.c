#include "event/tell.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

const char *tell_who(enum role role)
{
	return role == ROLE_USER ? "you" : role == ROLE_NONE ? "ll3m" : role_names[role];
}

const char *tell_doing(enum purpose purpose)
{
	static const char *const doing[] = {
		[PURPOSE_NONE] = "works",     [PURPOSE_PLAN] = "plans",
		[PURPOSE_CREATE] = "writes",  [PURPOSE_REPAIR] = "repairs",
		[PURPOSE_REFINE] = "refines", [PURPOSE_GUIDE] = "changes",
		[PURPOSE_CRITIQUE] = "looks", [PURPOSE_VERIFY] = "verifies",
		[PURPOSE_READ] = "reads",     [PURPOSE_HAND] = "edits",
		[PURPOSE_DIGEST] = "sums up",
	};

	return doing[purpose];
}

void tell_count(struct strbuf *out, int64_t count, const char *noun)
{
	strbuf_addf(out, "%" PRId64 " %s%s", count, noun, count == 1 ? "" : "s");
}

void tell_clock(struct strbuf *out, int64_t ms)
{
	int64_t seconds = ms > 0 ? ms / 1000 : 0;

	strbuf_addf(out, "%3" PRId64 ":%02" PRId64, seconds / 60, seconds % 60);
}

static bool is_said(const char *text)
{
	return text && *text;
}

/* ": why", if there is a why. */
static void add_reason(struct strbuf *out, const char *why)
{
	if (is_said(why))
		strbuf_addf(out, ": %s", why);
}

static void add_list(struct strbuf *out, const char *label, const text_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : label, list->items[i]);
	strbuf_addstr(out, list->count ? "\n" : "");
}

static void opened(struct telling *out, const struct event *ev)
{
	const struct session_opened *o = &ev->body.opened;

	strbuf_addf(&out->text, "%s %s", o->resumed ? "takes up again with" : "begins with",
	            o->app);
	if (is_said(o->blender))
		strbuf_addf(&out->text, ", Blender %s", o->blender);
	if (is_said(o->models))
		strbuf_addf(&out->text, ", answers: %s", o->models);
	if (is_said(o->sandbox))
		strbuf_addf(&out->details, "sandbox: %s\n", o->sandbox);
	if (is_said(o->library))
		strbuf_addf(&out->details, "BlenderRAG: %s\n", o->library);
	add_list(&out->details, "switched off: ", &o->without);
	if (o->lost_bytes) {
		out->tone = TONE_WARNING;
		tell_count(&out->details, o->lost_bytes, "byte");
		strbuf_addstr(&out->details,
		              " of a torn last line were cut off; all before it is there\n");
	}
}

static void prompt(struct telling *out, const struct event *ev)
{
	const struct prompt_given *p = &ev->body.prompt;

	strbuf_addstr(&out->text, p->text);
	if (!p->images.count)
		return;
	strbuf_addstr(&out->text, " (with ");
	tell_count(&out->text, (int64_t)p->images.count, "picture");
	strbuf_addstr(&out->text, ")");
}

static void phase(struct telling *out, const struct event *ev)
{
	static const char *const titles[PHASE_COUNT] = { "Creation", "Refinement", "Guidance" };
	const struct phase_began *p = &ev->body.phase;

	out->tone = TONE_HEADING;
	strbuf_addstr(&out->text, titles[p->phase]);
	if (p->phase == PHASE_REFINE)
		strbuf_addf(&out->text, ", round %" PRId64, p->round);
}

static void retried(struct telling *out, const struct event *ev)
{
	out->tone = TONE_WARNING;
	strbuf_addf(&out->text, "no answer (%s); asks again in ", ev->body.retried.why);
	text_add_duration(&out->text, ev->body.retried.wait_ms);
}

/* A turn that ended well is told by what it brought. */
static void turn_ended(struct telling *out, const struct event *ev)
{
	if (!ev->body.turn_end.error)
		return;
	out->tone = TONE_BAD;
	out->took_ms = ev->body.turn_end.took_ms;
	strbuf_addf(&out->text, "no answer: %s", ev->body.turn_end.error);
}

static void refused(struct telling *out, const struct event *ev)
{
	out->tone = TONE_WARNING;
	strbuf_addf(&out->text, "the answer is no use and is asked for again: %s",
	            ev->body.refused.why);
}

static void plan(struct telling *out, const struct event *ev)
{
	const struct plan *p = &ev->body.plan;

	strbuf_addf(&out->text, "plan: %s. %s", p->title, p->summary);
	for (size_t i = 0; i < p->parts.count; i++) {
		const struct plan_part *part = &p->parts.items[i];

		strbuf_addf(&out->details, "- %s: %s; %s", part->name, part->looks, part->size);
		if (is_said(part->material))
			strbuf_addf(&out->details, "; %s", part->material);
		if (is_said(part->parent))
			strbuf_addf(&out->details, "; on %s", part->parent);
		add_reason(&out->details, is_said(part->parent) ? part->relation : NULL);
		strbuf_addstr(&out->details, "\n");
	}
	for (size_t i = 0; i < p->subtasks.count; i++)
		strbuf_addf(&out->details, "%zu. %s\n", i + 1, p->subtasks.items[i].title);
}

static void wanted(struct telling *out, const struct event *ev)
{
	const text_list *queries = &ev->body.wanted.queries;

	for (size_t i = 0; i < queries->count; i++)
		strbuf_addf(&out->text, "%s%s", i ? "; " : "looks up first: ", queries->items[i]);
}

/* "- 0.97 bpy.types.Mesh.shade_smooth: existed in 3.4 (smooth, shade)" */
static void add_document(struct strbuf *out, const struct document *d)
{
	strbuf_addf(out, "- %.2f %s", d->score, d->ident);
	add_reason(out, d->why);
	for (size_t i = 0; i < d->terms.count; i++)
		strbuf_addf(out, "%s%s%s", i ? ", " : " (", d->terms.items[i],
		            i + 1 == d->terms.count ? ")" : "");
	strbuf_addstr(out, d->is_packed ? "\n" : "; not passed on\n");
}

static void documents(struct telling *out, const struct event *ev)
{
	const struct documents *d = &ev->body.documents;

	out->took_ms = d->version ? d->took_ms : -1; /* without one nobody was asked */
	if (d->list.count) {
		tell_count(&out->text, (int64_t)d->list.count, "document");
		strbuf_addf(&out->text, ", best %s", d->list.items[0].ident);
	} else {
		strbuf_addstr(&out->text, "found nothing");
		add_reason(&out->text, d->why);
	}
	add_list(&out->details, "asked: ", &d->asked);
	for (size_t i = 0; i < d->list.count; i++)
		add_document(&out->details, &d->list.items[i]);
}

static void digest(struct telling *out, const struct event *ev)
{
	strbuf_addstr(&out->text, "sums them up for the coder");
	strbuf_addf(&out->details, "%s\n", ev->body.digest.text);
}

static void written(struct telling *out, const struct event *ev)
{
	const struct script_written *w = &ev->body.script;

	strbuf_addf(&out->text, "%s version %" PRId64, tell_doing(w->purpose), ev->id);
	if (w->subtask)
		strbuf_addf(&out->text, ", subtask %" PRId64, w->subtask);
	strbuf_addf(&out->text, " (+%" PRId64 " -%" PRId64 ")", w->added, w->removed);
	add_reason(&out->text, w->note);
}

static void ran(struct telling *out, const struct event *ev)
{
	const struct script_ran *r = &ev->body.ran;

	out->tone = r->warnings.count ? TONE_WARNING : TONE_GOOD;
	out->took_ms = r->took_ms;
	strbuf_addf(&out->text, "version %" PRId64 " runs: ", r->script);
	tell_count(&out->text, r->objects, "object");
	strbuf_addstr(&out->text, ", ");
	tell_count(&out->text, r->faces, "face");
	for (size_t i = 0; i < r->warnings.count; i++)
		strbuf_addf(&out->details, "warning: %s\n", r->warnings.items[i]);
}

static void run_failed(struct telling *out, const struct event *ev)
{
	static const char *const what[] = {
		[FAILURE_ERROR] = "fails",
		[FAILURE_SYNTAX] = "is no Python",
		[FAILURE_TIMEOUT] = "takes too long",
		[FAILURE_EXIT] = "left Blender",
		[FAILURE_MEMORY] = "needs too much memory",
		[FAILURE_CRASH] = "crashed Blender",
		[FAILURE_NOTHING] = "builds nothing",
		[FAILURE_NAMES] = "names what this Blender does not have",
	};
	const struct script_failed *f = &ev->body.failed;

	out->tone = TONE_BAD;
	out->took_ms = f->took_ms;
	strbuf_addf(&out->text, "version %" PRId64 " %s", f->script, what[f->failure]);
	if (f->line && f->failure != FAILURE_NAMES) /* of which each says its own */
		strbuf_addf(&out->text, " in line %" PRId64, f->line);
	if (is_said(f->type))
		strbuf_addf(&out->text, ": %s", f->type);
	add_reason(&out->text, f->message);
	if (is_said(f->source))
		strbuf_addf(&out->details, "%s\n", f->source + strspn(f->source, " \t"));
}

static void fact(struct strbuf *out, const struct fact *f)
{
	strbuf_addf(out, "%s: %s%s%s\n", severity_names[f->severity],
	            is_said(f->part) ? f->part : "", is_said(f->part) ? ": " : "", f->text);
}

static void facts(struct telling *out, const struct event *ev)
{
	const struct facts *f = &ev->body.facts;

	out->tone = f->problems.count ? TONE_WARNING : TONE_PLAIN;
	strbuf_addstr(&out->text, "measures ");
	strbuf_addstr(&out->text, is_said(f->size) ? f->size : "nothing");
	for (size_t i = 0; i < f->problems.count; i++)
		fact(&out->details, &f->problems.items[i]);
}

static void views(struct telling *out, const struct event *ev)
{
	const struct views *v = &ev->body.views;

	out->took_ms = v->took_ms;
	strbuf_addstr(&out->text, "draws ");
	tell_count(&out->text, (int64_t)v->list.count, "view");
	for (size_t i = 0; i < v->list.count; i++)
		strbuf_addf(&out->text, "%s%s", i ? ", " : ": ", v->list.items[i].name);
	if (is_said(v->engine))
		strbuf_addf(&out->text, " (%s)", v->engine);
}

static void add_flaw(struct strbuf *out, const struct flaw *f)
{
	strbuf_addf(out, "%s %s, %s: %s Fix: %s\n", f->id, f->part, severity_names[f->severity],
	            f->problem, f->fix);
}

static void flaws(struct telling *out, const struct event *ev)
{
	const struct flaws *f = &ev->body.flaws;

	out->tone = f->list.count ? TONE_WARNING : TONE_GOOD;
	strbuf_addf(&out->text, "fit %" PRId64 " of 10, ", f->fit);
	tell_count(&out->text, (int64_t)f->list.count, "flaw");
	add_reason(&out->text, f->summary);
	for (size_t i = 0; i < f->list.count; i++)
		add_flaw(&out->details, &f->list.items[i]);
}

static void instruction(struct telling *out, const struct event *ev)
{
	const struct instruction *in = &ev->body.instruction;

	strbuf_addstr(&out->text, in->text);
	add_list(&out->details, "change: ", &in->parts);
	add_list(&out->details, "keep: ", &in->keep);
	for (size_t i = 0; i < in->checks.count; i++)
		add_flaw(&out->details, &in->checks.items[i]);
}

static void verdict(struct telling *out, const struct event *ev)
{
	const struct verdict *v = &ev->body.verdict;

	out->tone = v->approved ? TONE_GOOD : TONE_WARNING;
	strbuf_addf(&out->text, "%s, fit %" PRId64 " of 10", v->approved ? "approves" : "not yet",
	            v->fit);
	add_reason(&out->text, v->summary);
	for (size_t i = 0; i < v->rulings.count; i++) {
		const struct ruling *r = &v->rulings.items[i];

		strbuf_addf(&out->details, "%s %s: %s\n", r->flaw,
		            r->status == FLAW_OPEN ? "still there" : flaw_status_names[r->status],
		            r->evidence);
	}
}

static void gate(struct telling *out, const struct event *ev)
{
	out->tone = TONE_HEADING;
	strbuf_addstr(&out->text, ev->body.gate.question);
}

static void answered(struct telling *out, const struct event *ev)
{
	static const char *const words[] = { "accepted", "rejected", "do this instead" };
	const struct gate_answered *a = &ev->body.answer;

	out->tone = a->answer == ANSWER_ACCEPT ? TONE_GOOD : TONE_WARNING;
	strbuf_addstr(&out->text, words[a->answer]);
	if (a->automatic) {
		out->who = tell_who(ROLE_NONE);
		strbuf_addstr(&out->text, " by itself");
	}
	add_reason(&out->text, a->text);
}

static void autonomy(struct telling *out, const struct event *ev)
{
	static const char *const meaning[] = {
		[AUTONOMY_STEP] = "step: stops before every turn",
		[AUTONOMY_REVIEW] = "review: stops at every plan and every changed script",
		[AUTONOMY_AUTO] = "auto: stops at nothing but trouble",
	};

	strbuf_addf(&out->text, "from now on %s", meaning[ev->body.autonomy.autonomy]);
}

static void note(struct telling *out, const struct event *ev)
{
	strbuf_addf(&out->text, "note: %s", ev->body.note.text);
}

static void plan_changed(struct telling *out, const struct event *ev)
{
	plan(out, ev);
	strbuf_reset(&out->text);
	strbuf_addstr(&out->text, "changed the plan");
}

static void head_moved(struct telling *out, const struct event *ev)
{
	const struct head_moved *h = &ev->body.head;

	strbuf_addf(&out->text, "went %s to step %" PRId64, h->redo ? "forward" : "back", h->to);
}

static void file_written(struct telling *out, const struct event *ev)
{
	const struct file_written *f = &ev->body.file;

	strbuf_addf(&out->text, "wrote %s (%s, ", f->path, f->format);
	text_add_bytes(&out->text, f->bytes > 0 ? (uint64_t)f->bytes : 0);
	strbuf_addstr(&out->text, ")");
}

static void trouble(struct telling *out, const struct event *ev)
{
	out->tone = TONE_BAD;
	strbuf_addf(&out->text, "trouble: %s", ev->body.trouble.text);
}

static void ended(struct telling *out, const struct event *ev)
{
	static const struct {
		const char *word;
		enum tone tone;
	} how[] = {
		[ENDING_DONE] = { "done", TONE_GOOD },
		[ENDING_BUDGET] = { "the budget is used up", TONE_WARNING },
		[ENDING_CANCELLED] = { "cancelled", TONE_WARNING },
		[ENDING_FAILED] = { "failed", TONE_BAD },
	};
	const struct ended *e = &ev->body.ended;

	out->tone = how[e->ending].tone;
	strbuf_addstr(&out->text, how[e->ending].word);
	add_reason(&out->text, e->text);
}

void tell(struct telling *out, const struct event *ev)
{
	static void (*const tellers[EV_COUNT])(struct telling *, const struct event *) = {
		[EV_SESSION_OPENED] = opened,
		[EV_PROMPT_GIVEN] = prompt,
		[EV_PHASE_BEGAN] = phase,
		[EV_TURN_RETRIED] = retried,
		[EV_TURN_ENDED] = turn_ended,
		[EV_REPLY_REFUSED] = refused,
		[EV_PLAN_MADE] = plan,
		[EV_SCRIPT_WRITTEN] = written,
		[EV_SCRIPT_RAN] = ran,
		[EV_SCRIPT_FAILED] = run_failed,
		[EV_FACTS_FOUND] = facts,
		[EV_VIEWS_DRAWN] = views,
		[EV_FLAWS_FOUND] = flaws,
		[EV_INSTRUCTION_READ] = instruction,
		[EV_VERDICT_GIVEN] = verdict,
		[EV_GATE_OPENED] = gate,
		[EV_GATE_ANSWERED] = answered,
		[EV_AUTONOMY_SET] = autonomy,
		[EV_DOCUMENTS_WANTED] = wanted,
		[EV_DOCUMENTS_FOUND] = documents,
		[EV_DOCUMENTS_READ] = digest,
		[EV_NOTE_GIVEN] = note,
		[EV_PLAN_CHANGED] = plan_changed,
		[EV_HEAD_MOVED] = head_moved,
		[EV_FILE_WRITTEN] = file_written,
		[EV_TROUBLE] = trouble,
		[EV_ENDED] = ended,
	};

	strbuf_reset(&out->text);
	strbuf_reset(&out->details);
	out->tone = TONE_PLAIN;
	out->took_ms = -1;
	out->who = tell_who(ev->role);
	if (tellers[ev->kind])
		tellers[ev->kind](out, ev);
}

void telling_release(struct telling *t)
{
	strbuf_release(&t->text);
	strbuf_release(&t->details);
}

void bill_hear(struct bill *bill, const struct event *ev)
{
	const struct turn_ended *t = &ev->body.turn_end;

	if (ev->kind == EV_TURN_ENDED)
		*bill = (struct bill){ ev->role, t->took_ms, t->cost_usd, !t->error };
}

/* As far as it is known. */
static void add_price(struct strbuf *out, int64_t took_ms, double cost_usd)
{
	bool is_priced = cost_usd > 0, is_timed = took_ms >= 0;

	if (!is_priced && !is_timed)
		return;
	strbuf_addstr(out, " (");
	if (is_timed)
		text_add_duration(out, took_ms);
	strbuf_addstr(out, is_timed && is_priced ? ", " : "");
	if (is_priced)
		text_add_usd(out, cost_usd);
	strbuf_addstr(out, ")");
}

void bill_pay(struct bill *bill, struct telling *t, const struct event *ev)
{
	if (bill->is_open && bill->role == ev->role)
		add_price(&t->text, bill->took_ms, bill->cost_usd);
	else
		add_price(&t->text, t->took_ms, 0);
	bill->is_open = false;
}
