#include <stdlib.h>
#include <string.h>

#include "stage.h"
#include "test.h"

/* Steering a session by hand: what waits, what is planned, one turn at a time. */

#define PLAN                                                                                       \
	"{\"title\":\"box\",\"summary\":\"A box.\",\"style\":\"plain\","                           \
	"\"parts\":[{\"name\":\"box\",\"looks\":\"a cube\",\"size\":\"1 x 1 x 1 m\"}],"            \
	"\"subtasks\":[{\"title\":\"box\",\"goal\":\"a cube\",\"parts\":[\"box\"]}]}"

#define SCRIPT                                                                                     \
	"A cube.\n```python\n\"\"\"A box.\"\"\"\nimport bpy\nimport bmesh\n\n"                     \
	"mesh = bpy.data.meshes.new(\"box\")\nbm = bmesh.new()\nbmesh.ops.create_cube(bm)\n"       \
	"bm.to_mesh(mesh)\nbm.free()\nbox = bpy.data.objects.new(\"box\", mesh)\n"                 \
	"bpy.context.collection.objects.link(box)\n```\n"

#define NO_FLAWS "{\"summary\":\"A box.\",\"fit\":9,\"flaws\":[]}"

static bool set_up(struct stage *stage, enum autonomy autonomy)
{
	if (!stage_open(stage)) {
		skip();
		return false;
	}
	stage_say(stage, "planner", PLAN);
	stage_say(stage, "coder", SCRIPT);
	stage_say(stage, "critic", NO_FLAWS);
	stage_begin(stage, autonomy, false);
	return true;
}

static void assert_queue(const struct stage *stage, const char *first, const char *second)
{
	const struct queue *q = &stage_state(stage)->queue;

	assert_int_equal(q->list.count, !!first + !!second);
	if (first)
		assert_string_equal(q->list.items[0].text, first);
	if (second)
		assert_string_equal(q->list.items[1].text, second);
}

TEST(prompts_that_wait_can_be_changed_and_outlive_the_program)
{
	struct stage stage;

	if (!set_up(&stage, AUTONOMY_REVIEW))
		return;
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_GATE_OPENED);
	stage_do(&stage, "prompt make it red");
	stage_do(&stage, "prompt make it round");
	stage_do(&stage, "queue up 2");
	stage_wait_idle(&stage);
	assert_queue(&stage, "make it round", "make it red");
	stage_do(&stage, "queue edit 1 make it rounder");
	stage_do(&stage, "queue drop 2");
	stage_wait_idle(&stage);
	assert_queue(&stage, "make it rounder", NULL);
	assert_false(stage_try(&stage, "queue drop 2"));
	assert_false(stage_try(&stage, "queue shuffle 1"));
	stage_end(&stage);
	stage_begin(&stage, AUTONOMY_REVIEW, false);
	stage_wait(&stage, EV_AUTONOMY_SET);
	assert_queue(&stage, "make it rounder", NULL);
	stage_close(&stage);
}

static void assert_subtasks(const struct stage *stage, const char *const *titles)
{
	const struct plan *plan = &stage_state(stage)->plan;
	size_t count = 0;

	for (; titles[count]; count++) {
		assert_in_range(count, 0, plan->subtasks.count - 1);
		assert_string_equal(plan->subtasks.items[count].title, titles[count]);
	}
	assert_int_equal(plan->subtasks.count, count);
}

