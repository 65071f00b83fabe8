#include "blender/blender.h"

#include "scratch.h"
#include "test.h"

#define HELLO                                                                                      \
	"{\"hello\":1,\"version\":\"4.3.2\",\"blender\":[4,3,2],\"python\":\"3.13\","              \
	"\"engines\":[\"CYCLES\"],\"formats\":[\"blend\"],\"missing\":[],\"denoise\":false}"

/*
 * Shell functions for a Blender that is a shell script: say TEXT sends a frame, hear takes the
 * next request and leaves its id in $id.
 */
#define SHELL                                                                                      \
	"say() { printf '%s\\n%s' ${#1} \"$1\" >&3; }\n"                                           \
	"hear() { read -r size <&3; request=$(dd bs=1 count=$size <&3 2>/dev/null);"               \
	" id=${request##*\\\"id\\\":}; id=${id%%[,\\}]*}; }\n"

struct door {
	struct scratch scratch;
	struct loop *loop;
	struct blender *blender;
	int answers;
	bool close_when_done;
	enum err_code code;
	enum blender_fault_kind kind;
	char text[400];
};

static void on_done(void *ctx, const struct blender_result *r, const struct error *err)
{
	struct door *d = ctx;

	d->answers++;
	d->code = err ? err->code : 0;
	d->kind = r ? r->fault.kind : BLENDER_FINE;
	snprintf(d->text, sizeof(d->text), "%s",
	         err                ? err->text
	         : r->fault.message ? r->fault.message
	                            : "");
	if (d->close_when_done) {
		blender_close(d->blender);
		d->blender = NULL;
	}
}

static struct door open_door(const char *script)
{
	struct door d = { .scratch = scratch_new(), .loop = loop_new() };
	struct blender_options o = { .sandbox = SANDBOX_OFF, .alone = true };
	struct strbuf text = { 0 };
	struct error err = { 0 };
	char program[100];

	strbuf_addf(&text, "#!/bin/sh\necho x >>%s\n", scratch_path(&d.scratch, "tries"));
	strbuf_addf(&text, "%s%s", SHELL, script);
	scratch_write(&d.scratch, "blender", strbuf_str(&text));
	strbuf_release(&text);
	snprintf(program, sizeof(program), "%s", scratch_path(&d.scratch, "blender"));
	assert_int_equal(chmod(program, 0700), 0);
	o.program = program;
	o.worker_dir = d.scratch.dir;
	if (!blender_open(&d.blender, d.loop, &o, &err))
		fail_msg("%s", err.text);
	return d;
}

static void ask(struct door *d, enum blender_job_type type)
{
	bool is_script = type == BLENDER_RUN || type == BLENDER_CHECK;
	struct blender_job job = { .type = type, .script = is_script ? "x" : NULL };
	int before = d->answers;

	blender_do(d->blender, &job, NULL, on_done, d);
	assert_int_equal(d->answers, before);
}

static void wait_for(struct door *d, int answers)
{
	while (d->answers < answers)
		assert_true(loop_turn(d->loop, -1));
	assert_int_equal(d->answers, answers);
}

/* How often it was started. */
static long tries(struct door *d)
{
	struct stat st;

	assert_int_equal(stat(scratch_path(&d->scratch, "tries"), &st), 0);
	return st.st_size / 2;
}

static void close_door(struct door *d)
{
	blender_close(d->blender);
	assert_false(loop_turn(d->loop, 0));
	loop_free(d->loop);
	scratch_free(&d->scratch);
}

TEST(what_never_gets_ready_is_tried_three_times_and_quoted)
{
	struct door d = open_door("echo 'libfoo.so: cannot open' >&2; exit 127\n");

	ask(&d, BLENDER_RUN);
	wait_for(&d, 1);
	assert_int_equal(d.code, ERR_WORKER);
	assert_non_null(strstr(d.text, "libfoo.so: cannot open"));
	assert_non_null(strstr(d.text, "exit code 127"));
	assert_int_equal(tries(&d), 3);
	assert_null(blender_info(d.blender));
	close_door(&d);
}

TEST(one_that_is_too_old_is_not_tried_again)
{
	struct door d = open_door("say '{\"hello\":1,\"version\":\"3.3.1\",\"blender\":[3,3,1],"
	                          "\"python\":\"3\",\"engines\":[],\"formats\":[],\"missing\":[],"
	                          "\"denoise\":false}'; exec sleep 1000\n");

	ask(&d, BLENDER_RUN);
	wait_for(&d, 1);
	assert_int_equal(d.code, ERR_CONFIG);
	assert_non_null(strstr(d.text, "Blender 3.3.1, and 3.4 is the oldest"));
	assert_int_equal(tries(&d), 1);
	close_door(&d);
}

TEST(a_program_that_says_something_else_is_no_blender)
{
	struct door d = open_door("say '[1]'; exec sleep 1000\n");

	ask(&d, BLENDER_RUN);
	wait_for(&d, 1);
	assert_int_equal(d.code, ERR_PROTOCOL);
	close_door(&d);
}

