#include "base/path.h"

#include "scratch.h"

TEST(homes_follow_the_variables_and_ignore_relative_ones)
{
	struct strbuf out = { 0 };
	struct error err;

	setenv("HOME", "/home/ada", 1);
	setenv("XDG_CONFIG_HOME", "/etc/ada/", 1);
	setenv("XDG_DATA_HOME", "relative", 1);
	unsetenv("XDG_STATE_HOME");
	unsetenv("XDG_RUNTIME_DIR");
	assert_true(path_home(&out, PATH_CONFIG, &err));
	assert_string_equal(strbuf_str(&out), "/etc/ada/ll3m");
	assert_true(path_home(&out, PATH_DATA, &err));
	assert_string_equal(strbuf_str(&out), "/home/ada/.local/share/ll3m");
	assert_true(path_home(&out, PATH_STATE, &err));
	assert_string_equal(strbuf_str(&out), "/home/ada/.local/state/ll3m");
	assert_true(path_home(&out, PATH_RUNTIME, &err));
	assert_string_equal(strbuf_str(&out), "/home/ada/.cache/ll3m/run");
	setenv("XDG_RUNTIME_DIR", "/run/user/7", 1);
	assert_true(path_home(&out, PATH_RUNTIME, &err));
	assert_string_equal(strbuf_str(&out), "/run/user/7/ll3m");
	strbuf_release(&out);
}

TEST(steps_are_joined_by_one_slash)
{
	struct strbuf out = { 0 };

	path_add(&out, "a");
	path_add(&out, "b/");
	path_add(&out, "c");
	assert_string_equal(strbuf_str(&out), "a/b/c");
	assert_string_equal(path_base(strbuf_str(&out)), "c");
	assert_string_equal(path_base("c"), "c");
	strbuf_release(&out);
}

TEST(a_name_cannot_lead_anywhere_else)
{
	static const char *const good[] = { "bucket", "desk-lamp.2", "A_b", "7" };
	static const char *const bad[] = {
		"",         ".",
		"..",       ".hidden",
		"-rf",      "a/b",
		"a b",      "a\n",
		"\xc3\xa4", "a\\b",
		"_x",       "01234567890123456789012345678901234567890123456789012345678901234",
	};

	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(path_is_name(good[i]));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(path_is_name(bad[i]));
}

TEST(what_came_with_the_program_is_found_without_installing)
{
	struct strbuf out = { 0 };
	struct error err;

	unsetenv("LL3M_SHARE");
	assert_true(path_shared(&out, "tests/unit/path_test.c", &err));
	assert_int_equal(access(strbuf_str(&out), R_OK), 0);
	assert_int_equal(strbuf_str(&out)[0], '/');
	assert_false(path_shared(&out, "no/such/thing", &err));
	assert_non_null(strstr(err.text, "no/such/thing is missing"));
	strbuf_release(&out);
}

TEST(ll3m_share_is_obeyed_and_nothing_else_then)
{
	struct scratch s = scratch_new();
	struct strbuf out = { 0 };
	struct error err;

	setenv("LL3M_SHARE", s.dir, 1);
	scratch_write(&s, "thing.yaml", "");
	assert_true(path_shared(&out, "thing.yaml", &err));
	assert_string_equal(strbuf_str(&out), scratch_path(&s, "thing.yaml"));
	assert_false(path_shared(&out, "tests/unit/path_test.c", &err));
	assert_non_null(strstr(err.text, "LL3M_SHARE"));
	unsetenv("LL3M_SHARE");
	strbuf_release(&out);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(homes_follow_the_variables_and_ignore_relative_ones),
		cmocka_unit_test(steps_are_joined_by_one_slash),
		cmocka_unit_test(a_name_cannot_lead_anywhere_else),
		cmocka_unit_test(what_came_with_the_program_is_found_without_installing),
		cmocka_unit_test(ll3m_share_is_obeyed_and_nothing_else_then),
	};

	return RUN_ALL(tests);
}
