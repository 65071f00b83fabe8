#include "agent/catalogue.h"

#include "test.h"

static void count(void *ctx)
{
	(*(int *)ctx)++;
}

TEST(whoever_waits_is_told_once_and_from_the_loop)
{
	struct loop *loop = loop_new();
	struct catalogue *c = catalogue_new(loop);
	int told = 0;

	catalogue_await(c, count, &told);
	assert_false(loop_turn(loop, 0));
	assert_null(catalogue_why(c));
	catalogue_settle(c, NULL, "no Blender said what it has");
	assert_int_equal(told, 0);
	assert_true(loop_turn(loop, 0));
	assert_int_equal(told, 1);
	assert_false(loop_turn(loop, 0));
	assert_int_equal(told, 1);
	catalogue_free(c);
	loop_free(loop);
}

TEST(who_comes_late_is_told_too)
{
	struct loop *loop = loop_new();
	struct catalogue *c = catalogue_new(loop);
	int told = 0;

	catalogue_settle(c, NULL, "switched off");
	catalogue_await(c, count, &told);
	assert_int_equal(told, 0);
	assert_true(loop_turn(loop, 0));
	assert_int_equal(told, 1);
	assert_null(catalogue_rag(c));
	assert_string_equal(catalogue_why(c), "switched off");
	catalogue_free(c);
	loop_free(loop);
}

TEST(who_gave_up_waiting_is_not_told)
{
	struct loop *loop = loop_new();
	struct catalogue *c = catalogue_new(loop);
	int told = 0;

	catalogue_await(c, count, &told);
	catalogue_settle(c, NULL, "switched off");
	catalogue_forget(c);
	assert_false(loop_turn(loop, 0));
	assert_int_equal(told, 0);
	catalogue_free(c);
	loop_free(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_waits_is_told_once_and_from_the_loop),
		cmocka_unit_test(who_comes_late_is_told_too),
		cmocka_unit_test(who_gave_up_waiting_is_not_told),
	};

	return RUN_ALL(tests);
}
