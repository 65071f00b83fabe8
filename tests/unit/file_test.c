#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include "scratch.h"

static int entries(const char *dir)
{
	DIR *d = opendir(dir);
	int count = 0;

	assert_non_null(d);
	while (readdir(d))
		count++;
	closedir(d);
	return count - 2;
}

TEST(what_was_written_is_read_back)
{
	struct scratch s = scratch_new();
	const char *path = scratch_path(&s, "a");
	struct strbuf out = { 0 };
	struct error err;

	assert_true(file_write(path, "one\0two", 7, &err));
	assert_true(file_write(path, "three\0four", 10, &err));
	assert_true(file_read(&out, path, 10, &err));
	assert_int_equal(out.len, 10);
	assert_memory_equal(out.buf, "three\0four", 10);
	assert_int_equal(entries(s.dir), 1);
	strbuf_release(&out);
	scratch_free(&s);
}

TEST(a_file_over_the_limit_is_refused)
{
	struct scratch s = scratch_new();
	const char *path = scratch_path(&s, "big");
	struct strbuf out = { 0 };
	struct error err;

	scratch_write(&s, "big", "0123456789");
	path = scratch_path(&s, "big");
	assert_false(file_read(&out, path, 9, &err));
	assert_non_null(strstr(err.text, "big: larger than 9 bytes"));
	assert_int_equal(out.len, 0);
	assert_true(file_read(&out, path, 10, &err));
	strbuf_release(&out);
	scratch_free(&s);
}

TEST(a_pipe_a_folder_and_nothing_are_no_files_and_nobody_waits)
{
	struct scratch s = scratch_new();
	struct strbuf out = { 0 };
	struct error err;

	assert_int_equal(mkfifo(scratch_path(&s, "fifo"), 0600), 0);
	assert_false(file_read(&out, scratch_path(&s, "fifo"), 10, &err));
	assert_non_null(strstr(err.text, "not a regular file"));
	assert_false(file_read(&out, s.dir, 10, &err));
	assert_false(file_read(&out, scratch_path(&s, "none"), 10, &err));
	assert_non_null(strstr(err.text, "No such file"));
	strbuf_release(&out);
	scratch_free(&s);
}

TEST(a_file_that_does_not_fit_leaves_the_old_one_whole)
{
	struct scratch s = scratch_new();
	struct rlimit old, small = { 4096, 4096 };
	char *big = calloc(1, 10000);
	struct strbuf out = { 0 };
	struct error err;

	scratch_write(&s, "a", "old");
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_false(file_write(scratch_path(&s, "a"), big, 10000, &err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(err.code, ERR_IO);
	assert_true(file_read(&out, scratch_path(&s, "a"), 10, &err));
	assert_string_equal(strbuf_str(&out), "old");
	assert_int_equal(entries(s.dir), 1);
	free(big);
	strbuf_release(&out);
	scratch_free(&s);
}

TEST(a_dropped_draft_leaves_nothing)
{
	struct scratch s = scratch_new();
	struct file_draft draft;
	struct error err;

	assert_true(file_draft(&draft, scratch_path(&s, "a"), &err));
	assert_true(file_draft_add(&draft, "x", 1, &err));
	assert_int_equal(entries(s.dir), 1);
	file_draft_drop(&draft);
	file_draft_drop(&draft);
	assert_int_equal(entries(s.dir), 0);
	scratch_free(&s);
}

TEST(only_old_drafts_of_the_dead_are_swept)
{
	static const char *const names[] = { ".draft-999999999-0", ".draft-999999999-1",
		                             ".draft-1-0", ".draft-x", "draft" };
	struct scratch s = scratch_new();
	const struct timespec long_ago[2] = { { 1000, 0 }, { 1000, 0 } };
	struct error err;

	for (size_t i = 0; i < COUNT(names); i++) {
		assert_true(file_write(scratch_path(&s, names[i]), "x", 1, &err));
		if (i != 1)
			utimensat(AT_FDCWD, scratch_path(&s, names[i]), long_ago, 0);
	}
	file_drafts_sweep(scratch_path(&s, "a"));
	assert_int_equal(entries(s.dir), COUNT(names) - 1);
	assert_int_not_equal(access(scratch_path(&s, names[0]), F_OK), 0);
	scratch_free(&s);
}

TEST(directories_are_made_all_the_way)
{
	struct scratch s = scratch_new();
	struct stat st;
	struct error err;

	assert_true(file_make_dir(scratch_path(&s, "a//b/c/"), 0700, &err));
	assert_true(file_make_dir(scratch_path(&s, "a/b/c"), 0700, &err));
	assert_int_equal(stat(scratch_path(&s, "a/b/c"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	scratch_write(&s, "file", "");
	assert_false(file_make_dir(scratch_path(&s, "file/d"), 0700, &err));
	assert_non_null(strstr(err.text, "file: not a directory"));
	assert_true(file_make_dir("/", 0700, &err));
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read_back),
		cmocka_unit_test(a_file_over_the_limit_is_refused),
		cmocka_unit_test(a_pipe_a_folder_and_nothing_are_no_files_and_nobody_waits),
		cmocka_unit_test(a_file_that_does_not_fit_leaves_the_old_one_whole),
		cmocka_unit_test(a_dropped_draft_leaves_nothing),
		cmocka_unit_test(only_old_drafts_of_the_dead_are_swept),
		cmocka_unit_test(directories_are_made_all_the_way),
	};

	return RUN_ALL(tests);
}
