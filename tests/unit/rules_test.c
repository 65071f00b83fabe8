#include "orchestrator/rules.h"

#include "story.h"
#include "test.h"

static const struct team_settings team = {
	.rounds = 2,
	.repairs = 2,
	.refusals = 1,
	.attempts = 2,
};

#define assert_next(state, act) assert_int_equal(rule_next(state, &team), act)

/* The coder's turn is always looked up for. */
static void assert_coder_is_next(struct state *s)
{
	assert_next(s, ACT_LOOK_UP);
	find(s, "found");
	assert_next(s, ACT_CODER);
}

static void propose(struct state *s, const char *quality)
{
	write_script(s, "x");
	run(s);
	draw(s, quality);
}

/* Both subtasks built and accepted, the first critique on the table. */
static void tell_until_critique(struct state *s, size_t flaws)
{
	prompt(s, "a red bucket");
	plan_of_two(s);
	answer(s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	propose(s, "draft");
	answer(s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	propose(s, "draft");
	answer(s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	begin_phase(s, PHASE_REFINE, 1);
	draw(s, "critic");
	find_flaws(s, flaws);
}

TEST(creation_goes_from_the_prompt_through_every_subtask)
{
	struct state s = { 0 };

	assert_next(&s, ACT_WAIT);
	prompt(&s, "a red bucket");
	assert_next(&s, ACT_PLANNER);
	plan_of_two(&s);
	assert_next(&s, ACT_GATE_PLAN);
	answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	assert_coder_is_next(&s);
	write_script(&s, "one");
	assert_next(&s, ACT_RUN);
	run(&s);
	assert_next(&s, ACT_LOOK);
	draw(&s, "draft");
	assert_next(&s, ACT_GATE_SCRIPT);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_coder_is_next(&s);
	propose(&s, "draft");
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_next(&s, ACT_REFINE);
	state_release(&s);
}

TEST(an_error_is_repaired_so_often_and_then_the_user_is_asked)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	for (int i = 0; i < 2; i++) {
		write_script(&s, "one");
		fail_run(&s);
		assert_coder_is_next(&s);
	}
	write_script(&s, "one");
	fail_run(&s);
	assert_next(&s, ACT_GATE_HELP);
	answer(&s, GATE_HELP, ANSWER_REJECT, "use a torus");
	assert_coder_is_next(&s);
	assert_string_equal(s.objection, "use a torus");
	assert_int_equal(s.subtask, 0);
	state_release(&s);
}

TEST(a_reply_that_cannot_be_used_is_asked_for_again_but_not_forever)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	refuse(&s, ROLE_PLANNER);
	assert_next(&s, ACT_AGAIN);
	refuse(&s, ROLE_PLANNER);
	assert_next(&s, ACT_GATE_HELP);
	answer(&s, GATE_HELP, ANSWER_ACCEPT, NULL);
	assert_next(&s, ACT_FAIL);
	state_release(&s);
}

TEST(a_subtask_the_agents_fail_at_is_skipped_if_the_user_says_go_on)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	refuse(&s, ROLE_CODER);
	refuse(&s, ROLE_CODER);
	answer(&s, GATE_HELP, ANSWER_ACCEPT, NULL);
	assert_int_equal(s.subtasks[0], SUBTASK_SKIPPED);
	assert_coder_is_next(&s);
	assert_int_equal(s.subtask, 1);
	state_release(&s);
}

TEST(a_critique_is_worked_off_and_verified)
{
	struct state s = { 0 };

	tell_until_critique(&s, 2);
	assert_coder_is_next(&s);
	propose(&s, "critic");
	assert_next(&s, ACT_VERIFIER);
	rule_on_b(&s, FLAW_RESOLVED, true);
	assert_next(&s, ACT_GATE_SCRIPT);
	assert_int_equal(rule_answer(&s, GATE_SCRIPT), ANSWER_ACCEPT);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_next(&s, ACT_GUIDE);
	state_release(&s);
}

TEST(an_asset_without_flaws_goes_straight_to_the_user)
{
	struct state s = { 0 };

	tell_until_critique(&s, 0);
	assert_next(&s, ACT_GUIDE);
	begin_phase(&s, PHASE_GUIDE, 1);
	assert_next(&s, ACT_WAIT);
	state_release(&s);
}

