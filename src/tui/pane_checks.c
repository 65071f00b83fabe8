#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "event/tell.h"
#include "tui/house.h"
#include "tui/remarks.h"

/*
 * What measuring shows of the version, and what critic and verifier say of it. Where all panes
 * compare two versions, each value stands with what it was before, and what changed comes first.
 */
struct checks_pane {
	struct pane pane;
	struct remarks remarks;
	size_t changes; /* of those that were drawn last */
};

static void close(void *pane)
{
	remarks_release(&((struct checks_pane *)pane)->remarks);
}

static bool is_same_fact(const struct fact *a, const struct fact *b)
{
	return !strcmp(a->kind, b->kind) && !strcmp(a->part ? a->part : "", b->part ? b->part : "");
}

static const struct fact *find_fact(const struct facts *in, const struct fact *what)
{
	for (size_t i = 0; in && i < in->problems.count; i++)
		if (is_same_fact(&in->problems.items[i], what))
			return &in->problems.items[i];
	return NULL;
}

static void add_problem(struct checks_pane *p, const struct fact *f, const char *news)
{
	bool is_low = f->severity == SEVERITY_LOW;

	remarks_add(&p->remarks, is_low ? LOOK_DIM : LOOK_BAD, is_low ? MARK_WAITING : MARK_BAD,
	            "%s%s: %s", news, f->kind, f->text);
}

/* New ones, then those that are gone. */
static void add_changed_problems(struct checks_pane *p, const struct facts *now,
                                 const struct facts *before)
{
	for (size_t i = 0; i < now->problems.count; i++)
		if (!find_fact(before, &now->problems.items[i])) {
			add_problem(p, &now->problems.items[i], "new: ");
			p->changes++;
		}
	for (size_t i = 0; i < before->problems.count; i++) {
		const struct fact *f = &before->problems.items[i];

		if (find_fact(now, f))
			continue;
		remarks_add(&p->remarks, LOOK_GOOD, MARK_DONE, "gone: %s: %s", f->kind, f->text);
		p->changes++;
	}
}

/* Those that were there before, too; without anything before, all of them. */
static void add_other_problems(struct checks_pane *p, const struct facts *now,
                               const struct facts *before)
{
	for (size_t i = 0; i < now->problems.count; i++)
		if (!before || find_fact(before, &now->problems.items[i]))
			add_problem(p, &now->problems.items[i], "");
	if (!now->problems.count)
		remarks_add(&p->remarks, LOOK_GOOD, MARK_DONE,
		            "nothing floats, overlaps, is open or inside out");
}

static const char *arrow(const struct checks_pane *p)
{
	return house_is_plain(p->pane.house) ? "->" : "\u2192";
}

/* One that has a number; those that are as they were are for later. */
static void add_number(struct checks_pane *p, const char *name, int64_t now, int64_t before,
                       bool is_changed)
{
	if ((now != before) != is_changed)
		return;
	p->changes += is_changed;
	if (is_changed)
		remarks_add(&p->remarks, LOOK_TEXT, MARK_ACTIVE, "%s %lld %s %lld", name,
		            (long long)before, arrow(p), (long long)now);
	else
		remarks_add(&p->remarks, LOOK_GOOD, MARK_DONE, "%s %lld, as before", name,
		            (long long)now);
}

static void add_size(struct checks_pane *p, const char *now, const char *before, bool is_changed)
{
	if (!now || !before || (strcmp(now, before) != 0) != is_changed)
		return;
	p->changes += is_changed;
	if (is_changed)
		remarks_add(&p->remarks, LOOK_TEXT, MARK_ACTIVE, "size %s %s %s", before, arrow(p),
		            now);
	else
		remarks_add(&p->remarks, LOOK_GOOD, MARK_DONE, "size %s, as before", now);
}

static void add_numbers(struct checks_pane *p, const struct story_version *v,
                        const struct story_version *base, bool is_changed)
{
	if (v->is_judged && base->is_judged)
		add_number(p, "fit", v->fit, base->fit, is_changed);
	add_size(p, v->facts.size, base->facts.size, is_changed);
	add_number(p, "objects", v->facts.objects, base->facts.objects, is_changed);
	add_number(p, "faces", v->facts.faces, base->facts.faces, is_changed);
}

static void add_comparison(struct checks_pane *p, const struct story_version *v,
                           const struct story_version *base)
{
	add_changed_problems(p, &v->facts, &base->facts);
	add_numbers(p, v, base, true);
	add_other_problems(p, &v->facts, &base->facts);
	add_numbers(p, v, base, false);
}

