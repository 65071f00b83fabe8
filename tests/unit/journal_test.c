#include "journal/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data.h"
#include "journal/line.h"
#include "scratch.h"

/* A session that has every kind of event there is, two branches and a torn end behind it. */
#define BUCKET "bucket/events.jsonl"

static int64_t at_noon(void *ctx)
{
	(void)ctx;
	return 1790000000000;
}

static const struct journal_options plain = { .now_ms = at_noon };
static const struct journal_options looking = { .read_only = true };

/* Four thousand openings and closings would wait for a real disk for half a minute. */
static struct scratch scratch_in_memory(void)
{
	struct scratch s = { .dir = "/dev/shm/ll3m-test-XXXXXX" };

	return mkdtemp(s.dir) ? s : scratch_new();
}

static void write_file(struct scratch *s, const char *name, const char *bytes, size_t len)
{
	int fd = open(scratch_path(s, name), O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

static void read_file(struct strbuf *out, struct scratch *s, const char *name)
{
	struct error err;

	assert_true(file_read(out, scratch_path(s, name), 64u << 20, &err));
}

static bool exists(struct scratch *s, const char *name)
{
	return access(scratch_path(s, name), F_OK) == 0;
}

static struct journal *must_open(struct scratch *s, struct journal_report *report)
{
	struct journal_report ignored;
	struct journal *j = NULL;
	struct error err = { 0 };

	if (!journal_open(&j, s->dir, &plain, report ? report : &ignored, &err))
		fail_msg("%s", err.text);
	return j;
}

static void must_not_open(struct scratch *s, const char *why)
{
	struct journal_report report;
	struct journal *j;
	struct error err;

	assert_false(journal_open(&j, s->dir, &plain, &report, &err));
	assert_non_null(strstr(err.text, why));
}

static struct event prompt_event(const char *text)
{
	return (struct event){ .kind = EV_PROMPT_GIVEN,
		               .role = ROLE_USER,
		               .body.prompt.text = text };
}

static int64_t add_prompt(struct journal *j, const char *text)
{
	struct event ev = prompt_event(text);
	struct error err = { 0 };

	if (!journal_add(j, &ev, &err))
		fail_msg("%s", err.text);
	return ev.id;
}

static void move_head(struct journal *j, int64_t to)
{
	struct event ev = { .kind = EV_HEAD_MOVED, .role = ROLE_USER, .body.head.to = to };
	struct error err;

	assert_true(journal_add(j, &ev, &err));
}

static size_t count_of(const struct journal *j)
{
	return journal_index(j).count;
}

static void append_id(const struct event *ev, void *ctx)
{
	strbuf_addf(ctx, "%lld ", (long long)ev->id);
}

static void append_line(const struct event *ev, void *ctx)
{
	event_write(ctx, ev);
	strbuf_addstr(ctx, "\n");
}

static void assert_path(struct journal *j, int64_t head, const char *ids)
{
	struct strbuf found = { 0 };
	struct error err;

	assert_true(journal_path(j, head, append_id, &found, &err));
	assert_string_equal(strbuf_str(&found), ids);
	strbuf_release(&found);
}

TEST(what_was_added_is_there_after_closing_and_opening)
{
	struct scratch s = scratch_new();
	struct journal *j = must_open(&s, NULL);
	struct event back;
	struct error err;

	assert_int_equal(journal_index(j).head, 0);
	assert_int_equal(add_prompt(j, "a red bucket"), 1);
	assert_int_equal(add_prompt(j, "thinner\nhandle \xff"), 2);
	journal_close(j);
	j = must_open(&s, NULL);
	assert_int_equal(count_of(j), 2);
	assert_int_equal(journal_index(j).head, 2);
	assert_true(journal_read(&back, j, 2, &err));
	assert_int_equal(back.parent, 1);
	assert_int_equal(back.at_ms, 1790000000000);
	assert_string_equal(back.body.prompt.text, "thinner\nhandle \xef\xbf\xbd");
	event_release(&back);
	assert_int_equal(add_prompt(j, "third"), 3);
	journal_close(j);
	scratch_free(&s);
}

TEST(every_kind_of_event_comes_back_as_it_was_written)
{
	struct scratch s = scratch_new();
	struct strbuf text = { 0 }, again = { 0 };
	struct journal_index index;
	bool seen[EV_COUNT] = { false };
	struct journal *j;
	struct error err;

	data_read(&text, BUCKET);
	write_file(&s, "events.jsonl", text.buf, text.len);
	j = must_open(&s, NULL);
	if (!journal_each(j, append_line, &again, &err))
		fail_msg("%s", err.text);
	assert_string_equal(text.buf, again.buf);
	index = journal_index(j);
	for (size_t i = 0; i < index.count; i++)
		seen[index.entries[i].kind] = true;
	for (int kind = 0; kind < EV_COUNT; kind++)
		assert_int_equal(seen[kind], !event_types[kind].live);
	journal_close(j);
	strbuf_release(&text);
	strbuf_release(&again);
	scratch_free(&s);
}

TEST(a_line_says_the_same_at_a_glance_as_when_it_is_read)
{
	struct strbuf text = { 0 };
	const char *line, *end;

	data_read(&text, BUCKET);
	for (line = text.buf; *line; line = end + 1) {
		struct journal_entry glance, reading;
		struct error err;

		end = strchr(line, '\n');
		assert_true(line_scan(&glance, line, (size_t)(end - line), &err));
		assert_true(line_read(&reading, line, (size_t)(end - line), &err));
		assert_int_equal(glance.id, reading.id);
		assert_int_equal(glance.parent, reading.parent);
		assert_int_equal(glance.at_ms, reading.at_ms);
		assert_int_equal(glance.kind, reading.kind);
		assert_int_equal(glance.to, reading.to);
		assert_int_equal(glance.gate, reading.gate);
		assert_int_equal(glance.answer, reading.answer);
	}
	strbuf_release(&text);
}

TEST(after_an_undo_events_form_a_tree_and_only_the_path_is_told)
{
	struct scratch s = scratch_new();
	struct journal *j = must_open(&s, NULL);

	for (int i = 0; i < 4; i++)
		add_prompt(j, "on the first branch");
	move_head(j, 2);
	assert_int_equal(journal_index(j).head, 2);
	assert_path(j, journal_index(j).head, "1 2 ");
	assert_int_equal(add_prompt(j, "on the second"), 6);
	assert_path(j, 6, "1 2 6 ");
	assert_path(j, 4, "1 2 3 4 ");
	assert_path(j, 0, "");
	journal_close(j);
	j = must_open(&s, NULL);
	assert_path(j, journal_index(j).head, "1 2 6 ");
	journal_close(j);
	scratch_free(&s);
}

TEST(the_head_cannot_move_to_where_nothing_can_follow)
{
	static const int64_t places[] = { -1, 2, 3, 99 };
	struct scratch s = scratch_new();
	struct journal *j = must_open(&s, NULL);

	add_prompt(j, "a red bucket");
	move_head(j, 1);
	for (size_t i = 0; i < COUNT(places); i++) {
		struct event ev = { .kind = EV_HEAD_MOVED, .body.head.to = places[i] };
		struct error err;

		assert_false(journal_add(j, &ev, &err));
		assert_int_equal(journal_index(j).head, 1);
		assert_int_equal(count_of(j), 2);
	}
	journal_close(j);
	scratch_free(&s);
}

TEST(what_could_not_be_read_again_is_not_written)
{
	struct scratch s = scratch_new();
	struct journal *j = must_open(&s, NULL);
	struct event ev = { .kind = EV_TURN_ENDED, .body.turn_end.cost_usd = HUGE_VAL };
	struct error err;

	assert_false(journal_add(j, &ev, &err));
	assert_non_null(strstr(err.text, "cost_usd"));
	assert_int_equal(ev.id, 0);
	assert_int_equal(add_prompt(j, "and on it goes"), 1);
	journal_close(j);
	assert_int_equal(count_of(j = must_open(&s, NULL)), 1);
	journal_close(j);
	scratch_free(&s);
}

/* How many lines begin before `len` and are complete there, but for their last LF. */
static size_t lines_in(const char *text, size_t len)
{
	size_t lines = 0;

	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';
	return lines + (len && text[len - 1] != '\n' && text[len] == '\n');
}

static void assert_survives(struct scratch *s, const struct strbuf *text, size_t len)
{
	size_t lines = lines_in(text->buf, len), last = len;
	struct journal_report report;
	struct strbuf cut = { 0 };
	struct journal *j;

	while (last && text->buf[last - 1] != '\n')
		last--;
	if (text->buf[len] == '\n')
		last = len;
	write_file(s, "events.jsonl", text->buf, len);
	j = must_open(s, &report);
	assert_int_equal(count_of(j), lines);
	assert_int_equal(report.lost_bytes, len - last);
	if (report.lost_bytes) {
		read_file(&cut, s, report.cut_file);
		assert_int_equal(cut.len, len - last);
		assert_memory_equal(cut.buf, text->buf + last, cut.len);
		unlink(scratch_path(s, report.cut_file));
	}
	add_prompt(j, "on it goes");
	journal_close(j);
	j = must_open(s, &report);
	assert_int_equal(count_of(j), lines + 1);
	assert_int_equal(report.lost_bytes, 0);
	journal_close(j);
	strbuf_release(&cut);
}

TEST(cut_anywhere_all_complete_lines_are_kept_and_it_goes_on)
{
	struct scratch s = scratch_in_memory();
	struct strbuf text = { 0 };

	data_read(&text, BUCKET);
	for (size_t len = text.len - 4096; len <= text.len; len++)
		assert_survives(&s, &text, len);
	for (size_t len = 0; len < 300; len++)
		assert_survives(&s, &text, len);
	strbuf_release(&text);
	scratch_free(&s);
}

TEST(a_tail_of_zeros_left_by_a_power_cut_is_cut_off)
{
	static const char zeros[5000];
	struct scratch s = scratch_new();
	struct journal *j = must_open(&s, NULL);
	struct journal_report report;
	struct strbuf text = { 0 };

	add_prompt(j, "a red bucket");
	journal_close(j);
	read_file(&text, &s, "events.jsonl");
	strbuf_add(&text, zeros, sizeof(zeros));
	strbuf_addstr(&text, "\n");
	write_file(&s, "events.jsonl", text.buf, text.len);
	j = must_open(&s, &report);
	assert_int_equal(count_of(j), 1);
	assert_int_equal(report.lost_bytes, sizeof(zeros) + 1);
	journal_close(j);
	strbuf_release(&text);
	scratch_free(&s);
}

TEST(a_broken_line_in_the_middle_is_named_and_nothing_is_dropped)
{
	static const struct {
		const char *line, *why;
	} cases[] = {
		{ "", "line 2" },
		{ "{\"id\":2,", "line 2" },
		{ "{\"id\":2,\"parent\":1,\"at_ms\":1,\"event\":\"ended\",\"by\":\"user\",\"body\":{",
		  "line 2" },
		{ "{\"id\":2,\"parent\":1,\"at_ms\":1,\"event\":\"x.y\",\"by\":\"user\",\"body\":{}}",
		  "x.y" },
		{ "{\"id\":1,\"parent\":1,\"at_ms\":1,\"event\":\"ended\",\"by\":\"user\",\"body\":{}}",
		  "event 1" },
		{ "{\"id\":2,\"parent\":7,\"at_ms\":1,\"event\":\"ended\",\"by\":\"user\",\"body\":{}}",
		  "follows 7" },
		{ "{\"id\":2,\"parent\":2,\"at_ms\":1,\"event\":\"ended\",\"by\":\"user\",\"body\":{}}",
		  "follows 2" },
		{ "{\"id\":-2,\"parent\":1,\"at_ms\":1,\"event\":\"ended\",\"by\":\"user\",\"body\":{}}",
		  "line 2" },
		{ "{\"id\":2,\"parent\":1,\"at_ms\":1,\"event\":\"head.moved\",\"by\":\"user\",\"body\":{\"to\":5}}",
		  "leads to 5" },
		{ "{\"id\":2,\"parent\":1,\"at_ms\":1,\"event\":\"ended\x01\",\"by\":\"user\",\"body\":{}}",
		  "line 2" },
	};
	static const char line[] =
		"{\"id\":%d,\"parent\":%d,\"at_ms\":1,\"event\":\"prompt.given\","
		"\"by\":\"user\",\"body\":{\"text\":\"x\"}}\n";
	struct scratch s = scratch_new();
	struct strbuf text = { 0 }, after = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		strbuf_reset(&text);
		strbuf_addf(&text, line, 1, 0);
		strbuf_addf(&text, "%s\n", cases[i].line);
		strbuf_addf(&text, line, 3, 2);
		write_file(&s, "events.jsonl", text.buf, text.len);
		must_not_open(&s, cases[i].why);
		must_not_open(&s, "sed -i.old '2,$d'");
		read_file(&after, &s, "events.jsonl");
		assert_string_equal(after.buf, text.buf);
	}
	strbuf_release(&text);
	strbuf_release(&after);
	scratch_free(&s);
}

TEST(damage_before_a_torn_line_is_not_taken_for_another_torn_line)
{
	static const char text[] =
		"{\"id\":1,\"parent\":0,\"at_ms\":1,\"event\":\"prompt.given\",\"by\":\"user\","
		"\"body\":{\"text\":nothing}}\n{\"id\":2,\"par";
	struct scratch s = scratch_new();
	struct strbuf after = { 0 };

	write_file(&s, "events.jsonl", text, strlen(text));
	must_not_open(&s, "line 1");
	read_file(&after, &s, "events.jsonl");
	assert_string_equal(after.buf, text);
	strbuf_release(&after);
	scratch_free(&s);
}

TEST(a_last_line_of_a_newer_version_is_not_taken_for_a_torn_one)
{
	static const char line[] = "{\"id\":1,\"parent\":0,\"at_ms\":1,\"event\":\"dream.had\","
				   "\"by\":\"user\",\"body\":{}}\n";
	struct scratch s = scratch_new();

	write_file(&s, "events.jsonl", line, strlen(line));
	must_not_open(&s, "dream.had");
	scratch_free(&s);
}

TEST(a_line_mended_by_hand_is_read_like_any_other)
{
	static const char text[] =
		"{ \"event\": \"prompt.given\", \"by\": \"user\", \"id\": 4, \"parent\": 0, "
		"\"at_ms\": 5, \"body\": { \"text\": \"a \\\"red\\\" bucket\" } }\r\n"
		"{\"id\":9,\"parent\":4,\"at_ms\":6,\"event\":\"ended\",\"by\":\"user\","
		"\"body\":{\"ending\":\"done\"}}";
	struct scratch s = scratch_new();
	struct journal_report report;
	struct journal *j;

	write_file(&s, "events.jsonl", text, strlen(text));
	j = must_open(&s, &report);
	assert_int_equal(report.lost_bytes, 0);
	assert_path(j, 9, "4 9 ");
	assert_int_equal(add_prompt(j, "on"), 10);
	journal_close(j);
	j = must_open(&s, &report);
	assert_path(j, 10, "4 9 10 ");
	journal_close(j);
	scratch_free(&s);
}

TEST(two_writers_are_refused_and_a_reader_is_not)
{
	struct scratch s = scratch_new();
	struct journal *j = must_open(&s, NULL), *reader;
	struct journal_report report;
	struct error err;
	char why[64];

	add_prompt(j, "a red bucket");
	snprintf(why, sizeof(why), "in use by process %ld", (long)getpid());
	must_not_open(&s, why);
	assert_true(journal_open(&reader, s.dir, &looking, &report, &err));
	assert_int_equal(count_of(reader), 1);
	journal_close(reader);
	journal_close(j);
	j = must_open(&s, NULL);
	journal_close(j);
	scratch_free(&s);
}

/* Write until the parent kills us; each saved event is one byte on the pipe. */
static void write_forever(const char *dir, int tell)
{
	struct journal_report report;
	struct journal *j;
	struct error err;

	if (!journal_open(&j, dir, &plain, &report, &err))
		_exit(1);
	for (;;) {
		struct event ev = prompt_event("once more");

		if (!journal_add(j, &ev, &err) || write(tell, ".", 1) != 1)
			_exit(1);
	}
}

TEST(a_killed_writer_leaves_no_lock_and_loses_nothing_it_told_of)
{
	struct scratch s = scratch_new();
	struct journal *j;
	char told[64];
	int ends[2], status;
	size_t count = 0;
	ssize_t got;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child)
		write_forever(s.dir, ends[1]);
	close(ends[1]);
	while (count < 20 && (got = read(ends[0], told, sizeof(told))) > 0)
		count += (size_t)got;
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	while ((got = read(ends[0], told, sizeof(told))) > 0)
		count += (size_t)got;
	close(ends[0]);
	j = must_open(&s, NULL);
	assert_in_range(count_of(j), count, count + 1);
	journal_close(j);
	scratch_free(&s);
}

