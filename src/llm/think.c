#include "llm/think.h"

#include <ctype.h>
#include <string.h>

static const char *tag(const struct think *t)
{
	return t->inside ? "</think>" : "<think>";
}

static bool is_blank(const char *text, size_t len)
{
	while (len && isspace((unsigned char)text[len - 1]))
		len--;
	return !len;
}

static void say(struct think *t, const char *text, size_t len, think_fn fn, void *ctx)
{
	if (!len)
		return;
	if (!t->inside && !is_blank(text, len))
		t->begun = true;
	fn(ctx, t->inside, text, len);
}

/* The held bytes turned out to be words. */
static void let_go(struct think *t, think_fn fn, void *ctx)
{
	size_t len = t->held_len;

	t->held_len = 0;
	say(t, t->held, len, fn, ctx);
}

/* The next byte of what may be a tag. */
static void hold(struct think *t, char byte)
{
	t->held[t->held_len++] = byte;
	if (tag(t)[t->held_len])
		return;
	t->held_len = 0;
	t->inside = !t->inside;
}

void think_feed(struct think *t, const char *text, size_t len, think_fn fn, void *ctx)
{
	const char *end = text + len;

	while (text < end) {
		const char *open = memchr(text, '<', (size_t)(end - text));

		if (t->held_len && *text != tag(t)[t->held_len]) {
			let_go(t, fn, ctx);
		} else if (!t->held_len && t->begun && !t->inside) {
			say(t, text, (size_t)(end - text), fn, ctx);
			text = end;
		} else if (t->held_len || open == text) {
			hold(t, *text++);
		} else {
			open = open ? open : end;
			say(t, text, (size_t)(open - text), fn, ctx);
			text = open;
		}
	}
}

void think_end(struct think *t, think_fn fn, void *ctx)
{
	let_go(t, fn, ctx);
}
