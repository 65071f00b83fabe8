#include "agent/edit.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "test.h"

static const char bucket[] = "import bpy\n"
			     "\n"
			     "HEIGHT = 0.32   # m 0.1..0.6\n"
			     "\n"
			     "def build_body():\n"
			     "    # a tapered tube\n"
			     "    mesh = bpy.data.meshes.new(\"body\")\n"
			     "    body = bpy.data.objects.new(\"body\", mesh)\n"
			     "    body.scale.z = HEIGHT\n"
			     "    return body\n"
			     "\n"
			     "def build_handle(body):\n"
			     "    handle = wire(\"handle\")\n"
			     "    handle.parent = body\n"
			     "    handle.location.z = HEIGHT\n"
			     "    return handle\n";

static struct edit edit_of(const char *search, const char *replace)
{
	return (struct edit){ .search = xstrdup(search), .replace = xstrdup(replace) };
}

static void apply(struct edit_result *out, const char *file, const char *search,
                  const char *replace)
{
	struct edit edit = edit_of(search, replace);

	edit_apply(out, text_span(file), &edit, 1);
	edit_release(&edit);
}

static void assert_edit(const char *file, const char *search, const char *replace,
                        enum edit_how how, const char *want)
{
	struct edit_result result;

	apply(&result, file, search, replace);
	assert_string_equal(edit_how_names[result.outcomes[0].how], edit_how_names[how]);
	assert_string_equal(strbuf_str(&result.script), want);
	edit_result_release(&result);
}

static void assert_refused(const char *file, const char *search, const char *replace,
                           enum edit_why why)
{
	struct edit_result result;

	apply(&result, file, search, replace);
	assert_int_equal(result.outcomes[0].how, EDIT_REFUSED);
	assert_int_equal(result.outcomes[0].why, why);
	assert_string_equal(strbuf_str(&result.script), file);
	edit_result_release(&result);
}

/* The bucket with the one place that says `old` saying `new`. */
static const char *bucket_with(struct strbuf *out, const char *old, const char *new)
{
	const char *at = strstr(bucket, old);

	strbuf_reset(out);
	strbuf_add(out, bucket, (size_t)(at - bucket));
	strbuf_addstr(out, new);
	strbuf_addstr(out, at + strlen(old));
	return strbuf_str(out);
}

TEST(lines_that_stand_there_once_are_replaced_to_the_byte)
{
	assert_edit("a\nb  \nc\n", "b  \n", "\tB \n", EDIT_EXACT, "a\n\tB \nc\n");
	assert_edit("a\nb\nc", "c\n", "C\n", EDIT_EXACT, "a\nb\nC");
	assert_edit("a\nb\nc\n", "b\n", "", EDIT_EXACT, "a\nc\n");
	assert_edit("a\nb\n", "a\nb\n", "", EDIT_EXACT, "");
	assert_edit("a\nb\n", "\na\n", "\na\nx\n", EDIT_EXACT, "a\nx\nb\n");
	assert_edit("a\n\nb\n", "a\n", "a\n\n", EDIT_EXACT, "a\n\n\nb\n");
}

TEST(a_block_that_fits_twice_is_refused)
{
	assert_refused("a\nb\na\n", "a\n", "c\n", EDIT_AMBIGUOUS);
	assert_refused("a \nb\na \n", "a\n", "c\n", EDIT_AMBIGUOUS);
	assert_refused("  a\nb\n   a\n", "a\n", "c\n", EDIT_AMBIGUOUS);
	assert_refused("if x:\n    one(1)\n    two(2)\n    three(3)\n    four(4)\n"
	               "if y:\n    one(1)\n    two(2)\n    three(3)\n    five(5)\n",
	               "    one(1)\n    two(2)\n    three(3)\n    six(6)\n",
	               "    one(1)\n    two(0)\n    three(3)\n    six(6)\n", EDIT_AMBIGUOUS);
}

