#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "box.h"
#include "stage.h"
#include "test.h"

#define ONE_FLAW                                                                                   \
	"{\"summary\":\"Too big.\",\"fit\":5,\"flaws\":[{\"id\":\"A\",\"part\":\"box\","           \
	"\"problem\":\"too big\",\"fix\":\"SIZE = 0.5\",\"severity\":\"high\",\"view\":\"front\"}]}"
#define SMALLER                                                                                    \
	"Smaller.\n```python\n<<<<<<< SEARCH\nSIZE = 1.0   # m 0.1..2   edge\n=======\n"           \
	"SIZE = 0.5   # m 0.1..2   edge\n>>>>>>> REPLACE\n```\n"
#define APPROVED                                                                                   \
	"{\"summary\":\"Good.\",\"rulings\":[{\"flaw\":\"A\",\"status\":\"resolved\","             \
	"\"evidence\":\"smaller\"}],\"fit\":9,\"approved\":true}"
#define INSTRUCTION                                                                                \
	"{\"text\":\"SIZE = 0.5\",\"parts\":[\"box\"],\"keep\":[],\"checks\":[{\"id\":\"A\","      \
	"\"part\":\"box\",\"problem\":\"big\",\"fix\":\"half\"}]}"

static void assert_file(const struct stage *stage, const char *name, const char *words)
{
	struct strbuf path = { 0 }, text = { 0 };
	struct error err;

	strbuf_addf(&path, "%s/session/%s", stage->dir, name);
	if (!file_read(&text, path.buf, 10u << 20, &err))
		fail_msg("%s", err.text);
	assert_true(text.len > 0);
	if (words)
		assert_non_null(strstr(text.buf, words));
	strbuf_release(&path);
	strbuf_release(&text);
}

TEST(a_prompt_becomes_an_asset_with_its_files)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_DONE);
	assert_file(&stage, "script.py", "SIZE = 1.0");
	assert_file(&stage, "views/front.png", NULL);
	assert_file(&stage, "asset.blend", NULL);
	assert_file(&stage, "events.jsonl", "plan.made");
	assert_int_equal(stage_state(&stage)->accepted.views.list.count, 5);
	stage_close(&stage);
}

TEST(an_error_of_blender_goes_to_the_coder_who_repairs_it)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage_say(&stage, "coder", BROKEN);
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_SCRIPT_FAILED);
	assert_string_equal(stage_state(&stage)->failure.type, "AttributeError");
	assert_int_equal(stage_state(&stage)->failure.line, 3);
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_DONE);
	assert_int_equal(stage_state(&stage)->tally.errors, 1);
	assert_int_equal(stage_state(&stage)->tally.repaired, 1);
	stage_close(&stage);
}

TEST(a_flaw_is_found_mended_by_an_edit_and_verified)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", ONE_FLAW);
	stage_say(&stage, "coder", SMALLER);
	stage_say(&stage, "verifier", APPROVED);
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_DONE);
	assert_int_equal(stage_count(&stage, EV_VERDICT_GIVEN), 1);
	assert_file(&stage, "script.py", "SIZE = 0.5");
	stage_close(&stage);
}

TEST(an_instruction_changes_the_asset_after_it_was_built)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_say(&stage, "proxy", INSTRUCTION);
	stage_say(&stage, "coder", SMALLER);
	stage_say(&stage, "verifier", APPROVED);
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_do(&stage, "prompt half the size");
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->tally.instructions, 1);
	assert_int_equal(stage_state(&stage)->tally.at_first_try, 1);
	assert_file(&stage, "script.py", "SIZE = 0.5");
	stage_close(&stage);
}

TEST(a_reply_that_is_no_plan_is_refused_and_asked_for_again)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", "I would rather write a poem.");
	stage_say(&stage, "planner", PLAN);
	stage_say(&stage, "coder", "no code at all");
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_DONE);
	assert_int_equal(stage_count(&stage, EV_REPLY_REFUSED), 2);
	stage_close(&stage);
}

TEST(garbage_without_end_is_given_up_in_words)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	for (int i = 0; i < 10; i++)
		stage_say(&stage, "planner", "\x1b[2J{{{[[[ \xff garbage");
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_FAILED);
	assert_non_null(stage_state(&stage)->ending_text);
	stage_close(&stage);
}

