#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

#include "data.h"
#include "journal/journal.h"

/* The session in tests/data/bucket, told from its first event to its last. */
struct teller {
	struct journal *journal;
	struct report *report;
	struct state state;
	struct strbuf out;
	bool ticks; /* words and seconds between the events, as on a terminal */
};

static void fold(const struct event *ev, void *ctx)
{
	state_apply(ctx, ev);
}

/* What comes between a turn's beginning and its end. */
static void speak(struct teller *t, const struct event *ev)
{
	static const char *const words[] = { "I would make the han",
		                             "dle hang from both ears.\nThen ",
		                             "the lip, which is \x1b[31mnot there yet, ",
		                             "and last the feet." };

	for (size_t i = 0; i < COUNT(words); i++) {
		struct event live = { .kind = EV_WORDS_CAME,
			              .role = ev->role,
			              .body.words.text = words[i] };

		report_event(t->report, &t->out, &live, &t->state);
		report_tick(t->report, &t->out, ev->at_ms + 1000 * (int64_t)(i + 1));
	}
}

static void hear(const struct event *ev, void *ctx)
{
	struct teller *t = ctx;
	struct error err;

	if (ev->kind == EV_HEAD_MOVED) {
		state_release(&t->state);
		assert_true(journal_path(t->journal, ev->body.head.to, fold, &t->state, &err));
	} else {
		state_apply(&t->state, ev);
	}
	report_event(t->report, &t->out, ev, &t->state);
	if (t->ticks && ev->kind == EV_TURN_BEGAN)
		speak(t, ev);
}

/* LL3M_RENEW=1 in the environment writes the file anew, for people to read the difference. */
static void assert_told(const char *file, const struct report_options *options, bool ticks)
{
	static const struct journal_options looking = { .read_only = true };
	struct teller t = { .report = report_new(options), .ticks = ticks };
	struct strbuf path = { 0 }, expected = { 0 };
	struct journal_report ignored;
	struct error err;

	data_path(&path, "bucket");
	assert_true(journal_open(&t.journal, path.buf, &looking, &ignored, &err));
	assert_true(journal_each(t.journal, hear, &t, &err));
	report_clear(t.report, &t.out);
	data_path(&path, file);
	if (getenv("LL3M_RENEW"))
		assert_true(file_write(path.buf, t.out.buf, t.out.len, &err));
	data_read(&expected, file);
	assert_string_equal(t.out.buf, strbuf_str(&expected));
	journal_close(t.journal);
	report_free(t.report);
	state_release(&t.state);
	strbuf_release(&t.out);
	strbuf_release(&path);
	strbuf_release(&expected);
}

TEST(a_pipe_gets_plain_lines_and_nothing_is_taken_back)
{
	assert_told("report/pipe.txt", &(struct report_options){ 0 }, false);
}

TEST(a_terminal_gets_rows_as_wide_as_it_is_and_a_line_of_progress)
{
	assert_told("report/terminal.txt",
	            &(struct report_options){ .is_tty = true, .color = true, .width_cols = 80 },
	            true);
}

TEST(a_narrow_terminal_gets_the_words_of_models_too)
{
	assert_told("report/narrow.txt",
	            &(struct report_options){ .is_tty = true, .verbose = true, .width_cols = 40 },
	            true);
}

TEST(long_work_without_events_is_shown_on_a_terminal_alone)
{
	struct report *pipe = report_new(&(struct report_options){ 0 });
	struct report *tty = report_new(&(struct report_options){ .is_tty = true });
	struct strbuf out = { 0 };

	report_work(pipe, &out, "draws", 2, 5);
	assert_true(report_is_busy(pipe));
	assert_string_equal(strbuf_str(&out), "");
	report_work(tty, &out, "draws", 2, 5);
	report_work(tty, &out, "draws", 3, 5);
	assert_string_equal(out.buf, "\r  0:00  blender    draws 2 of 5"
	                             "\r  0:00  blender    draws 3 of 5");
	strbuf_reset(&out);
	report_work(tty, &out, NULL, 0, 0);
	assert_string_equal(out.buf, "\r                               \r");
	assert_false(report_is_busy(tty));
	report_free(pipe);
	report_free(tty);
	strbuf_release(&out);
}

TEST(a_number_means_the_same_at_every_gate_where_it_means_anything)
{
	assert_string_equal(report_choice(GATE_PLAN, 3)->command, "reprompt");
	assert_string_equal(report_choice(GATE_HELP, 3)->command, "reprompt");
	assert_null(report_choice(GATE_TURN, 3));
	assert_null(report_choice(GATE_PLAN, 4));
	assert_null(report_choice(GATE_SCRIPT, 5)->command);
	assert_null(report_choice(GATE_SCRIPT, 0));
	assert_null(report_choice(GATE_SCRIPT, 6));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pipe_gets_plain_lines_and_nothing_is_taken_back),
		cmocka_unit_test(a_terminal_gets_rows_as_wide_as_it_is_and_a_line_of_progress),
		cmocka_unit_test(a_narrow_terminal_gets_the_words_of_models_too),
		cmocka_unit_test(long_work_without_events_is_shown_on_a_terminal_alone),
		cmocka_unit_test(a_number_means_the_same_at_every_gate_where_it_means_anything),
	};

	return RUN_ALL(tests);
}