TEST(an_exact_place_wins_over_similar_ones)
{
	assert_edit("  a\na\n", "a\n", "b\n", EDIT_EXACT, "  a\nb\n");
}

TEST(blanks_tabs_and_curly_quotes_do_not_matter)
{
	assert_edit("if x:\n    a = 'b'\n",
	            "if x:  \n\ta = \xe2\x80\x98"
	            "b\xe2\x80\x99\n",
	            "if x:\n\ta = \xe2\x80\x98"
	            "c\xe2\x80\x99\n",
	            EDIT_NORMAL, "if x:\n    a = 'c'\n");
	assert_edit("a\r\nb\r\n", "a \nb\n", "a\nc\n", EDIT_NORMAL, "a\r\nc\r\n");
	assert_edit("if x:\n\ta()\n", "if x:\n    a()\n", "if x:\n    a()\n    b()\n", EDIT_NORMAL,
	            "if x:\n\ta()\n\tb()\n");
}

TEST(lines_that_the_block_keeps_stay_as_the_file_has_them)
{
	assert_edit("a = 1   \nb = 2\n", "a = 1\nb = 2\n", "a = 1\nb = 3\n", EDIT_NORMAL,
	            "a = 1   \nb = 3\n");
	assert_edit("a  =  1\nb = 2\n", "a = 1\nb = 2\n", "a = 1\nb = 3\n", EDIT_NORMAL,
	            "a  =  1\nb = 3\n");
}

TEST(quotes_that_the_script_means_stay)
{
	assert_edit("a  \nb\n", "a\nb\n", "a\nb = '\xe2\x80\x9c'\n", EDIT_NORMAL,
	            "a  \nb = '\xe2\x80\x9c'\n");
}

TEST(an_outdented_block_goes_in_as_deep_as_the_file_is)
{
	struct strbuf want = { 0 };

	bucket_with(&want, "    handle.parent = body\n",
	            "    if body:\n        handle.parent = body\n");
	assert_edit(bucket, "handle.parent = body\nhandle.location.z = HEIGHT\n",
	            "if body:\n    handle.parent = body\nhandle.location.z = HEIGHT\n",
	            EDIT_SHIFTED, want.buf);
	assert_edit(bucket, "      handle.parent = body\n",
	            "      if body:\n        handle.parent = body\n", EDIT_SHIFTED,
	            bucket_with(&want, "    handle.parent = body\n",
	                        "    if body:\n      handle.parent = body\n"));
	strbuf_release(&want);
}

TEST(a_first_line_may_have_lost_its_indentation)
{
	struct strbuf want = { 0 };

	assert_edit(bucket, "handle.parent = body\n    handle.location.z = HEIGHT\n",
	            "handle.parent = None\n    handle.location.z = 2 * HEIGHT\n", EDIT_SHIFTED,
	            bucket_with(&want, "    handle.parent = body\n    handle.location.z = HEIGHT\n",
	                        "    handle.parent = None\n    handle.location.z = 2 * HEIGHT\n"));
	strbuf_release(&want);
}

TEST(a_shift_beyond_the_margin_is_refused)
{
	assert_refused("a()\nb()\n", "    a()\n", "    a()\n  b()\n", EDIT_CONFLICT);
}

TEST(pieces_between_ellipses_are_changed_each_in_its_place)
{
	struct strbuf want = { 0 };

	assert_edit(bucket, "def build_handle(body):\n    ...\n    return handle\n",
	            "def build_handle(body, z):\n    ...\n    return handle\n", EDIT_PIECES,
	            bucket_with(&want, "def build_handle(body):", "def build_handle(body, z):"));
	assert_edit(bucket, "def build_body():\n    # ... as before ...\n    return body\n",
	            "def build_body():\n    # ... as before ...\n    return (body)\n", EDIT_PIECES,
	            bucket_with(&want, "return body", "return (body)"));
	strbuf_release(&want);
}

