#include "llm/sse.h"

#include <string.h>

void sse_release(struct sse *sse)
{
	strbuf_release(&sse->line);
	strbuf_release(&sse->data);
	strbuf_release(&sse->bare);
	strbuf_release(&sse->name);
}

static void deliver(struct sse *sse, const char *name, const struct strbuf *data)
{
	struct sse_event ev = { name, strbuf_str(data), data->len, sse->ending };

	if (data->len)
		sse->fn(sse->ctx, &ev);
}

static void event_ends(struct sse *sse)
{
	if (sse->has_data)
		deliver(sse, strbuf_str(&sse->name), &sse->data);
	strbuf_reset(&sse->data);
	strbuf_reset(&sse->name);
	sse->has_data = false;
}

static void take_field(struct sse *sse, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);
	size_t name_len = colon ? (size_t)(colon - line) : len;
	const char *value = colon ? colon + 1 : line + len;
	size_t value_len = (size_t)(line + len - value);

	if (value_len && *value == ' ') {
		value++;
		value_len--;
	}
	if (name_len == 4 && !memcmp(line, "data", 4)) {
		if (sse->has_data)
			strbuf_addstr(&sse->data, "\n");
		sse->has_data = true;
		strbuf_add(&sse->data, value, value_len);
	} else if (name_len == 5 && !memcmp(line, "event", 5)) {
		strbuf_reset(&sse->name);
		strbuf_add(&sse->name, value, value_len);
	}
}

static void take_line(struct sse *sse, const char *line, size_t len)
{
	if (!sse->started && len >= 3 && !memcmp(line, "\xef\xbb\xbf", 3)) {
		line += 3;
		len -= 3;
	}
	sse->started = true;
	if (!len) {
		event_ends(sse);
	} else if (*line == '{' || *line == '[' || sse->bare.len) {
		strbuf_add(&sse->bare, line, len);
		strbuf_addstr(&sse->bare, "\n");
	} else {
		take_field(sse, line, len);
	}
}

bool sse_feed(struct sse *sse, const char *bytes, size_t len, struct error *err)
{
	const char *end = bytes + len;

	while (bytes < end) {
		const char *stop, *cr;
		size_t n;

		/* The LF of a CRLF that fell between two reads. */
		if (sse->after_cr && *bytes == '\n')
			bytes++;
		sse->after_cr = false;
		stop = memchr(bytes, '\n', (size_t)(end - bytes));
		cr = memchr(bytes, '\r', (size_t)((stop ? stop : end) - bytes));
		stop = cr ? cr : stop ? stop : end;
		n = (size_t)(stop - bytes);
		if (sse->line.len + sse->data.len + sse->bare.len + n > SSE_EVENT_MAX)
			return failed(err, ERR_PROTOCOL, "the server sent an event over %u MiB",
			              SSE_EVENT_MAX >> 20);
		if (stop == end || sse->line.len)
			strbuf_add(&sse->line, bytes, n);
		if (stop == end)
			break;
		if (sse->line.len)
			take_line(sse, strbuf_str(&sse->line), sse->line.len);
		else
			take_line(sse, bytes, n);
		strbuf_reset(&sse->line);
		sse->after_cr = cr != NULL;
		bytes = stop + 1;
	}
	return true;
}

void sse_end(struct sse *sse)
{
	sse->ending = true;
	if (sse->line.len)
		take_line(sse, strbuf_str(&sse->line), sse->line.len);
	strbuf_reset(&sse->line);
	event_ends(sse);
	deliver(sse, "", &sse->bare);
	strbuf_reset(&sse->bare);
}