TEST(rounds_are_limited_and_flaws_left_are_taken_up_in_the_next)
{
	struct state s = { 0 };

	tell_until_critique(&s, 2);
	propose(&s, "critic");
	rule_on_b(&s, FLAW_RESOLVED, false);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_next(&s, ACT_REFINE);
	begin_phase(&s, PHASE_REFINE, 2);
	assert_coder_is_next(&s);
	propose(&s, "critic");
	rule_on_b(&s, FLAW_RESOLVED, false);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_next(&s, ACT_GUIDE);
	state_release(&s);
}

TEST(a_change_that_helps_nothing_is_not_kept_automatically)
{
	struct state s = { 0 };

	tell_until_critique(&s, 2);
	propose(&s, "critic");
	happen(&s, (struct event){
			   .kind = EV_VERDICT_GIVEN,
			   .role = ROLE_VERIFIER,
			   .body.verdict = { "same",
	                                     false,
	                                     5,
	                                     { &(struct ruling){ "A", FLAW_OPEN, "-" }, 1 } },
		   });
	assert_int_equal(rule_answer(&s, GATE_SCRIPT), ANSWER_REJECT);
	state_release(&s);
}

TEST(an_instruction_is_read_coded_verified_and_tried_again_once)
{
	struct flaw checks[] = { { .id = "B", .part = "ear", .problem = "big", .fix = "small" } };
	struct state s = { 0 };

	tell_until_critique(&s, 0);
	begin_phase(&s, PHASE_GUIDE, 1);
	prompt(&s, "smaller ears");
	assert_next(&s, ACT_PROXY);
	happen(&s, (struct event){
			   .kind = EV_INSTRUCTION_READ,
			   .role = ROLE_PROXY,
			   .body.instruction = { .text = "EAR = 0.01", .checks = { checks, 1 } } });
	assert_coder_is_next(&s);
	propose(&s, "critic");
	assert_next(&s, ACT_VERIFIER);
	rule_on_b(&s, FLAW_PARTLY, false);
	assert_next(&s, ACT_CODER);
	propose(&s, "critic");
	rule_on_b(&s, FLAW_RESOLVED, true);
	assert_next(&s, ACT_GATE_SCRIPT);
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_next(&s, ACT_WAIT);
	assert_int_equal(s.tally.instructions, 1);
	assert_int_equal(s.tally.at_first_try, 0);
	state_release(&s);
}

TEST(what_the_user_wrote_needs_no_verdict_and_no_repair)
{
	struct state s = { 0 };
	struct event hand = { .kind = EV_SCRIPT_WRITTEN,
		              .role = ROLE_USER,
		              .body.script = { .blob = "h", .purpose = PURPOSE_HAND } };

	tell_until_critique(&s, 2);
	happen(&s, hand);
	run(&s);
	draw(&s, "critic");
	assert_next(&s, ACT_GATE_SCRIPT);
	happen(&s, hand);
	fail_run(&s);
	assert_next(&s, ACT_GATE_HELP);
	state_release(&s);
}

TEST(agents_that_stay_away_are_not_asked)
{
	static const char *absent[] = { "planner", "critic", "verification", "retrieval" };
	struct team_settings alone = team;
	struct state s = { 0 };

	alone.without.items = absent;
	alone.without.count = COUNT(absent);
	prompt(&s, "a red bucket");
	assert_int_equal(rule_next(&s, &alone), ACT_CODER);
	propose(&s, "draft");
	answer(&s, GATE_SCRIPT, ANSWER_ACCEPT, NULL);
	assert_int_equal(rule_next(&s, &alone), ACT_REFINE);
	begin_phase(&s, PHASE_REFINE, 1);
	assert_int_equal(rule_next(&s, &alone), ACT_GUIDE);
	begin_phase(&s, PHASE_GUIDE, 1);
	prompt(&s, "smaller");
	write_script(&s, "y");
	run(&s);
	draw(&s, "critic");
	assert_int_equal(rule_next(&s, &alone), ACT_GATE_SCRIPT);
	state_release(&s);
}

TEST(every_error_is_looked_up_anew)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	assert_coder_is_next(&s);
	for (int i = 0; i < 2; i++) {
		write_script(&s, "one");
		fail_run(&s);
		assert_coder_is_next(&s);
	}
	state_release(&s);
}

TEST(what_the_coder_asks_is_looked_up_though_something_was_found_before)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	assert_coder_is_next(&s);
	want(&s, "bevel modifier");
	assert_coder_is_next(&s);
	state_release(&s);
}

TEST(a_refused_answer_needs_no_other_look_up)
{
	struct state s = { 0 };

	prompt(&s, "a red bucket");
	plan_of_two(&s);
	answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	assert_coder_is_next(&s);
	refuse(&s, ROLE_CODER);
	assert_next(&s, ACT_AGAIN);
	state_release(&s);
}

