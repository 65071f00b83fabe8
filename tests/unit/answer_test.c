#include "agent/answer.h"

#include <string.h>

#include "test.h"

static void read_answer(struct coder_answer *out, const char *reply)
{
	struct error err;

	assert_true(answer_read(out, reply, strlen(reply), &err));
}

static void assert_code(const char *reply, enum answer_kind kind, const char *script,
                        const char *prose)
{
	struct coder_answer answer;

	read_answer(&answer, reply);
	assert_int_equal(answer.kind, kind);
	if (script)
		assert_string_equal(answer.script, script);
	else
		assert_null(answer.script);
	assert_string_equal(answer.prose, prose);
	answer_release(&answer);
}

/* What the only edit of a reply looks for and puts there. */
static void assert_edit(const char *reply, const char *search, const char *replace,
                        const char *prose)
{
	struct coder_answer answer;

	read_answer(&answer, reply);
	assert_int_equal(answer.kind, ANSWER_EDITS);
	assert_int_equal(answer.edit_count, 1);
	assert_null(answer.edits[0].problem);
	assert_string_equal(answer.edits[0].search, search);
	assert_string_equal(answer.edits[0].replace, replace);
	assert_string_equal(answer.prose, prose);
	answer_release(&answer);
}

TEST(words_and_one_block_come_apart)
{
	assert_code("I built a bucket.\n\n```python\nimport bpy\nx = 1\n```\n\nEnjoy!\n",
	            ANSWER_SCRIPT, "import bpy\nx = 1\n", "I built a bucket.\n\nEnjoy!");
	assert_code("Just words.\r\n", ANSWER_TALK, NULL, "Just words.");
	assert_code("", ANSWER_TALK, NULL, "");
}

TEST(fences_may_look_like_anything)
{
	static const char *const replies[] = {
		"~~~py\nimport bpy\n~~~",
		"````Python title=\"x\"\nimport bpy\n````\n",
		"  ```\nimport bpy\n  ```\n",
		"```python\r\nimport bpy\r\n```\r\n",
		"Here: ```python\nimport bpy\n```",
		"```python\nimport bpy```",
		"```python\nimport bpy\n",
		"\xef\xbb\xbf```python\nimport bpy\n```",
		"import bpy\n",
	};

	for (size_t i = 0; i < COUNT(replies); i++) {
		struct coder_answer answer;

		read_answer(&answer, replies[i]);
		assert_int_equal(answer.kind, ANSWER_SCRIPT);
		assert_string_equal(answer.script, "import bpy\n");
		answer_release(&answer);
	}
}

TEST(of_several_blocks_the_longest_whole_script_is_the_script)
{
	struct coder_answer answer;

	read_answer(&answer,
	            "```python\nimport bpy\n```\nbetter:\n"
	            "```python\nimport math, bpy\nx = 1\n```\n"
	            "```text\nimport everything and much more, but no script at all\n```\n"
	            "```python\n# a longer block, that uses bpy but imports nothing\n```\n");
	assert_int_equal(answer.kind, ANSWER_SCRIPT);
	assert_string_equal(answer.script, "import math, bpy\nx = 1\n");
	answer_release(&answer);
	assert_code("```\nx = 1\n```\n```bash\nrm -rf everything\n```\n```py\nx = 12\n```",
	            ANSWER_SNIPPET, "x = 12\n", "```\nx = 1\n```\n```bash\nrm -rf everything\n```");
}

TEST(markdown_in_a_docstring_does_not_end_the_script)
{
	assert_code("```python\n\"\"\"\n```text\nuse\n```\n\"\"\"\nimport bpy\n```\n",
	            ANSWER_SCRIPT, "\"\"\"\n```text\nuse\n```\n\"\"\"\nimport bpy\n", "");
}

TEST(a_block_that_was_not_closed_ends_where_the_next_begins)
{
	assert_code("```python\nx = 1\n\n```python\nimport bpy\n```\n", ANSWER_SCRIPT,
	            "import bpy\n", "```python\nx = 1");
}

