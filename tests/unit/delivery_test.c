#include "tui/delivery.h"

#include "test.h"

static void assert_told(enum delivery delivery, const struct delivery_place *at, const char *words)
{
	struct strbuf told = { 0 };

	delivery_tell(&told, delivery, at, false);
	assert_string_equal(strbuf_str(&told), words);
	strbuf_release(&told);
}

TEST(before_anything_has_begun_there_is_only_the_prompt)
{
	struct state now = { 0 };
	struct delivery_place at = { .now = &now };

	assert_int_equal(delivery_next(DELIVERY_PROMPT, &at), DELIVERY_PROMPT);
	assert_told(DELIVERY_PROMPT, &at, "now, to the planner");
}

TEST(while_somebody_works_there_are_three_ways)
{
	struct state now = { .begun = true };
	struct delivery_place at = { .now = &now, .is_busy = true };

	assert_int_equal(delivery_usual(&at), DELIVERY_PROMPT);
	assert_told(DELIVERY_PROMPT, &at, "when they are done");
	assert_int_equal(delivery_next(DELIVERY_PROMPT, &at), DELIVERY_NOTE);
	assert_int_equal(delivery_next(DELIVERY_NOTE, &at), DELIVERY_NOW);
	assert_int_equal(delivery_next(DELIVERY_NOW, &at), DELIVERY_PROMPT);
}

TEST(a_proposal_is_answered_only_in_the_review)
{
	struct state now = {
		.begun = true, .waiting = true, .gate = GATE_SCRIPT, .candidate = { .id = 14 }
	};
	struct delivery_place at = { .now = &now };

	assert_false(delivery_is_possible(DELIVERY_VERDICT, &at));
	assert_int_equal(delivery_usual(&at), DELIVERY_PROMPT);
	at.is_in_review = true;
	assert_int_equal(delivery_usual(&at), DELIVERY_VERDICT);
	assert_told(DELIVERY_VERDICT, &at, "with the verdict, drops #14");
}

TEST(a_plan_and_a_call_for_help_are_answered_anywhere)
{
	struct state now = { .begun = true, .waiting = true, .gate = GATE_PLAN };
	struct delivery_place at = { .now = &now };

	assert_int_equal(delivery_usual(&at), DELIVERY_VERDICT);
	now.gate = GATE_HELP;
	assert_int_equal(delivery_usual(&at), DELIVERY_VERDICT);
	now.gate = GATE_TURN;
	assert_int_equal(delivery_usual(&at), DELIVERY_PROMPT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_anything_has_begun_there_is_only_the_prompt),
		cmocka_unit_test(while_somebody_works_there_are_three_ways),
		cmocka_unit_test(a_proposal_is_answered_only_in_the_review),
		cmocka_unit_test(a_plan_and_a_call_for_help_are_answered_anywhere),
	};

	return RUN_ALL(tests);
}