TEST(answers_of_the_wrong_shape_end_the_worker_and_the_job)
{
	static const char *const answers[] = {
		"\"ok\":\"yes\"",
		"\"ok\":true,\"objects\":\"many\"",
		"\"ok\":true,\"parts\":[{\"name\":1}]",
		"\"ok\":false,\"error\":{\"kind\":\"magic\"}",
		"\"event\":1",
	};

	for (size_t i = 0; i < COUNT(answers); i++) {
		struct strbuf script = { 0 };
		struct door d;

		strbuf_addf(&script, "say '" HELLO "'\nhear\nanswer='%s'\n", answers[i]);
		strbuf_addstr(&script, "say \"{\\\"id\\\":$id,$answer}\"\nexec sleep 1000\n");
		d = open_door(strbuf_str(&script));
		ask(&d, i == COUNT(answers) - 1 ? BLENDER_VIEWS : BLENDER_RUN);
		wait_for(&d, 1);
		assert_int_equal(d.code, ERR_PROTOCOL);
		close_door(&d);
		strbuf_release(&script);
	}
}

TEST(a_file_that_was_not_made_on_the_desk_is_not_believed)
{
	struct door d = open_door("say '" HELLO "'\nhear\n"
	                          "say \"{\\\"id\\\":$id,\\\"ok\\\":true,"
	                          "\\\"path\\\":\\\"/etc/passwd\\\",\\\"bytes\\\":1}\"\n"
	                          "exec sleep 1000\n");

	ask(&d, BLENDER_SAVE);
	wait_for(&d, 1);
	assert_int_equal(d.code, ERR_PROTOCOL);
	assert_int_equal(access("/etc/passwd", F_OK), 0);
	close_door(&d);
}

TEST(answers_to_what_nobody_asked_are_passed_over)
{
	struct door d = open_door("say '" HELLO "'\nhear\n"
	                          "say '{\"id\":77,\"ok\":\"nonsense\"}'\nsay '{}'\n"
	                          "say \"{\\\"id\\\":$id,\\\"ok\\\":true}\"\nexec sleep 1000\n");

	ask(&d, BLENDER_CHECK);
	wait_for(&d, 1);
	assert_int_equal(d.code, 0);
	assert_int_equal(d.kind, BLENDER_FINE);
	close_door(&d);
}

TEST(a_worker_that_goes_away_costs_one_job)
{
	struct door d = open_door("say '" HELLO "'\nhear\nexit 3\n");

	ask(&d, BLENDER_CHECK);
	ask(&d, BLENDER_CHECK);
	wait_for(&d, 2);
	assert_int_equal(d.kind, BLENDER_CRASH);
	assert_non_null(strstr(d.text, "exit code 3"));
	assert_in_range(tries(&d), 2, 3); /* perhaps the next one is on its way already */
	close_door(&d);
}

TEST(the_last_callback_may_close_everything)
{
	struct door d = open_door("say '" HELLO "'\nhear\n"
	                          "say \"{\\\"id\\\":$id,\\\"ok\\\":true}\"\nexec sleep 1000\n");

	d.close_when_done = true;
	ask(&d, BLENDER_CHECK);
	ask(&d, BLENDER_CHECK);
	wait_for(&d, 1);
	close_door(&d);
	assert_int_equal(d.answers, 1);
}

TEST(closing_with_work_left_calls_nobody)
{
	struct door d = open_door("exec sleep 1000\n");

	ask(&d, BLENDER_RUN);
	loop_turn(d.loop, 0);
	loop_turn(d.loop, 0);
	close_door(&d);
	assert_int_equal(d.answers, 0);
}

TEST(stopping_cancels_all_and_the_next_job_is_done)
{
	struct door d = open_door("say '" HELLO "'\nhear\n"
	                          "say \"{\\\"id\\\":$id,\\\"ok\\\":true}\"\nexec sleep 1000\n");

	ask(&d, BLENDER_CHECK);
	ask(&d, BLENDER_CHECK);
	blender_stop(d.blender);
	assert_int_equal(d.answers, 0);
	wait_for(&d, 2);
	assert_int_equal(d.code, ERR_CANCELLED);
	ask(&d, BLENDER_CHECK);
	wait_for(&d, 3);
	assert_int_equal(d.code, 0);
	close_door(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_never_gets_ready_is_tried_three_times_and_quoted),
		cmocka_unit_test(one_that_is_too_old_is_not_tried_again),
		cmocka_unit_test(a_program_that_says_something_else_is_no_blender),
		cmocka_unit_test(answers_of_the_wrong_shape_end_the_worker_and_the_job),
		cmocka_unit_test(a_file_that_was_not_made_on_the_desk_is_not_believed),
		cmocka_unit_test(answers_to_what_nobody_asked_are_passed_over),
		cmocka_unit_test(a_worker_that_goes_away_costs_one_job),
		cmocka_unit_test(the_last_callback_may_close_everything),
		cmocka_unit_test(closing_with_work_left_calls_nobody),
		cmocka_unit_test(stopping_cancels_all_and_the_next_job_is_done),
	};

	return RUN_ALL(tests);
}