TEST(a_reply_that_ends_in_code_is_cut)
{
	struct coder_answer answer;

	read_answer(&answer, "```python\nimport bpy\nx = ");
	assert_true(answer.is_cut);
	answer_release(&answer);
	read_answer(&answer, "```python\nimport bpy\n```");
	assert_false(answer.is_cut);
	answer_release(&answer);
	read_answer(&answer, "<<<<<<< SEARCH\na\n=======\nb");
	assert_true(answer.is_cut);
	assert_non_null(answer.edits[0].problem);
	answer_release(&answer);
}

TEST(a_script_without_a_fence_begins_where_python_does)
{
	assert_code("Sure, here it is.\n\n# bucket\n\"\"\"A bucket.\"\"\"\nimport bpy\nx = 1\n",
	            ANSWER_SCRIPT, "# bucket\n\"\"\"A bucket.\"\"\"\nimport bpy\nx = 1\n",
	            "Sure, here it is.");
}

TEST(an_edit_is_found_in_any_dress)
{
	static const char *const replies[] = {
		"Thinner.\n```python\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n```\n",
		"Thinner.\n<<<<< search\na\n=====\nb\n>>>>> replace\n",
		"Thinner.\n<<<<<<<<< ORIGINAL script.py\na\n=========\nb\n>>>>>>>>> UPDATED\n",
		"Thinner.\n<<<<<<<\na\n=======\nb\n>>>>>>>",
		"Thinner.\n<<<<<<< SEARCH\n```python\na\n```\n=======\n```python\nb\n```\n>>>>>>> REPLACE\n",
		"Thinner.\n```\n<<<<<<< SEARCH\na\n=======\nb\n```\n",
		"Thinner.\r\n<<<<<<< SEARCH\r\na\r\n=======\r\nb\r\n>>>>>>> REPLACE\r\n",
	};

	for (size_t i = 0; i < COUNT(replies); i++)
		assert_edit(replies[i], "a\n", "b\n", "Thinner.");
}

TEST(an_underlined_heading_is_not_the_divider)
{
	assert_edit("<<<<<<< SEARCH\nTitle\n=====\n=======\nTitel\n=====\n>>>>>>> REPLACE\n",
	            "Title\n=====\n", "Titel\n=====\n", "");
}

TEST(blocks_come_in_order_with_their_faults)
{
	struct coder_answer answer;

	read_answer(&answer, "one\n<<<<<<< SEARCH\na\n=======\n>>>>>>> REPLACE\n"
	                     "two\n<<<<<<< SEARCH\nno divider\n>>>>>>> REPLACE\n"
	                     "<<<<<<< SEARCH\nb\n=======\nc\n<<<<<<< SEARCH\nd\n=======\ne\n"
	                     ">>>>>>> REPLACE\n");
	assert_int_equal(answer.edit_count, 4);
	assert_string_equal(answer.edits[0].search, "a\n");
	assert_string_equal(answer.edits[0].replace, "");
	assert_non_null(answer.edits[1].problem);
	assert_string_equal(answer.edits[2].replace, "c\n");
	assert_string_equal(answer.edits[3].replace, "e\n");
	assert_string_equal(answer.prose, "one\ntwo");
	answer_release(&answer);
}

TEST(code_beside_edits_is_talk)
{
	struct coder_answer answer;

	read_answer(&answer, "```python\nimport bpy\n```\n<<<<<<< SEARCH\na\n=======\nb\n"
	                     ">>>>>>> REPLACE\n");
	assert_int_equal(answer.kind, ANSWER_EDITS);
	assert_null(answer.script);
	answer_release(&answer);
}

TEST(a_whole_script_makes_up_for_broken_edits)
{
	assert_code("<<<<<<< SEARCH\na\n>>>>>>> REPLACE\n```python\nimport bpy\n```\n",
	            ANSWER_SCRIPT, "import bpy\n", "");
}

TEST(a_diff_is_read_as_edits)
{
	assert_edit("Done.\n```diff\n--- a/script.py\n+++ b/script.py\n@@ -1,3 +1,3 @@ def f():\n"
	            " def f():\n-    a()\n+    b()\n     c()\n```\n",
	            "def f():\n    a()\n    c()\n", "def f():\n    b()\n    c()\n", "Done.");
	assert_edit("```\n@@ ... @@\n-a\n+b\n```", "a\n", "b\n", "");
	assert_edit("```diff\n-a\n+b\n```", "a\n", "b\n", "");
	assert_edit("So:\n\n--- script.py\n+++ script.py\n@@ -1 +1 @@\n-a\n+b\n", "a\n", "b\n",
	            "So:");
}