TEST(pieces_that_are_not_paired_unique_and_in_order_are_refused)
{
	assert_refused(bucket, "def build_body():\n...\n    return body\n", "def build_tub():\n",
	               EDIT_UNPAIRED);
	assert_refused(bucket, "    return handle\n...\ndef build_body():\n",
	               "    return handle\n...\ndef build_tub():\n", EDIT_CONFLICT);
	assert_refused("a\nb\na\nc\n", "a\n...\nc\n", "A\n...\nc\n", EDIT_AMBIGUOUS);
	assert_refused(bucket, "def build_body():\n...\n", "def build_body():\n...\n    return 1\n",
	               EDIT_UNPAIRED);
}

TEST(an_ellipsis_of_the_script_itself_is_a_line)
{
	assert_edit("def f():\n    ...\ndef g():\n    pass\n", "def f():\n    ...\n",
	            "def f():\n    return 1\n", EDIT_EXACT,
	            "def f():\n    return 1\ndef g():\n    pass\n");
}

TEST(what_the_block_forgot_or_misquoted_stays_in_the_file)
{
	struct strbuf want = { 0 };

	/* forgot the comment, misquoted "body" */
	assert_edit(bucket,
	            "def build_body():\n"
	            "    mesh = bpy.data.meshes.new(\"Body\")\n"
	            "    body = bpy.data.objects.new(\"body\", mesh)\n"
	            "    body.scale.z = HEIGHT\n"
	            "    return body\n",
	            "def build_body():\n"
	            "    mesh = bpy.data.meshes.new(\"Body\")\n"
	            "    body = bpy.data.objects.new(\"body\", mesh)\n"
	            "    body.scale.z = HEIGHT * 2\n"
	            "    return body\n",
	            EDIT_MERGED, bucket_with(&want, "scale.z = HEIGHT", "scale.z = HEIGHT * 2"));
	/* invented a line */
	assert_edit(bucket,
	            "    handle = wire(\"handle\")\n"
	            "    handle.select_set(True)\n"
	            "    handle.parent = body\n"
	            "    handle.location.z = HEIGHT\n",
	            "    handle = wire(\"handle\")\n"
	            "    handle.select_set(True)\n"
	            "    handle.parent = body\n"
	            "    handle.location.z = HEIGHT\n"
	            "    handle.name = \"wire\"\n",
	            EDIT_MERGED,
	            bucket_with(&want, "    return handle\n",
	                        "    handle.name = \"wire\"\n    return handle\n"));
	strbuf_release(&want);
}

TEST(a_merge_indents_what_the_block_indents)
{
	struct strbuf want = { 0 };

	assert_edit(bucket,
	            "    handle = wire(\"Handle\")\n"
	            "    handle.parent = body\n"
	            "    handle.location.z = HEIGHT\n",
	            "    handle = wire(\"Handle\")\n"
	            "    if body:\n"
	            "        handle.parent = body\n"
	            "    handle.location.z = HEIGHT\n",
	            EDIT_MERGED,
	            bucket_with(&want, "    handle.parent = body\n",
	                        "    if body:\n        handle.parent = body\n"));
	strbuf_release(&want);
}

TEST(comments_between_replaced_lines_keep_their_places)
{
	assert_edit("a = one()\nb = two()\n# why\nc = three()\nd = four()\n",
	            "a = one()\nb = two()\nc = three()\nd = four()\n",
	            "a = one()\nb = two(2)\nc = three(3)\nd = four()\n", EDIT_MERGED,
	            "a = one()\nb = two(2)\n# why\nc = three(3)\nd = four()\n");
}

TEST(a_changed_line_that_is_another_one_in_the_file_is_a_conflict)
{
	assert_refused(bucket,
	               "    handle = wire(\"handle\")\n"
	               "    handle.parent = body\n"
	               "    print('nothing like it')\n"
	               "    return handle\n",
	               "    handle = wire(\"handle\")\n"
	               "    handle.parent = body\n"
	               "    print('something else')\n"
	               "    return handle\n",
	               EDIT_CONFLICT);
}

