#include "tui/delivery.h"

static bool can_answer(const struct delivery_place *at)
{
	if (!at->now->waiting || at->now->gate == GATE_TURN)
		return false;
	return at->now->gate != GATE_SCRIPT || at->is_in_review;
}

bool delivery_is_possible(enum delivery delivery, const struct delivery_place *at)
{
	switch (delivery) {
	case DELIVERY_NOTE:
		return at->now->begun;
	case DELIVERY_NOW:
		return at->now->begun && at->is_busy;
	case DELIVERY_VERDICT:
		return can_answer(at);
	default:
		return true;
	}
}

enum delivery delivery_usual(const struct delivery_place *at)
{
	return can_answer(at) ? DELIVERY_VERDICT : DELIVERY_PROMPT;
}

enum delivery delivery_next(enum delivery delivery, const struct delivery_place *at)
{
	do
		delivery = (delivery + 1) % DELIVERY_COUNT;
	while (!delivery_is_possible(delivery, at));
	return delivery;
}

static void tell_prompt(struct strbuf *out, const struct delivery_place *at, bool is_short)
{
	bool is_first = !at->now->queue.list.count;

	if (!at->now->begun && is_first)
		strbuf_addstr(out, is_short ? "now" : "now, to the planner");
	else if (at->is_busy || !is_first)
		strbuf_addstr(out, is_short ? "later" : "when they are done");
	else if (at->now->waiting)
		strbuf_addstr(out, is_short ? "later" : "after what waits for you");
	else
		strbuf_addstr(out, "now");
}

static void tell_verdict(struct strbuf *out, const struct state *now, bool is_short)
{
	if (is_short)
		strbuf_addstr(out, "instead");
	else if (now->gate == GATE_SCRIPT)
		strbuf_addf(out, "with the verdict, drops #%lld", (long long)now->candidate.id);
	else
		strbuf_addstr(out, now->gate == GATE_PLAN ? "instead of this plan"
		                                          : "as your answer to them");
}

void delivery_tell(struct strbuf *out, enum delivery delivery, const struct delivery_place *at,
                   bool is_short)
{
	if (delivery == DELIVERY_PROMPT)
		tell_prompt(out, at, is_short);
	else if (delivery == DELIVERY_NOTE)
		strbuf_addstr(out, "next turn");
	else if (delivery == DELIVERY_NOW)
		strbuf_addstr(out, is_short ? "stops them" : "now, stops the turn");
	else
		tell_verdict(out, at->now, is_short);
}
