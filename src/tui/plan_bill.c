#include "tui/plan_bill.h"

#include <stdlib.h>

#include "base/mem.h"

#define SUBTASKS_MOST 1000

static void charge(struct plan_bill *bill, size_t subtask, struct plan_bill_item item)
{
	if (!subtask || subtask > SUBTASKS_MOST)
		return;
	if (subtask > bill->count) {
		bill->items = xrealloc(bill->items, subtask * sizeof(*bill->items));
		while (bill->count < subtask)
			bill->items[bill->count++] = (struct plan_bill_item){ 0 };
	}
	bill->items[subtask - 1].took_ms += item.took_ms;
	bill->items[subtask - 1].cost_usd += item.cost_usd;
}

static void charge_time(struct plan_bill *bill, int64_t took_ms)
{
	charge(bill, bill->latest, (struct plan_bill_item){ .took_ms = took_ms });
}

static void hear_turn(struct plan_bill *bill, const struct turn_ended *turn)
{
	bill->open.took_ms += turn->took_ms;
	if (turn->cost_usd > 0)
		bill->open.cost_usd += turn->cost_usd;
}

void plan_bill_hear(struct plan_bill *bill, const struct event *ev)
{
	if (ev->kind == EV_PLAN_MADE) {
		plan_bill_release(bill);
	} else if (ev->kind == EV_TURN_ENDED) {
		hear_turn(bill, &ev->body.turn_end);
	} else if (ev->kind == EV_SCRIPT_WRITTEN) {
		bill->latest = ev->body.script.subtask > 0 ? (size_t)ev->body.script.subtask : 0;
		charge(bill, bill->latest, bill->open);
		bill->open = (struct plan_bill_item){ 0 };
	} else if (ev->kind == EV_SCRIPT_RAN) {
		charge_time(bill, ev->body.ran.took_ms);
	} else if (ev->kind == EV_SCRIPT_FAILED) {
		charge_time(bill, ev->body.failed.took_ms);
	} else if (ev->kind == EV_VIEWS_DRAWN) {
		charge_time(bill, ev->body.views.took_ms);
	}
}

void plan_bill_release(struct plan_bill *bill)
{
	free(bill->items);
	*bill = (struct plan_bill){ 0 };
}

struct plan_bill_item plan_bill_of(const struct plan_bill *bill, size_t subtask)
{
	if (!subtask || subtask > bill->count)
		return (struct plan_bill_item){ 0 };
	return bill->items[subtask - 1];
}
