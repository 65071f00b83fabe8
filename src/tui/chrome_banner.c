#include <string.h>

#include "base/text.h"
#include "tui/chrome_inside.h"

/* The line over the prompt: what was just said, what waits, what is wrong, why one waits. */

struct banner {
	enum look look;
	enum mark mark; /* MARK_COUNT: none */
	struct strbuf left;
	const char *key, *does; /* at the right: "R review" */
};

static const char *key_of(void *ctx, const char *command)
{
	const struct house *h = ctx;
	static const char *const contexts[] = { "global", NULL };

	return keymap_key(h->keymap, contexts, command);
}

static void offer(struct banner *b, struct house *h, const char *command, const char *does)
{
	b->key = key_of(h, command);
	b->does = does;
}

static void add_checks(struct strbuf *out, const struct story_version *v)
{
	size_t problems = 0;

	if (!v->facts.size)
		return;
	for (size_t i = 0; i < v->facts.problems.count; i++)
		problems += v->facts.problems.items[i].severity != SEVERITY_LOW;
	if (problems)
		strbuf_addf(out, "  checks: %zu failed", problems);
	else
		strbuf_addstr(out, "  checks good");
}

/* "#14  +12 -5  checks good  shade wall + seat": what can be long comes last. */
static void tell_proposal(struct banner *b, struct house *h)
{
	const struct state *now = session_state(h->session);
	const struct story_version *v = story_version(&h->story, now->candidate.id);

	strbuf_addf(&b->left, "#%lld", (long long)now->candidate.id);
	if (v) {
		strbuf_addf(&b->left, "  +%lld -%lld", (long long)v->added, (long long)v->removed);
		add_checks(&b->left, v);
		strbuf_addf(&b->left, "  %s", v->note ? v->note : "");
	}
	if (h->mode == MODE_REVIEW)
		offer(b, h, "accept", "accept");
	else
		offer(b, h, "review", "review");
}

static void tell_gate(struct banner *b, struct house *h)
{
	const struct state *now = session_state(h->session);

	b->look = LOOK_WARN;
	b->mark = MARK_NEEDS;
	if (now->gate == GATE_SCRIPT) {
		tell_proposal(b, h);
	} else if (now->gate == GATE_PLAN) {
		strbuf_addf(&b->left, "a plan of %zu subtasks: is it right?  %s",
		            now->plan.subtasks.count, now->plan.summary ? now->plan.summary : "");
		offer(b, h, "accept", "accept");
	} else if (now->gate == GATE_HELP) {
		strbuf_addf(&b->left, "the agents need help: %s", now->question);
		offer(b, h, "reprompt", "say what to do");
	} else {
		strbuf_addf(&b->left, "before the next turn: %s", now->question);
		offer(b, h, "step", "step");
	}
}

static void tell_failure(struct banner *b, const struct state *now)
{
	b->look = LOOK_BAD;
	b->mark = MARK_BAD;
	strbuf_addf(&b->left, "#%lld failed", (long long)now->failure.script);
	if (now->failure.line > 0 &&
	    (!now->failure.message || strncmp(now->failure.message, "line ", 5) != 0))
		strbuf_addf(&b->left, " in line %lld", (long long)now->failure.line);
	strbuf_addf(&b->left, ": %s", now->failure.message ? now->failure.message : "");
	strbuf_addstr(&b->left, "   the coder repairs it; what you have is untouched");
}

static void tell_over(struct banner *b, struct house *h)
{
	const struct state *now = session_state(h->session);

	b->look = now->ending == ENDING_DONE ? LOOK_GOOD : LOOK_BAD;
	b->mark = now->ending == ENDING_DONE ? MARK_DONE : MARK_BAD;
	strbuf_addf(&b->left, "%s%s%s", ending_names[now->ending], now->ending_text ? ": " : "",
	            now->ending_text ? now->ending_text : "");
	offer(b, h, "write", "say what to change");
}

static void tell_alarm(struct banner *b, struct house *h)
{
	b->look = h->alarm.stops ? LOOK_BAD : LOOK_WARN;
	b->mark = MARK_BAD;
	alarm_tell(&b->left, &h->alarm, key_of, h);
}

static void compose(struct banner *b, struct house *h)
{
	const struct state *now = session_state(h->session);

	if (h->said.len) {
		strbuf_addstr(&b->left, h->said.buf);
		b->look = h->is_complaint ? LOOK_BAD : LOOK_BANNER;
	} else if (h->activity.retry && session_is_busy(h->session)) {
		b->look = LOOK_WARN;
		b->mark = MARK_PAUSED;
		activity_tell_retry(&b->left, &h->activity, loop_now_ms(h->loop));
		offer(b, h, "stop", "stop");
	} else if (now->waiting) {
		tell_gate(b, h);
	} else if (h->alarm.code) {
		tell_alarm(b, h);
	} else if (now->is_over && now->begun) {
		tell_over(b, h);
	} else if (now->failure.script) {
		tell_failure(b, now);
	}
}

void chrome_banner(struct house *h, struct canvas *screen)
{
	struct canvas row = house_part(screen, h->scene.banner);
	struct banner b = { .look = LOOK_BANNER, .mark = MARK_COUNT };
	struct strbuf clean = { 0 }, cut = { 0 };
	int col = 1, end = row.cols - 1;

	compose(&b, h);
	if (b.mark != MARK_COUNT)
		col += canvas_put_mark(&row, 0, 1, b.look, b.mark) + 1;
	if (b.key) {
		int key = (int)text_width(b.key, strlen(b.key));
		int does = row.cols < 60 ? 0 : (int)strlen(b.does) + 1;

		end -= key + does;
		canvas_say(&row, 0, end, LOOK_KEY, b.key);
		if (does)
			canvas_say(&row, 0, end + key + 1, LOOK_HINT, b.does);
		end -= 2;
	}
	text_clean(&clean, strbuf_str(&b.left), b.left.len, TEXT_ONE_LINE);
	text_cut(&cut, strbuf_str(&clean), clean.len, end > col ? (size_t)(end - col) : 0);
	canvas_say(&row, 0, col, b.look, strbuf_str(&cut));
	strbuf_release(&b.left);
	strbuf_release(&clean);
	strbuf_release(&cut);
}
