#include "agent/coder.h"

#include <string.h>

#include "test.h"

#define OLD "import bpy\nSIZE = 1\nprint(SIZE)\n"

struct reading {
	struct strbuf script, note, why;
	struct script_written how;
	bool ok;
};

static struct reading read_answer(const char *script, const char *answer)
{
	struct reading r = { 0 };

	r.ok = coder_read(&r.script, &r.note, &r.how, script, answer, &r.why);
	return r;
}

static void drop(struct reading *r)
{
	strbuf_release(&r->script);
	strbuf_release(&r->note);
	strbuf_release(&r->why);
}

static void assert_refused(const char *script, const char *answer, const char *words)
{
	struct reading r = read_answer(script, answer);

	assert_false(r.ok);
	if (!strstr(strbuf_str(&r.why), words))
		fail_msg("\"%s\" is not in: %s", words, strbuf_str(&r.why));
	drop(&r);
}

TEST(edits_change_the_script_and_are_counted)
{
	struct reading r =
		read_answer(OLD, "Bigger.\n```python\n<<<<<<< SEARCH\nSIZE = 1\n=======\n"
	                         "SIZE = 2\nEDGE = 3\n>>>>>>> REPLACE\n```\n");

	assert_true(r.ok);
	assert_string_equal(r.script.buf, "import bpy\nSIZE = 2\nEDGE = 3\nprint(SIZE)\n");
	assert_string_equal(strbuf_str(&r.note), "Bigger.");
	assert_false(r.how.whole);
	assert_int_equal(r.how.added, 2);
	assert_int_equal(r.how.removed, 1);
	drop(&r);
}

TEST(a_whole_script_takes_the_place_of_the_old_one)
{
	struct reading r = read_answer(OLD, "```python\nimport bpy\nprint(2)\n```");

	assert_true(r.ok);
	assert_true(r.how.whole);
	assert_string_equal(r.script.buf, "import bpy\nprint(2)\n");
	drop(&r);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edits_change_the_script_and_are_counted),
		cmocka_unit_test(a_whole_script_takes_the_place_of_the_old_one),
		cmocka_unit_test(one_edit_that_fits_nowhere_keeps_all_of_them_out),
		cmocka_unit_test(an_answer_without_usable_code_is_refused_with_what_is_missing),
	};

	return RUN_ALL(tests);
}