TEST(looking_at_a_torn_session_changes_nothing)
{
	static const char line[] = "{\"id\":1,\"parent\":0,\"at_ms\":1,\"event\":\"prompt.given\","
				   "\"by\":\"user\",\"body\":{\"text\":\"x\"}}\n{\"id\":2";
	struct scratch s = scratch_new();
	struct journal_report report;
	struct strbuf after = { 0 };
	struct journal *j;
	struct error err;

	assert_false(journal_open(&j, s.dir, &looking, &report, &err));
	assert_int_equal(err.code, ERR_USAGE);
	write_file(&s, "events.jsonl", line, strlen(line));
	assert_true(journal_open(&j, s.dir, &looking, &report, &err));
	assert_int_equal(report.lost_bytes, 7);
	assert_string_equal(report.cut_file, "");
	assert_int_equal(count_of(j), 1);
	journal_close(j);
	read_file(&after, &s, "events.jsonl");
	assert_string_equal(after.buf, line);
	assert_false(exists(&s, "lock"));
	strbuf_release(&after);
	scratch_free(&s);
}

static void limit_files(rlim_t bytes)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

TEST(on_a_full_disk_nothing_is_half_written_and_it_goes_on_later)
{
	struct scratch s = scratch_new();
	struct journal *j = must_open(&s, NULL);
	struct event ev = prompt_event("there is no room for this one");
	struct stat before, after;
	struct rlimit old;
	struct error err;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	add_prompt(j, "a red bucket");
	assert_int_equal(stat(scratch_path(&s, "events.jsonl"), &before), 0);
	limit_files((rlim_t)before.st_size + 20);
	assert_false(journal_add(j, &ev, &err));
	limit_files(old.rlim_cur);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.text, "ulimit -f"));
	assert_int_equal(ev.id, 0);
	assert_int_equal(stat(scratch_path(&s, "events.jsonl"), &after), 0);
	assert_int_equal(after.st_size, before.st_size);
	assert_int_equal(add_prompt(j, "now there is"), 2);
	assert_path(j, 2, "1 2 ");
	journal_close(j);
	scratch_free(&s);
}

