#include "event/state.h"

#include <string.h>

#include "story.h"
#include "test.h"

TEST(an_accepted_script_finishes_its_subtask)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	assert_int_equal(s.subtasks[0], SUBTASK_ACTIVE);
	write_script(&s, "one");
	run(&s);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_string_equal(s.accepted.blob, "one");
	assert_int_equal(s.candidate.id, 0);
	assert_int_equal(s.subtasks[0], SUBTASK_DONE);
	assert_int_equal(s.subtask, 1);
	assert_int_equal(s.subtasks[1], SUBTASK_ACTIVE);
	state_release(&s);
}

TEST(a_rejected_script_leaves_the_accepted_one_and_its_reason)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	write_script(&s, "one");
	run(&s);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	write_script(&s, "two");
	run(&s);
	answer(&s, GATE_SCRIPT, ANSWER_REJECT, "too thick");
	assert_string_equal(s.accepted.blob, "one");
	assert_int_equal(s.candidate.id, 0);
	assert_string_equal(s.objection, "too thick");
	assert_int_equal(s.subtask, 1);
	state_release(&s);
}

TEST(failures_count_until_a_version_runs)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	write_script(&s, "one");
	fail_run(&s);
	write_script(&s, "two");
	fail_run(&s);
	assert_int_equal(s.failures, 2);
	assert_int_equal(s.failure.line, 12);
	write_script(&s, "three");
	run(&s);
	assert_int_equal(s.failures, 0);
	assert_int_equal(s.failure.script, 0);
	assert_int_equal(s.tally.errors, 2);
	assert_int_equal(s.tally.repaired, 2);
	state_release(&s);
}

TEST(a_result_of_another_version_changes_nothing)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	write_script(&s, "one");
	happen(&s, (struct event){ .kind = EV_SCRIPT_RAN, .body.ran = { .script = 99 } });
	assert_false(s.candidate.ran);
	state_release(&s);
}

TEST(a_verdict_rules_on_the_flaws_it_names)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	find_flaws(&s, 2);
	assert_int_equal(state_open_flaws(&s), 2);
	rule_on_b(&s, FLAW_RESOLVED, false);
	assert_int_equal(state_open_flaws(&s), 1);
	assert_int_equal(s.flaws.items[1].status, FLAW_RESOLVED);
	assert_int_equal(s.fit, 7);
	state_release(&s);
}

TEST(trouble_and_an_end_leave_the_next_act_as_it_was)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	happen(&s, (struct event){ .kind = EV_TROUBLE, .body.trouble = { ERR_NETWORK, "down" } });
	happen(&s, (struct event){ .kind = EV_ENDED, .body.ended = { ENDING_FAILED, "down" } });
	assert_true(s.is_over);
	assert_int_equal(s.latest, EV_PROMPT_GIVEN);
	happen(&s, (struct event){ .kind = EV_SESSION_OPENED,
	                           .body.opened = { .app = "ll3m", .resumed = true } });
	assert_false(s.is_over);
	assert_null(s.trouble);
	state_release(&s);
}

TEST(a_gate_before_a_turn_is_not_what_the_rules_look_at)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	happen(&s, (struct event){ .kind = EV_GATE_OPENED,
	                           .body.gate = { GATE_TURN, 0, "next: planner" } });
	assert_true(s.waiting);
	assert_int_equal(s.latest, EV_PROMPT_GIVEN);
	answer(&s, GATE_TURN, ANSWER_ACCEPT, NULL);
	assert_false(s.waiting);
	assert_int_equal(s.latest, EV_PROMPT_GIVEN);
	state_release(&s);
}

TEST(what_was_said_is_kept_in_order_and_only_grows)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	prompt(&s, "thinner handle");
	assert_int_equal(s.talk.count, 3);
	assert_string_equal(s.talk.items[0].text, "a red bucket");
	assert_non_null(strstr(s.talk.items[1].text, "2. handle"));
	assert_string_equal(s.wish, "thinner handle");
	assert_string_equal(s.prompt, "a red bucket");
	state_release(&s);
}

TEST(documents_last_until_the_step_ends_or_something_else_is_wrong)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	find(&s, "found");
	assert_string_equal(s.documents.blob, "found");
	write_script(&s, "one");
	assert_int_equal(s.documents.purpose, PURPOSE_CREATE);
	fail_run(&s);
	assert_int_equal(s.documents.purpose, PURPOSE_NONE);
	find(&s, "cure");
	assert_int_equal(s.documents.purpose, PURPOSE_REPAIR);
	write_script(&s, "two");
	run(&s);
	assert_int_equal(s.documents.purpose, PURPOSE_NONE);
	find(&s, "found");
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_null(s.documents.blob);
	assert_int_equal(s.tally.look_ups, 3);
	state_release(&s);
}

TEST(what_the_coder_asked_for_lies_beside_what_was_found_before)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	find(&s, "found");
	want(&s, "bevel modifier");
	assert_string_equal(s.wanted.queries.items[0], "bevel modifier");
	find(&s, "bevel");
	assert_int_equal(s.wanted.queries.count, 0);
	assert_string_equal(s.documents.blob, "found");
	assert_string_equal(s.answers.blob, "bevel");
	assert_int_equal(s.look_ups, 1);
	write_script(&s, "one");
	run(&s);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_int_equal(s.look_ups, 0);
	assert_null(s.answers.blob);
	state_release(&s);
}

TEST(a_script_caught_before_it_ran_is_a_failure_that_is_counted_apart)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	write_script(&s, "one");
	happen(&s, (struct event){ .kind = EV_SCRIPT_FAILED,
	                           .role = ROLE_RETRIEVER,
	                           .body.failed = { .script = s.candidate.id,
	                                            .failure = FAILURE_NAMES,
	                                            .message = "line 3: no such name" } });
	assert_int_equal(s.failures, 1);
	assert_int_equal(s.tally.errors, 1);
	assert_int_equal(s.tally.caught, 1);
	state_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_accepted_script_finishes_its_subtask),
		cmocka_unit_test(a_rejected_script_leaves_the_accepted_one_and_its_reason),
		cmocka_unit_test(failures_count_until_a_version_runs),
		cmocka_unit_test(a_result_of_another_version_changes_nothing),
		cmocka_unit_test(a_verdict_rules_on_the_flaws_it_names),
		cmocka_unit_test(trouble_and_an_end_leave_the_next_act_as_it_was),
		cmocka_unit_test(a_gate_before_a_turn_is_not_what_the_rules_look_at),
		cmocka_unit_test(what_was_said_is_kept_in_order_and_only_grows),
		cmocka_unit_test(documents_last_until_the_step_ends_or_something_else_is_wrong),
		cmocka_unit_test(what_the_coder_asked_for_lies_beside_what_was_found_before),
		cmocka_unit_test(a_script_caught_before_it_ran_is_a_failure_that_is_counted_apart),
	};

	return RUN_ALL(tests);
}
