#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "session/dump_inside.h"

#define CONTEXT_LINES 3

static void add_pictures(struct dump *d, const struct view *views, size_t count, bool *ok,
                         struct error *err)
{
	struct strbuf bytes = { 0 };
	struct error ignored;

	if (!count || !*ok)
		return;
	d->markup->pictures(d, true);
	for (size_t i = 0; i < count && *ok; i++) {
		bool found = blob_get(&bytes, d->blobs, views[i].blob, &ignored) &&
		             dump_picture_type(&bytes);

		*ok = d->markup->picture(d, views[i].name, views[i].blob, found ? &bytes : NULL,
		                         err) &&
		      dump_flush(d, err);
	}
	d->markup->pictures(d, false);
	strbuf_release(&bytes);
}

static void add_facts(struct dump *d)
{
	const struct usage all = usage_total(d->spent);
	struct strbuf value = { 0 };

	if (d->last.plan.title)
		d->markup->fact(d, "Plan", d->last.plan.title);
	tell_count(&value, all.calls, "question");
	strbuf_addstr(&value, " to models, ");
	text_add_usd(&value, all.cost_usd);
	if (all.unpriced)
		strbuf_addf(&value, " and %" PRId64 " of unknown price", all.unpriced);
	d->markup->fact(d, "Cost", strbuf_str(&value));
	strbuf_reset(&value);
	for (int phase = 0; phase < PHASE_COUNT; phase++) {
		strbuf_addf(&value, "%s%s ", phase ? ", " : "", phase_names[phase]);
		text_add_duration(&value, d->last.tally.phase_ms[phase]);
	}
	d->markup->fact(d, "Time", strbuf_str(&value));
	strbuf_reset(&value);
	tell_count(&value, d->last.run.objects, "object");
	strbuf_addstr(&value, ", ");
	tell_count(&value, d->last.run.faces, "face");
	if (d->last.accepted.facts.size)
		strbuf_addf(&value, ", %s", d->last.accepted.facts.size);
	if (d->last.accepted.id)
		d->markup->fact(d, "Result", strbuf_str(&value));
	strbuf_release(&value);
}

bool page_begin(struct dump *d, const struct markup *markup, struct error *err)
{
	const struct views *views = &d->last.accepted.views;
	bool ok = file_draft(&d->draft, d->to, err);

	if (!ok)
		return false;
	d->markup = markup;
	markup->begin(d, d->last.prompt ? d->last.prompt : "A session without a prompt");
	add_facts(d);
	add_pictures(d, views->list.items, views->list.count, &ok, err);
	return ok && dump_flush(d, err);
}

/* The text of a version, empty if there is none or it is gone. */
static void read_version(struct strbuf *out, const struct dump *d, int64_t id)
{
	struct error ignored;
	struct event ev;

	strbuf_reset(out);
	if (!id || !journal_read(&ev, d->journal, id, &ignored))
		return;
	if (ev.kind == EV_SCRIPT_WRITTEN && !blob_get(out, d->blobs, ev.body.script.blob, &ignored))
		strbuf_reset(out);
	event_release(&ev);
}

static void add_diff(struct dump *d, const struct event *ev)
{
	struct strbuf before = { 0 }, after = { 0 };
	struct error ignored;
	struct diff diff;

	read_version(&before, d, ev->body.script.from);
	read_version(&after, d, ev->id);
	if (diff_make(&diff, (struct text_span){ strbuf_str(&before), before.len },
	              (struct text_span){ strbuf_str(&after), after.len }, CONTEXT_LINES,
	              &ignored)) {
		if (diff.hunk_count)
			d->markup->diff(d, &diff);
		diff_release(&diff);
	}
	strbuf_release(&before);
	strbuf_release(&after);
}

static void add_references(struct dump *d, const text_list *images, bool *ok, struct error *err)
{
	for (size_t i = 0; i < images->count; i++) {
		const struct view reference = { .name = "reference", .blob = images->items[i] };

		add_pictures(d, &reference, 1, ok, err);
	}
}

/* What a sentence cannot say. */
static bool add_more(struct dump *d, const struct event *ev, struct error *err)
{
	const struct views *views = &ev->body.views;
	bool ok = true;

	if (ev->kind == EV_PROMPT_GIVEN)
		add_references(d, &ev->body.prompt.images, &ok, err);
	else if (ev->kind == EV_SCRIPT_WRITTEN)
		add_diff(d, ev);
	else if (ev->kind == EV_VIEWS_DRAWN)
		add_pictures(d, views->list.items, views->list.count, &ok, err);
	else if (dump_is_step(d, ev))
		d->markup->step(d, ev->id);
	return ok;
}

bool page_event(struct dump *d, const struct event *ev, struct error *err)
{
	struct telling *t = &d->telling;

	if (!d->began_ms)
		d->began_ms = ev->at_ms;
	bill_hear(&d->bill, ev);
	tell(t, ev);
	if (!t->text.len || ev->kind == EV_GATE_OPENED)
		return true;
	bill_pay(&d->bill, t, ev);
	if (ev->kind == EV_PHASE_BEGAN)
		d->markup->heading(d, t->text.buf);
	else
		d->markup->entry(d, t, ev->at_ms - d->began_ms);
	return add_more(d, ev, err) && dump_flush(d, err);
}

bool page_end(struct dump *d, struct error *err)
{
	struct strbuf script = { 0 };

	read_version(&script, d, d->last.accepted.id);
	if (script.len) {
		d->markup->heading(d, "The script");
		d->markup->script(d, (struct text_span){ script.buf, script.len });
	}
	d->markup->end(d);
	strbuf_release(&script);
	return dump_flush(d, err) && file_draft_keep(&d->draft, d->to, err);
}
