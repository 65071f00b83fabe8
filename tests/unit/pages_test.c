#include "rag/pages.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rag/db.h"
#include "scratch.h"

struct desk {
	struct scratch scratch;
	char docs[100], file[100];
};

static void desk_open(struct desk *d)
{
	*d = (struct desk){ .scratch = scratch_new() };
	snprintf(d->docs, sizeof(d->docs), "%s/docs", d->scratch.dir);
	snprintf(d->file, sizeof(d->file), "%s/pages.db", d->scratch.dir);
	assert_int_equal(mkdir(d->docs, 0700), 0);
}

static void desk_close(struct desk *d)
{
	scratch_free(&d->scratch);
}

/* A file whose time differs from that of one written before. */
static void desk_write(struct desk *d, const char *name, const char *text, time_t seconds)
{
	struct timespec times[2] = { { .tv_sec = seconds }, { .tv_sec = seconds } };

	scratch_write(&d->scratch, name, text);
	assert_int_equal(utimensat(AT_FDCWD, scratch_path(&d->scratch, name), times, 0), 0);
}

static struct pages_report desk_add(struct desk *d)
{
	struct pages_report report;
	struct error err;

	if (!pages_add(d->file, d->docs, &report, &err))
		fail_msg("%s", err.text);
	return report;
}

static int64_t desk_count(struct desk *d, const char *sql)
{
	struct error err;
	struct stmt *q;
	struct db *db;
	int64_t count;

	assert_true(db_open(&db, d->file, &err));
	q = db_ask(db, sql);
	count = stmt_next(q) ? stmt_int(q, 0) : -1;
	stmt_end(q);
	if (!db_ok(db, &err))
		fail_msg("%s", err.text);
	db_close(db);
	return count;
}

TEST(what_a_folder_holds_can_be_found)
{
	struct pages_report report;
	struct desk d;

	desk_open(&d);
	desk_write(&d, "docs/a.md", "# Chairs\n\nBend the legs with `bmesh.ops.spin`.\n", 1);
	desk_write(&d, "docs/b.html", "<h1>Lamps</h1><p>Shades are cones.</p>", 1);
	desk_write(&d, "docs/c.py", "print('no document')", 1);
	report = desk_add(&d);
	assert_int_equal(report.added, 2);
	assert_int_equal(report.chunks, 2);
	assert_int_equal(desk_count(&d, "SELECT count(*) FROM fdoc WHERE fdoc MATCH 'shade'"), 1);
	assert_int_equal(desk_count(&d, "SELECT count(*) FROM mention m JOIN chunk c "
	                                "ON c.id = m.chunk WHERE m.ident = 'bmesh.ops.spin' "
	                                "AND c.heading = 'Chairs'"),
	                 1);
	desk_close(&d);
}

TEST(only_what_has_changed_is_read_again)
{
	struct pages_report report;
	struct desk d;

	desk_open(&d);
	desk_write(&d, "docs/a.md", "first words", 1);
	desk_write(&d, "docs/b.md", "other words", 1);
	desk_write(&d, "docs/c.md", "third words", 1);
	desk_add(&d);
	desk_write(&d, "docs/a.md", "added words", 1); /* same size and time: not looked at */
	desk_write(&d, "docs/b.md", "other words", 2); /* same bytes */
	desk_write(&d, "docs/c.md", "newer words", 2);
	report = desk_add(&d);
	assert_int_equal(report.same, 2);
	assert_int_equal(report.changed, 1);
	assert_int_equal(desk_count(&d, "SELECT count(*) FROM fdoc WHERE fdoc MATCH 'first'"), 1);
	assert_int_equal(desk_count(&d, "SELECT count(*) FROM fdoc WHERE fdoc MATCH 'third'"), 0);
	assert_int_equal(desk_count(&d, "SELECT count(*) FROM fdoc WHERE fdoc MATCH 'newer'"), 1);
	desk_close(&d);
}

TEST(what_is_gone_is_forgotten)
{
	struct pages_report report;
	struct desk d;

	desk_open(&d);
	desk_write(&d, "docs/a.md", "bmesh.ops.spin", 1);
	desk_write(&d, "docs/b.md", "remains", 1);
	desk_add(&d);
	assert_int_equal(unlink(scratch_path(&d.scratch, "docs/a.md")), 0);
	report = desk_add(&d);
	assert_int_equal(report.gone, 1);
	assert_int_equal(report.chunks, 1);
	assert_int_equal(desk_count(&d, "SELECT count(*) FROM mention"), 0);
	assert_int_equal(desk_count(&d, "SELECT count(*) FROM fdoc WHERE fdoc MATCH 'spin'"), 0);
	desk_close(&d);
}

