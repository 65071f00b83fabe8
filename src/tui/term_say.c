#include <string.h>

#include "base/base64.h"
#include "base/text.h"
#include "tui/term_inside.h"

enum {
	TITLE_COLS = 120,
	COPY_MOST = 100000, /* what xterm takes, before base64 */
};

/* One line, and nothing in it that could end the sequence it is put into. */
static void add_clean(struct strbuf *out, const char *text)
{
	struct strbuf clean = { 0 };

	text_clean(&clean, text, strlen(text), TEXT_ONE_LINE);
	text_cut(out, strbuf_str(&clean), clean.len, TITLE_COLS);
	strbuf_release(&clean);
}

void term_title(struct term *t, const char *title)
{
	struct strbuf out = { 0 };

	if (t->plain || t->away)
		return;
	if (!t->titled)
		strbuf_addstr(&out, "\033[22;2t"); /* keep the one that is there */
	t->titled = true;
	strbuf_addstr(&out, "\033]2;");
	add_clean(&out, title);
	strbuf_addstr(&out, "\033\\");
	term_emit(t, out.buf, out.len);
	strbuf_release(&out);
	term_guard(t);
}

void term_call(struct term *t, const char *text)
{
	static const char *const openings[] = {
		[TERM_NOTIFY_OSC9] = "\033]9;",
		[TERM_NOTIFY_OSC777] = "\033]777;notify;ll3m;",
	};
	struct strbuf out = { 0 };

	strbuf_addstr(&out, "\a");
	if (t->caps.notify != TERM_NOTIFY_BELL) {
		strbuf_addstr(&out, openings[t->caps.notify]);
		add_clean(&out, text);
		strbuf_addstr(&out, "\033\\");
	}
	term_emit(t, out.buf, out.len);
	strbuf_release(&out);
}

bool term_copy(struct term *t, const char *text, size_t len, struct error *err)
{
	struct strbuf out = { 0 };

	if (t->plain)
		return failed(err, ERR_USAGE, "this terminal (%s) has no clipboard", t->name);
	if (len > COPY_MOST)
		return failed(err, ERR_USAGE,
		              "%zu bytes are more than terminals take; write them to a file", len);
	strbuf_addstr(&out, "\033]52;c;");
	base64_add(&out, text, len);
	strbuf_addstr(&out, "\033\\");
	term_emit(t, out.buf, out.len);
	strbuf_release(&out);
	return true;
}

/* Only what RFC 3986 allows: anything else could end the sequence. */
void term_link(struct strbuf *out, const char *url, const char *text)
{
	strbuf_addstr(out, "\033]8;;");
	for (const unsigned char *c = (const unsigned char *)url; *c; c++)
		strbuf_addf(out, *c > ' ' && *c < 0x7f ? "%c" : "%%%02X", *c);
	strbuf_addstr(out, "\033\\");
	add_clean(out, text);
	strbuf_addstr(out, "\033]8;;\033\\");
}

void term_fence(struct term *t, term_fence_fn fn, void *ctx)
{
	struct strbuf out = { 0 };

	fences_ask(t->fences, &out, fn, ctx);
	if (t->drawing)
		strbuf_add(&t->behind, out.buf, out.len);
	else
		tty_send(&t->tty, out.buf, out.len);
	strbuf_release(&out);
}

void term_unfence(struct term *t, term_fence_fn fn, void *ctx)
{
	fences_forget(t->fences, fn, ctx);
}
