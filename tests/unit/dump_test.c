#include "session/dump.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "data.h"
#include "scratch.h"

/* A session to dump and a place to dump it to. */
struct stage {
	struct scratch scratch;
	struct journal *journal;
	struct blobs *blobs;
	struct strbuf found; /* the file read last */
};

static struct stage stage_open(const char *session, const char *blobs)
{
	static const struct journal_options looking = { .read_only = true };
	struct stage s = { .scratch = scratch_new() };
	struct journal_report ignored;
	struct error err;

	assert_true(journal_open(&s.journal, session, &looking, &ignored, &err));
	assert_true(blobs_open(&s.blobs, blobs, &err));
	return s;
}

static struct stage stage_bucket(void)
{
	struct strbuf session = { 0 }, blobs = { 0 };
	struct stage s;

	data_path(&session, "bucket");
	data_path(&blobs, "bucket/blobs");
	s = stage_open(session.buf, blobs.buf);
	strbuf_release(&session);
	strbuf_release(&blobs);
	return s;
}

static void stage_close(struct stage *s)
{
	journal_close(s->journal);
	blobs_close(s->blobs);
	scratch_free(&s->scratch);
	strbuf_release(&s->found);
}

/* Dump to a file or folder of that name; what is in `look_at` is in s->found then. */
static void dump(struct stage *s, const char *format, const char *name, const char *look_at)
{
	struct strbuf to = { 0 };
	struct error err = { 0 };

	strbuf_addstr(&to, scratch_path(&s->scratch, name));
	if (!dump_write(format, s->journal, journal_index(s->journal).head, s->blobs, to.buf, &err))
		fail_msg("%s", err.text);
	assert_true(file_read(&s->found, scratch_path(&s->scratch, look_at), 1u << 24, &err));
	strbuf_release(&to);
}

static size_t files_in(struct stage *s, const char *name)
{
	DIR *dir = opendir(scratch_path(&s->scratch, name));
	const struct dirent *entry;
	size_t count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		count += entry->d_name[0] != '.';
	closedir(dir);
	return count;
}

/* LL3M_RENEW=1 in the environment writes the file anew, for people to read the difference. */
static void assert_is(const struct strbuf *found, const char *file)
{
	struct strbuf path = { 0 }, expected = { 0 };
	struct error err;

	data_path(&path, file);
	if (getenv("LL3M_RENEW"))
		assert_true(file_write(path.buf, found->buf, found->len, &err));
	data_read(&expected, file);
	assert_string_equal(found->buf, strbuf_str(&expected));
	strbuf_release(&path);
	strbuf_release(&expected);
}

TEST(markdown_tells_the_session_and_has_its_pictures_beside_it)
{
	struct stage s = stage_bucket();

	dump(&s, "md", "a bucket.md", "a bucket.md");
	assert_is(&s.found, "dump/bucket.md");
	assert_int_equal(files_in(&s, "a bucket.files"), 18);
	stage_close(&s);
}

TEST(html_is_one_page_with_everything_in_it)
{
	struct stage s = stage_bucket();

	dump(&s, "html", "bucket.html", "bucket.html");
	assert_is(&s.found, "dump/bucket.html");
	assert_int_equal(files_in(&s, ""), 1);
	stage_close(&s);
}

static void append_line(const struct event *ev, void *ctx)
{
	event_write(ctx, ev);
	strbuf_addstr(ctx, "\n");
}

TEST(jsonl_is_the_events_on_the_way)
{
	struct stage s = stage_bucket();
	struct strbuf lines = { 0 };
	struct error err;

	dump(&s, "jsonl", "bucket.jsonl", "bucket.jsonl");
	assert_true(
		journal_path(s.journal, journal_index(s.journal).head, append_line, &lines, &err));
	assert_string_equal(s.found.buf, lines.buf);
	assert_null(strstr(s.found.buf, "head.moved"));
	strbuf_release(&lines);
	stage_close(&s);
}

/* The id of the last commit says that all commits are as they were when people looked at them. */
TEST(git_has_a_commit_for_each_step)
{
	struct stage s = stage_bucket();

	dump(&s, "git", "repo", "repo/.git/refs/heads/main");
	assert_string_equal(s.found.buf, "fa20d2a5487631cf494ff364e81831f40a59a43e\n");
	dump(&s, "jsonl", "x", "repo/script.py");
	assert_non_null(strstr(s.found.buf, "minor_radius=0.007"));
	assert_int_equal(files_in(&s, "repo/views"), 5);
	stage_close(&s);
}

TEST(a_folder_that_holds_something_gets_no_repository)
{
	struct stage s = stage_bucket();
	struct error err;

	scratch_write(&s.scratch, "mine.txt", "precious");
	assert_false(dump_write("git", s.journal, 8, s.blobs, s.scratch.dir, &err));
	assert_int_equal(err.code, ERR_USAGE);
	stage_close(&s);
}

TEST(only_what_is_in_the_table_is_a_format)
{
	struct stage s = stage_bucket();
	struct error err;

	for (const struct dump_format *f = dump_formats; f->name; f++)
		assert_true(dump_is_format(f->name));
	assert_false(dump_is_format("glb"));
	assert_false(dump_write("glb", s.journal, 8, s.blobs, "nowhere", &err));
	assert_non_null(strstr(err.text, "glb"));
	stage_close(&s);
}

