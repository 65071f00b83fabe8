#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "test.h"

/* A child and all that was heard of it. */
struct heard {
	struct loop *loop;
	struct child *child;
	struct strbuf printed, said;
	int hangups, endings;
	struct child_end end;
	bool free_at_print;
};

static void on_printed(void *ctx, const char *bytes, size_t len)
{
	struct heard *h = ctx;

	strbuf_add(&h->printed, bytes, len);
	if (h->free_at_print) {
		child_free(h->child);
		h->child = NULL;
	}
}

static void on_said(void *ctx, const char *bytes, size_t len)
{
	struct heard *h = ctx;

	h->hangups += len == 0;
	strbuf_add(&h->said, bytes, len);
}

static void on_ended(void *ctx, const struct child_end *end)
{
	struct heard *h = ctx;

	h->endings++;
	h->end = *end;
}

static bool start_with(struct heard *h, const struct child_options *o, struct error *err)
{
	struct child_events events = { on_printed, on_said, on_ended, h };

	h->loop = loop_new();
	return child_start(&h->child, h->loop, o, &events, err);
}

static void start(struct heard *h, const char *script, struct child_options o)
{
	const char *const argv[] = { "/bin/sh", "-c", script, NULL };
	struct error err = { 0 };

	o.argv = argv;
	if (!start_with(h, &o, &err))
		fail_msg("%s", err.text);
}

static void wait_for_end(struct heard *h)
{
	while (!h->endings && loop_turn(h->loop, -1))
		continue;
	assert_int_equal(h->endings, 1);
}

/* Frees the child first, as an owner does. */
static void stop(struct heard *h)
{
	child_free(h->child);
	assert_false(loop_turn(h->loop, 0));
	loop_free(h->loop);
	strbuf_release(&h->printed);
	strbuf_release(&h->said);
}

TEST(what_it_prints_on_either_stream_arrives_before_its_end)
{
	struct heard h = { 0 };

	start(&h, "echo one; echo two >&2; exit 7", (struct child_options){ 0 });
	wait_for_end(&h);
	assert_string_equal(strbuf_str(&h.printed), "one\ntwo\n");
	assert_int_equal(h.end.code, 7);
	assert_int_equal(h.end.signal, 0);
	stop(&h);
}

TEST(a_flood_of_output_is_read_to_the_last_byte)
{
	struct heard h = { 0 };

	start(&h,
	      "i=0; while [ $i -lt 4000 ]; do echo 0123456789012345678901234567890123456789;"
	      " i=$((i+1)); done",
	      (struct child_options){ 0 });
	wait_for_end(&h);
	assert_int_equal(h.printed.len, 4000 * 41);
	stop(&h);
}

TEST(the_talk_channel_carries_both_ways_apart_from_what_is_printed)
{
	struct heard h = { 0 };

	start(&h, "read line <&3; echo noise; echo \"got $line\" >&3",
	      (struct child_options){ .input = CHILD_TALK });
	child_tell(h.child, "hello\n", 6);
	wait_for_end(&h);
	assert_string_equal(strbuf_str(&h.said), "got hello\n");
	assert_string_equal(strbuf_str(&h.printed), "noise\n");
	assert_int_equal(h.hangups, 1);
	stop(&h);
}

TEST(a_child_that_hangs_up_is_heard_while_it_lives)
{
	struct heard h = { 0 };

	start(&h, "exec 3>&-; exec sleep 1000", (struct child_options){ .input = CHILD_TALK });
	while (!h.hangups)
		assert_true(loop_turn(h.loop, -1));
	assert_int_equal(h.endings, 0);
	child_tell(h.child, "into the void", 13);
	child_kill(h.child);
	wait_for_end(&h);
	assert_int_equal(h.end.signal, SIGKILL);
	stop(&h);
}

TEST(megabytes_can_be_told_to_a_child_that_reads_late)
{
	static char many[3 << 20];
	struct heard h = { 0 };

	memset(many, 'x', sizeof(many));
	start(&h, "wc -c", (struct child_options){ .input = CHILD_STDIN });
	child_tell(h.child, many, sizeof(many));
	child_hush(h.child);
	wait_for_end(&h);
	assert_int_equal(atoi(strbuf_str(&h.printed)), sizeof(many));
	stop(&h);
}

