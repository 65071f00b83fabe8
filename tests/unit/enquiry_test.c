#include "agent/enquiry.h"

#include <string.h>

#include "story.h"
#include "test.h"

static const char *screw[] = { "screw modifier", "screw axis" };
static const char *edges[] = { "bevel segments", "screw axis" };

static void plan_with_words(struct state *s)
{
	struct subtask subtasks[] = {
		{ .title = "body", .goal = "a body", .search = { screw, 2 } },
		{ .title = "handle", .goal = "a bent wire" },
	};

	prompt(s, "a red bucket");
	happen(s, (struct event){ .kind = EV_PLAN_MADE,
	                          .body.plan = { .title = "bucket",
	                                         .summary = "red",
	                                         .subtasks = { subtasks, 2 } } });
}

static void fail_with(struct state *s, enum failure failure, const char *message)
{
	happen(s, (struct event){ .kind = EV_SCRIPT_FAILED,
	                          .body.failed = { .script = s->candidate.id,
	                                           .failure = failure,
	                                           .type = "AttributeError",
	                                           .message = message,
	                                           .source = "mesh.use_auto_smooth = True" } });
}

static void assert_words(const struct state *s, const char *const *words, size_t count)
{
	struct enquiry e;

	enquiry_make(&e, s, "");
	assert_int_equal(e.question.words.count, count);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(e.question.words.items[i], words[i]);
	enquiry_release(&e);
}

TEST(a_subtask_is_looked_up_by_the_words_of_its_planner_or_by_its_own)
{
	struct state s = { 0 };
	struct enquiry e;

	plan_with_words(&s);
	assert_words(&s, screw, 2);
	write_script(&s, "one");
	run(&s);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	enquiry_make(&e, &s, "");
	assert_int_equal(e.question.words.count, 0);
	assert_string_equal(e.question.text, "handle. a bent wire");
	assert_null(e.question.error);
	enquiry_release(&e);
	state_release(&s);
}

TEST(flaws_that_are_left_are_looked_up_together_and_no_query_twice)
{
	static const char *const both[] = { "screw modifier", "screw axis", "bevel segments" };
	struct flaw flaws[] = {
		{ "A", "lip", "flat", "turn it", SEVERITY_LOW, NULL, { screw, 2 } },
		{ "B", "ear", "sharp", "bevel it", SEVERITY_LOW, NULL, { edges, 2 } },
	};
	struct state s = { 0 };

	plan_with_words(&s);
	begin_phase(&s, PHASE_REFINE, 1);
	happen(&s,
	       (struct event){ .kind = EV_FLAWS_FOUND, .body.flaws = { "fine", 6, { flaws, 2 } } });
	assert_words(&s, both, 3);
	write_script(&s, "one");
	run(&s);
	rule_on_b(&s, FLAW_RESOLVED, false);
	assert_words(&s, screw, 2);
	state_release(&s);
}

TEST(an_instruction_is_looked_up_by_the_words_of_the_user_proxy)
{
	struct state s = { 0 };

	plan_with_words(&s);
	begin_phase(&s, PHASE_GUIDE, 1);
	prompt(&s, "rounder");
	happen(&s,
	       (struct event){ .kind = EV_INSTRUCTION_READ,
	                       .body.instruction = { .text = "bevel", .search = { edges, 2 } } });
	assert_words(&s, edges, 2);
	state_release(&s);
}

TEST(an_error_is_looked_up_with_its_line_its_script_and_what_its_coder_doubted)
{
	struct state s = { 0 };
	struct enquiry e;

	plan_with_words(&s);
	happen(&s, (struct event){ .kind = EV_SCRIPT_WRITTEN,
	                           .role = ROLE_CODER,
	                           .body.script = { .blob = "one", .search = { edges, 2 } } });
	fail_with(&s, FAILURE_ERROR, "'Mesh' object has no attribute 'use_auto_smooth'");
	enquiry_make(&e, &s, "import bpy\n");
	assert_string_equal(e.question.error,
	                    "AttributeError: 'Mesh' object has no attribute 'use_auto_smooth'");
	assert_string_equal(e.question.code, "mesh.use_auto_smooth = True");
	assert_string_equal(e.question.script, "import bpy\n");
	enquiry_release(&e);
	assert_words(&s, edges, 2);
	state_release(&s);
}

TEST(what_takes_too_long_is_no_question_of_names)
{
	struct state s = { 0 };
	struct enquiry e;

	plan_with_words(&s);
	write_script(&s, "one");
	fail_with(&s, FAILURE_TIMEOUT, "stopped after 20 s");
	enquiry_make(&e, &s, "");
	assert_null(e.question.error);
	enquiry_release(&e);
	assert_words(&s, screw, 2);
	state_release(&s);
}

TEST(what_the_coder_asks_is_looked_up_and_nothing_else)
{
	struct state s = { 0 };

	plan_with_words(&s);
	want(&s, "bevel segments");
	assert_words(&s, edges, 1);
	state_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_subtask_is_looked_up_by_the_words_of_its_planner_or_by_its_own),
		cmocka_unit_test(flaws_that_are_left_are_looked_up_together_and_no_query_twice),
		cmocka_unit_test(an_instruction_is_looked_up_by_the_words_of_the_user_proxy),
		cmocka_unit_test(
			an_error_is_looked_up_with_its_line_its_script_and_what_its_coder_doubted),
		cmocka_unit_test(what_takes_too_long_is_no_question_of_names),
		cmocka_unit_test(what_the_coder_asks_is_looked_up_and_nothing_else),
	};

	return RUN_ALL(tests);
}
