#include "tui/sheet.h"

#include <stdio.h>
#include <string.h>

#include "scratch.h"
#include "test.h"

/* Versions of a script, each made from the one before. */
struct box {
	struct scratch scratch;
	struct blobs *blobs;
	struct story story;
	struct sheet sheet;
	struct strbuf text;
};

static struct box box_new(void)
{
	struct box b = { .scratch = scratch_new() };
	struct error err;

	assert_true(blobs_open(&b.blobs, scratch_path(&b.scratch, "blobs"), &err));
	return b;
}

static void box_free(struct box *b)
{
	sheet_release(&b->sheet);
	story_release(&b->story);
	blobs_close(b->blobs);
	scratch_free(&b->scratch);
	strbuf_release(&b->text);
}

static int64_t add_version(struct box *b, const char *text)
{
	int64_t id = (int64_t)b->story.count + 1;
	char blob[BLOB_HASH_SIZE];
	struct event ev = { .kind = EV_SCRIPT_WRITTEN, .id = id };
	struct error err;

	assert_true(blob_put(b->blobs, text, strlen(text), blob, &err));
	ev.body.script = (struct script_written){ .blob = blob, .from = id - 1 };
	story_hear(&b->story, &ev);
	return id;
}

static void make(struct box *b, int64_t version, int64_t base, bool has_blame)
{
	struct sheet_options options = { .version = story_version(&b->story, version),
		                         .base = story_version(&b->story, base),
		                         .context_lines = 1,
		                         .has_blame = has_blame };
	struct error err;

	if (!sheet_make(&b->sheet, b->blobs, &b->story, &options, &err))
		fail_msg("%s", err.text);
}

/* Its rows, each as a sign, its numbers and its text. */
static const char *rows_of(struct box *b)
{
	static const char signs[] = {
		[SHEET_SAME] = ' ', [SHEET_ADDED] = '+', [SHEET_REMOVED] = '-', [SHEET_HUNK] = '@'
	};

	strbuf_reset(&b->text);
	for (size_t i = 0; i < b->sheet.count; i++) {
		const struct sheet_row *r = &b->sheet.rows[i];

		strbuf_addf(&b->text, "%c%zu,%zu %.*s\n", signs[r->kind], r->old_line, r->new_line,
		            (int)r->text.len, r->text.at ? r->text.at : "");
	}
	return strbuf_str(&b->text);
}

TEST(a_whole_script_is_all_of_its_lines_made_harmless)
{
	struct box b = box_new();

	make(&b, add_version(&b, "a = 1\n\tb\033[2J\n"), 0, false);
	assert_string_equal(rows_of(&b), " 1,1 a = 1\n 2,2         b\\x1b[2J\n");
	box_free(&b);
}

TEST(functions_of_a_whole_script_are_its_parts)
{
	static const char text[] =
		"import bpy\n\n\ndef one():\n    x = \"\"\"\ndef no():\n\"\"\"\n\n"
		"    return x\n\n\nclass Two:\n    y = (\n)\n\none()\n";
	static const size_t parts[] = { 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 2, 2, 2, 0, 0 };
	struct box b = box_new();

	make(&b, add_version(&b, text), 0, false);
	assert_int_equal(b.sheet.count, COUNT(parts));
	assert_int_equal(b.sheet.parts, 2);
	for (size_t i = 0; i < COUNT(parts); i++)
		assert_int_equal(b.sheet.rows[i].part, parts[i]);
	assert_true(sheet_is_head(&b.sheet, 3));
	assert_false(sheet_is_head(&b.sheet, 4));
	assert_int_equal(sheet_part(&b.sheet, 2), 11);
	assert_int_equal(sheet_part(&b.sheet, 3), COUNT(parts));
	box_free(&b);
}

TEST(a_diff_is_hunks_that_say_which_function_they_are_in)
{
	struct box b = box_new();

	add_version(&b, "def one():\n    a = 1\n    b = 2\n\ndef two():\n    c = 3\n    d = 4\n");
	add_version(&b, "def one():\n    a = 1\n    b = 2\n\ndef two():\n    c = 3\n    d = 5\n");
	make(&b, 2, 1, false);
	assert_string_equal(rows_of(&b), "@6,6 def two():\n"
	                                 " 6,6     c = 3\n"
	                                 "-7,0     d = 4\n"
	                                 "+0,7     d = 5\n");
	assert_int_equal(b.sheet.parts, 1);
	assert_int_equal(b.sheet.added, 1);
	assert_int_equal(b.sheet.removed, 1);
	box_free(&b);
}

