#include "tui/attachments.h"

#include <string.h>

#include "scratch.h"
#include "test.h"

TEST(pictures_are_found_where_the_text_names_them)
{
	struct scratch s = scratch_new();
	struct strbuf text = { 0 };
	text_list found;
	struct error err;

	scratch_write(&s, "a.png", "x");
	scratch_write(&s, "my b.JPG", "x");
	strbuf_addf(&text, "like @%s/a.png, not like (@\"%s/my b.JPG\")", s.dir, s.dir);
	assert_true(attachments_find(&found, strbuf_str(&text), &err));
	assert_int_equal(found.count, 2);
	assert_string_equal(path_base(found.items[0]), "a.png");
	assert_string_equal(path_base(found.items[1]), "my b.JPG");
	texts_release(&found);
	strbuf_release(&text);
	scratch_free(&s);
}

TEST(other_words_with_an_at_are_words)
{
	static const char *const texts[] = { "write to me@home.png", "@ 3 m", "@everyone", "a @" };

	for (size_t i = 0; i < COUNT(texts); i++) {
		text_list found;
		struct error err;

		assert_true(attachments_find(&found, texts[i], &err));
		assert_int_equal(found.count, 0);
	}
}

TEST(a_picture_that_is_not_there_is_named)
{
	text_list found;
	struct error err;

	assert_false(attachments_find(&found, "as in @no/such.png please", &err));
	assert_non_null(strstr(err.text, "no/such.png"));
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(found.count, 0);
}

TEST(a_folder_is_no_picture)
{
	struct scratch s = scratch_new();
	struct strbuf text = { 0 };
	text_list found;
	struct error err;

	assert_int_equal(mkdir(scratch_path(&s, "folder.png"), 0700), 0);
	strbuf_addf(&text, "@%s", scratch_path(&s, "folder.png"));
	assert_false(attachments_find(&found, strbuf_str(&text), &err));
	strbuf_release(&text);
	scratch_free(&s);
}

TEST(only_a_name_that_is_being_written_is_completed)
{
	assert_int_equal(attachments_begun("see @la", 7), 5);
	assert_int_equal(attachments_begun("@", 1), 1);
	assert_int_equal(attachments_begun("see @la mp", 10), -1);
	assert_int_equal(attachments_begun("me@la", 5), -1);
	assert_int_equal(attachments_begun("", 0), -1);
}

TEST(a_name_goes_on_as_far_as_all_agree)
{
	struct scratch s = scratch_new();
	struct strbuf begun = { 0 }, more = { 0 }, names = { 0 };

	scratch_write(&s, "lamp-a.png", "x");
	scratch_write(&s, "lamp-b.png", "x");
	scratch_write(&s, "lamp.txt", "x");
	strbuf_addf(&begun, "%s/la", s.dir);
	assert_int_equal(attachments_complete(&more, &names, strbuf_str(&begun)), 2);
	assert_string_equal(strbuf_str(&more), "mp-");
	assert_string_equal(strbuf_str(&names), "lamp-a.png  lamp-b.png");
	strbuf_reset(&more);
	strbuf_addstr(&begun, "mp-b");
	assert_int_equal(attachments_complete(&more, &names, strbuf_str(&begun)), 1);
	assert_string_equal(strbuf_str(&more), ".png");
	strbuf_release(&begun);
	strbuf_release(&more);
	strbuf_release(&names);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_are_found_where_the_text_names_them),
		cmocka_unit_test(other_words_with_an_at_are_words),
		cmocka_unit_test(a_picture_that_is_not_there_is_named),
		cmocka_unit_test(a_folder_is_no_picture),
		cmocka_unit_test(only_a_name_that_is_being_written_is_completed),
		cmocka_unit_test(a_name_goes_on_as_far_as_all_agree),
	};

	return RUN_ALL(tests);
}
