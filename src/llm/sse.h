#ifndef LLM_SSE_H
#define LLM_SSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Server-sent events from bytes, cut anywhere. As WHATWG has it, and as servers really send it:
 * any mix of line ends, a byte order mark, comments, a last event without its blank line. Some
 * servers glue a bare JSON document onto the stream when they fail; it comes last, as an event
 * of its own.
 */
struct sse_event {
	const char *name; /* "" if it has none */
	const char *data; /* never empty; NUL-terminated */
	size_t len;
	bool cut; /* the stream ended before this event did */
};

typedef void (*sse_fn)(void *ctx, const struct sse_event *ev);

struct sse {
	sse_fn fn;
	void *ctx;
	struct strbuf line, data, bare, name;
	bool started, after_cr, has_data, ending;
};

#define SSE_EVENT_MAX (64u << 20)

/* All zeros, with fn and ctx filled in, is a stream that has not begun. */
void sse_release(struct sse *sse);

/* False only when an event grows beyond SSE_EVENT_MAX. */
bool sse_feed(struct sse *sse, const char *bytes, size_t len, struct error *err);
void sse_end(struct sse *sse);

#endif
