#include "base/repo.h"

#include "base/file.h"
#include "scratch.h"

static bool add(struct repo *r, const char *path, const char *text, const char *message,
                struct error *err)
{
	struct repo_file file = { path, text, strlen(text) };

	return repo_commit(r,
	                   &(struct repo_commit){ .author = "coder",
	                                          .email = "coder@ll3m",
	                                          .at_ms = 1790000000000,
	                                          .message = message,
	                                          .files = &file,
	                                          .count = 1 },
	                   err);
}

static void assert_file(struct scratch *s, const char *name, const char *text)
{
	struct strbuf found = { 0 };
	struct error err;

	assert_true(file_read(&found, scratch_path(s, name), 1 << 20, &err));
	assert_string_equal(strbuf_str(&found), text);
	strbuf_release(&found);
}

TEST(a_story_becomes_commits_and_the_last_one_is_checked_out)
{
	struct scratch s = scratch_new();
	struct repo *r;
	struct error err = { 0 };

	assert_true(repo_create(&r, scratch_path(&s, "new/repo"), &err));
	assert_true(add(r, "script.py", "one\n", "The first\n", &err));
	assert_true(add(r, "views/front.png", "two\n", "The second\n", &err));
	assert_true(repo_checkout(r, &err));
	repo_close(r);
	assert_file(&s, "new/repo/views/front.png", "two\n");
	assert_int_equal(access(scratch_path(&s, "new/repo/script.py"), F_OK), -1);
	assert_file(&s, "new/repo/.git/HEAD", "ref: refs/heads/main\n");
	scratch_free(&s);
}

TEST(the_same_story_gives_the_same_ids)
{
	struct scratch s = scratch_new();
	struct error err;

	for (int i = 0; i < 2; i++) {
		struct repo *r;

		assert_true(repo_create(&r, scratch_path(&s, i ? "b" : "a"), &err));
		assert_true(add(r, "script.py", "one\n", "The first\n", &err));
		repo_close(r);
	}
	assert_file(&s, "b/.git/refs/heads/main", "eeb578ab6a09fd265b324039f30e1a724ac886fc\n");
	scratch_free(&s);
}

TEST(a_folder_that_holds_something_is_left_alone)
{
	struct scratch s = scratch_new();
	struct repo *r;
	struct error err;

	scratch_write(&s, "mine.txt", "precious");
	assert_false(repo_create(&r, s.dir, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_file(&s, "mine.txt", "precious");
	assert_int_equal(access(scratch_path(&s, ".git"), F_OK), -1);
	scratch_free(&s);
}

TEST(a_path_that_leads_elsewhere_is_refused)
{
	static const char *const paths[] = { "../out.txt", ".git/config", "/etc/passwd",
		                             "a/../../b", "" };
	struct scratch s = scratch_new();
	struct repo *r;
	struct error err;

	assert_true(repo_create(&r, scratch_path(&s, "repo"), &err));
	for (size_t i = 0; i < COUNT(paths); i++)
		assert_false(add(r, paths[i], "x", "x\n", &err));
	repo_close(r);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_story_becomes_commits_and_the_last_one_is_checked_out),
		cmocka_unit_test(the_same_story_gives_the_same_ids),
		cmocka_unit_test(a_folder_that_holds_something_is_left_alone),
		cmocka_unit_test(a_path_that_leads_elsewhere_is_refused),
	};

	return RUN_ALL(tests);
}