TEST(new_lines_do_not_go_where_the_file_has_code_that_the_block_lacks)
{
	assert_refused(bucket,
	               "    handle = wire(\"handle\")\n"
	               "    handle.location.z = HEIGHT\n"
	               "    return handle\n",
	               "    handle = wire(\"handle\")\n"
	               "    handle.name = \"wire\"\n"
	               "    handle.location.z = HEIGHT\n"
	               "    return handle\n",
	               EDIT_CONFLICT);
}

TEST(invented_code_is_refused_and_the_nearest_lines_are_shown)
{
	struct edit_result result;

	apply(&result, bucket, "    knob = wire(\"handle\")\n    knob.spin()\n", "    pass\n");
	assert_int_equal(result.outcomes[0].why, EDIT_NOT_FOUND);
	assert_non_null(result.outcomes[0].near);
	assert_non_null(strstr(result.outcomes[0].near, "   13      handle = wire(\"handle\")\n"));
	edit_result_release(&result);
}

TEST(a_change_that_the_script_has_is_not_made_twice)
{
	assert_refused("import bpy\nimport math\n", "import bpy\n", "import bpy\nimport math\n",
	               EDIT_ALREADY);
	assert_refused("a = 2\nb = 2\n", "a = 1\nb = 2\n", "a = 2\nb = 2\n", EDIT_ALREADY);
	assert_refused("a\n", "a\n", "a\n", EDIT_ALREADY);
	assert_refused("one(1)\n# note\ntwo(2)\nthree(3)\n", "one(1)\ntwo(2)\nthree(3)\n",
	               "one(1)\ntwo(2)\nthree(3)\n", EDIT_ALREADY);
}

TEST(a_block_without_search_is_the_first_script_or_nothing)
{
	assert_edit("", "", "import bpy\n", EDIT_EXACT, "import bpy\n");
	assert_refused("a\n", "\n", "b\n", EDIT_EMPTY);
}

TEST(a_refused_block_leaves_the_others_in_and_says_so)
{
	struct edit edits[] = {
		edit_of("HEIGHT = 0.32   # m 0.1..0.6\n", "HEIGHT = 0.4\n"),
		edit_of("nothing of the kind\n", "x\n"),
		edit_of("    return handle\n", "    return None\n"),
		edit_of("HEIGHT = 0.32   # m 0.1..0.6\n", "HEIGHT = 0.4\n"),
		{ .problem = xstrdup("it has no ======= line.") },
	};
	struct edit_result result;
	struct strbuf text = { 0 };

	edit_apply(&result, text_span(bucket), edits, COUNT(edits));
	assert_int_equal(result.applied, 2);
	assert_int_equal(result.refused, 2);
	assert_int_equal(result.outcomes[2].line, 16);
	assert_int_equal(result.outcomes[3].why, EDIT_ALREADY);
	assert_non_null(strstr(result.script.buf, "HEIGHT = 0.4\n"));
	assert_non_null(strstr(result.script.buf, "return None\n"));
	edit_explain(&text, &result);
	assert_non_null(strstr(text.buf, "2 of 5 edit blocks fit: 1, 3."));
	assert_non_null(strstr(text.buf, "Block 2: its SEARCH lines are not in the script."));
	assert_non_null(strstr(text.buf, "Block 4: the script has this change already."));
	assert_non_null(strstr(text.buf, "Block 5: it has no ======= line."));
	strbuf_release(&text);
	edit_result_release(&result);
	for (size_t i = 0; i < COUNT(edits); i++)
		edit_release(&edits[i]);
}

TEST(an_ambiguous_block_is_told_its_places)
{
	struct edit_result result;

	apply(&result, "a\nb\nx = 1\nc\nd\ne\nx = 1\n", "x = 1\n", "x = 2\n");
	assert_string_equal(result.outcomes[0].near, "    1  a\n    2  b\n    3  x = 1\n    4  c\n"
	                                             "    5  d\n  ...\n    5  d\n    6  e\n"
	                                             "    7  x = 1\n");
	edit_result_release(&result);
}

