#include "tui/activity.h"

#include "test.h"

static void hear(struct activity *a, enum event_kind kind, enum role role, union event_body body,
                 int64_t now_ms)
{
	activity_hear(a, &(struct event){ .kind = kind, .role = role, .body = body }, now_ms);
}

static void assert_told(const struct activity *a, int64_t now_ms, const char *words)
{
	struct strbuf told = { 0 };

	activity_tell(&told, a, now_ms);
	assert_string_equal(strbuf_str(&told), words);
	strbuf_release(&told);
}

static const union event_body writes = { .turn = { PURPOSE_CREATE, "someone/model" } };

TEST(a_wait_is_told_from_a_second_on)
{
	struct activity a = { 0 };

	assert_told(&a, 0, "");
	hear(&a, EV_TURN_BEGAN, ROLE_CODER, writes, 1000);
	assert_told(&a, 1500, "coder writes");
	assert_told(&a, 13900, "coder writes 12 s");
	hear(&a, EV_WORDS_CAME, ROLE_CODER,
	     (union event_body){ .words = { "def build(paint):", false } }, 14000);
	assert_told(&a, 14000, "coder writes, 2 words 13 s");
	hear(&a, EV_TURN_ENDED, ROLE_CODER, (union event_body){ 0 }, 15000);
	assert_told(&a, 15000, "");
	assert_string_equal(a.model, "someone/model");
	activity_release(&a);
}

TEST(blender_is_at_work_after_a_script_was_written)
{
	struct activity a = { 0 };

	hear(&a, EV_SCRIPT_WRITTEN, ROLE_CODER, (union event_body){ 0 }, 0);
	assert_told(&a, 2000, "blender runs the script 2 s");
	hear(&a, EV_SCRIPT_RAN, ROLE_BLENDER, (union event_body){ 0 }, 3000);
	hear(&a, EV_WORK_WENT_ON, ROLE_BLENDER, (union event_body){ .work = { "front", 1, 5 } },
	     4000);
	assert_told(&a, 4000, "blender draws front 1/5 1 s");
	hear(&a, EV_VIEWS_DRAWN, ROLE_BLENDER, (union event_body){ 0 }, 5000);
	assert_told(&a, 5000, "");
	activity_release(&a);
}

TEST(a_retry_counts_down_and_ends_with_the_first_word)
{
	struct activity a = { 0 };
	struct strbuf told = { 0 };

	hear(&a, EV_TURN_BEGAN, ROLE_CODER, writes, 0);
	hear(&a, EV_TURN_RETRIED, ROLE_CODER,
	     (union event_body){ .retried = { "rate limited", 41000 } }, 0);
	activity_tell_retry(&told, &a, 500);
	assert_string_equal(strbuf_str(&told), "rate limited: next try in 41 s (1 so far)");
	strbuf_reset(&told);
	activity_tell_retry(&told, &a, 42000);
	assert_string_equal(strbuf_str(&told), "rate limited: asked again (1 so far)");
	hear(&a, EV_WORDS_CAME, ROLE_CODER, (union event_body){ .words = { "ok", false } }, 43000);
	strbuf_reset(&told);
	activity_tell_retry(&told, &a, 43000);
	assert_string_equal(strbuf_str(&told), "");
	strbuf_release(&told);
	activity_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wait_is_told_from_a_second_on),
		cmocka_unit_test(blender_is_at_work_after_a_script_was_written),
		cmocka_unit_test(a_retry_counts_down_and_ends_with_the_first_word),
	};

	return RUN_ALL(tests);
}
