#include "tui/fence.h"

#include "test.h"

struct answers {
	int took_ms[4];
	size_t count;
};

static void on_answer(void *ctx, int took_ms)
{
	struct answers *answers = ctx;

	answers->took_ms[answers->count++] = took_ms;
}

struct scene {
	struct loop *loop;
	struct fences *fences;
	struct strbuf sent;
	struct answers first, second;
};

static struct scene scene_new(void)
{
	struct scene s = { .loop = loop_new() };

	loop_set_clock(s.loop, 1000);
	s.fences = fences_new(s.loop);
	return s;
}

static void scene_free(struct scene *s)
{
	fences_free(s->fences);
	loop_free(s->loop);
	strbuf_release(&s->sent);
}

TEST(answers_belong_to_questions_in_their_order)
{
	struct scene s = scene_new();

	fences_ask(s.fences, &s.sent, on_answer, &s.first);
	loop_set_clock(s.loop, 1010);
	fences_ask(s.fences, &s.sent, on_answer, &s.second);
	loop_set_clock(s.loop, 1050);
	fences_answer(s.fences);
	assert_int_equal(s.first.took_ms[0], 50);
	assert_int_equal(s.second.count, 0);
	assert_true(fences_waiting(s.fences));
	fences_answer(s.fences);
	assert_int_equal(s.second.took_ms[0], 40);
	assert_false(fences_waiting(s.fences));
	fences_answer(s.fences); /* to nothing */
	assert_string_equal(strbuf_str(&s.sent), "\033[c\033[c");
	scene_free(&s);
}

TEST(a_late_answer_is_not_the_next_ones)
{
	struct scene s = scene_new();

	fences_ask(s.fences, &s.sent, on_answer, &s.first);
	loop_set_clock(s.loop, 3500);
	loop_turn(s.loop, 0);
	loop_turn(s.loop, 0);
	assert_int_equal(s.first.took_ms[0], -1);
	assert_false(fences_waiting(s.fences));
	fences_ask(s.fences, &s.sent, on_answer, &s.second);
	fences_answer(s.fences);
	assert_int_equal(s.second.count, 0);
	fences_answer(s.fences);
	assert_int_equal(s.second.count, 1);
	assert_int_equal(s.first.count, 1);
	scene_free(&s);
}

TEST(what_somebody_else_reads_is_called_off_from_the_loop)
{
	struct scene s = scene_new();

	fences_ask(s.fences, &s.sent, on_answer, &s.first);
	fences_lose(s.fences);
	assert_int_equal(s.first.count, 0);
	fences_ask(s.fences, &s.sent, on_answer, &s.second);
	fences_answer(s.fences);
	assert_int_equal(s.second.took_ms[0], 0);
	loop_set_clock(s.loop, 4000);
	loop_turn(s.loop, 0);
	loop_turn(s.loop, 0);
	assert_int_equal(s.first.took_ms[0], -1);
	scene_free(&s);
}

TEST(a_terminal_that_never_answers_costs_no_memory)
{
	struct scene s = scene_new();

	for (int i = 0; i < 200; i++) {
		s.first.count = 0;
		fences_ask(s.fences, &s.sent, on_answer, &s.first);
		loop_set_clock(s.loop, 1000 + 3000 * (i + 1));
		loop_turn(s.loop, 0);
		loop_turn(s.loop, 0);
		assert_int_equal(s.first.count, 1);
	}
	scene_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_belong_to_questions_in_their_order),
		cmocka_unit_test(a_late_answer_is_not_the_next_ones),
		cmocka_unit_test(what_somebody_else_reads_is_called_off_from_the_loop),
		cmocka_unit_test(a_terminal_that_never_answers_costs_no_memory),
	};

	return RUN_ALL(tests);
}