static void add_plain(struct checks_pane *p, const struct story_version *v)
{
	struct strbuf text = { 0 };

	strbuf_addf(&text, "%s, ", v->facts.size);
	tell_count(&text, v->facts.objects, "object");
	strbuf_addstr(&text, ", ");
	tell_count(&text, v->facts.faces, "face");
	remarks_add(&p->remarks, LOOK_GOOD, MARK_DONE, "%s", strbuf_str(&text));
	strbuf_release(&text);
	add_other_problems(p, &v->facts, NULL);
}

static void add_flaws(struct checks_pane *p, const struct state *now)
{
	static const enum mark marks[] = {
		[FLAW_OPEN] = MARK_BAD, [FLAW_PARTLY] = MARK_ACTIVE, [FLAW_RESOLVED] = MARK_DONE
	};
	static const enum look looks[] = {
		[FLAW_OPEN] = LOOK_BAD, [FLAW_PARTLY] = LOOK_WARN, [FLAW_RESOLVED] = LOOK_GOOD
	};

	if (now->fit >= 0)
		remarks_add(&p->remarks, LOOK_STRONG, MARK_HERE, "fits the prompt %lld/10",
		            (long long)now->fit);
	for (size_t i = 0; i < now->flaws.count; i++) {
		const struct open_flaw *f = &now->flaws.items[i];

		remarks_add(&p->remarks, looks[f->status], marks[f->status], "%s %s: %s (%s)",
		            f->flaw.id, f->flaw.part, f->evidence ? f->evidence : f->flaw.problem,
		            flaw_status_names[f->status]);
	}
}

static void add_run(struct checks_pane *p, const struct story_version *v)
{
	struct strbuf took = { 0 };

	if (v->fate == STORY_FAILED)
		remarks_add(&p->remarks, LOOK_BAD, MARK_BAD, "%s", v->failure.message);
	if (v->fate == STORY_FAILED || !v->run_ms)
		return;
	text_add_duration(&took, v->run_ms);
	remarks_add(&p->remarks, LOOK_DIM, MARK_WAITING, "ran in Blender: %s", strbuf_str(&took));
	strbuf_release(&took);
}

static void write_all(struct checks_pane *p)
{
	const struct house *h = p->pane.house;
	const struct story_version *v = story_version(house_story(h), house_version(h));
	const struct story_version *base = story_version(house_story(h), house_base(h));

	remarks_clear(&p->remarks);
	p->changes = 0;
	if (!v) {
		remarks_add(&p->remarks, LOOK_DIM, MARK_WAITING, "There is no script yet.");
		return;
	}
	if (v->fate == STORY_FAILED)
		add_run(p, v);
	if (!v->facts.size)
		remarks_add(&p->remarks, LOOK_DIM, MARK_WAITING, "not measured yet");
	else if (base && base->facts.size)
		add_comparison(p, v, base);
	else
		add_plain(p, v);
	if (house_mode(h) != MODE_REVIEW) /* there the critique says it */
		add_flaws(p, session_state(house_session(h)));
	if (v->fate != STORY_FAILED)
		add_run(p, v);
}

static void draw(void *pane, struct canvas *on)
{
	struct checks_pane *p = pane;

	write_all(p);
	remarks_draw(&p->remarks, on);
}

static void badge(void *pane, struct strbuf *out)
{
	const struct house *h = ((struct pane *)pane)->house;
	const struct story_version *v = story_version(house_story(h), house_version(h));

	if (v && v->facts.size)
		strbuf_addf(out, "%zu to look at", v->facts.problems.count);
}

static void foot(void *pane, struct strbuf *out)
{
	struct checks_pane *p = pane;

	if (house_base(p->pane.house) && p->changes)
		strbuf_addf(out, "%zu changed", p->changes);
	remarks_foot(&p->remarks, out);
}

static bool on_move(void *pane, enum move move)
{
	return remarks_move(&((struct checks_pane *)pane)->remarks, move);
}

static void on_click(void *pane, int row, int col)
{
	(void)col;
	remarks_click(&((struct checks_pane *)pane)->remarks, row);
}

static struct matches find(void *pane, const char *text, int by)
{
	return remarks_find(&((struct checks_pane *)pane)->remarks, text, by);
}

static bool copy(void *pane, struct strbuf *out)
{
	return remarks_copy(&((struct checks_pane *)pane)->remarks, out);
}

const struct pane_type checks_pane = {
	.id = PANE_CHECKS,
	.title = "Checks",
	.size = sizeof(struct checks_pane),
	.close = close,
	.draw = draw,
	.badge = badge,
	.foot = foot,
	.move = on_move,
	.click = on_click,
	.find = find,
	.copy = copy,
};
