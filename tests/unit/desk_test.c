#include "blender/desk.h"

#include <errno.h>
#include <fcntl.h>

#include "base/mem.h"
#include "scratch.h"
#include "test.h"

static struct desk_root lay(void)
{
	struct desk_root root = { 0 };
	struct error err = { 0 };

	if (!desk_root_open(&root, &err))
		fail_msg("%s", err.text);
	return root;
}

/* Borrowed; `which` of a few at the same time. */
static const char *in(const char *root, const char *name)
{
	static char paths[4][600];
	static unsigned which;
	char *path = paths[which++ % COUNT(paths)];

	snprintf(path, sizeof(paths[0]), "%s/%s", root, name);
	return path;
}

static void put(const char *path, size_t bytes)
{
	static char filling[4096];
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	for (; bytes >= sizeof(filling); bytes -= sizeof(filling))
		assert_int_equal(fwrite(filling, 1, sizeof(filling), file), sizeof(filling));
	fwrite(filling, 1, bytes, file);
	fclose(file);
}

TEST(a_file_on_the_desk_comes_to_the_shelf)
{
	struct desk_root desks = lay();
	const char *root = desks.path;
	struct strbuf got = { 0 };
	struct error err = { 0 };

	assert_true(desk_lay(in(root, "desk"), &err));
	mkdir(in(root, "shelf"), 0700);
	put(in(root, "desk/front.png"), 10);
	assert_true(desk_take(&got, in(root, "desk"), in(root, "desk/front.png"), in(root, "shelf"),
	                      &err));
	assert_string_equal(strbuf_str(&got), in(root, "shelf/front.png"));
	assert_int_equal(access(strbuf_str(&got), R_OK), 0);
	assert_int_equal(access(in(root, "desk/front.png"), F_OK), -1);
	strbuf_release(&got);
	desk_root_close(&desks);
}

TEST(links_folders_and_what_lies_elsewhere_are_not_taken)
{
	static const char *const names[] = {
		"desk/link",   "desk/folder", "desk/fifo",      "desk/missing", "desk/../other",
		"desk/tmp/in", "other",       "desk/folder/..", "desk/",        "",
	};
	struct desk_root desks = lay();
	const char *root = desks.path;
	struct strbuf got = { 0 };
	struct error err = { 0 };

	assert_true(desk_lay(in(root, "desk"), &err));
	mkdir(in(root, "shelf"), 0700);
	put(in(root, "other"), 10);
	put(in(root, "desk/tmp/in"), 10);
	assert_int_equal(symlink(in(root, "other"), in(root, "desk/link")), 0);
	mkdir(in(root, "desk/folder"), 0700);
	put(in(root, "desk/folder/file"), 1);
	assert_int_equal(mkfifo(in(root, "desk/fifo"), 0600), 0);
	for (size_t i = 0; i < COUNT(names); i++) {
		err = (struct error){ 0 };
		assert_false(desk_take(&got, in(root, "desk"), in(root, names[i]),
		                       in(root, "shelf"), &err));
		assert_int_equal(err.code, ERR_PROTOCOL);
	}
	assert_int_equal(rmdir(in(root, "shelf")), 0); /* nothing was left lying there */
	assert_int_equal(access(in(root, "other"), F_OK), 0);
	strbuf_release(&got);
	desk_root_close(&desks);
}

TEST(a_desk_that_fills_up_is_noticed)
{
	struct desk_root desks = lay();
	const char *root = desks.path;

	put(in(root, "a"), 100000);
	mkdir(in(root, "b"), 0700);
	put(in(root, "b/c"), 100000);
	assert_false(desk_is_over(root, 1000000, 10));
	assert_true(desk_is_over(root, 150000, 10));
	assert_true(desk_is_over(root, 1000000, 2));
	desk_root_close(&desks);
}

/* Each folder in the one before: a path that no call can take. */
static void dig(const char *root, int levels)
{
	int at = open(root, O_RDONLY | O_DIRECTORY);

	for (int i = 0; i < levels; i++) {
		int next;

		assert_int_equal(mkdirat(at, "0", 0700), 0);
		next = openat(at, "0", O_RDONLY | O_DIRECTORY);
		assert_true(next >= 0);
		close(at);
		at = next;
	}
	close(at);
}

TEST(no_depth_and_no_mode_keeps_a_desk_from_being_cleared)
{
	struct desk_root desks = lay();
	const char *root = desks.path;

	dig(root, 3000);
	assert_true(desk_is_over(root, 1000000, 100000));
	mkdir(in(root, "1"), 0700);
	put(in(root, "1/2"), 1);
	put(in(root, "2"), 1);
	mkdir(in(root, "1/locked"), 0700);
	put(in(root, "1/locked/file"), 1);
	chmod(in(root, "1/locked"), 0);
	chmod(in(root, "1"), 0500);
	assert_int_equal(symlink("/", in(root, "everything")), 0);
	desk_clear(root);
	assert_int_equal(access(root, F_OK), -1);
	assert_int_equal(access("/usr", F_OK), 0);
	desk_root_close(&desks);
}

static void age(const char *path)
{
	struct timespec long_ago[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };

	assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
}

TEST(what_a_killed_process_left_is_cleared_and_what_a_living_one_holds_is_not)
{
	struct scratch s = scratch_new();
	struct desk_root living, next;
	struct error err = { 0 };

	setenv("TMPDIR", s.dir, 1);
	assert_true(desk_root_open(&living, &err));
	assert_true(desk_lay(in(living.path, "desk-1"), &err));
	age(living.path);
	mkdir(scratch_path(&s, "ll3m-killed"), 0700);
	scratch_write(&s, "ll3m-killed/big", "left behind");
	age(scratch_path(&s, "ll3m-killed"));
	mkdir(scratch_path(&s, "ll3m-newone"), 0700);
	mkdir(scratch_path(&s, "ll3m-somethingelse"), 0700);
	age(scratch_path(&s, "ll3m-somethingelse"));
	assert_true(desk_root_open(&next, &err));
	assert_int_equal(access(scratch_path(&s, "ll3m-killed"), F_OK), -1);
	assert_int_equal(access(in(living.path, "desk-1"), F_OK), 0);
	assert_int_equal(access(scratch_path(&s, "ll3m-newone"), F_OK), 0);
	assert_int_equal(access(scratch_path(&s, "ll3m-somethingelse"), F_OK), 0);
	desk_root_close(&living);
	desk_root_close(&next);
	unsetenv("TMPDIR");
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_on_the_desk_comes_to_the_shelf),
		cmocka_unit_test(links_folders_and_what_lies_elsewhere_are_not_taken),
		cmocka_unit_test(a_desk_that_fills_up_is_noticed),
		cmocka_unit_test(no_depth_and_no_mode_keeps_a_desk_from_being_cleared),
		cmocka_unit_test(
			what_a_killed_process_left_is_cleared_and_what_a_living_one_holds_is_not),
	};

	return RUN_ALL(tests);
}