TEST(only_the_environment_and_descriptors_we_name_get_through)
{
	const char *const env[] = { "COLOUR=red", NULL };
	int pipe_fds[2], ours = open("/dev/null", O_RDONLY);
	struct heard h = { 0 };

	assert_int_equal(pipe(pipe_fds), 0);
	setenv("SECRET_KEY", "sk-1", 1);
	start(&h,
	      "/usr/bin/env | /bin/grep -v ^_ | /bin/grep -v PWD= | /bin/grep -v SHLVL;"
	      "for i in 3 4 5 6 7 8 9; do [ -e /proc/self/fd/$i ] && echo $i; done; echo x >&4",
	      (struct child_options){ .env = env, .pass = &pipe_fds[1], .passed = 1 });
	wait_for_end(&h);
	assert_string_equal(strbuf_str(&h.printed), "COLOUR=red\n4\n");
	assert_int_equal(read(pipe_fds[0], (char[1]){ 0 }, 1), 1);
	unsetenv("SECRET_KEY");
	close(ours);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
	stop(&h);
}

TEST(a_child_has_no_input_and_a_session_of_its_own)
{
	struct heard h = { 0 };

	start(&h,
	      "cat; set -- $(cut -d' ' -f5,6 /proc/self/stat);"
	      "[ $1 = $$ ] && [ $2 = $$ ] && echo own; pwd",
	      (struct child_options){ .dir = "/usr" });
	wait_for_end(&h);
	assert_string_equal(strbuf_str(&h.printed), "own\n/usr\n");
	stop(&h);
}

TEST(the_end_comes_though_a_grandchild_holds_the_pipe_and_it_is_killed)
{
	struct heard h = { 0 };
	int held[2];

	assert_int_equal(pipe(held), 0);
	start(&h, "sleep 1000 &", (struct child_options){ .pass = &held[1], .passed = 1 });
	close(held[1]);
	wait_for_end(&h);
	assert_int_equal(read(held[0], (char[1]){ 0 }, 1), 0); /* the last holder is dead */
	close(held[0]);
	stop(&h);
}

TEST(freeing_a_running_child_leaves_no_process_and_no_callback)
{
	struct heard h = { 0 };
	pid_t pid;

	start(&h, "exec sleep 1000", (struct child_options){ 0 });
	pid = child_pid(h.child);
	stop(&h);
	assert_int_equal(h.endings, 0);
	assert_int_equal(kill(pid, 0), -1);
	assert_int_equal(errno, ESRCH);
}

TEST(a_callback_may_free_its_child)
{
	struct heard h = { .free_at_print = true };

	start(&h, "echo bye; exec sleep 1000", (struct child_options){ 0 });
	while (loop_turn(h.loop, -1))
		continue;
	assert_int_equal(h.endings, 0);
	assert_string_equal(strbuf_str(&h.printed), "bye\n");
	stop(&h);
}

TEST(a_program_that_is_not_there_is_an_error_with_its_name)
{
	const char *const argv[] = { "/nowhere/blender", NULL };
	struct child_options o = { .argv = argv };
	struct heard h = { 0 };
	struct error err = { 0 };

	assert_false(start_with(&h, &o, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_string_equal(err.text, "cannot start /nowhere/blender: starting it: "
	                              "No such file or directory");
	stop(&h);
}

static const char *refuse(void *ctx)
{
	errno = EPERM;
	return ctx;
}

TEST(a_preparation_that_fails_names_its_step)
{
	char step[] = "locking it up";
	const char *const argv[] = { "/bin/true", NULL };
	struct child_options o = { .argv = argv, .prepare = refuse, .prepare_ctx = step };
	struct heard h = { 0 };
	struct error err = { 0 };

	assert_false(start_with(&h, &o, &err));
	assert_non_null(strstr(err.text, "locking it up: Operation not permitted"));
	stop(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_prints_on_either_stream_arrives_before_its_end),
		cmocka_unit_test(a_flood_of_output_is_read_to_the_last_byte),
		cmocka_unit_test(the_talk_channel_carries_both_ways_apart_from_what_is_printed),
		cmocka_unit_test(a_child_that_hangs_up_is_heard_while_it_lives),
		cmocka_unit_test(megabytes_can_be_told_to_a_child_that_reads_late),
		cmocka_unit_test(only_the_environment_and_descriptors_we_name_get_through),
		cmocka_unit_test(a_child_has_no_input_and_a_session_of_its_own),
		cmocka_unit_test(the_end_comes_though_a_grandchild_holds_the_pipe_and_it_is_killed),
		cmocka_unit_test(freeing_a_running_child_leaves_no_process_and_no_callback),
		cmocka_unit_test(a_callback_may_free_its_child),
		cmocka_unit_test(a_program_that_is_not_there_is_an_error_with_its_name),
		cmocka_unit_test(a_preparation_that_fails_names_its_step),
	};

	return RUN_ALL(tests);
}
