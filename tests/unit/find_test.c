#include "blender/find.h"

#include "scratch.h"
#include "test.h"

/* A home, a PATH and nothing else that could lead to a real Blender. */
static struct scratch empty_world(void)
{
	struct scratch s = scratch_new();

	unsetenv("LL3M_BLENDER");
	setenv("HOME", scratch_path(&s, "home"), 1);
	mkdir(scratch_path(&s, "home"), 0700);
	setenv("PATH", scratch_path(&s, "bin"), 1);
	mkdir(scratch_path(&s, "bin"), 0700);
	return s;
}

static void add_program(struct scratch *s, const char *name)
{
	scratch_write(s, name, "#!/bin/sh\n");
	assert_int_equal(chmod(scratch_path(s, name), 0700), 0);
}

static void assert_found(struct scratch *s, const char *wanted, const char *name)
{
	struct found found;
	struct error err = { 0 };

	if (!find_blender(&found, wanted, &err))
		fail_msg("%s", err.text);
	assert_string_equal(found.program, scratch_path(s, name));
	found_release(&found);
}

static void assert_none(const char *wanted, const char *complaint)
{
	struct found found;
	struct error err = { 0 };

	assert_false(find_blender(&found, wanted, &err));
	assert_int_equal(err.code, ERR_WORKER);
	if (!strstr(err.text, complaint))
		fail_msg("\"%s\" does not say \"%s\"", err.text, complaint);
}

TEST(what_is_asked_for_beats_the_variable_which_beats_the_path)
{
	struct scratch s = empty_world();

	add_program(&s, "bin/blender");
	assert_found(&s, NULL, "bin/blender");
	assert_found(&s, "", "bin/blender");
	add_program(&s, "bin/variable");
	setenv("LL3M_BLENDER", scratch_path(&s, "bin/variable"), 1);
	assert_found(&s, NULL, "bin/variable");
	add_program(&s, "bin/asked");
	assert_found(&s, scratch_path(&s, "bin/asked"), "bin/asked");
	assert_found(&s, "blender", "bin/blender");
	scratch_free(&s);
}

TEST(the_newest_in_the_usual_places_is_found)
{
	struct scratch s = empty_world();

	mkdir(scratch_path(&s, "home/blender-3.6"), 0700);
	mkdir(scratch_path(&s, "home/blender-4.2"), 0700);
	add_program(&s, "home/blender-3.6/blender");
	add_program(&s, "home/blender-4.2/blender");
	if (access("/opt/blender", F_OK) != 0)
		assert_found(&s, NULL, "home/blender-4.2/blender");
	scratch_free(&s);
}

TEST(one_that_was_asked_for_and_is_not_there_is_not_replaced_by_another)
{
	struct scratch s = empty_world();

	add_program(&s, "bin/blender");
	assert_none("/nowhere/blender", "/nowhere/blender: there is no such Blender");
	setenv("LL3M_BLENDER", "blendr", 1);
	assert_none(NULL, "LL3M_BLENDER: blendr");
	scratch_free(&s);
}

TEST(where_there_is_none_the_user_hears_how_to_get_one)
{
	struct scratch s = empty_world();

	assert_none(NULL, "--blender PATH");
	scratch_free(&s);
}

TEST(a_program_may_read_its_own_folder_and_a_python_its_whole_environment)
{
	struct scratch s = empty_world();
	struct found found;
	struct error err = { 0 };

	mkdir(scratch_path(&s, "b"), 0700);
	add_program(&s, "b/blender");
	assert_int_equal(symlink(scratch_path(&s, "b/blender"), "link"), 0);
	assert_true(find_blender(&found, "./link", &err));
	assert_false(found.is_python);
	assert_string_equal(found.folders[0], scratch_path(&s, "b"));
	assert_null(found.folders[1]);
	found_release(&found);
	unlink("link");

	mkdir(scratch_path(&s, "home/venv"), 0700);
	mkdir(scratch_path(&s, "home/venv/bin"), 0700);
	assert_int_equal(symlink("/bin/sh", scratch_path(&s, "home/venv/bin/python3")), 0);
	assert_true(find_blender(&found, scratch_path(&s, "home/venv/bin/python3"), &err));
	assert_true(found.is_python);
	assert_string_equal(found.folders[0], scratch_path(&s, "home/venv"));
	assert_null(found.folders[1]);
	found_release(&found);
	scratch_free(&s);
}

TEST(a_program_in_the_home_itself_would_open_all_of_it)
{
	struct scratch s = empty_world();

	add_program(&s, "home/blender");
	assert_none(scratch_path(&s, "home/blender"), "folder of its own");
	mkdir(scratch_path(&s, "home/bin"), 0700);
	add_program(&s, "home/bin/python3");
	assert_none(scratch_path(&s, "home/bin/python3"), "folder of its own");
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_asked_for_beats_the_variable_which_beats_the_path),
		cmocka_unit_test(the_newest_in_the_usual_places_is_found),
		cmocka_unit_test(
			one_that_was_asked_for_and_is_not_there_is_not_replaced_by_another),
		cmocka_unit_test(where_there_is_none_the_user_hears_how_to_get_one),
		cmocka_unit_test(
			a_program_may_read_its_own_folder_and_a_python_its_whole_environment),
		cmocka_unit_test(a_program_in_the_home_itself_would_open_all_of_it),
	};

	return RUN_ALL(tests);
}