TEST(a_plan_is_changed_by_hand_but_not_what_has_begun)
{
	struct stage stage;

	if (!set_up(&stage, AUTONOMY_REVIEW))
		return;
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_GATE_OPENED);
	stage_do(&stage, "plan add lid: a flat lid");
	stage_wait_idle(&stage);
	stage_do(&stage, "plan add 1 feet: four feet");
	stage_wait_idle(&stage);
	assert_subtasks(&stage, (const char *const[]){ "feet", "box", "lid", NULL });
	assert_string_equal(stage_state(&stage)->plan.subtasks.items[0].goal, "four feet");
	stage_do(&stage, "plan down 1");
	stage_wait_idle(&stage);
	stage_do(&stage, "plan edit 3 cover: a round cover");
	stage_wait_idle(&stage);
	assert_subtasks(&stage, (const char *const[]){ "box", "feet", "cover", NULL });
	assert_int_equal(stage_state(&stage)->subtasks[0], SUBTASK_ACTIVE);
	stage_do(&stage, "accept");
	stage_wait(&stage, EV_SCRIPT_WRITTEN);
	assert_false(stage_try(&stage, "plan drop 1"));
	assert_false(stage_try(&stage, "plan up 2"));
	stage_do(&stage, "plan drop 2");
	stage_wait(&stage, EV_PLAN_CHANGED);
	assert_subtasks(&stage, (const char *const[]){ "box", "cover", NULL });
	stage_close(&stage);
}

TEST(a_note_is_in_the_record_that_every_agent_reads)
{
	struct stage stage;
	const struct talk *talk;

	if (!set_up(&stage, AUTONOMY_REVIEW))
		return;
	assert_false(stage_try(&stage, "note too early"));
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_GATE_OPENED);
	stage_do(&stage, "note keep the rim rounded");
	stage_wait_idle(&stage);
	talk = &stage_state(&stage)->talk;
	assert_string_equal(talk->items[talk->count - 1].text, "Note: keep the rim rounded");
	assert_int_equal(talk->items[talk->count - 1].role, ROLE_USER);
	stage_close(&stage);
}

TEST(a_budget_that_is_spent_can_be_raised_on_the_spot)
{
	struct stage stage;

	if (!stage_open(&stage)) {
		skip();
		return;
	}
	stage_say(&stage, "planner", PLAN);
	stage_say(&stage, "coder", SCRIPT);
	stage_say(&stage, "critic", NO_FLAWS);
	stage.settings.team.budget_calls = 1;
	stage_begin(&stage, AUTONOMY_AUTO, false);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_TROUBLE);
	assert_int_equal(stage_state(&stage)->trouble_code, ERR_BUDGET);
	stage_do(&stage, "budget calls 0");
	stage_do(&stage, "continue");
	stage_wait(&stage, EV_FLAWS_FOUND);
	stage_close(&stage);
}

TEST(a_step_is_one_turn_and_a_step_to_the_proposal_stops_there)
{
	struct stage stage;

	if (!set_up(&stage, AUTONOMY_AUTO))
		return;
	stage_wait_idle(&stage);
	stage_do(&stage, "prompt a box");
	stage_wait(&stage, EV_TURN_BEGAN);
	stage_do(&stage, "pause");
	stage_wait(&stage, EV_PLAN_MADE);
	stage_wait_idle(&stage);
	assert_int_equal(stage_count(&stage, EV_SCRIPT_WRITTEN), 0);
	stage_do(&stage, "step");
	stage_wait(&stage, EV_SCRIPT_WRITTEN);
	stage_wait_idle(&stage);
	assert_int_equal(stage_count(&stage, EV_SCRIPT_RAN), 0);
	stage_do(&stage, "step proposal");
	stage_wait(&stage, EV_GATE_OPENED);
	assert_int_equal(stage_state(&stage)->gate, GATE_SCRIPT);
	stage_do(&stage, "accept");
	stage_wait(&stage, EV_FLAWS_FOUND);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prompts_that_wait_can_be_changed_and_outlive_the_program),
		cmocka_unit_test(a_plan_is_changed_by_hand_but_not_what_has_begun),
		cmocka_unit_test(a_note_is_in_the_record_that_every_agent_reads),
		cmocka_unit_test(a_budget_that_is_spent_can_be_raised_on_the_spot),
		cmocka_unit_test(a_step_is_one_turn_and_a_step_to_the_proposal_stops_there),
	};

	return RUN_ALL(tests);
}
