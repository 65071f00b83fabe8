#include "agent/coder.h"

#include <string.h>

#include "test.h"

#define OLD "import bpy\nSIZE = 1\nprint(SIZE)\n"

static struct coder_reply read_answer(const char *script, const char *answer)
{
	struct coder_reply r;

	coder_read(&r, script, answer);
	return r;
}

static void assert_refused(const char *script, const char *answer, const char *words)
{
	struct coder_reply r = read_answer(script, answer);

	assert_int_equal(r.said, CODER_NO_USE);
	if (!strstr(strbuf_str(&r.why), words))
		fail_msg("\"%s\" is not in: %s", words, strbuf_str(&r.why));
	coder_reply_release(&r);
}

TEST(edits_change_the_script_and_are_counted)
{
	struct coder_reply r =
		read_answer(OLD, "Bigger.\n```python\n<<<<<<< SEARCH\nSIZE = 1\n=======\n"
	                         "SIZE = 2\nEDGE = 3\n>>>>>>> REPLACE\n```\n");

	assert_int_equal(r.said, CODER_SCRIPT);
	assert_string_equal(r.script.buf, "import bpy\nSIZE = 2\nEDGE = 3\nprint(SIZE)\n");
	assert_string_equal(strbuf_str(&r.note), "Bigger.");
	assert_false(r.is_whole);
	assert_int_equal(r.added, 2);
	assert_int_equal(r.removed, 1);
	coder_reply_release(&r);
}

TEST(a_whole_script_takes_the_place_of_the_old_one)
{
	struct coder_reply r = read_answer(OLD, "```python\nimport bpy\nprint(2)\n```");

	assert_int_equal(r.said, CODER_SCRIPT);
	assert_true(r.is_whole);
	assert_string_equal(r.script.buf, "import bpy\nprint(2)\n");
	coder_reply_release(&r);
}

TEST(one_edit_that_fits_nowhere_keeps_all_of_them_out)
{
	assert_refused(OLD,
	               "<<<<<<< SEARCH\nSIZE = 1\n=======\nSIZE = 2\n>>>>>>> REPLACE\n"
	               "<<<<<<< SEARCH\nnothing_like_it(7)\n=======\nx\n>>>>>>> REPLACE\n",
	               "Block 2");
}

TEST(an_answer_without_usable_code_is_refused_with_what_is_missing)
{
	assert_refused(OLD, "I would make it bigger.", "no code");
	assert_refused(OLD, "```python\nprint(1)\n```", "no whole script");
	assert_refused("", "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n", "no script yet");
	assert_refused(OLD, "<<<<<<< SEARCH\nSIZE = 0\n=======\nSIZE = 1\n>>>>>>> REPLACE\n", "");
}

TEST(a_search_line_is_taken_out_of_the_words_and_kept)
{
	struct coder_reply r =
		read_answer(OLD, "Rounder.\n**Search:** bevel modifier; `harden normals` ;; \n"
	                         "```python\nimport bpy\nprint(2)\n```\nDone.\n");

	assert_int_equal(r.said, CODER_SCRIPT);
	assert_string_equal(strbuf_str(&r.note), "Rounder.\nDone.");
	assert_int_equal(r.search.count, 2);
	assert_string_equal(r.search.items[0], "bevel modifier");
	assert_string_equal(r.search.items[1], "harden normals");
	coder_reply_release(&r);
}

TEST(an_answer_that_is_a_search_line_wants_to_look_up)
{
	struct coder_reply r = read_answer("", "search: screw modifier; screw axis");

	assert_int_equal(r.said, CODER_SEARCH);
	assert_int_equal(r.search.count, 2);
	assert_string_equal(strbuf_str(&r.note), "");
	coder_reply_release(&r);
}

TEST(queries_without_measure_are_cut_to_a_few_short_ones)
{
	struct strbuf answer = { 0 };
	struct coder_reply r;

	for (int line = 0; line < 100; line++) {
		strbuf_addstr(&answer, "Search: ");
		for (int i = 0; i < 100; i++)
			strbuf_addstr(&answer, line % 2 ? "bevel;" : "bevel ");
		strbuf_addstr(&answer, "\n");
	}
	r = read_answer("", answer.buf);
	assert_int_equal(r.said, CODER_SEARCH);
	assert_int_equal(r.search.count, 6);
	coder_reply_release(&r);
	r = read_answer("", "Search: ; ; ;");
	assert_int_equal(r.said, CODER_NO_USE);
	coder_reply_release(&r);
	strbuf_release(&answer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edits_change_the_script_and_are_counted),
		cmocka_unit_test(a_whole_script_takes_the_place_of_the_old_one),
		cmocka_unit_test(one_edit_that_fits_nowhere_keeps_all_of_them_out),
		cmocka_unit_test(a_search_line_is_taken_out_of_the_words_and_kept),
		cmocka_unit_test(an_answer_that_is_a_search_line_wants_to_look_up),
		cmocka_unit_test(queries_without_measure_are_cut_to_a_few_short_ones),
		cmocka_unit_test(an_answer_without_usable_code_is_refused_with_what_is_missing),
	};

	return RUN_ALL(tests);
}