TEST(a_budget_stops_the_work_and_more_of_it_lets_it_go_on)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage.settings.team.budget_calls = 1;
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_do(&stage, "prompt a box");
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_BUDGET);
	stage_end(&stage);

	assert_int_equal(truncate(stage.recording, 0), 0);
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage.settings.team.budget_calls = 0;
	stage_begin(&stage, AUTONOMY_AUTO, true);
	stage_wait_over(&stage);
	assert_int_equal(stage_state(&stage)->ending, ENDING_DONE);
	assert_string_equal(stage_state(&stage)->plan.title, "box");
	stage_close(&stage);
}

TEST(a_person_rejects_with_a_reason_accepts_undoes_and_redoes)
{
	struct stage stage;
	int64_t second;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage_say(&stage, "coder", SCRIPT("1.5"));
	stage_say(&stage, "coder", SCRIPT("1.0"));
	stage_say(&stage, "critic", NO_FLAWS);
	stage_begin(&stage, AUTONOMY_REVIEW, false);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_GATE_OPENED);
	assert_int_equal(stage_state(&stage)->gate, GATE_PLAN);
	stage_do(&stage, "accept");
	stage_wait(&stage, EV_GATE_OPENED);
	stage_do(&stage, "reject too big");
	stage_wait(&stage, EV_GATE_ANSWERED);
	assert_string_equal(stage_state(&stage)->objection, "too big");
	stage_wait(&stage, EV_GATE_OPENED);
	second = stage_state(&stage)->candidate.id;
	stage_do(&stage, "accept");
	stage_wait(&stage, EV_FLAWS_FOUND);
	stage_wait_idle(&stage);
	assert_int_equal(stage_state(&stage)->accepted.id, second);
	stage_do(&stage, "undo");
	stage_wait(&stage, EV_HEAD_MOVED);
	assert_int_equal(stage_state(&stage)->accepted.id, 0);
	stage_do(&stage, "redo");
	stage_wait(&stage, EV_HEAD_MOVED);
	assert_int_equal(stage_state(&stage)->accepted.id, second);
	assert_false(stage_try(&stage, "redo"));
	stage_close(&stage);
}

TEST(a_script_edited_by_hand_is_run_and_waits_like_any_other)
{
	struct strbuf file = { 0 };
	struct stage stage;
	struct error err;
	const char *text = "import bpy\nbpy.ops.mesh.primitive_cube_add(size=0.3)\n";

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage_say(&stage, "coder", SCRIPT("1.5"));
	stage_begin(&stage, AUTONOMY_REVIEW, false);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_GATE_OPENED);
	stage_do(&stage, "accept");
	stage_wait(&stage, EV_GATE_OPENED);
	strbuf_addf(&file, "edit %s/mine.py", stage.dir);
	assert_true(file_write(file.buf + strlen("edit "), text, strlen(text), &err));
	stage_do(&stage, file.buf);
	stage_wait(&stage, EV_GATE_OPENED);
	assert_int_equal(stage_state(&stage)->candidate.by, ROLE_USER);
	assert_true(stage_state(&stage)->candidate.ran);
	strbuf_release(&file);
	stage_close(&stage);
}

TEST(in_step_mode_nothing_happens_without_a_nod)
{
	struct stage stage;

	if (!set_up(&stage))
		return;
	stage_say(&stage, "planner", PLAN);
	stage_begin(&stage, AUTONOMY_STEP, false);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_GATE_OPENED);
	assert_int_equal(stage_state(&stage)->gate, GATE_TURN);
	assert_int_equal(stage_count(&stage, EV_TURN_BEGAN), 0);
	stage_do(&stage, "accept");
	stage_wait(&stage, EV_PLAN_MADE);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_prompt_becomes_an_asset_with_its_files),
		cmocka_unit_test(an_error_of_blender_goes_to_the_coder_who_repairs_it),
		cmocka_unit_test(a_flaw_is_found_mended_by_an_edit_and_verified),
		cmocka_unit_test(an_instruction_changes_the_asset_after_it_was_built),
		cmocka_unit_test(a_reply_that_is_no_plan_is_refused_and_asked_for_again),
		cmocka_unit_test(garbage_without_end_is_given_up_in_words),
		cmocka_unit_test(a_budget_stops_the_work_and_more_of_it_lets_it_go_on),
		cmocka_unit_test(a_person_rejects_with_a_reason_accepts_undoes_and_redoes),
		cmocka_unit_test(a_script_edited_by_hand_is_run_and_waits_like_any_other),
		cmocka_unit_test(in_step_mode_nothing_happens_without_a_nod),
	};

	return RUN_ALL(tests);
}