TEST(without_its_blobs_a_session_is_still_told)
{
	struct scratch empty = scratch_new();
	struct strbuf session = { 0 };
	struct stage s;

	data_path(&session, "bucket");
	s = stage_open(session.buf, empty.dir);
	dump(&s, "html", "bucket.html", "bucket.html");
	assert_non_null(strstr(s.found.buf, "front (missing)"));
	assert_null(strstr(s.found.buf, "The script"));
	dump(&s, "md", "bucket.md", "bucket.md");
	assert_non_null(strstr(s.found.buf, "the picture front is missing"));
	dump(&s, "git", "repo", "repo/PLAN.md");
	stage_close(&s);
	strbuf_release(&session);
	scratch_free(&empty);
}

#define EVIL                                                                                          \
	"</pre><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\x1b]0;x\a\n# [a](http://x) " \
	"``` ```` \xff **b** <b>"

static void add(struct journal *j, struct event ev)
{
	struct error err = { 0 };

	if (!journal_add(j, &ev, &err))
		fail_msg("%s", err.text);
}

/* A session in which everything that is text is hostile. */
static void make_evil(const char *dir, struct blobs *blobs)
{
	static const struct journal_options plain = { 0 };
	struct view views[] = { { "../../" EVIL, "not a hash", 1, 1 } };
	struct flaw flaws[] = { { EVIL, EVIL, EVIL, EVIL, SEVERITY_HIGH, EVIL } };
	struct plan_part parts[] = { { EVIL, EVIL, EVIL, EVIL, EVIL, EVIL } };
	struct subtask subtasks[] = { { EVIL, EVIL, { 0 } } };
	char script[BLOB_HASH_SIZE];
	struct journal_report ignored;
	struct journal *j;
	struct error err;

	assert_true(blob_put(blobs, EVIL "\n" EVIL, sizeof(EVIL "\n" EVIL) - 1, script, &err));
	assert_true(blob_put(blobs, "no picture", 10, (char[BLOB_HASH_SIZE]){ 0 }, &err));
	views[0].blob = script;
	assert_true(journal_open(&j, dir, &plain, &ignored, &err));
	add(j, (struct event){ .kind = EV_PROMPT_GIVEN, .body.prompt.text = EVIL });
	add(j, (struct event){ .kind = EV_PLAN_MADE,
	                       .body.plan = { EVIL, EVIL, EVIL, { parts, 1 }, { subtasks, 1 } } });
	add(j, (struct event){ .kind = EV_SCRIPT_WRITTEN,
	                       .body.script = { .blob = script, .note = EVIL } });
	add(j,
	    (struct event){ .kind = EV_SCRIPT_FAILED,
	                    .body.failed = {
				    .script = 3, .type = EVIL, .message = EVIL, .source = EVIL } });
	add(j, (struct event){ .kind = EV_VIEWS_DRAWN,
	                       .body.views = { 3, EVIL, EVIL, 0, { views, 1 } } });
	add(j, (struct event){ .kind = EV_FLAWS_FOUND, .body.flaws = { EVIL, 3, { flaws, 1 } } });
	add(j, (struct event){ .kind = EV_VERDICT_GIVEN, .body.verdict.summary = EVIL });
	add(j, (struct event){ .kind = EV_GATE_ANSWERED,
	                       .body.answer = { GATE_SCRIPT, ANSWER_ACCEPT, EVIL, false } });
	add(j, (struct event){ .kind = EV_TROUBLE, .body.trouble.text = EVIL });
	journal_close(j);
}

static void assert_absent(const struct strbuf *text, const char *const *evils)
{
	assert_int_equal(strlen(text->buf), text->len);
	for (; *evils; evils++)
		assert_null(strstr(text->buf, *evils));
}

/* Drop what stands between two fences, where text means itself; those of the text are shorter. */
static void without_fences(struct strbuf *text)
{
	static const char fence[] = "\n`````";
	char *open, *close;

	while ((open = strstr(text->buf, fence))) {
		close = strstr(open + 1, fence);
		assert_non_null(close);
		close += strlen(fence);
		memmove(open, close, strlen(close) + 1);
	}
	text->len = strlen(text->buf);
}

TEST(what_models_write_becomes_no_markup)
{
	static const char *const in_html[] = { "<script", "<img src=x", "<b>alert", "\x1b",
		                               "\a",      "<b>\n",      NULL };
	static const char *const in_markdown[] = { "<script>", "[a](http", " **b**",
		                                   "\x1b",     "\a",       NULL };
	struct scratch session = scratch_new();
	struct blobs *blobs;
	struct stage s;
	struct error err;

	assert_true(blobs_open(&blobs, session.dir, &err));
	make_evil(session.dir, blobs);
	blobs_close(blobs);
	s = stage_open(session.dir, session.dir);
	dump(&s, "html", "evil.html", "evil.html");
	assert_absent(&s.found, in_html);
	dump(&s, "md", "evil.md", "evil.md");
	without_fences(&s.found);
	assert_absent(&s.found, in_markdown);
	dump(&s, "git", "repo", "repo/script.py");
	assert_int_equal(files_in(&s, "repo/views"), 1);
	stage_close(&s);
	scratch_free(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(markdown_tells_the_session_and_has_its_pictures_beside_it),
		cmocka_unit_test(html_is_one_page_with_everything_in_it),
		cmocka_unit_test(jsonl_is_the_events_on_the_way),
		cmocka_unit_test(git_has_a_commit_for_each_step),
		cmocka_unit_test(a_folder_that_holds_something_gets_no_repository),
		cmocka_unit_test(only_what_is_in_the_table_is_a_format),
		cmocka_unit_test(without_its_blobs_a_session_is_still_told),
		cmocka_unit_test(what_models_write_becomes_no_markup),
	};

	return RUN_ALL(tests);
}
