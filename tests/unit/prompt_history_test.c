#include "tui/prompt_history.h"

#include <string.h>

#include "scratch.h"
#include "test.h"

static struct prompt_history open_in(struct scratch *s)
{
	struct prompt_history h;
	struct error err;

	assert_true(prompt_history_open(&h, scratch_path(s, "prompts.jsonl"), &err));
	return h;
}

static void add(struct prompt_history *h, const char *text)
{
	struct error err;

	assert_true(prompt_history_add(h, text, &err));
}

TEST(what_was_written_is_there_in_the_next_session)
{
	struct scratch s = scratch_new();
	struct prompt_history h = open_in(&s);

	add(&h, "a bucket");
	add(&h, "two lines\nand \"quotes\"");
	prompt_history_release(&h);
	h = open_in(&s);
	assert_int_equal(h.count, 2);
	assert_string_equal(h.items[1], "two lines\nand \"quotes\"");
	prompt_history_release(&h);
	scratch_free(&s);
}

TEST(going_back_and_forward_ends_at_what_was_being_written)
{
	struct prompt_history h = { 0 };

	add(&h, "first");
	add(&h, "second");
	assert_null(prompt_history_go(&h, -1, "draft"));
	assert_string_equal(prompt_history_go(&h, 1, "draft"), "second");
	assert_string_equal(prompt_history_go(&h, 1, "second"), "first");
	assert_null(prompt_history_go(&h, 1, "first"));
	assert_string_equal(prompt_history_go(&h, -1, "first"), "second");
	assert_string_equal(prompt_history_go(&h, -1, "second"), "draft");
	assert_null(prompt_history_go(&h, -1, "draft"));
	prompt_history_release(&h);
}

TEST(blanks_and_repetitions_are_not_kept)
{
	struct prompt_history h = { 0 };

	add(&h, " \n");
	add(&h, "same");
	add(&h, "same");
	assert_int_equal(h.count, 1);
	prompt_history_release(&h);
}

TEST(a_torn_line_costs_only_itself)
{
	struct scratch s = scratch_new();
	struct prompt_history h;

	scratch_write(&s, "prompts.jsonl", "\"one\"\n\"tw\n17\n\"three\"\n");
	h = open_in(&s);
	assert_int_equal(h.count, 2);
	assert_string_equal(h.items[0], "one");
	assert_string_equal(h.items[1], "three");
	prompt_history_release(&h);
	scratch_free(&s);
}

TEST(a_file_that_has_grown_long_is_cut)
{
	struct scratch s = scratch_new();
	struct strbuf text = { 0 };
	struct prompt_history h;

	for (int i = 0; i < 2500; i++)
		strbuf_addf(&text, "\"prompt %d\"\n", i);
	scratch_write(&s, "prompts.jsonl", strbuf_str(&text));
	h = open_in(&s);
	assert_string_equal(h.items[h.count - 1], "prompt 2499");
	prompt_history_release(&h);
	h = open_in(&s);
	assert_int_equal(h.count, 1000);
	assert_string_equal(h.items[0], "prompt 1500");
	prompt_history_release(&h);
	strbuf_release(&text);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_there_in_the_next_session),
		cmocka_unit_test(going_back_and_forward_ends_at_what_was_being_written),
		cmocka_unit_test(blanks_and_repetitions_are_not_kept),
		cmocka_unit_test(a_torn_line_costs_only_itself),
		cmocka_unit_test(a_file_that_has_grown_long_is_cut),
	};

	return RUN_ALL(tests);
}
