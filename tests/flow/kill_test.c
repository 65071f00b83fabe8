#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "journal/journal.h"
#include "stage.h"
#include "test.h"

#define MOST_KILLS 20

#define PLAN                                                                                       \
	"{\"title\":\"boxes\",\"summary\":\"Boxes.\",\"parts\":[{\"name\":\"box\",\"looks\":"      \
	"\"a cube\",\"size\":\"1 x 1 x 1 m\"}],\"subtasks\":["                                     \
	"{\"title\":\"one\",\"goal\":\"a cube\"},{\"title\":\"two\",\"goal\":\"a cube\"},"         \
	"{\"title\":\"three\",\"goal\":\"a cube\"}]}"
#define SCRIPT   "```python\nimport bpy\nbpy.ops.mesh.primitive_cube_add(size=0.5)\n```\n"
#define NO_FLAWS "{\"summary\":\"Boxes.\",\"fit\":9,\"flaws\":[]}"

/* Tells the parent of every event that was saved, and of the last script that was accepted. */
static void tell(const struct event *ev, void *ctx)
{
	if (!event_types[ev->kind].live)
		dprintf(*(int *)ctx, "%lld %d\n", (long long)ev->id,
		        ev->kind == EV_GATE_ANSWERED && ev->body.answer.gate == GATE_SCRIPT);
}

/* The session, until it is over or we are killed. */
static void live(struct stage *stage, int fd)
{
	stage_begin(stage, AUTONOMY_AUTO, true);
	session_watch(stage->session, tell, &fd);
	if (!stage_state(stage)->begun)
		stage_do(stage, "prompt three boxes");
	stage_wait_over(stage);
	_exit(0);
}

/* Kill it after so many events. Returns the last step it told of, or `step`; *over: it ended. */
static int64_t kill_after(struct stage *stage, int events, int64_t step, bool *over)
{
	int fds[2], status;
	long long id;
	int accepted;
	FILE *from;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		live(stage, fds[1]);
	close(fds[1]);
	from = fdopen(fds[0], "r");
	while (events-- && fscanf(from, "%lld %d\n", &id, &accepted) == 2)
		step = accepted ? id : step;
	kill(pid, SIGKILL);
	/* What was saved while we decided counts as well. */
	while (fscanf(from, "%lld %d\n", &id, &accepted) == 2)
		step = accepted ? id : step;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	*over = WIFEXITED(status);
	fclose(from);
	return step;
}

static void assert_kept(const struct stage *stage, int64_t step)
{
	struct journal_report report = { 0 };
	struct journal_index index;
	struct strbuf dir = { 0 };
	struct journal *journal;
	struct error err;

	strbuf_addf(&dir, "%s/session", stage->dir);
	if (!journal_open(&journal, dir.buf, &(struct journal_options){ 0 }, &report, &err))
		fail_msg("%s", err.text);
	index = journal_index(journal);
	assert_true(!step || journal_find(&index, step));
	journal_close(journal);
	strbuf_release(&dir);
}

TEST(every_accepted_step_survives_kill_9_and_the_run_goes_on)
{
	const char *wanted = getenv("LL3M_TEST_SEED");
	unsigned seed = wanted ? (unsigned)atoi(wanted) : (unsigned)getpid();
	struct stage stage;
	int64_t step = 0;
	bool over = false;
	int kills = 0;

	if (!stage_open(&stage)) {
		skip();
		return;
	}
	print_message("seed %u\n", seed);
	stage_say(&stage, "planner", PLAN);
	for (int i = 0; i < 3; i++)
		stage_say(&stage, "coder", SCRIPT);
	stage_say(&stage, "critic", NO_FLAWS);
	while (!over && kills < MOST_KILLS) {
		int64_t now = kill_after(&stage, 3 + rand_r(&seed) % 4, step, &over);

		assert_true(now >= step);
		step = now;
		kills += !over;
		assert_kept(&stage, step);
	}
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_DONE);
	assert_int_equal(stage_state(&stage)->subtask, 3);
	print_message("%d kills\n", kills);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_accepted_step_survives_kill_9_and_the_run_goes_on),
	};

	return RUN_ALL(tests);
}
