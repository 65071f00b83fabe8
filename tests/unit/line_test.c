#include "tui/line.h"

#include <string.h>

#include "test.h"

/* Commands one after the other; letters in quotes are typed: "'ab c' 'word left'". */
static void play(struct line *line, const char *const *commands)
{
	for (size_t i = 0; commands[i]; i++)
		if (commands[i][0] == '+')
			line_type(line, commands[i] + 1, strlen(commands[i] + 1));
		else
			assert_true(line_act(line, commands[i]));
}

TEST(the_keys_of_readline_do_what_they_do_there)
{
	static const struct {
		const char *commands[8];
		const char *text;
		size_t cursor;
	} cases[] = {
		{ { "+abc", "char left", "+x" }, "abxc", 3 },
		{ { "+abc", "line start", "delete" }, "bc", 0 },
		{ { "+abc", "line start", "delete back" }, "abc", 0 },
		{ { "+abc", "delete" }, "abc", 3 },
		{ { "+one two", "kill word" }, "one ", 4 },
		{ { "+one two", "kill word", "put back", "put back" }, "one twotwo", 10 },
		{ { "+one two", "word left", "kill to start" }, "two", 0 },
		{ { "+one two", "word left", "word left", "word right", "kill to end" }, "one", 3 },
		{ { "+a/b.c", "word left", "kill word" }, "a/c", 2 },
		{ { "+one", "newline", "+two", "line start", "+>" }, "one\n>two", 5 },
		{ { "+one", "newline", "+two", "kill to start" }, "one\n", 4 },
		{ { "+one", "newline", "+two", "kill all", "put back" }, "one\ntwo", 7 },
		{ { "kill all", "put back" }, "", 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct line line = { 0 };

		play(&line, cases[i].commands);
		assert_string_equal(strbuf_str(&line.text), cases[i].text);
		assert_int_equal(line.cursor, cases[i].cursor);
		line_release(&line);
	}
}

TEST(a_character_is_stepped_over_and_deleted_whole)
{
	/* An accent of its own, a wide one, one beyond 16 bits. */
	static const char *const characters[] = { "e\u0301", "\u6728", "\U0001f600", "\u00e9" };

	for (size_t i = 0; i < COUNT(characters); i++) {
		struct line line = { 0 };
		size_t len = strlen(characters[i]);

		line_type(&line, "a", 1);
		line_type(&line, characters[i], len);
		line_type(&line, "b", 1);
		line_act(&line, "char left");
		line_act(&line, "char left");
		assert_int_equal(line.cursor, 1);
		line_act(&line, "char right");
		assert_int_equal(line.cursor, 1 + len);
		line_act(&line, "delete back");
		assert_string_equal(strbuf_str(&line.text), "ab");
		line_release(&line);
	}
}

TEST(bytes_that_are_no_utf8_become_characters_that_are)
{
	struct line line = { 0 };

	line_type(&line,
	          "a\xff"
	          "b",
	          3);
	assert_string_equal(strbuf_str(&line.text), "a\ufffd"
	                                            "b");
	line_act(&line, "char left");
	line_act(&line, "delete back");
	assert_string_equal(strbuf_str(&line.text), "ab");
	line_release(&line);
}

TEST(undo_goes_back_word_by_word_to_the_beginning)
{
	static const char *const commands[] = { "+o", "+n", "+e", "+ ", "+t", "+w", NULL };
	struct line line = { 0 };

	play(&line, commands);
	line_act(&line, "kill word");
	line_act(&line, "undo typing");
	assert_string_equal(strbuf_str(&line.text), "one tw");
	line_act(&line, "undo typing");
	assert_string_equal(strbuf_str(&line.text), "one ");
	for (int i = 0; i < 5; i++)
		line_act(&line, "undo typing");
	assert_string_equal(strbuf_str(&line.text), "");
	assert_int_equal(line.cursor, 0);
	line_release(&line);
}

TEST(what_was_set_from_outside_can_be_undone)
{
	struct line line = { 0 };

	line_type(&line, "mine", 4);
	line_set(&line, "theirs");
	line_act(&line, "undo typing");
	assert_string_equal(strbuf_str(&line.text), "mine");
	line_release(&line);
}

TEST(up_and_down_keep_the_column_and_stop_at_the_ends)
{
	struct line line = { 0 };

	line_set(&line, "long line\nab\nanother one");
	assert_true(line_is_last(&line));
	line_act(&line, "line start");
	for (int i = 0; i < 5; i++)
		line_act(&line, "char right");
	line_act(&line, "line up");
	assert_int_equal(line.cursor, strlen("long line\nab"));
	line_act(&line, "line up");
	assert_int_equal(line.cursor, 2);
	assert_true(line_is_first(&line));
	line_act(&line, "line up");
	assert_int_equal(line.cursor, 2);
	line_release(&line);
}

TEST(a_command_it_does_not_know_changes_nothing)
{
	struct line line = { 0 };

	assert_false(line_act(&line, "send"));
	assert_int_equal(line.past_count, 0);
	line_release(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keys_of_readline_do_what_they_do_there),
		cmocka_unit_test(a_character_is_stepped_over_and_deleted_whole),
		cmocka_unit_test(bytes_that_are_no_utf8_become_characters_that_are),
		cmocka_unit_test(undo_goes_back_word_by_word_to_the_beginning),
		cmocka_unit_test(what_was_set_from_outside_can_be_undone),
		cmocka_unit_test(up_and_down_keep_the_column_and_stop_at_the_ends),
		cmocka_unit_test(a_command_it_does_not_know_changes_nothing),
	};

	return RUN_ALL(tests);
}