TEST(nothing_is_looked_up_without_retrieval)
{
	static const char *absent[] = { "retrieval" };
	struct team_settings unread = team;
	struct state s = { 0 };

	unread.without.items = absent;
	unread.without.count = COUNT(absent);
	prompt(&s, "a red bucket");
	plan_of_two(&s);
	answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	assert_int_equal(rule_next(&s, &unread), ACT_CODER);
	write_script(&s, "one");
	fail_run(&s);
	assert_int_equal(rule_next(&s, &unread), ACT_CODER);
	want(&s, "bevel modifier");
	assert_int_equal(rule_next(&s, &unread), ACT_CODER);
	state_release(&s);
}

TEST(a_model_sums_up_what_was_found_if_it_shall_and_nobody_waits_for_it_if_it_cannot)
{
	struct team_settings summing = team;
	struct state s = { 0 };

	summing.summarize_documents = true;
	prompt(&s, "a red bucket");
	plan_of_two(&s);
	answer(&s, GATE_PLAN, ANSWER_ACCEPT, NULL);
	find(&s, NULL);
	assert_int_equal(rule_next(&s, &summing), ACT_CODER);
	find(&s, "found");
	assert_int_equal(rule_next(&s, &summing), ACT_RETRIEVER);
	refuse(&s, ROLE_RETRIEVER);
	assert_int_equal(rule_next(&s, &summing), ACT_CODER);
	happen(&s, (struct event){ .kind = EV_DOCUMENTS_READ,
	                           .role = ROLE_RETRIEVER,
	                           .body.digest = { "use Mesh" } });
	assert_int_equal(rule_next(&s, &summing), ACT_CODER);
	want(&s, "bevel modifier");
	find(&s, "more");
	assert_int_equal(rule_next(&s, &summing), ACT_CODER);
	state_release(&s);
}

TEST(a_budget_stops_before_the_call_that_would_pass_it)
{
	struct team_settings tight = { .budget_usd = 1.0, .budget_calls = 3 };
	struct event call = { .kind = EV_TURN_ENDED,
		              .role = ROLE_CODER,
		              .body.turn_end = { .cost_usd = 0.4 } };
	struct state s = { 0 };
	struct error why;

	assert_true(budget_allows(&s, &tight, ROLE_CODER, &why));
	happen(&s, call);
	assert_true(budget_allows(&s, &tight, ROLE_CODER, &why));
	happen(&s, call);
	assert_false(budget_allows(&s, &tight, ROLE_CODER, &why));
	assert_int_equal(why.code, ERR_BUDGET);
	assert_true(budget_allows(&s, &tight, ROLE_CRITIC, &why));
	happen(&s, call);
	assert_false(budget_allows(&s, &tight, ROLE_CRITIC, &why));
	state_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(creation_goes_from_the_prompt_through_every_subtask),
		cmocka_unit_test(an_error_is_repaired_so_often_and_then_the_user_is_asked),
		cmocka_unit_test(a_reply_that_cannot_be_used_is_asked_for_again_but_not_forever),
		cmocka_unit_test(a_subtask_the_agents_fail_at_is_skipped_if_the_user_says_go_on),
		cmocka_unit_test(a_critique_is_worked_off_and_verified),
		cmocka_unit_test(an_asset_without_flaws_goes_straight_to_the_user),
		cmocka_unit_test(rounds_are_limited_and_flaws_left_are_taken_up_in_the_next),
		cmocka_unit_test(a_change_that_helps_nothing_is_not_kept_automatically),
		cmocka_unit_test(an_instruction_is_read_coded_verified_and_tried_again_once),
		cmocka_unit_test(what_the_user_wrote_needs_no_verdict_and_no_repair),
		cmocka_unit_test(agents_that_stay_away_are_not_asked),
		cmocka_unit_test(every_error_is_looked_up_anew),
		cmocka_unit_test(
			what_the_coder_asks_is_looked_up_though_something_was_found_before),
		cmocka_unit_test(a_refused_answer_needs_no_other_look_up),
		cmocka_unit_test(nothing_is_looked_up_without_retrieval),
		cmocka_unit_test(
			a_model_sums_up_what_was_found_if_it_shall_and_nobody_waits_for_it_if_it_cannot),
		cmocka_unit_test(a_budget_stops_before_the_call_that_would_pass_it),
	};

	return RUN_ALL(tests);
}
