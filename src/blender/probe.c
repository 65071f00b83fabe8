#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "blender/desk.h"
#include "blender/sandbox.h"

enum {
	PATIENCE_MS = 10000,
};

struct sandbox_probe {
	struct loop *loop;
	enum sandbox_level wanted, trying;
	sandbox_fn done;
	void *ctx;
	struct child *child;
	struct timer *timer;   /* to begin, and then to give up */
	struct desk_root root; /* of the desk to try it with */
	struct strbuf printed;
	struct strbuf reasons; /* why the levels so far do not work */
};

static void next_level(void *ctx);

static void stop_trying(struct sandbox_probe *p)
{
	child_free(p->child);
	p->child = NULL;
	if (p->timer)
		timer_free(p->timer);
	p->timer = NULL;
	desk_root_close(&p->root);
}

static void answer(struct sandbox_probe *p, const struct error *err)
{
	enum sandbox_level level = p->trying;
	sandbox_fn done = p->done;
	void *ctx = p->ctx;
	struct error copy;

	if (err)
		copy = *err;
	sandbox_probe_free(p);
	done(ctx, level, err ? &copy : NULL);
}

static void give_up(struct sandbox_probe *p)
{
	struct error err;

	failed(&err, ERR_CONFIG,
	       "no sandbox works here (%.240s). Install bubblewrap, or let scripts do whatever "
	       "you can: --no-sandbox, or sandbox: off",
	       strbuf_str(&p->reasons));
	p->trying = p->wanted;
	answer(p, &err);
}

/* Its first line: what bwrap says, without the rest of the noise. */
static void note_reason(struct sandbox_probe *p, const char *reason)
{
	strbuf_addf(&p->reasons, "%s%s: %.*s", p->reasons.len ? "; " : "", sandbox_names[p->trying],
	            (int)strcspn(reason, "\n"), reason);
}

static void try_next(struct sandbox_probe *p, const char *reason)
{
	note_reason(p, reason);
	stop_trying(p);
	p->trying++;
	if (p->wanted != SANDBOX_AUTO || p->trying == SANDBOX_OFF)
		give_up(p);
	else
		next_level(p);
}

static void on_printed(void *ctx, const char *bytes, size_t len)
{
	struct sandbox_probe *p = ctx;

	if (p->printed.len < 1000)
		strbuf_add(&p->printed, bytes, len < 1000 ? len : 1000);
}

static void on_ended(void *ctx, const struct child_end *end)
{
	struct sandbox_probe *p = ctx;

	if (end->code == 0 && end->signal == 0)
		answer(p, NULL);
	else
		try_next(p, p->printed.len ? strbuf_str(&p->printed) : "it does not run");
}

static void on_too_late(void *ctx)
{
	struct sandbox_probe *p = ctx;

	p->timer = NULL;
	try_next(p, "no answer");
}

static bool start_true(struct sandbox_probe *p, struct error *err)
{
	static const char *const places[] = { "/usr/bin/true", "/bin/true" };
	const char *const argv[] = { access(places[0], X_OK) == 0 ? places[0] : places[1], NULL };
	struct child_events events = { .printed = on_printed, .ended = on_ended, .ctx = p };
	struct child_options child = { 0 };
	struct sandbox *sandbox = NULL;
	struct strbuf desk = { 0 };
	bool ok = desk_root_open(&p->root, err);

	if (ok) {
		strbuf_addf(&desk, "%s/desk", p->root.path);
		ok = desk_lay(strbuf_str(&desk), err) &&
		     sandbox_new(&sandbox, argv,
		                 &(struct sandbox_options){ .level = p->trying,
		                                            .desk = strbuf_str(&desk) },
		                 err);
	}
	if (ok) {
		sandbox_dress(sandbox, &child);
		ok = child_start(&p->child, p->loop, &child, &events, err);
	}
	sandbox_free(sandbox);
	strbuf_release(&desk);
	return ok;
}

static void next_level(void *ctx)
{
	struct sandbox_probe *p = ctx;
	struct error err;

	p->timer = NULL;
	strbuf_reset(&p->printed);
	if (p->trying == SANDBOX_OFF)
		answer(p, NULL);
	else if (start_true(p, &err))
		p->timer = loop_after(p->loop, PATIENCE_MS, on_too_late, p);
	else
		try_next(p, err.text);
}

struct sandbox_probe *sandbox_probe(struct loop *loop, enum sandbox_level wanted, sandbox_fn done,
                                    void *ctx)
{
	struct sandbox_probe *p = NEW(struct sandbox_probe);

	p->loop = loop;
	p->wanted = wanted;
	p->trying = wanted == SANDBOX_AUTO ? SANDBOX_BWRAP : wanted;
	p->done = done;
	p->ctx = ctx;
	p->timer = loop_after(loop, 0, next_level, p);
	return p;
}

void sandbox_probe_free(struct sandbox_probe *p)
{
	if (!p)
		return;
	stop_trying(p);
	strbuf_release(&p->printed);
	strbuf_release(&p->reasons);
	free(p);
}
