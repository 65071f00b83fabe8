#include "base/log.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/file.h"
#include "scratch.h"

static void read_log(struct strbuf *out, struct scratch *s)
{
	struct error err;

	assert_true(file_read(out, scratch_path(s, "log"), 1 << 20, &err));
}

TEST(control_bytes_are_escaped_and_a_note_is_one_line)
{
	struct scratch s = scratch_new();
	struct strbuf out = { 0 };
	struct error err;

	log_debug("nobody listens yet");
	assert_true(log_open(scratch_path(&s, "log"), &err));
	log_debug("said \x1b[2J\nand \xc2\x9b, gr\xc3\xbc\xc3\x9f");
	log_warn("two");
	log_close();
	read_log(&out, &s);
	assert_non_null(
		strstr(out.buf, " debug said \\x1b[2J\\x0aand \\u009b, gr\xc3\xbc\xc3\x9f\n"));
	assert_non_null(strstr(out.buf, " warn  two\n"));
	assert_null(strstr(out.buf, "nobody"));
	strbuf_release(&out);
	scratch_free(&s);
}

TEST(a_secret_is_blanked_wherever_it_stands)
{
	struct scratch s = scratch_new();
	struct strbuf out = { 0 };
	char filler[4095];
	struct error err;

	memset(filler, 'f', sizeof(filler) - 1);
	filler[sizeof(filler) - 1] = '\0';
	assert_true(log_open(scratch_path(&s, "log"), &err));
	log_hide("sk-0123456789");
	log_hide("a");
	log_debug("key=sk-0123456789; again sk-0123456789");
	log_debug("%ssk-0123456789", filler);
	log_close();
	read_log(&out, &s);
	assert_non_null(strstr(out.buf, "key=[secret]; again [secret]\n"));
	assert_null(strstr(out.buf, "sk"));
	strbuf_release(&out);
	scratch_free(&s);
}

TEST(only_its_owner_may_read_the_log)
{
	struct scratch s = scratch_new();
	struct stat st;
	struct error err;

	assert_true(log_open(scratch_path(&s, "log"), &err));
	log_close();
	assert_int_equal(stat(scratch_path(&s, "log"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_false(log_open(scratch_path(&s, "no/log"), &err));
	scratch_free(&s);
}

static void restore(void)
{
	fputs("terminal back\n", stderr);
}

TEST(a_bug_puts_the_terminal_back_and_aborts)
{
	struct scratch s = scratch_new();
	struct strbuf out = { 0 };
	struct error err;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		if (!freopen(scratch_path(&s, "stderr"), "w", stderr))
			_exit(1);
		bug_before(restore);
		BUG("%d is not %d", 1, 2);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_true(file_read(&out, scratch_path(&s, "stderr"), 1000, &err));
	assert_non_null(strstr(strbuf_str(&out), "terminal back\n"));
	assert_non_null(strstr(strbuf_str(&out), "log_test.c"));
	assert_non_null(strstr(strbuf_str(&out), "1 is not 2\n"));
	strbuf_release(&out);
	scratch_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(control_bytes_are_escaped_and_a_note_is_one_line),
		cmocka_unit_test(a_secret_is_blanked_wherever_it_stands),
		cmocka_unit_test(only_its_owner_may_read_the_log),
		cmocka_unit_test(a_bug_puts_the_terminal_back_and_aborts),
	};

	return RUN_ALL(tests);
}