TEST(a_copy_is_the_path_alone_and_goes_on_above_its_ids)
{
	struct scratch s = scratch_new(), copy = scratch_new();
	struct journal *j = must_open(&s, NULL);
	struct error err;

	for (int i = 0; i < 4; i++)
		add_prompt(j, "on the first branch");
	move_head(j, 2);
	add_prompt(j, "on the second");
	assert_true(journal_copy(j, 6, copy.dir, &err));
	assert_false(journal_copy(j, 6, copy.dir, &err));
	assert_non_null(strstr(err.text, "already"));
	assert_false(journal_copy(j, 77, copy.dir, &err));
	journal_close(j);
	j = must_open(&copy, NULL);
	assert_int_equal(count_of(j), 3);
	assert_path(j, journal_index(j).head, "1 2 6 ");
	assert_int_equal(add_prompt(j, "of its own"), 7);
	journal_close(j);
	scratch_free(&copy);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_added_is_there_after_closing_and_opening),
		cmocka_unit_test(every_kind_of_event_comes_back_as_it_was_written),
		cmocka_unit_test(a_line_says_the_same_at_a_glance_as_when_it_is_read),
		cmocka_unit_test(after_an_undo_events_form_a_tree_and_only_the_path_is_told),
		cmocka_unit_test(the_head_cannot_move_to_where_nothing_can_follow),
		cmocka_unit_test(what_could_not_be_read_again_is_not_written),
		cmocka_unit_test(cut_anywhere_all_complete_lines_are_kept_and_it_goes_on),
		cmocka_unit_test(a_tail_of_zeros_left_by_a_power_cut_is_cut_off),
		cmocka_unit_test(a_broken_line_in_the_middle_is_named_and_nothing_is_dropped),
		cmocka_unit_test(damage_before_a_torn_line_is_not_taken_for_another_torn_line),
		cmocka_unit_test(a_last_line_of_a_newer_version_is_not_taken_for_a_torn_one),
		cmocka_unit_test(a_line_mended_by_hand_is_read_like_any_other),
		cmocka_unit_test(two_writers_are_refused_and_a_reader_is_not),
		cmocka_unit_test(a_killed_writer_leaves_no_lock_and_loses_nothing_it_told_of),
		cmocka_unit_test(looking_at_a_torn_session_changes_nothing),
		cmocka_unit_test(on_a_full_disk_nothing_is_half_written_and_it_goes_on_later),
		cmocka_unit_test(a_copy_is_the_path_alone_and_goes_on_above_its_ids),
	};

	return RUN_ALL(tests);
}
