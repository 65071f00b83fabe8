#ifndef EVENT_BUS_H
#define EVENT_BUS_H

#include "base/loop.h"
#include "event/event.h"

/*
 * Everyone who wants to know hears of every event, in the order they joined, and nobody hears
 * of event n+1 before all have heard of event n. The keeper comes before them all, so nothing
 * is shown that is not saved: once it has failed, nobody hears of anything any more.
 */
struct bus;

typedef void (*event_fn)(const struct event *ev, void *ctx);
typedef bool (*keep_fn)(struct event *ev, void *ctx); /* false: could not be kept */

struct bus *bus_new(struct loop *loop);
void bus_free(struct bus *bus);
void bus_keep(struct bus *bus, keep_fn fn, void *ctx); /* the journal: numbers and saves */
void bus_join(struct bus *bus, event_fn fn, void *ctx);
void bus_leave(struct bus *bus, event_fn fn, void *ctx);
void bus_send(struct bus *bus, const struct event *ev); /* copied; delivered from the loop */
bool bus_is_empty(const struct bus *bus);               /* nothing is on its way */

#endif
