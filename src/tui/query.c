#include "tui/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/child.h"
#include "base/mem.h"

enum {
	OUTPUT_MOST = 4096
};

/* The Linux console shows what it does not know, and has no answers but DA1's. */
bool query_is_plain(const char *term)
{
	static const char *const plain[] = { "linux", "vt100", "vt102", "vt220", "ansi", "cons25" };

	for (size_t i = 0; i < COUNT(plain); i++)
		if (!strcmp(term, plain[i]))
			return true;
	return false;
}

void query_sizes(struct strbuf *out, const char *term)
{
	if (!query_is_plain(term))
		strbuf_addstr(out, "\033[16t\033[14t\033[?2;1;0S");
}

/* tmux and screen take an APC for the title of a pane, and hand no pictures on. */
static bool is_multiplexer(const char *term)
{
	return getenv("TMUX") || getenv("STY") || !strncmp(term, "screen", 6) ||
	       !strncmp(term, "tmux", 4);
}

void query_all(struct strbuf *out, const char *term)
{
	static const char *const questions[] = {
		"\033[>0q",                       /* XTVERSION */
		"\033[?1;1;0S",                   /* color registers */
		"\033[?2026$p\033[?2004$p",       /* synchronized frames, pastes */
		"\033[?u",                        /* kitty's keyboard */
		"\033]10;?\033\\\033]11;?\033\\", /* colors */
		"\033[H\342\224\200\342\224\202\342\234\223\342\226\272\033[?6n", /* see traits.c */
	};

	for (size_t i = 0; i < COUNT(questions) && !query_is_plain(term); i++)
		strbuf_addstr(out, questions[i]);
	if (!query_is_plain(term) && !is_multiplexer(term))
		strbuf_addstr(out, "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\");
	query_sizes(out, term);
}

struct tmux_query {
	struct child *child;
	struct strbuf printed;
	tmux_query_fn fn;
	void *ctx;
};

static void on_printed(void *ctx, const char *bytes, size_t len)
{
	struct tmux_query *q = ctx;

	if (q->printed.len + len <= OUTPUT_MOST)
		strbuf_add(&q->printed, bytes, len);
}

static void on_ended(void *ctx, const struct child_end *end)
{
	struct tmux_query *q = ctx;
	bool ok = !end->signal && !end->code;

	q->fn(q->ctx, ok && strstr(strbuf_str(&q->printed), "sixel"));
}

static void add_variable(struct strbuf *out, const char *name)
{
	const char *value = getenv(name);

	strbuf_addf(out, "%s=%s", name, value ? value : "");
}

bool tmux_query_start(struct tmux_query **out, struct loop *loop, tmux_query_fn fn, void *ctx,
                      struct error *err)
{
	static const char *const names[] = { "PATH", "TMUX", "TMUX_PANE" };
	const char *const argv[] = { "/bin/sh", "-c",
		                     "exec tmux display-message -p "
		                     "-t \"$TMUX_PANE\" '#{client_termfeatures}'",
		                     NULL };
	struct strbuf values[COUNT(names)] = { { 0 } };
	const char *env[COUNT(names) + 1] = { NULL };
	struct child_options options = { .argv = argv, .env = env };
	struct child_events events = { .printed = on_printed, .ended = on_ended };
	struct tmux_query *q = NEW(struct tmux_query);
	bool ok;

	*q = (struct tmux_query){ .fn = fn, .ctx = ctx };
	events.ctx = q;
	for (size_t i = 0; i < COUNT(names); i++) {
		add_variable(&values[i], names[i]);
		env[i] = strbuf_str(&values[i]);
	}
	ok = child_start(&q->child, loop, &options, &events, err);
	for (size_t i = 0; i < COUNT(names); i++)
		strbuf_release(&values[i]);
	if (!ok) {
		free(q);
		return false;
	}
	*out = q;
	return true;
}

void tmux_query_free(struct tmux_query *q)
{
	if (!q)
		return;
	child_free(q->child);
	strbuf_release(&q->printed);
	free(q);
}