TEST(links_and_hidden_files_are_not_followed)
{
	struct pages_report report;
	struct desk d;

	desk_open(&d);
	desk_write(&d, "outside.md", "outside", 1);
	desk_write(&d, "docs/a.md", "inside", 1);
	desk_write(&d, "docs/.b.md", "hidden", 1);
	assert_int_equal(mkdir(scratch_path(&d.scratch, "docs/_static"), 0700), 0);
	desk_write(&d, "docs/_static/c.md", "static", 1);
	assert_int_equal(symlink("..", scratch_path(&d.scratch, "docs/loop")), 0);
	assert_int_equal(symlink("../outside.md", scratch_path(&d.scratch, "docs/o.md")), 0);
	assert_int_equal(mkfifo(scratch_path(&d.scratch, "docs/pipe.md"), 0600), 0);
	report = desk_add(&d);
	assert_int_equal(report.added, 1);
	desk_close(&d);
}

TEST(what_is_binary_or_too_big_is_skipped)
{
	struct pages_report report;
	struct desk d;
	int fd;

	desk_open(&d);
	fd = open(scratch_path(&d.scratch, "docs/a.txt"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, "a\0b", 3), 3);
	close(fd);
	fd = open(scratch_path(&d.scratch, "docs/b.txt"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(ftruncate(fd, PAGES_MOST_FILE_BYTES + 1), 0);
	close(fd);
	report = desk_add(&d);
	assert_int_equal(report.skipped, 2);
	assert_int_equal(report.chunks, 0);
	desk_close(&d);
}

TEST(folders_deeper_than_we_read_are_said_to_be)
{
	struct strbuf name = { 0 };
	struct pages_report report;
	struct desk d;

	desk_open(&d);
	strbuf_addstr(&name, "docs");
	for (int i = 0; i <= PAGES_DEEPEST; i++) {
		strbuf_addstr(&name, "/d");
		assert_int_equal(mkdir(scratch_path(&d.scratch, strbuf_str(&name)), 0700), 0);
	}
	strbuf_addstr(&name, "/a.md");
	desk_write(&d, strbuf_str(&name), "deep", 1);
	report = desk_add(&d);
	assert_true(report.is_cut);
	assert_int_equal(report.added, 0);
	/* nftw() of the scratch has eight descriptors and goes as deep all the same */
	desk_close(&d);
	strbuf_release(&name);
}

TEST(folders_are_listed_and_removed)
{
	struct pages_list list = { 0 };
	struct desk d;
	struct error err;

	desk_open(&d);
	assert_true(pages_list(&list, d.file, &err));
	assert_int_equal(list.folders.count, 0);
	desk_write(&d, "docs/a.md", "words", 1);
	desk_add(&d);
	assert_true(pages_list(&list, d.file, &err));
	assert_int_equal(list.folders.count, 1);
	assert_int_equal(list.folders.items[0].files, 1);
	assert_int_equal(list.folders.items[0].chunks, 1);
	assert_int_equal(list.folders.items[0].bytes, 5);
	assert_true(pages_remove(d.file, d.docs, &err));
	assert_false(pages_remove(d.file, d.docs, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_true(pages_list(&list, d.file, &err));
	assert_int_equal(list.folders.count, 0);
	assert_int_equal(desk_count(&d, "SELECT count(*) FROM chunk"), 0);
	record_release(&pages_list_type, &list);
	desk_close(&d);
}

TEST(what_is_no_folder_or_no_file_of_ours_is_a_failure)
{
	struct pages_list list = { 0 };
	struct pages_report report;
	struct desk d;
	struct error err;

	desk_open(&d);
	assert_false(pages_add(d.file, "/nowhere/at/all", &report, &err));
	assert_int_equal(err.code, ERR_USAGE);
	desk_write(&d, "docs/a.md", "words", 1);
	assert_false(pages_add(d.file, scratch_path(&d.scratch, "docs/a.md"), &report, &err));
	scratch_write(&d.scratch, "pages.db", "this is no database, but long enough to be one");
	assert_false(pages_add(d.file, d.docs, &report, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	assert_false(pages_list(&list, d.file, &err));
	assert_int_equal(err.code, ERR_CONFIG);
	desk_close(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_folder_holds_can_be_found),
		cmocka_unit_test(only_what_has_changed_is_read_again),
		cmocka_unit_test(what_is_gone_is_forgotten),
		cmocka_unit_test(links_and_hidden_files_are_not_followed),
		cmocka_unit_test(what_is_binary_or_too_big_is_skipped),
		cmocka_unit_test(folders_deeper_than_we_read_are_said_to_be),
		cmocka_unit_test(folders_are_listed_and_removed),
		cmocka_unit_test(what_is_no_folder_or_no_file_of_ours_is_a_failure),
	};

	return RUN_ALL(tests);
}
