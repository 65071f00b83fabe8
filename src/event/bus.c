#include "event/bus.h"

#include <stdlib.h>

#include "base/mem.h"

struct listener {
	struct listener *next;
	event_fn fn;
	void *ctx;
	bool left;     /* gone, but the round in progress may still stand on it */
	uint64_t from; /* hears only what is sent from this number on */
};

struct letter {
	struct letter *next;
	uint64_t number;
	struct event ev;
};

struct bus {
	struct loop *loop;
	keep_fn keep;
	void *keep_ctx;
	struct listener *listeners;
	struct letter *first, **last;
	uint64_t sent;
	struct timer *round;
	bool broken; /* an event could not be kept */
};

struct bus *bus_new(struct loop *loop)
{
	struct bus *bus = NEW(struct bus);

	bus->loop = loop;
	bus->last = &bus->first;
	return bus;
}

static void sweep(struct bus *bus)
{
	struct listener **at = &bus->listeners;

	while (*at) {
		struct listener *l = *at;

		if (l->left) {
			*at = l->next;
			free(l);
		} else {
			at = &l->next;
		}
	}
}

void bus_free(struct bus *bus)
{
	while (bus->first) {
		struct letter *letter = bus->first;

		bus->first = letter->next;
		event_release(&letter->ev);
		free(letter);
	}
	for (struct listener *l = bus->listeners; l; l = l->next)
		l->left = true;
	sweep(bus);
	timer_free(bus->round);
	free(bus);
}

void bus_keep(struct bus *bus, keep_fn fn, void *ctx)
{
	bus->keep = fn;
	bus->keep_ctx = ctx;
}

void bus_join(struct bus *bus, event_fn fn, void *ctx)
{
	struct listener **at = &bus->listeners;
	struct listener *l = NEW(struct listener);

	l->fn = fn;
	l->ctx = ctx;
	l->from = bus->sent;
	while (*at)
		at = &(*at)->next;
	*at = l;
}

void bus_leave(struct bus *bus, event_fn fn, void *ctx)
{
	for (struct listener *l = bus->listeners; l; l = l->next)
		if (l->fn == fn && l->ctx == ctx)
			l->left = true;
}

/* Deliver what was waiting when the round began; what listeners send meanwhile is for the next. */
static void deliver(void *ctx)
{
	struct bus *bus = ctx;
	struct letter *letter = bus->first;

	bus->first = NULL;
	bus->last = &bus->first;
	bus->round = NULL;
	while (letter) {
		struct letter *next = letter->next;
		bool live = event_types[letter->ev.kind].live;

		if (!live && bus->keep && !bus->broken)
			bus->broken = !bus->keep(&letter->ev, bus->keep_ctx);
		for (struct listener *l = bus->listeners; l; l = l->next)
			if (!bus->broken && !l->left && l->from <= letter->number)
				l->fn(&letter->ev, l->ctx);
		event_release(&letter->ev);
		free(letter);
		letter = next;
	}
	sweep(bus);
}

void bus_send(struct bus *bus, const struct event *ev)
{
	struct letter *letter = NEW(struct letter);

	event_copy(&letter->ev, ev);
	letter->number = bus->sent++;
	*bus->last = letter;
	bus->last = &letter->next;
	if (!bus->round)
		bus->round = loop_after(bus->loop, 0, deliver, bus);
}

bool bus_is_empty(const struct bus *bus)
{
	return !bus->first;
}
