#include "event/event.h"

#include <string.h>

#include "test.h"

static const struct plan_part handle = {
	.name = "handle",
	.looks = "a bent wire",
	.size = "0.3 x 0.01 x 0.2 m",
	.parent = "body",
};
static const struct subtask body_first = { .title = "body", .goal = "a tapered body" };

static struct event plan_event(void)
{
	return (struct event){
		.kind = EV_PLAN_MADE,
		.role = ROLE_PLANNER,
		.id = 7,
		.parent = 6,
		.at_ms = 1700000000123,
		.body.plan = { .title = "bucket",
		               .summary = "A \"red\" bucket\n",
		               .parts = { (struct plan_part *)(uintptr_t)&handle, 1 },
		               .subtasks = { (struct subtask *)(uintptr_t)&body_first, 1 } },
	};
}

TEST(every_kind_has_a_row_with_a_name_of_its_own)
{
	for (int i = 0; i < EV_COUNT; i++) {
		assert_non_null(event_types[i].name);
		assert_non_null(event_types[i].body);
		assert_non_null(event_types[i].help);
		assert_true(event_types[i].body->size <= sizeof(union event_body));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(event_types[i].name, event_types[k].name);
	}
}

TEST(an_event_comes_back_from_its_line_as_it_was)
{
	struct event ev = plan_event(), back;
	struct strbuf line = { 0 }, again = { 0 };
	struct error err;

	event_write(&line, &ev);
	assert_null(strchr(line.buf, '\n'));
	assert_true(event_read(&back, line.buf, line.len, &err));
	assert_int_equal(back.kind, EV_PLAN_MADE);
	assert_int_equal(back.role, ROLE_PLANNER);
	assert_int_equal(back.id, 7);
	assert_string_equal(back.body.plan.parts.items[0].parent, "body");
	event_write(&again, &back);
	assert_string_equal(line.buf, again.buf);
	event_release(&back);
	strbuf_release(&line);
	strbuf_release(&again);
}

TEST(a_copy_lives_on_when_the_original_is_gone)
{
	struct event ev = plan_event(), copy, second;

	event_copy(&copy, &ev);
	event_copy(&second, &copy);
	event_release(&copy);
	assert_string_equal(second.body.plan.subtasks.items[0].goal, "a tapered body");
	event_release(&second);
}

TEST(a_line_that_is_no_event_is_refused_with_its_reason)
{
	static const char *const lines[][2] = {
		{ "", "JSON" },
		{ "[]", "event.id" },
		{ "{\"id\":1,\"parent\":0,\"at_ms\":1,\"event\":\"x.y\",\"by\":\"user\",\"body\":{}}",
		  "x.y" },
		{ "{\"id\":1,\"parent\":0,\"at_ms\":1,\"event\":\"ended\",\"by\":\"cat\",\"body\":{}}",
		  "cat" },
		{ "{\"id\":1,\"parent\":0,\"at_ms\":1,\"event\":\"ended\",\"by\":\"user\",\"body\":{}}",
		  "ending" },
	};

	for (size_t i = 0; i < COUNT(lines); i++) {
		struct event ev;
		struct error err;

		assert_false(event_read(&ev, lines[i][0], strlen(lines[i][0]), &err));
		assert_non_null(strstr(err.text, lines[i][1]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_has_a_row_with_a_name_of_its_own),
		cmocka_unit_test(an_event_comes_back_from_its_line_as_it_was),
		cmocka_unit_test(a_copy_lives_on_when_the_original_is_gone),
		cmocka_unit_test(a_line_that_is_no_event_is_refused_with_its_reason),
	};

	return RUN_ALL(tests);
}
