#include "cli/teller.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/report.h"

enum {
	TICK_MS = 1000,
};

struct teller {
	struct loop *loop;
	struct report *report;
	struct timer *tick; /* NULL: there is no line to keep up to date */
	struct strbuf out;  /* not printed yet */
	FILE *people;
	bool as_json;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void on_tick(void *ctx)
{
	struct teller *t = ctx;

	if (report_is_busy(t->report)) {
		report_tick(t->report, &t->out, now_ms());
		teller_print(t);
	}
	t->tick = loop_after(t->loop, TICK_MS, on_tick, t);
}

struct teller *teller_new(struct loop *loop, const struct flags *flags)
{
	struct teller *t = NEW(struct teller);
	const char *no_color = getenv("NO_COLOR");
	bool is_tty = isatty(STDOUT_FILENO) && !flags->plain && !flags->json;
	struct winsize size = { 0 };
	struct report_options options = {
		.is_tty = is_tty,
		.color = is_tty && !(no_color && *no_color),
		.verbose = flags->verbose,
	};

	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		options.width_cols = size.ws_col;
	t->loop = loop;
	t->report = report_new(&options);
	t->as_json = flags->json;
	t->people = flags->json ? stderr : stdout;
	if (is_tty)
		t->tick = loop_after(loop, TICK_MS, on_tick, t);
	return t;
}

void teller_free(struct teller *t)
{
	if (!t)
		return;
	timer_free(t->tick);
	report_free(t->report);
	strbuf_release(&t->out);
	free(t);
}

static void print_json(const struct event *ev)
{
	struct strbuf line = { 0 };

	event_write(&line, ev);
	strbuf_addstr(&line, "\n");
	fwrite(strbuf_str(&line), 1, line.len, stdout);
	fflush(stdout);
	strbuf_release(&line);
}

void teller_hear(struct teller *t, const struct event *ev, const struct state *now)
{
	if (t->as_json) {
		print_json(ev);
		return;
	}
	report_event(t->report, &t->out, ev, now);
	teller_print(t);
}

void teller_work(struct teller *t, const char *what)
{
	report_tick(t->report, &t->out, now_ms());
	report_work(t->report, &t->out, what, 0, 0);
	teller_print(t);
}

void teller_say(struct teller *t, const char *line)
{
	strbuf_addf(teller_text(t), "%s\n", line);
	teller_print(t);
}

struct strbuf *teller_text(struct teller *t)
{
	report_clear(t->report, &t->out);
	return &t->out;
}

void teller_print(struct teller *t)
{
	fwrite(strbuf_str(&t->out), 1, t->out.len, t->people);
	fflush(t->people);
	strbuf_reset(&t->out);
}
