#include "tui/unsent.h"

#include "scratch.h"
#include "test.h"

TEST(what_was_not_sent_is_there_again)
{
	struct unsent out = { "a\n\"red\" one", "aside", "line 88" }, in;
	struct scratch s = scratch_new();
	struct error err;

	assert_true(unsent_write(&out, scratch_path(&s, "draft.json"), &err));
	assert_true(unsent_read(&in, scratch_path(&s, "draft.json"), &err));
	assert_string_equal(in.text, out.text);
	assert_string_equal(in.stash, out.stash);
	assert_string_equal(in.about, out.about);
	unsent_release(&in);
	scratch_free(&s);
}

TEST(nothing_is_no_file)
{
	struct unsent some = { "text", NULL, NULL }, none = { "", NULL, NULL }, in;
	struct scratch s = scratch_new();
	const char *file = scratch_path(&s, "draft.json");
	struct error err;

	assert_true(unsent_write(&none, file, &err));
	assert_true(unsent_write(&some, file, &err));
	assert_true(unsent_write(&none, file, &err));
	assert_int_not_equal(access(file, F_OK), 0);
	assert_true(unsent_read(&in, file, &err));
	assert_null(in.text);
	scratch_free(&s);
}

TEST(a_file_that_is_none_of_ours_is_refused)
{
	struct scratch s = scratch_new();
	struct unsent in;
	struct error err;

	scratch_write(&s, "draft.json", "{\"text\": ");
	assert_false(unsent_read(&in, scratch_path(&s, "draft.json"), &err));
	assert_non_null(strstr(err.text, "draft.json"));
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_not_sent_is_there_again),
		cmocka_unit_test(nothing_is_no_file),
		cmocka_unit_test(a_file_that_is_none_of_ours_is_refused),
	};

	return RUN_ALL(tests);
}
