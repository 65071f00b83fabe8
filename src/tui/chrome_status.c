#include <string.h>

#include "base/text.h"
#include "tui/chrome_inside.h"
#include "tui/status.h"

/* Where one is, who is at work, and what it has cost. */

const char *chrome_phase(const struct state *now)
{
	static const char *const words[] = { "1/3 creation", "2/3 refinement", "3/3 yours" };

	return now->begun ? words[now->phase] : "new";
}

static void add_phase(struct status *s, const struct state *now)
{
	strbuf_addstr(&s->long_form[STATUS_PHASE], chrome_phase(now));
	if (now->begun && now->phase == PHASE_CREATE && now->plan.subtasks.count)
		strbuf_addf(&s->long_form[STATUS_PHASE], " %zu of %zu",
		            now->subtask < now->plan.subtasks.count ? now->subtask + 1
		                                                    : now->subtask,
		            now->plan.subtasks.count);
	strbuf_add(&s->short_form[STATUS_PHASE], chrome_phase(now),
	           strcspn(chrome_phase(now), " "));
}

/* What waits, in two words. */
static const char *gate_words(enum gate gate)
{
	static const char *const words[] = { "next turn", "plan", "proposal", "help" };

	return words[gate];
}

static void add_who(struct status *s, const struct house *h, const struct canvas *c)
{
	struct strbuf *whole = &s->long_form[STATUS_WHO], *brief = &s->short_form[STATUS_WHO];
	const struct state *now = session_state(h->session);

	if (now->waiting) {
		strbuf_addf(whole, "%s NEEDS YOU: %s", canvas_mark(c, MARK_NEEDS),
		            gate_words(now->gate));
		strbuf_addf(brief, "%s NEEDS YOU", canvas_mark(c, MARK_NEEDS));
	} else if (!session_blender(h->session) && !now->is_over) {
		strbuf_addstr(whole, "Blender is starting");
		activity_tell_wait(whole, loop_now_ms(h->loop) - h->opened_ms);
		strbuf_addstr(brief, "starting");
	} else if (session_is_busy(h->session) || h->activity.work) {
		strbuf_addf(whole, "%s ", canvas_mark(c, MARK_ACTIVE));
		if (h->activity.doing)
			activity_tell(whole, &h->activity, loop_now_ms(h->loop));
		else
			strbuf_addstr(whole, "at work");
		strbuf_addf(brief, "%s %s", canvas_mark(c, MARK_ACTIVE),
		            h->activity.doing ? tell_who(h->activity.role) : "at work");
	} else if (session_is_stopped(h->session)) {
		strbuf_addf(whole, "%s PAUSED", canvas_mark(c, MARK_PAUSED));
	} else if (now->is_over) {
		strbuf_addstr(whole, ending_names[now->ending]);
	}
}

static void add_usd(struct strbuf *out, double usd, double of)
{
	text_add_usd(out, usd);
	if (of > 0)
		strbuf_addf(out, "/%.2f", of);
}

/* Of all branches: an undo brings no money back. */
static void add_cost(struct status *s, const struct house *h)
{
	double budget = session_team(h->session)->budget_usd;
	struct strbuf *whole = &s->long_form[STATUS_COST];

	if (budget > 0 && h->spent.cost_usd >= 0.01) {
		strbuf_addf(whole, "$%.2f of %.2f", h->spent.cost_usd, budget);
		strbuf_addf(&s->short_form[STATUS_COST], "$%.2f/%.2f", h->spent.cost_usd, budget);
	} else {
		add_usd(whole, h->spent.cost_usd, budget);
	}
	if (h->spent.unpriced)
		strbuf_addf(whole, " +%lld?", (long long)h->spent.unpriced);
}

static void add_context(struct status *s, const struct house *h)
{
	int64_t used = h->activity.context_tokens;
	int64_t most = session_context_tokens(h->session, h->activity.model);

	if (used && most > 0)
		strbuf_addf(&s->long_form[STATUS_CONTEXT], "ctx %lld%%",
		            (long long)(used * 100 / most));
	else if (used)
		strbuf_addf(&s->long_form[STATUS_CONTEXT], "ctx %.1fk", (double)used / 1000);
}

static void collect(struct status *s, const struct house *h, const struct canvas *c)
{
	static const char *const autonomy[] = { "STEP", "REVIEW", "AUTO" };
	static const char *const brief[] = { "S", "R", "A" };
	const struct state *now = session_state(h->session);
	const char *model = h->activity.model;
	int link_ms = term_caps(h->term)->link_ms;

	strbuf_addstr(&s->long_form[STATUS_NAME], h->options.name);
	add_phase(s, now);
	add_who(s, h, c);
	strbuf_addstr(&s->long_form[STATUS_AUTONOMY], autonomy[now->autonomy]);
	strbuf_addstr(&s->short_form[STATUS_AUTONOMY], brief[now->autonomy]);
	if (model) {
		const char *slash = strrchr(model, '/');

		text_clean(&s->long_form[STATUS_MODEL], model, strlen(model), TEXT_ONE_LINE);
		if (slash)
			text_clean(&s->short_form[STATUS_MODEL], slash + 1, strlen(slash + 1),
			           TEXT_ONE_LINE);
	}
	add_cost(s, h);
	add_context(s, h);
	if (link_ms >= 0)
		strbuf_addf(&s->long_form[STATUS_LINK], "link %d ms", link_ms);
}

void chrome_status(struct house *h, struct canvas *screen)
{
	struct canvas row = house_part(screen, h->scene.status);
	struct strbuf left = { 0 }, right = { 0 }, between = { 0 };
	struct status status = { 0 };

	collect(&status, h, screen);
	strbuf_addf(&between, " %s ", canvas_mark(screen, MARK_BETWEEN));
	status_fit(&status, row.cols, strbuf_str(&between), &left, &right);
	canvas_fill(&row, 0, 0, 1, row.cols, LOOK_STATUS);
	canvas_say(&row, 0, 1, LOOK_STATUS, strbuf_str(&left));
	strbuf_addstr(&right, " ");
	canvas_right(&row, 0, LOOK_STATUS, strbuf_str(&right));
	status_release(&status);
	strbuf_release(&left);
	strbuf_release(&right);
	strbuf_release(&between);
}
