#include <string.h>

#include "base/file.h"
#include "box.h"
#include "stage.h"
#include "test.h"

#define PLAN_WITH_WORDS                                                                            \
	"{\"title\":\"box\",\"summary\":\"A box.\",\"style\":\"plain\","                           \
	"\"parts\":[{\"name\":\"box\",\"looks\":\"a cube\",\"size\":\"1 x 1 x 1 m\"}],"            \
	"\"subtasks\":[{\"title\":\"box\",\"goal\":\"a cube\",\"parts\":[\"box\"],"                \
	"\"search\":[\"bmesh create cube\",\"new mesh object\"]}]}"

/* What the index knows not to be there. */
#define MISNAMED                                                                                   \
	"```python\nimport bpy\n\nbpy.ops.mesh.primitive_cube_add(size=1)\n"                       \
	"bpy.ops.mesh.no_such_operator()\n```\n"

static void assert_asked(const struct stage *stage, enum role role, const char *words)
{
	struct strbuf request = stage_request(stage, role);

	if (!strstr(request.buf, words))
		fail_msg("\"%s\" is not in: %s", words, request.buf);
	strbuf_release(&request);
}

static void assert_not_asked(const struct stage *stage, enum role role, const char *words)
{
	struct strbuf request = stage_request(stage, role);

	assert_null(strstr(request.buf, words));
	strbuf_release(&request);
}

TEST(the_coder_reads_what_the_blender_at_hand_has_before_it_writes_and_after_it_failed)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN_WITH_WORDS);
	stage_say(&stage, "coder", BROKEN);
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_DOCUMENTS_FOUND);
	assert_non_null(stage_state(&stage)->documents.blob);
	stage_wait(&stage, EV_SCRIPT_FAILED);
	assert_asked(&stage, ROLE_CODER, "# What this Blender has");
	assert_asked(&stage, ROLE_CODER, "create_cube");
	stage_wait_over(&stage);
	assert_asked(&stage, ROLE_CODER, "# Your task now: repair");
	assert_asked(&stage, ROLE_CODER, "# What this Blender has");
	assert_not_asked(&stage, ROLE_CRITIC, "# What this Blender has");
	assert_int_equal(stage_count(&stage, EV_DOCUMENTS_FOUND), 2);
	stage_close(&stage);
}

TEST(a_name_that_is_not_there_is_mended_before_blender_runs_the_script)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage_say(&stage, "coder", MISNAMED);
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_SCRIPT_FAILED);
	assert_int_equal(stage_state(&stage)->failure.failure, FAILURE_NAMES);
	assert_int_equal(stage_state(&stage)->failure.line, 4);
	assert_non_null(strstr(stage_state(&stage)->failure.message, "no_such_operator"));
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_DONE);
	assert_int_equal(stage_state(&stage)->tally.caught, 1);
	assert_int_equal(stage_count(&stage, EV_SCRIPT_RAN), 1);
	assert_asked(&stage, ROLE_CODER, "The script was not run");
	stage_close(&stage);
}

TEST(what_is_switched_off_stays_off)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN_WITH_WORDS);
	stage_say(&stage, "coder", "Search: cube");
	stage_say(&stage, "coder", MISNAMED);
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_set(&stage, "team.without", "retrieval, preflight");
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_REPLY_REFUSED);
	stage_wait(&stage, EV_SCRIPT_FAILED);
	assert_int_equal(stage_state(&stage)->failure.failure, FAILURE_ERROR);
	stage_wait_over(&stage);
	assert_int_equal(stage_count(&stage, EV_DOCUMENTS_FOUND), 0);
	assert_not_asked(&stage, ROLE_CODER, "# What this Blender has");
	stage_close(&stage);
}

