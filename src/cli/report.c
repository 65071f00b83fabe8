#include "cli/report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "event/tell.h"

#define INDENT_COLS   19 /* "  0:31  verifier   " */
#define NARROW_COLS   60 /* below it rows go on under the time */
#define NARROW_INDENT 4
#define LEAST_COLS    20

#define EVERY_GATE (1u << GATE_TURN | 1u << GATE_PLAN | 1u << GATE_SCRIPT | 1u << GATE_HELP)

const struct report_choice report_choices[] = {
	{ 1, "accept", "accept", false, EVERY_GATE },
	{ 2, "reject", "reject", false, 1u << GATE_PLAN | 1u << GATE_SCRIPT },
	{ 3, "re-prompt", "reprompt", true, 1u << GATE_PLAN | 1u << GATE_SCRIPT | 1u << GATE_HELP },
	{ 4, "edit", "edit", true, 1u << GATE_SCRIPT | 1u << GATE_HELP },
	{ 5, "show the diff", NULL, false, 1u << GATE_SCRIPT },
	{ 0 },
};

/* What is going on right now. */
struct work {
	const char *who; /* NULL: nothing */
	char what[48];
	int64_t since_ms;
	int64_t words; /* of the reply so far */
	size_t done, all;
};

struct report {
	struct report_options options;
	struct telling telling;
	struct work work;
	struct bill bill;
	struct strbuf said;       /* words of a reply that do not fill a row yet */
	int64_t began_ms, now_ms; /* by the clock of the events; 0: nothing happened yet */
	struct usage spent;       /* by what was heard: an undo brings no money back */
	size_t shown_cols;        /* of the line at the bottom; 0: it is not there */
};

struct report *report_new(const struct report_options *options)
{
	struct report *r = NEW(struct report);

	r->options = *options;
	report_width(r, options->width_cols);
	return r;
}

void report_free(struct report *r)
{
	if (!r)
		return;
	telling_release(&r->telling);
	strbuf_release(&r->said);
	free(r);
}

void report_width(struct report *r, size_t width_cols)
{
	r->options.width_cols = width_cols && width_cols < LEAST_COLS ? LEAST_COLS : width_cols;
}

const struct report_choice *report_choice(enum gate gate, int number)
{
	for (const struct report_choice *c = report_choices; c->label; c++)
		if (c->number == number && c->gates & 1u << gate)
			return c;
	return NULL;
}

static size_t indent_of(const struct report *r)
{
	size_t width = r->options.width_cols;

	return width && width < NARROW_COLS ? NARROW_INDENT : INDENT_COLS;
}

static void add_tone(struct strbuf *out, const struct report *r, enum tone tone)
{
	static const char *const codes[] = {
		[TONE_PLAIN] = "",           [TONE_HEADING] = "\x1b[1m", [TONE_GOOD] = "\x1b[32m",
		[TONE_WARNING] = "\x1b[33m", [TONE_BAD] = "\x1b[31m",
	};

	if (r->options.color)
		strbuf_addstr(out, codes[tone]);
}

static void end_tone(struct strbuf *out, const struct report *r, enum tone tone)
{
	if (r->options.color && tone != TONE_PLAIN)
		strbuf_addstr(out, "\x1b[0m");
}

/*
 * Text as rows, the first of them behind a prefix and all others as far in as the indent. In a
 * narrow window the prefix has a row of its own.
 */
static void add_rows(struct strbuf *out, const struct report *r, const char *prefix,
                     const char *text, enum tone tone)
{
	size_t width = r->options.width_cols, indent = indent_of(r);
	struct strbuf clean = { 0 };
	struct text_span row, rest;
	bool first = true;

	if (*prefix && indent < INDENT_COLS)
		strbuf_addf(out, "%s\n", prefix);
	text_clean(&clean, text, strlen(text), TEXT_LINES);
	rest = (struct text_span){ strbuf_str(&clean), clean.len };
	while (text_next_row(&row, &rest, width ? width - indent : SIZE_MAX)) {
		if (first && *prefix && indent == INDENT_COLS)
			strbuf_addf(out, "%-*s", (int)indent, prefix);
		else if (row.len)
			strbuf_addf(out, "%*s", (int)indent, "");
		add_tone(out, r, tone);
		strbuf_add(out, row.at, row.len);
		end_tone(out, r, tone);
		strbuf_addstr(out, "\n");
		first = false;
	}
	strbuf_release(&clean);
}

/* "  0:31  verifier" */
static void add_prefix(struct strbuf *out, const struct report *r, const char *who)
{
	tell_clock(out, r->now_ms - r->began_ms);
	strbuf_addf(out, "  %s", who);
}

void report_clear(struct report *r, struct strbuf *out)
{
	if (r->shown_cols)
		strbuf_addf(out, "\r%*s\r", (int)r->shown_cols, "");
	r->shown_cols = 0;
}

