#ifndef TUI_PLAN_BILL_H
#define TUI_PLAN_BILL_H

#include <stddef.h>

#include "event/event.h"

/*
 * What each subtask has taken of time and money, also on branches that were left: an undo brings
 * neither back. Agents do not say which subtask a turn is for, but the script that comes of it
 * does. A new plan begins a new bill. All zeros is an empty one.
 */
struct plan_bill_item {
	int64_t took_ms;
	double cost_usd;
};

struct plan_bill {
	struct plan_bill_item *items; /* of subtask 1, 2, ... */
	size_t count;
	struct plan_bill_item open; /* turns whose script is not there yet */
	size_t latest;              /* the subtask of the latest script; 0: none */
};

void plan_bill_hear(struct plan_bill *bill, const struct event *ev);
void plan_bill_release(struct plan_bill *bill);

/* Of a subtask, counted from 1; all zeros if it has taken nothing. */
struct plan_bill_item plan_bill_of(const struct plan_bill *bill, size_t subtask);

#endif
