#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "session/history.h"

/* What has added up on the way to one event. */
struct mark {
	int64_t step; /* its place among the steps, counted from 1; 0: none yet */
	enum phase phase;
	int64_t round;
	enum purpose purpose;
	int64_t script;
	size_t note; /* its place among the notes, counted from 1; 0: none */
	int64_t calls, unpriced;
	double cost_usd;
	int64_t took_ms;
};

struct reader {
	struct journal_index index;
	struct mark *marks; /* one for each entry */
	size_t seen;
	char **notes;
	size_t notes_count;
	struct history *out;
};

static void note(struct reader *r, struct mark *m, const char *text)
{
	m->note = 0;
	if (!text || !*text)
		return;
	r->notes = xrealloc(r->notes, (r->notes_count + 1) * sizeof(*r->notes));
	r->notes[r->notes_count++] = xstrdup(text);
	m->note = r->notes_count;
}

static void count_turn(struct mark *m, const struct turn_ended *t)
{
	m->calls++;
	m->took_ms += t->took_ms;
	if (t->cost_usd >= 0)
		m->cost_usd += t->cost_usd;
	else
		m->unpriced++;
}

static void add_step(struct reader *r, struct mark *m, const struct event *ev)
{
	struct history *h = r->out;
	bool is_plan = ev->body.answer.gate == GATE_PLAN;

	h->steps = xrealloc(h->steps, (h->count + 1) * sizeof(*h->steps));
	h->steps[h->count++] = (struct history_step){
		.id = ev->id,
		.from = m->step ? h->steps[m->step - 1].id : 0,
		.at_ms = ev->at_ms,
		.gate = ev->body.answer.gate,
		.phase = m->phase,
		.round = m->round,
		.purpose = is_plan ? PURPOSE_PLAN : m->purpose,
		.script = is_plan ? 0 : m->script,
		.note = m->note ? xstrdup(r->notes[m->note - 1]) : NULL,
		.automatic = ev->body.answer.automatic,
		.calls = m->calls,
		.unpriced = m->unpriced,
		.cost_usd = m->cost_usd,
		.took_ms = m->took_ms,
	};
	m->step = (int64_t)h->count;
	m->calls = m->unpriced = m->took_ms = 0;
	m->cost_usd = 0;
}

static void read_event(const struct event *ev, void *ctx)
{
	struct reader *r = ctx;
	const struct journal_entry *e = &r->index.entries[r->seen];
	const struct journal_entry *parent = journal_find(&r->index, e->parent);
	struct mark *m = &r->marks[r->seen++];

	if (parent)
		*m = r->marks[parent - r->index.entries];
	if (ev->kind == EV_PHASE_BEGAN) {
		m->phase = ev->body.phase.phase;
		m->round = ev->body.phase.round;
	} else if (ev->kind == EV_PLAN_MADE) {
		note(r, m, ev->body.plan.title);
	} else if (ev->kind == EV_SCRIPT_WRITTEN) {
		note(r, m, ev->body.script.note);
		m->purpose = ev->body.script.purpose;
		m->script = ev->id;
	} else if (ev->kind == EV_TURN_ENDED) {
		count_turn(m, &ev->body.turn_end);
	} else if (ev->kind == EV_SCRIPT_RAN) {
		m->took_ms += ev->body.ran.took_ms;
	} else if (ev->kind == EV_SCRIPT_FAILED) {
		m->took_ms += ev->body.failed.took_ms;
	} else if (ev->kind == EV_VIEWS_DRAWN) {
		m->took_ms += ev->body.views.took_ms;
	} else if (history_is_step(e)) {
		add_step(r, m, ev);
	}
}

static struct history_step *step_of(const struct history *h, int64_t id)
{
	size_t low = 0, high = h->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (h->steps[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < h->count && h->steps[low].id == id ? &h->steps[low] : NULL;
}

static void find_way(struct history *h)
{
	struct history_step *s = step_of(h, h->here);

	for (; s; s = step_of(h, s->from))
		s->is_on_path = true;
}

/* What follows each step, as lists of places counted from 1, the latest first; 0: before all. */
struct family {
	size_t *first, *next;
	size_t *heir; /* the one that goes on at the same depth */
};

static void find_family(struct family *f, const struct history *h)
{
	f->first = xcalloc(h->count + 1, sizeof(size_t));
	f->next = xcalloc(h->count + 1, sizeof(size_t));
	f->heir = xcalloc(h->count + 1, sizeof(size_t));
	for (size_t i = 1; i <= h->count; i++) {
		const struct history_step *s = &h->steps[i - 1], *from = step_of(h, s->from);
		size_t up = from ? (size_t)(from - h->steps) + 1 : 0;
		size_t heir = f->heir[up];

		f->next[i] = f->first[up];
		f->first[up] = i;
		if (!heir || !h->steps[heir - 1].is_on_path)
			f->heir[up] = i;
	}
}

/* Side branches before the heir, each with all that follows it. */
static void put_in_order(struct history *h, const struct family *f)
{
	struct history_step *ordered = xcalloc(h->count + 1, sizeof(*ordered));
	size_t *waiting = xcalloc(h->count + 1, sizeof(*waiting)); /* the last comes next */
	size_t count = 0, used = 0, at = 0;

	for (;;) {
		size_t heir = f->heir[at];
		size_t depth = at ? h->steps[at - 1].depth : 0;

		if (heir) {
			h->steps[heir - 1].depth = depth;
			waiting[count++] = heir;
		}
		for (size_t i = f->first[at]; i; i = f->next[i]) {
			if (i == heir)
				continue;
			h->steps[i - 1].depth = depth + 1;
			waiting[count++] = i;
		}
		if (!count)
			break;
		at = waiting[--count];
		ordered[used++] = h->steps[at - 1];
	}
	free(waiting);
	free(h->steps);
	h->steps = ordered;
}

bool history_read(struct history *out, struct journal *j, struct error *err)
{
	struct reader r = { .index = journal_index(j), .out = out };
	struct family family;
	bool ok;

	*out = (struct history){ .head = r.index.head };
	out->here = history_step_at(&r.index, out->head);
	r.marks = xcalloc(r.index.count + 1, sizeof(*r.marks));
	ok = journal_each(j, read_event, &r, err);
	if (ok) {
		find_way(out);
		find_family(&family, out);
		put_in_order(out, &family);
		free(family.first);
		free(family.next);
		free(family.heir);
	} else {
		history_release(out);
	}
	for (size_t i = 0; i < r.notes_count; i++)
		free(r.notes[i]);
	free(r.notes);
	free(r.marks);
	return ok;
}

bool history_spent(struct usage *out, struct journal *j, struct error *err)
{
	struct journal_index index = journal_index(j);
	struct event ev;

	memset(out, 0, ROLE_COUNT * sizeof(*out));
	for (size_t i = 0; i < index.count; i++) {
		if (index.entries[i].kind != EV_TURN_ENDED)
			continue;
		if (!journal_read(&ev, j, index.entries[i].id, err))
			return false;
		usage_add(&out[ev.role], &ev.body.turn_end);
		event_release(&ev);
	}
	return true;
}

void history_release(struct history *history)
{
	for (size_t i = 0; i < history->count; i++)
		free(history->steps[i].note);
	free(history->steps);
	*history = (struct history){ 0 };
}