static void add_progress(struct strbuf *out, const struct report *r)
{
	const struct work *w = &r->work;

	add_prefix(out, r, "");
	strbuf_addf(out, "%-9s  %s", w->who, w->what);
	if (w->all)
		strbuf_addf(out, " %zu of %zu", w->done, w->all);
	else if (w->done)
		strbuf_addf(out, ", %zu done", w->done);
	if (w->words) {
		strbuf_addstr(out, ", ");
		tell_count(out, w->words, "word");
	}
	if (r->now_ms - w->since_ms >= 1000) {
		strbuf_addstr(out, ", ");
		text_add_duration(out, (r->now_ms - w->since_ms) / 1000 * 1000);
	}
	if (r->spent.cost_usd > 0) {
		strbuf_addstr(out, ", ");
		text_add_usd(out, r->spent.cost_usd);
		strbuf_addstr(out, " so far");
	}
}

/*
 * Over what stood there before: cleared first, it would flicker. No escape sequence, so that it
 * works on the dumbest of terminals.
 */
static void show_progress(struct report *r, struct strbuf *out)
{
	size_t width = r->options.width_cols ? r->options.width_cols : 80;
	struct strbuf line = { 0 }, cut = { 0 };
	size_t cols;

	if (!r->options.is_tty || !r->work.who)
		return;
	if (r->said.len)
		strbuf_addf(&line, "%*s%s", (int)indent_of(r), "", r->said.buf);
	else
		add_progress(&line, r);
	text_cut(&cut, line.buf, line.len, width - 1);
	cols = text_width(strbuf_str(&cut), cut.len);
	strbuf_addf(out, "\r%s", strbuf_str(&cut));
	if (cols < r->shown_cols)
		strbuf_addf(out, "%*s", (int)(r->shown_cols - cols), "");
	r->shown_cols = cols;
	strbuf_release(&line);
	strbuf_release(&cut);
}

static void begin_work(struct report *r, const char *who, const char *fmt, ...) PRINTF_LIKE(3, 4);

static void begin_work(struct report *r, const char *who, const char *fmt, ...)
{
	va_list ap;

	r->work = (struct work){ .who = who, .since_ms = r->now_ms };
	va_start(ap, fmt);
	vsnprintf(r->work.what, sizeof(r->work.what), fmt, ap);
	va_end(ap);
}

void report_work(struct report *r, struct strbuf *out, const char *what, size_t done, size_t all)
{
	if (!what) {
		report_clear(r, out);
		r->work = (struct work){ 0 };
		return;
	}
	if (!r->work.who || strncmp(r->work.what, what, sizeof(r->work.what) - 1) != 0)
		begin_work(r, tell_who(ROLE_BLENDER), "%s", what);
	r->work.done = done;
	r->work.all = all;
	show_progress(r, out);
}

void report_tick(struct report *r, struct strbuf *out, int64_t now_ms)
{
	if (now_ms > r->now_ms)
		r->now_ms = now_ms;
	if (!r->began_ms)
		r->began_ms = r->now_ms;
	show_progress(r, out);
}

bool report_is_busy(const struct report *r)
{
	return r->work.who != NULL;
}

/* What follows from an event until the next one comes. */
static void follow_work(struct report *r, const struct event *ev)
{
	const char *blender = tell_who(ROLE_BLENDER);

	switch (ev->kind) {
	case EV_TURN_BEGAN:
		begin_work(r, tell_who(ev->role), "%s", tell_doing(ev->body.turn.purpose));
		break;
	case EV_SCRIPT_WRITTEN:
		begin_work(r, blender, "runs version %" PRId64, ev->id);
		break;
	case EV_SCRIPT_RAN:
		begin_work(r, blender, "draws version %" PRId64, ev->body.ran.script);
		break;
	case EV_WORK_WENT_ON:
		if (!r->work.who) /* that nobody's turn has begun for */
			begin_work(r, tell_who(ev->role), "%s", ev->body.work.what);
		r->work.done = ev->body.work.done > 0 ? (size_t)ev->body.work.done : 0;
		r->work.all = ev->body.work.of > 0 ? (size_t)ev->body.work.of : 0;
		break;
	case EV_FACTS_FOUND:
		begin_work(r, blender, "draws version %" PRId64, ev->body.facts.script);
		break;
	case EV_WORDS_CAME:
	case EV_TURN_RETRIED:
	case EV_FILE_WRITTEN:
	case EV_AUTONOMY_SET:
	case EV_NOTE_GIVEN:
	case EV_QUEUE_CHANGED:
	case EV_PLAN_CHANGED:
		break;
	default:
		r->work = (struct work){ 0 };
	}
}

static int64_t count_words(const char *text)
{
	int64_t words = 0;

	while (*(text += strspn(text, " \t\r\n"))) {
		words++;
		text += strcspn(text, " \t\r\n");
	}
	return words;
}

/* Whether a row ended where its line does, and not where the window did. */
static bool is_ended(struct text_span row, struct text_span rest)
{
	return memchr(row.at + row.len, '\n', (size_t)(rest.at - row.at) - row.len) != NULL;
}

