#include "blender/desk.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "scratch.h"
#include "test.h"

static char *lay(void)
{
	struct error err = { 0 };
	char *root;

	if (!desk_root(&root, &err))
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
	char *root = lay();
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
	desk_clear(root);
	free(root);
}

TEST(links_folders_and_what_lies_elsewhere_are_not_taken)
{
	static const char *const names[] = {
		"desk/link",   "desk/folder", "desk/fifo",      "desk/missing", "desk/../other",
		"desk/tmp/in", "other",       "desk/folder/..", "desk/",        "",
	};
	char *root = lay();
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
	desk_clear(root);
	free(root);
}

TEST(a_desk_that_fills_up_is_noticed)
{
	char *root = lay();

	put(in(root, "a"), 100000);
	mkdir(in(root, "b"), 0700);
	put(in(root, "b/c"), 100000);
	assert_false(desk_is_over(root, 1000000, 10));
	assert_true(desk_is_over(root, 150000, 10));
	assert_true(desk_is_over(root, 1000000, 2));
	desk_clear(root);
	free(root);
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
	char *root = lay();

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
	free(root);
}

TEST(what_the_dead_left_is_swept_and_what_the_living_hold_is_not)
{
	char *dead = lay(), *living = lay();
	struct timespec long_ago[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
	int fd = desk_hold(living);

	assert_true(fd >= 0);
	put(in(dead, "left"), 10);
	assert_int_equal(utimensat(AT_FDCWD, dead, long_ago, 0), 0);
	assert_int_equal(utimensat(AT_FDCWD, living, long_ago, 0), 0);
	desk_sweep();
	assert_int_equal(access(dead, F_OK), -1);
	assert_int_equal(access(living, F_OK), 0);
	close(fd);
	desk_clear(living);
	free(dead);
	free(living);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_on_the_desk_comes_to_the_shelf),
		cmocka_unit_test(links_folders_and_what_lies_elsewhere_are_not_taken),
		cmocka_unit_test(a_desk_that_fills_up_is_noticed),
		cmocka_unit_test(no_depth_and_no_mode_keeps_a_desk_from_being_cleared),
		cmocka_unit_test(what_the_dead_left_is_swept_and_what_the_living_hold_is_not),
	};

	return RUN_ALL(tests);
}