TEST(equal_versions_have_no_rows)
{
	struct box b = box_new();

	add_version(&b, "a = 1\n");
	add_version(&b, "a = 1\n");
	make(&b, 2, 1, true);
	assert_int_equal(b.sheet.count, 0);
	box_free(&b);
}

static void assert_word(const struct sheet_row *r, const char *expected)
{
	struct text_span word = { r->text.at + r->word, r->word_len };

	assert_true(r->has_word);
	if (!text_is(word, expected))
		fail_msg("\"%.*s\" differs, not \"%s\"", (int)word.len, word.at, expected);
}

TEST(only_the_word_that_differs_is_marked)
{
	struct box b = box_new();

	add_version(&b, "wall.thickness = 0.003\nname = 'caf\xc3\xa9'\nx = 1\n");
	add_version(&b, "wall.thickness = 0.0045\nname = 'caf\xc3\xa8'\nbevel(ob, width=2)\n");
	make(&b, 2, 1, false);
	assert_int_equal(b.sheet.count, 7);
	assert_word(&b.sheet.rows[1], "3");
	assert_word(&b.sheet.rows[4], "45");
	assert_word(&b.sheet.rows[2], "\xc3\xa9"); /* never half a character */
	assert_word(&b.sheet.rows[5], "\xc3\xa8");
	assert_false(b.sheet.rows[6].has_word); /* nothing in common */
	box_free(&b);
}

TEST(a_line_that_is_elsewhere_now_is_moved)
{
	struct box b = box_new();

	add_version(&b, "shade = build(glass)\na\nb\nc\nd\ne\n");
	add_version(&b, "a\nb\nc\nd\ne\n    shade = build(glass)\nf\n");
	make(&b, 2, 1, false);
	for (size_t i = 0; i < b.sheet.count; i++) {
		const struct sheet_row *r = &b.sheet.rows[i];
		bool is_it = r->kind != SHEET_HUNK && r->text.len > 4;

		assert_int_equal(r->is_moved, is_it);
	}
	box_free(&b);
}

TEST(every_line_knows_the_version_that_wrote_it)
{
	static const int64_t expected[] = { 3, 1, 2, 1, 3 };
	struct box b = box_new();

	add_version(&b, "one\ntwo\n");
	add_version(&b, "one\nmiddle\ntwo\n");
	add_version(&b, "zero\none\nmiddle\ntwo\nthree\n");
	make(&b, 3, 0, true);
	assert_int_equal(b.sheet.count, COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++)
		assert_int_equal(b.sheet.rows[i].by, expected[i]);
	make(&b, 3, 2, true);
	for (size_t i = 0; i < b.sheet.count; i++)
		if (b.sheet.rows[i].kind == SHEET_ADDED)
			assert_int_equal(b.sheet.rows[i].by, 3);
	box_free(&b);
}

TEST(a_line_that_was_changed_and_changed_back_is_the_last_ones)
{
	struct box b = box_new();

	add_version(&b, "a\nb\n");
	add_version(&b, "a\nc\n");
	add_version(&b, "a\nb\n");
	make(&b, 3, 0, true);
	assert_int_equal(b.sheet.rows[0].by, 1);
	assert_int_equal(b.sheet.rows[1].by, 3);
	box_free(&b);
}

TEST(a_version_that_is_missing_is_a_complaint)
{
	struct box b = box_new();
	char blob[] = "0000";
	struct story_version gone = { .id = 9, .blob = blob };
	struct sheet_options options = { .version = &gone };
	struct error err;

	assert_false(sheet_make(&b.sheet, b.blobs, &b.story, &options, &err));
	box_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_script_is_all_of_its_lines_made_harmless),
		cmocka_unit_test(functions_of_a_whole_script_are_its_parts),
		cmocka_unit_test(a_diff_is_hunks_that_say_which_function_they_are_in),
		cmocka_unit_test(equal_versions_have_no_rows),
		cmocka_unit_test(only_the_word_that_differs_is_marked),
		cmocka_unit_test(a_line_that_is_elsewhere_now_is_moved),
		cmocka_unit_test(every_line_knows_the_version_that_wrote_it),
		cmocka_unit_test(a_line_that_was_changed_and_changed_back_is_the_last_ones),
		cmocka_unit_test(a_version_that_is_missing_is_a_complaint),
	};

	return RUN_ALL(tests);
}
