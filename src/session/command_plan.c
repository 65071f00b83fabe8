#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "session/inside.h"

/* What a command wants of the plan: a subtask by its number, counted from 1, and a text. */
struct change {
	struct plan plan; /* a copy with room for one more */
	size_t at;
	struct text_span text;
};

static struct subtask read_subtask(struct text_span text)
{
	const char *colon = memchr(text.at, ':', text.len);
	size_t len = colon ? (size_t)(colon - text.at) : text.len;
	struct text_span title = text_trim((struct text_span){ text.at, len });
	struct text_span goal =
		colon ? text_trim((struct text_span){ colon + 1, text.len - len - 1 }) : title;

	return (struct subtask){ .title = xstrndup(title.at, title.len),
		                 .goal = xstrndup(goal.at, goal.len) };
}

static void release_subtask(struct subtask *t)
{
	free((char *)(uintptr_t)t->title);
	free((char *)(uintptr_t)t->goal);
	texts_release(&t->parts);
}

static void drop(struct change *c)
{
	struct subtask *items = c->plan.subtasks.items;

	release_subtask(&items[c->at - 1]);
	memmove(items + c->at - 1, items + c->at,
	        (c->plan.subtasks.count-- - c->at) * sizeof(*items));
}

static void swap(struct change *c, size_t a, size_t b)
{
	struct subtask held = c->plan.subtasks.items[a - 1];

	c->plan.subtasks.items[a - 1] = c->plan.subtasks.items[b - 1];
	c->plan.subtasks.items[b - 1] = held;
}

static void up(struct change *c)
{
	swap(c, c->at, c->at - 1);
}

static void down(struct change *c)
{
	swap(c, c->at, c->at + 1);
}

static void add(struct change *c)
{
	struct subtask *items = c->plan.subtasks.items;

	memmove(items + c->at, items + c->at - 1,
	        (c->plan.subtasks.count++ - c->at + 1) * sizeof(*items));
	items[c->at - 1] = read_subtask(c->text);
}

/* Which parts it builds stays as it was. */
static void edit(struct change *c)
{
	struct subtask *old = &c->plan.subtasks.items[c->at - 1];
	struct subtask subtask = read_subtask(c->text);

	subtask.parts = old->parts;
	old->parts = (text_list){ 0 };
	release_subtask(old);
	*old = subtask;
}

static const struct verb {
	const char *name;
	void (*change)(struct change *c);
	size_t above, below; /* how many that may be changed have to be there beside it */
	bool has_text;
} verbs[] = {
	{ "drop", drop },
	{ "up", up, .above = 1 },
	{ "down", down, .below = 1 },
	{ "add", add, .has_text = true },
	{ "edit", edit, .has_text = true },
};

static const struct verb *find_verb(struct text_span word)
{
	for (size_t i = 0; i < COUNT(verbs); i++)
		if (text_is(word, verbs[i].name))
			return &verbs[i];
	return NULL;
}

/* The first subtask that may be changed: in the gate of the plan all, later those to come. */
static size_t first_open(const struct state *now)
{
	bool is_begun = now->subtask || !now->waiting || now->gate != GATE_PLAN;

	return now->subtask + (is_begun ? 2 : 1);
}

static bool check(const struct verb *v, struct change *c, struct text_span word, size_t first,
                  struct error *err)
{
	size_t count = c->plan.subtasks.count;
	size_t last = v->change == add ? count + 1 : count;

	c->at = last;
	if (v->change == add && word.len && !text_is_number(&c->at, word, last))
		c->text =
			(struct text_span){ word.at, (size_t)(c->text.at + c->text.len - word.at) };
	else if (v->change != add && !text_is_number(&c->at, word, last))
		return failed(err, ERR_USAGE, "plan: write the number of a subtask, 1 to %zu",
		              last);
	if (c->at < first + v->above || c->at + v->below > last)
		return failed(err, ERR_USAGE,
		              "plan: subtask %zu cannot be changed like that: only those from %zu "
		              "to %zu have not begun",
		              c->at, first, count);
	if (v->has_text && !c->text.len)
		return failed(err, ERR_USAGE, "plan: write \"title: goal\" behind it");
	return true;
}

static void copy_plan(struct change *c, const struct plan *plan)
{
	size_t room = plan->subtasks.count + 1;

	record_copy(&c->plan, &plan_type, plan);
	c->plan.subtasks.items =
		xrealloc(c->plan.subtasks.items, room * sizeof(*c->plan.subtasks.items));
}

bool cmd_plan(struct session *s, const char *args, struct error *err)
{
	struct text_span rest = text_span(args);
	const struct verb *v = find_verb(text_next_word(&rest));
	struct text_span number = text_next_word(&rest);
	struct change c = { .text = rest };
	bool ok;

	if (!v)
		return failed(err, ERR_USAGE, "plan: write drop, up, down, add or edit");
	if (!s->state.plan.subtasks.count)
		return failed(err, ERR_USAGE, "plan: there is none yet");
	copy_plan(&c, &s->state.plan);
	ok = check(v, &c, number, first_open(&s->state), err);
	if (ok) {
		v->change(&c);
		session_send(s, EV_PLAN_CHANGED, ROLE_USER, &(union event_body){ .plan = c.plan });
	}
	record_release(&plan_type, &c.plan);
	return ok;
}
