#include "tui/plan_bill.h"

#include "test.h"

static void hear_turn(struct plan_bill *bill, int64_t took_ms, double cost_usd)
{
	plan_bill_hear(bill, &(struct event){ .kind = EV_TURN_ENDED,
	                                      .body.turn_end = { .took_ms = took_ms,
	                                                         .cost_usd = cost_usd } });
}

static void hear_script(struct plan_bill *bill, int64_t subtask)
{
	plan_bill_hear(bill, &(struct event){ .kind = EV_SCRIPT_WRITTEN,
	                                      .body.script = { .subtask = subtask } });
}

TEST(a_turn_is_charged_to_the_script_that_came_of_it)
{
	struct plan_bill bill = { 0 };

	hear_turn(&bill, 1000, 0.25);
	hear_turn(&bill, 2000, -1); /* its price is not known */
	hear_script(&bill, 2);
	plan_bill_hear(&bill,
	               &(struct event){ .kind = EV_SCRIPT_RAN, .body.ran = { .took_ms = 500 } });
	hear_turn(&bill, 4000, 0.5);
	assert_int_equal(plan_bill_of(&bill, 2).took_ms, 3500);
	assert_float_equal(plan_bill_of(&bill, 2).cost_usd, 0.25, 1e-9);
	assert_int_equal(plan_bill_of(&bill, 1).took_ms, 0);
	hear_script(&bill, 2);
	assert_int_equal(plan_bill_of(&bill, 2).took_ms, 7500);
	plan_bill_release(&bill);
}

TEST(a_new_plan_owes_nothing)
{
	struct plan_bill bill = { 0 };

	hear_turn(&bill, 1000, 0.25);
	hear_script(&bill, 1);
	hear_turn(&bill, 1000, 0.25);
	plan_bill_hear(&bill, &(struct event){ .kind = EV_PLAN_MADE });
	assert_int_equal(plan_bill_of(&bill, 1).took_ms, 0);
	hear_script(&bill, 1);
	assert_int_equal(plan_bill_of(&bill, 1).took_ms, 0);
	plan_bill_release(&bill);
}

TEST(numbers_that_cannot_be_are_no_subtask)
{
	struct plan_bill bill = { 0 };

	hear_turn(&bill, 1000, 0.25);
	hear_script(&bill, -3);
	hear_turn(&bill, 1000, 0.25);
	hear_script(&bill, INT64_MAX);
	assert_int_equal(bill.count, 0);
	assert_int_equal(plan_bill_of(&bill, 0).took_ms, 0);
	assert_int_equal(plan_bill_of(&bill, 7).took_ms, 0);
	plan_bill_release(&bill);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_turn_is_charged_to_the_script_that_came_of_it),
		cmocka_unit_test(a_new_plan_owes_nothing),
		cmocka_unit_test(numbers_that_cannot_be_are_no_subtask),
	};

	return RUN_ALL(tests);
}