TEST(the_coder_may_look_up_twice_before_it_writes)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	for (int i = 0; i < 3; i++)
		stage_say(&stage, "coder", "Search: bevel modifier segments");
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_DONE);
	assert_int_equal(stage_count(&stage, EV_DOCUMENTS_WANTED), 2);
	assert_int_equal(stage_count(&stage, EV_DOCUMENTS_FOUND), 3);
	assert_int_equal(stage_count(&stage, EV_REPLY_REFUSED), 1);
	assert_asked(&stage, ROLE_CODER, "# What you asked to look up");
	assert_asked(&stage, ROLE_CODER, "BevelModifier");
	stage_close(&stage);
}

TEST(an_index_that_is_none_is_said_and_stops_nobody)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_set(&stage, "rag.index", stage.recording);
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_TROUBLE);
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_DONE);
	assert_int_equal(stage_count(&stage, EV_DOCUMENTS_FOUND), 1);
	assert_int_equal(stage_count(&stage, EV_TROUBLE), 1);
	stage_close(&stage);
}

TEST(a_model_sums_up_what_was_found_if_the_settings_say_so)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN_WITH_WORDS);
	stage_say(&stage, "retriever", "{\"text\":\"bmesh.ops.create_cube(bm, size=1)\"}");
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_set(&stage, "team.summarize_documents", "true");
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_DONE);
	assert_asked(&stage, ROLE_RETRIEVER, "# What was found");
	assert_asked(&stage, ROLE_CODER, "\\n\\nbmesh.ops.create_cube(bm, size=1)\\n");
	assert_int_equal(stage_count(&stage, EV_DOCUMENTS_READ), 1);
	stage_close(&stage);
}

TEST(a_script_by_hand_is_run_though_it_has_a_wrong_name_and_that_is_told)
{
	static const char text[] = "import bpy\nbpy.ops.mesh.primitive_cube_add(size=0.3)\n"
				   "if bpy.context.scene.frame_current < 0:\n"
				   "    bpy.ops.mesh.no_such_operator()\n";
	struct strbuf file = { 0 };
	struct stage stage;
	struct error err;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage_begin(&stage, AUTONOMY_REVIEW, false);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_GATE_OPENED);
	strbuf_addf(&file, "edit %s/mine.py", stage.dir);
	assert_true(file_write(file.buf + strlen("edit "), text, strlen(text), &err));
	stage_do(&stage, file.buf);
	stage_wait(&stage, EV_SCRIPT_RAN);
	assert_int_equal(stage_state(&stage)->run.warnings.count, 1);
	assert_non_null(strstr(stage_state(&stage)->run.warnings.items[0], "no_such_operator"));
	strbuf_release(&file);
	stage_close(&stage);
}

TEST(in_step_mode_a_look_up_waits_for_nobody_and_its_documents_are_there_to_be_seen)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN_WITH_WORDS);
	stage_begin(&stage, AUTONOMY_STEP, false);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_GATE_OPENED);
	stage_do(&stage, "accept");
	stage_wait(&stage, EV_GATE_OPENED);
	assert_int_equal(stage_state(&stage)->gate, GATE_PLAN);
	stage_do(&stage, "accept");
	stage_wait(&stage, EV_GATE_OPENED);
	assert_string_equal(stage_state(&stage)->question, "Next: coder");
	assert_int_equal(stage_count(&stage, EV_DOCUMENTS_FOUND), 1);
	assert_int_equal(stage_state(&stage)->documents.purpose, PURPOSE_CREATE);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_coder_reads_what_the_blender_at_hand_has_before_it_writes_and_after_it_failed),
		cmocka_unit_test(a_name_that_is_not_there_is_mended_before_blender_runs_the_script),
		cmocka_unit_test(what_is_switched_off_stays_off),
		cmocka_unit_test(the_coder_may_look_up_twice_before_it_writes),
		cmocka_unit_test(a_model_sums_up_what_was_found_if_the_settings_say_so),
		cmocka_unit_test(
			a_script_by_hand_is_run_though_it_has_a_wrong_name_and_that_is_told),
		cmocka_unit_test(
			in_step_mode_a_look_up_waits_for_nobody_and_its_documents_are_there_to_be_seen),
		cmocka_unit_test(an_index_that_is_none_is_said_and_stops_nobody),
	};

	return RUN_ALL(tests);
}