static void add_lines(struct strbuf *out, size_t count, const char *format)
{
	for (size_t i = 0; i < count; i++)
		strbuf_addf(out, "%s%zu\n", format, i);
}

TEST(limits_are_refused_not_tried)
{
	struct strbuf file = { 0 }, block = { 0 };

	add_lines(&file, EDIT_SCRIPT_LINES_MAX + 1, "x");
	assert_refused(file.buf, "x1\n", "y\n", EDIT_TOO_LARGE);
	strbuf_reset(&file);
	add_lines(&file, 10, "x");
	add_lines(&block, EDIT_BLOCK_LINES_MAX + 1, "x");
	assert_refused(file.buf, block.buf, "y\n", EDIT_TOO_LARGE);
	strbuf_release(&file);
	strbuf_release(&block);
}

/* The script and blocks that cost the most; how much is a benchmark's affair. */
TEST(laborious_input_ends_in_a_refusal)
{
	struct strbuf file = { 0 }, block = { 0 };
	struct edit edits[8];
	struct edit_result result;

	for (size_t i = 0; i < EDIT_SCRIPT_LINES_MAX; i++)
		strbuf_addstr(&file, i % 3 ? "x = 1\n" : "y = 2\n");
	for (size_t i = 0; i < EDIT_BLOCK_LINES_MAX; i++)
		strbuf_addstr(&block, i % 3 ? "x = 1\n" : "y = 3\n");
	for (size_t i = 0; i < COUNT(edits); i++)
		edits[i] = (struct edit){ .search = block.buf, .replace = block.buf };
	edit_apply(&result, (struct text_span){ file.buf, file.len }, edits, COUNT(edits));
	assert_int_equal(result.applied, 0);
	assert_int_equal(result.outcomes[7].why, EDIT_TOO_LARGE);
	edit_result_release(&result);
	strbuf_release(&file);
	strbuf_release(&block);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_that_stand_there_once_are_replaced_to_the_byte),
		cmocka_unit_test(a_block_that_fits_twice_is_refused),
		cmocka_unit_test(an_exact_place_wins_over_similar_ones),
		cmocka_unit_test(blanks_tabs_and_curly_quotes_do_not_matter),
		cmocka_unit_test(lines_that_the_block_keeps_stay_as_the_file_has_them),
		cmocka_unit_test(quotes_that_the_script_means_stay),
		cmocka_unit_test(an_outdented_block_goes_in_as_deep_as_the_file_is),
		cmocka_unit_test(a_first_line_may_have_lost_its_indentation),
		cmocka_unit_test(a_shift_beyond_the_margin_is_refused),
		cmocka_unit_test(pieces_between_ellipses_are_changed_each_in_its_place),
		cmocka_unit_test(pieces_that_are_not_paired_unique_and_in_order_are_refused),
		cmocka_unit_test(an_ellipsis_of_the_script_itself_is_a_line),
		cmocka_unit_test(what_the_block_forgot_or_misquoted_stays_in_the_file),
		cmocka_unit_test(a_merge_indents_what_the_block_indents),
		cmocka_unit_test(comments_between_replaced_lines_keep_their_places),
		cmocka_unit_test(a_changed_line_that_is_another_one_in_the_file_is_a_conflict),
		cmocka_unit_test(new_lines_do_not_go_where_the_file_has_code_that_the_block_lacks),
		cmocka_unit_test(invented_code_is_refused_and_the_nearest_lines_are_shown),
		cmocka_unit_test(a_change_that_the_script_has_is_not_made_twice),
		cmocka_unit_test(a_block_without_search_is_the_first_script_or_nothing),
		cmocka_unit_test(a_refused_block_leaves_the_others_in_and_says_so),
		cmocka_unit_test(an_ambiguous_block_is_told_its_places),
		cmocka_unit_test(limits_are_refused_not_tried),
		cmocka_unit_test(laborious_input_ends_in_a_refusal),
	};

	return RUN_ALL(tests);
}
