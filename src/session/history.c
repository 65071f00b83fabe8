#include "session/history.h"

#include <inttypes.h>

/* How much an event means to somebody who undoes. */
enum news {
	NEWS_NONE, /* bookkeeping: nobody would miss it */
	NEWS_TALK, /* about what is there already; over when the phase or the work ended */
	NEWS_WORK, /* something new was wished for or made */
};

static enum news news_of(const struct journal_entry *e)
{
	static const enum news news[EV_COUNT] = {
		[EV_PROMPT_GIVEN] = NEWS_WORK,   [EV_PLAN_MADE] = NEWS_WORK,
		[EV_SCRIPT_WRITTEN] = NEWS_WORK, [EV_INSTRUCTION_READ] = NEWS_WORK,
		[EV_FLAWS_FOUND] = NEWS_TALK,    [EV_VERDICT_GIVEN] = NEWS_TALK,
		[EV_GATE_ANSWERED] = NEWS_WORK,
	};

	return e->kind == EV_GATE_ANSWERED && e->gate == GATE_TURN ? NEWS_NONE : news[e->kind];
}

bool history_is_step(const struct journal_entry *e)
{
	return e->kind == EV_GATE_ANSWERED && e->answer == ANSWER_ACCEPT &&
	       (e->gate == GATE_PLAN || e->gate == GATE_SCRIPT);
}

static const struct journal_entry *parent_of(const struct journal_index *index,
                                             const struct journal_entry *e)
{
	return journal_find(index, e->parent);
}

int64_t history_step_at(const struct journal_index *index, int64_t id)
{
	const struct journal_entry *e = journal_find(index, id);

	while (e && !history_is_step(e))
		e = parent_of(index, e);
	return e ? e->id : 0;
}

static int64_t first_prompt(const struct journal_index *index, int64_t id)
{
	const struct journal_entry *e = journal_find(index, id);
	int64_t prompt = 0;

	for (; e; e = parent_of(index, e))
		if (e->kind == EV_PROMPT_GIVEN)
			prompt = e->id;
	return prompt;
}

/* Whether anything worth undoing stands between an event on the way and the one it leads to. */
static bool has_news(const struct journal_index *index, int64_t from, int64_t to)
{
	const struct journal_entry *e = journal_find(index, to);
	bool is_over = false;

	for (; e && e->id != from; e = parent_of(index, e)) {
		enum news news = news_of(e);

		if (news == NEWS_WORK || (news == NEWS_TALK && !is_over))
			return true;
		is_over = is_over || e->kind == EV_ENDED || e->kind == EV_PHASE_BEGAN;
	}
	return false;
}

/* Where one undo leads from `at`; `at` itself when there is nothing left to undo. */
static int64_t undone(const struct journal_index *index, int64_t at)
{
	int64_t prompt = first_prompt(index, at);
	int64_t step = history_step_at(index, at);
	const struct journal_entry *e;

	if (!prompt)
		return at;
	if (!step)
		return has_news(index, prompt, at) ? prompt : at;
	if (has_news(index, step, at))
		return step;
	e = journal_find(index, step);
	step = history_step_at(index, e->parent);
	return step ? step : prompt;
}

bool history_undo(int64_t *to, const struct journal_index *index, size_t steps, struct error *err)
{
	int64_t at = index->head;

	while (steps--) {
		int64_t before = undone(index, at);

		if (before == at)
			break;
		at = before;
	}
	if (at == index->head)
		return failed(err, ERR_USAGE, "there is nothing to undo");
	*to = at;
	return true;
}

/* The head before the undos that nothing new has followed; 0: there were none. */
static int64_t undone_head(const struct journal_index *index)
{
	int64_t tip = 0;

	for (size_t i = 0; i < index->count; i++) {
		const struct journal_entry *e = &index->entries[i];

		if (e->kind != EV_HEAD_MOVED)
			tip = news_of(e) ? 0 : tip;
		else if (e->to == tip)
			tip = 0;
		else if (!tip && !e->redo)
			tip = e->parent;
	}
	return tip;
}

/* Where two ways part: ids grow along each, so the later of two events is never the one. */
static int64_t parting(const struct journal_index *index, int64_t a, int64_t b)
{
	while (a != b) {
		int64_t *later = a > b ? &a : &b;

		*later = journal_find(index, *later)->parent;
	}
	return a;
}

/* The nth step after `from` on the way to `to`; `to` itself when there are not so many. */
static int64_t nth_step(const struct journal_index *index, int64_t from, int64_t to, size_t n)
{
	const struct journal_entry *end = journal_find(index, to);
	size_t count = 0;

	for (const struct journal_entry *e = end; e && e->id != from; e = parent_of(index, e))
		count += history_is_step(e);
	for (const struct journal_entry *e = end; e && e->id != from; e = parent_of(index, e))
		if (history_is_step(e) && count-- == n)
			return e->id;
	return to;
}

bool history_redo(int64_t *to, const struct journal_index *index, size_t steps, struct error *err)
{
	int64_t tip = undone_head(index);
	int64_t from;

	if (!tip || !steps)
		return failed(err, ERR_USAGE, "there is nothing to redo");
	from = parting(index, index->head, tip);
	*to = has_news(index, from, index->head) ? tip : nth_step(index, from, tip, steps);
	/* The tip may say more, that the work had ended for one, and not less. */
	if (!has_news(index, *to, tip))
		*to = tip;
	return true;
}

bool history_find(const struct journal_index *index, int64_t number, struct error *err)
{
	int64_t below = 0, above = 0;

	for (size_t i = 0; i < index->count; i++) {
		const struct journal_entry *e = &index->entries[i];

		if (!history_is_step(e))
			continue;
		if (e->id == number)
			return true;
		if (e->id < number)
			below = e->id;
		else if (!above)
			above = e->id;
	}
	if (!below && !above)
		return failed(err, ERR_USAGE,
		              "there is no step %" PRId64 ": nothing has been accepted yet",
		              number);
	if (!below || !above)
		return failed(err, ERR_USAGE,
		              "there is no step %" PRId64 "; the nearest is %" PRId64, number,
		              below ? below : above);
	return failed(err, ERR_USAGE,
	              "there is no step %" PRId64 "; the nearest are %" PRId64 " and %" PRId64,
	              number, below, above);
}
