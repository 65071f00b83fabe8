#include "base/diff.h"

#include <string.h>

#include "test.h"

static void assert_diff(const char *before, const char *after, size_t context, const char *want)
{
	struct strbuf text = { 0 };
	struct error err;
	struct diff diff;

	assert_true(diff_make(&diff, text_span(before), text_span(after), context, &err));
	diff_write(&text, &diff, "v3", "v4");
	assert_string_equal(strbuf_str(&text), want);
	strbuf_release(&text);
	diff_release(&diff);
}

TEST(a_diff_reads_as_patch_wants_it)
{
	assert_diff("a\nb\nc\nd\n", "a\nb\nC\nd\n", 1,
	            "--- v3\n+++ v4\n@@ -2,3 +2,3 @@\n b\n-c\n+C\n d\n");
	assert_diff("", "a\n", 3, "--- v3\n+++ v4\n@@ -0,0 +1 @@\n+a\n");
	assert_diff("a\n", "", 3, "--- v3\n+++ v4\n@@ -1 +0,0 @@\n-a\n");
	assert_diff("a", "a\n", 3,
	            "--- v3\n+++ v4\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
	assert_diff("a\n", "a\nb", 0,
	            "--- v3\n+++ v4\n@@ -1,0 +2 @@\n+b\n\\ No newline at end of file\n");
}

TEST(equal_texts_have_no_diff)
{
	assert_diff("a\nb\n", "a\nb\n", 3, "");
	assert_diff("", "", 3, "");
}

TEST(hunks_count_and_number_their_lines)
{
	struct error err;
	struct diff diff;

	assert_true(diff_make(&diff, text_span("1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
	                      text_span("1\n2\nx\ny\n4\n5\n6\n7\n8\n"), 1, &err));
	assert_int_equal(diff.hunk_count, 2);
	assert_int_equal(diff.added, 2);
	assert_int_equal(diff.removed, 2);
	assert_int_equal(diff.hunks[0].added, 2);
	assert_int_equal(diff.hunks[0].removed, 1);
	assert_int_equal(diff.hunks[0].line_count, 5);
	assert_int_equal(diff.hunks[0].lines[1].kind, DIFF_REMOVED);
	assert_int_equal(diff.hunks[0].lines[1].old_line, 3);
	assert_int_equal(diff.hunks[0].lines[1].new_line, 0);
	assert_int_equal(diff.hunks[0].lines[3].new_line, 4);
	assert_true(text_is(diff.hunks[0].lines[3].text, "y"));
	assert_int_equal(diff.hunks[1].lines[0].old_line, 8);
	assert_int_equal(diff.hunks[1].lines[0].new_line, 9);
	diff_release(&diff);
}

TEST(a_diff_outlives_its_texts_and_shows_any_bytes)
{
	char before[] = "a\0b\n", after[] = "a\0c\n\xff\n";
	struct error err;
	struct diff diff;

	assert_true(diff_make(&diff, (struct text_span){ before, 4 },
	                      (struct text_span){ after, 6 }, 3, &err));
	memset(before, 'x', sizeof(before));
	memset(after, 'x', sizeof(after));
	assert_int_equal(diff.line_count, 3);
	assert_memory_equal(diff.lines[0].text.at, "a\0b", 3);
	assert_true(text_is(diff.lines[2].text, "\xff"));
	diff_release(&diff);
}

TEST(texts_over_the_limit_are_refused)
{
	struct error err;
	struct diff diff;

	assert_false(diff_make(&diff, (struct text_span){ "", (size_t)DIFF_BYTES_MAX + 1 },
	                       text_span(""), 3, &err));
	assert_int_equal(err.code, ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_diff_reads_as_patch_wants_it),
		cmocka_unit_test(equal_texts_have_no_diff),
		cmocka_unit_test(hunks_count_and_number_their_lines),
		cmocka_unit_test(a_diff_outlives_its_texts_and_shows_any_bytes),
		cmocka_unit_test(texts_over_the_limit_are_refused),
	};

	return RUN_ALL(tests);
}