TEST(context_lines_that_lost_their_blank_are_taken_as_they_are)
{
	assert_edit("```diff\n@@ @@\ndef f():\n-    a()\n+    b()\n    c()\n```\n",
	            "def f():\n    a()\n    c()\n", "def f():\n    b()\n    c()\n", "");
	assert_edit("```diff\n@@ @@\n    x()\n-    a()\n+    b()\n```\n", "    x()\n    a()\n",
	            "    x()\n    b()\n", "");
}

TEST(a_diff_beside_the_script_shows_what_is_new_in_it)
{
	struct coder_answer answer;

	read_answer(&answer, "```diff\n@@ -1 +1 @@\n import bpy\n-a\n+b\n```\n"
	                     "```python\nimport bpy\nb\n```\n");
	assert_int_equal(answer.kind, ANSWER_SCRIPT);
	assert_string_equal(answer.script, "import bpy\nb\n");
	answer_release(&answer);
}

TEST(several_hunks_are_several_edits)
{
	struct coder_answer answer;

	read_answer(&answer, "```diff\n@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@\n c\n+d\n```\n");
	assert_int_equal(answer.edit_count, 2);
	assert_string_equal(answer.edits[1].search, "c\n");
	assert_string_equal(answer.edits[1].replace, "c\nd\n");
	answer_release(&answer);
}

TEST(bytes_that_are_no_text_are_marked)
{
	static const char reply[] = "```python\nimport bpy\nx = '\0\xff'\n```\n";
	struct coder_answer answer;
	struct error err;

	assert_true(answer_read(&answer, reply, sizeof(reply) - 1, &err));
	assert_string_equal(answer.script, "import bpy\nx = '\xef\xbf\xbd\xef\xbf\xbd'\n");
	answer_release(&answer);
}

TEST(a_reply_over_the_limits_is_refused)
{
	struct strbuf reply = { 0 };
	struct coder_answer answer;
	struct error err;

	for (size_t i = 0; i <= ANSWER_LINES_MAX; i++)
		strbuf_addstr(&reply, "\n");
	assert_false(answer_read(&answer, reply.buf, reply.len, &err));
	strbuf_reset(&reply);
	for (size_t i = 0; i <= ANSWER_EDITS_MAX; i++)
		strbuf_addstr(&reply, "<<<<<\n=====\n>>>>>\n");
	assert_false(answer_read(&answer, reply.buf, reply.len, &err));
	strbuf_release(&reply);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_one_block_come_apart),
		cmocka_unit_test(fences_may_look_like_anything),
		cmocka_unit_test(of_several_blocks_the_longest_whole_script_is_the_script),
		cmocka_unit_test(markdown_in_a_docstring_does_not_end_the_script),
		cmocka_unit_test(a_block_that_was_not_closed_ends_where_the_next_begins),
		cmocka_unit_test(a_reply_that_ends_in_code_is_cut),
		cmocka_unit_test(a_script_without_a_fence_begins_where_python_does),
		cmocka_unit_test(an_edit_is_found_in_any_dress),
		cmocka_unit_test(an_underlined_heading_is_not_the_divider),
		cmocka_unit_test(blocks_come_in_order_with_their_faults),
		cmocka_unit_test(code_beside_edits_is_talk),
		cmocka_unit_test(a_whole_script_makes_up_for_broken_edits),
		cmocka_unit_test(a_diff_is_read_as_edits),
		cmocka_unit_test(context_lines_that_lost_their_blank_are_taken_as_they_are),
		cmocka_unit_test(a_diff_beside_the_script_shows_what_is_new_in_it),
		cmocka_unit_test(several_hunks_are_several_edits),
		cmocka_unit_test(bytes_that_are_no_text_are_marked),
		cmocka_unit_test(a_reply_over_the_limits_is_refused),
	};

	return RUN_ALL(tests);
}