/* Rows that are full are there to stay; the rest is the line at the bottom, and grows. */
static void say_words(struct report *r, struct strbuf *out, const char *words)
{
	size_t width = r->options.width_cols ? r->options.width_cols : 80;
	size_t indent = indent_of(r);
	struct text_span row, rest;
	struct strbuf kept = { 0 };

	text_clean(&r->said, words, strlen(words), TEXT_LINES);
	rest = (struct text_span){ strbuf_str(&r->said), r->said.len };
	while (text_next_row(&row, &rest, width - indent - 1)) {
		if (!rest.len && !is_ended(row, rest)) {
			strbuf_add(&kept, row.at, row.len);
			break;
		}
		report_clear(r, out);
		strbuf_addf(out, "%*s%.*s\n", row.len ? (int)indent : 0, "", (int)row.len, row.at);
	}
	strbuf_release(&r->said);
	r->said = kept;
	show_progress(r, out);
}

/* Two hundred a second may come: without --verbose they are only counted, and shown by the tick. */
static void hear_words(struct report *r, struct strbuf *out, const struct words_came *words)
{
	r->work.words += count_words(words->text);
	if (r->options.verbose && r->options.is_tty)
		say_words(r, out, words->text);
}

static void end_words(struct report *r, struct strbuf *out)
{
	if (r->said.len)
		strbuf_addf(out, "%*s%s\n", (int)indent_of(r), "", r->said.buf);
	strbuf_reset(&r->said);
}

static void add_choices(struct strbuf *out, enum gate gate)
{
	const char *comma = "";

	for (const struct report_choice *c = report_choices; c->label; c++) {
		if (!(c->gates & 1u << gate))
			continue;
		strbuf_addf(out, "%s%d %s", comma, c->number, c->label);
		comma = ", ";
	}
	strbuf_addstr(out, "\n");
}

static void add_totals(struct strbuf *out, const struct report *r)
{
	const struct usage *all = &r->spent;

	tell_count(out, all->calls, "question");
	strbuf_addf(out, " to models, %" PRId64 " tokens in, %" PRId64 " out, ", all->input_tokens,
	            all->output_tokens);
	text_add_usd(out, all->cost_usd);
	if (all->unpriced)
		strbuf_addf(out, " and %" PRId64 " of unknown price", all->unpriced);
	strbuf_addstr(out, "; ");
	text_add_duration(out, (r->now_ms - r->began_ms) / 1000 * 1000);
	strbuf_addstr(out, "\n");
}

/* Whether a gate is only a word between our own rules and the next turn. */
static bool is_mute(const struct event *ev, const struct state *now)
{
	return ev->kind == EV_GATE_OPENED && now->autonomy == AUTONOMY_AUTO;
}

/* A look-up comes before every turn of the coder: one line of it is enough, usually. */
static bool is_brief(const struct report *r, const struct event *ev)
{
	return ev->kind == EV_DOCUMENTS_FOUND && !r->options.verbose;
}

static void add_telling(struct report *r, struct strbuf *out, const struct event *ev)
{
	struct telling *t = &r->telling;
	struct strbuf prefix = { 0 };

	add_prefix(&prefix, r, t->who);
	if (ev->kind == EV_PHASE_BEGAN)
		strbuf_addstr(out, "\n");
	add_rows(out, r, strbuf_str(&prefix), strbuf_str(&t->text), t->tone);
	if (!is_brief(r, ev))
		add_rows(out, r, "", strbuf_str(&t->details), TONE_PLAIN);
	strbuf_release(&prefix);
}

/* What was spent before we came is in the state; from then on we count for ourselves. */
static void keep_books(struct report *r, const struct event *ev, const struct state *now)
{
	if (ev->at_ms > r->now_ms)
		r->now_ms = ev->at_ms;
	if (!r->began_ms) {
		r->began_ms = r->now_ms;
		r->spent = state_usage(now);
	} else if (ev->kind == EV_TURN_ENDED) {
		usage_add(&r->spent, &ev->body.turn_end);
	}
}

void report_event(struct report *r, struct strbuf *out, const struct event *ev,
                  const struct state *now)
{
	struct telling *t = &r->telling;

	keep_books(r, ev, now);
	if (ev->kind == EV_WORDS_CAME) {
		hear_words(r, out, &ev->body.words);
		return;
	}
	report_clear(r, out);
	end_words(r, out);
	follow_work(r, ev);
	tell(t, ev);
	bill_hear(&r->bill, ev);
	if (t->text.len && !is_mute(ev, now)) {
		bill_pay(&r->bill, t, ev);
		if (ev->kind == EV_GATE_OPENED)
			add_choices(&t->details, ev->body.gate.gate);
		else if (ev->kind == EV_ENDED)
			add_totals(&t->details, r);
		add_telling(r, out, ev);
	}
	show_progress(r, out);
}
