#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"
#include "screen.h"
#include "termdemo.h"
#include "test.h"

static char self[4096]; /* this program, which is also the one being tested */

static struct screen *start(const char *profile, const char *file)
{
	const char *const argv[] = { self, "demo", file, NULL };
	struct screen_options options = { .argv = argv, .profile = profile };

	return screen_start(&options);
}

static struct screen *started(const char *profile)
{
	struct screen *s = start(profile, NULL);

	screen_wait(s, "settled");
	return s;
}

/* What a terminal was before is what it has to be after. */
struct before {
	struct termios termios;
};

static struct before before_of(const struct screen *s)
{
	struct before before;

	screen_termios(s, &before.termios);
	return before;
}

static void quit(struct screen *s)
{
	screen_keys(s, "q");
	assert_int_equal(screen_end(s), 0);
	assert_string_equal(screen_stranger(s) ? screen_stranger(s) : "", "");
	screen_free(s);
}

TEST(the_first_frame_does_not_wait_for_answers)
{
	const char *const argv[] = { self, "demo", NULL };
	struct screen_options options = { .argv = argv, .profile = "foot", .delay_ms = 300 };
	struct screen *s = screen_start(&options);

	screen_wait(s, "1 Events");
	assert_false(screen_shows(s, "settled"));
	screen_wait(s, "foot(1.21.0) 80x24 cell 8x16 256 colors sixel settled");
	quit(s);
}

TEST(terminals_are_known_for_what_they_can_do)
{
	static const struct {
		const char *profile, *shown;
	} rows[] = {
		{ "xterm", "XTerm(379) 80x24 cell 8x16 256 colors sixel settled" },
		{ "kitty", "kitty(0.41.1) 80x24 cell 8x16 256 colors kitty settled" },
		{ "mlterm", "80x24 cell 8x16 256 colors sixel settled" },
		{ "tmux-3.5", "tmux 3.5a 80x24 cell 8x16 256 colors symbols settled" },
		{ "tmux-3.3", "tmux 3.3a 80x24 cell 8x16 256 colors symbols settled" },
		{ "screen", "80x24 cell 8x16 256 colors symbols settled" },
		{ "mosh", "80x24 cell 0x0 256 colors symbols settled" },
		{ "linux", "80x24 cell 0x0 8 colors symbols settled" },
		{ "silent", "80x24 cell 0x0 0 colors none settled" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct screen *s = start(rows[i].profile, NULL);

		screen_wait(s, rows[i].shown);
		assert_true(screen_shows(s, "1 Events"));
		quit(s);
	}
}

TEST(multiplexers_are_asked_nothing_that_they_take_for_a_title)
{
	static const char *const profiles[] = { "tmux-3.5", "tmux-3.3", "screen" };

	for (size_t i = 0; i < COUNT(profiles); i++) {
		struct screen *s = started(profiles[i]);

		assert_null(strstr(strbuf_str(screen_sent(s)), "\033_"));
		quit(s);
	}
}

TEST(the_last_cell_of_all_is_drawn)
{
	static const char *const profiles[] = { "xterm", "tmux-3.5", "screen", "linux", "silent" };

	for (size_t i = 0; i < COUNT(profiles); i++) {
		struct screen *s = started(profiles[i]);

		assert_true(screen_is_reversed(s, 23, 79));
		assert_true(screen_is_reversed(s, 23, 78));
		assert_int_equal(screen_cell(s, 22, 79), 0x2518);
		quit(s);
	}
}

TEST(a_terminal_that_cannot_do_it_is_left_alone)
{
	static const char *const terms[] = { "dumb", "", "../etc", "no-such-terminal" };
	const char *const argv[] = { self, "demo", NULL };

	for (size_t i = 0; i < COUNT(terms); i++) {
		struct screen_options options = { .argv = argv, .term = terms[i] };
		struct screen *s = screen_start(&options);
		struct before before = before_of(s);

		screen_wait(s, "; try ");
		assert_int_equal(screen_end(s), 1 << 8);
		assert_null(memchr(screen_sent(s)->buf, '\033', screen_sent(s)->len));
		screen_wait_termios(s, &before.termios);
		screen_free(s);
	}
}

/* Only what changed is sent: frames are not cleared, and nothing is scrolled by the terminal. */
TEST(what_streams_in_costs_little_and_never_flickers)
{
	struct screen *s = started("foot");
	size_t before = screen_sent(s)->len, cleared = 0;

	for (int i = 0; i < 100; i++)
		screen_keys(s, i % 2 ? "a" : "b");
	screen_keys(s, "m");
	screen_wait(s, " frames");
	assert_in_range(screen_sent(s)->len - before, 100, 100 * 800);
	for (const char *at = screen_sent(s)->buf; (at = strstr(at, "\033[2J")); at++)
		cleared++;
	assert_int_equal(cleared, 1);
	quit(s);
}

TEST(where_glyphs_are_wide_frames_are_plain)
{
	struct screen *s = start("wide", NULL);

	screen_wait(s, "+ 1 Events -");
	quit(s);
}

static void assert_as_before(struct screen *s, const struct before *before)
{
	static const int off[] = { 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026 };
	struct termios now;

	screen_termios(s, &now);
	assert_memory_equal(&now, &before->termios, sizeof(now));
	for (size_t i = 0; i < COUNT(off); i++)
		assert_false(screen_mode(s, off[i]));
	assert_true(screen_mode(s, 25));
	assert_int_equal(screen_depth(s), 0);
}

struct death {
	const char *keys;
	int signal; /* to whoever the shell would see; 0: the keys are enough */
	int status; /* -1: sanitizers end it in their own way */
};

static void dies(const char *profile, const struct death *death)
{
	const char *const argv[] = { self, "demo", NULL };
	struct screen_options options = { .argv = argv, .profile = profile };
	struct screen *s = screen_start(&options);
	struct before before = before_of(s);
	int status;

	screen_wait(s, "settled");
	assert_true(screen_mode(s, 1049) && screen_mode(s, 2004) && screen_mode(s, 1000));
	screen_keys(s, "t"); /* a title, which is one thing more to be put back */
	screen_wait(s, "key t");
	screen_keys(s, death->keys);
	if (death->signal)
		screen_signal(s, death->signal);
	status = screen_end(s);
	screen_wait_mode(s, 1049, false);
	if (death->status >= 0)
		assert_int_equal(status, death->status);
	assert_as_before(s, &before);
	assert_string_equal(screen_stranger(s) ? screen_stranger(s) : "", "");
	screen_free(s);
}

TEST(every_way_to_die_gives_the_terminal_back)
{
	static const struct death deaths[] = {
		{ "q", 0, 0 },       { "", SIGTERM, SIGTERM }, { "", SIGHUP, SIGHUP },
		{ "G", 0, -1 },      { "A", 0, SIGABRT },      { "B", 0, SIGABRT },
		{ "K", 0, SIGKILL },
	};
	static const char *const profiles[] = { "xterm", "kitty" };

	for (size_t p = 0; p < COUNT(profiles); p++)
		for (size_t i = 0; i < COUNT(deaths); i++)
			dies(profiles[p], &deaths[i]);
}

TEST(killing_the_guard_ends_the_program_in_good_order)
{
	const char *const argv[] = { self, "demo", NULL };
	struct screen_options options = { .argv = argv };
	struct screen *s = screen_start(&options);
	struct before before = before_of(s);

	screen_wait(s, "settled");
	screen_signal(s, SIGKILL);
	assert_int_equal(screen_end(s), SIGKILL);
	screen_wait_mode(s, 1049, false);
	screen_wait_mode(s, 25, true);
	screen_wait_termios(s, &before.termios);
	assert_as_before(s, &before);
	screen_free(s);
}

TEST(answers_never_become_keys)
{
	static const char *const profiles[] = { "xterm", "kitty", "mlterm", "screen" };
	static const struct {
		int delay_ms, tear_ms;
	} lines[] = { { 0, 1 }, { 150, 0 }, { 40, 4 }, { 2300, 0 } };
	const char *const argv[] = { self, "demo", NULL };

	for (size_t i = 0; i < COUNT(profiles) * COUNT(lines); i++) {
		size_t line = i / COUNT(profiles);
		struct screen_options options = { .argv = argv,
			                          .profile = profiles[i % COUNT(profiles)],
			                          .delay_ms = lines[line].delay_ms,
			                          .tear_ms = lines[line].tear_ms };
		struct screen *s = screen_start(&options);

		screen_wait(s, "1 Events");
		screen_keys(s, "a");
		screen_wait(s, "key a");
		screen_keys(s, "\033[A\303\244");
		screen_wait(s, "settled");
		screen_keys(s, "e");
		screen_wait(s, "key e");
		assert_memory_equal(screen_row(s, 1), "│key a ", strlen("│key a "));
		assert_memory_equal(screen_row(s, 2), "│key Up ", strlen("│key Up "));
		assert_memory_equal(screen_row(s, 3), "│key ä ", strlen("│key ä "));
		assert_memory_equal(screen_row(s, 4), "│key e ", strlen("│key e "));
		screen_free(s);
	}
}

TEST(a_paste_is_never_keys_marked_or_not)
{
	struct screen *s = started("xterm");

	screen_keys(s, "\033[200~a\rx\rq\033[201~");
	screen_wait(s, "paste <a x q>");
	quit(s);
	s = started("mosh"); /* where nobody knows whether pastes are marked */
	screen_keys(s, "a\rx\rq");
	screen_wait(s, "paste <a x q>");
	quit(s);
}

TEST(clicks_and_focus_arrive)
{
	struct screen *s = started("xterm");

	screen_keys(s, "\033[<0;5;3M\033[<0;5;3m\033[<65;1;1M\033[O");
	screen_wait(s, "click 0 at 2,4");
	screen_wait(s, "release 0 at 2,4");
	screen_wait(s, "click 4 at 0,0");
	screen_wait(s, "blur");
	quit(s);
}

TEST(a_resize_is_drawn_anew)
{
	struct screen *s = started("foot");
	static const int sizes[][2] = { { 40, 120 }, { 12, 40 }, { 1, 1 },
		                        { 3, 300 },  { 100, 5 }, { 24, 80 } };

	for (size_t i = 0; i < COUNT(sizes); i++)
		screen_resize(s, sizes[i][0], sizes[i][1]);
	screen_keys(s, "a");
	screen_wait(s, "key a");
	screen_resize(s, 30, 100);
	screen_wait(s, "100x30 cell 8x16");
	assert_int_equal(screen_cell(s, 28, 99), 0x2518);
	assert_int_equal(screen_cell(s, 0, 0), 0x250c);
	quit(s);
}

/* Lines that drift in one terminal or another, drive it, or turn the reading direction. */
static void write_hard_lines(struct scratch *dir)
{
	struct strbuf text = { 0 };
	static const char *const lines[] = {
		"日本語のテキスト",
		"e\xcc\x81\xcc\x82 combining",
		"👍🏽 👨‍👩‍👧 ✌️ 🇩🇪 emoji",
		"\xc2\xadsoft\xe2\x80\x8bzero",
		"\xe2\x80\xaertl\xe2\x80\xac \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
		"\xc2\xa0nbsp\xc2\xa0",
		"\xff\xfe bad \xc0\x80 utf-8",
		"\xf0\x9f\xab\xa8 new emoji",
		"ｆｕｌｌｗｉｄｔｈ",
		"한글 조선글 ᄀᄀᄀ각",
		"✓ → ● █ ⠀ ┌─┐",
		"\x1b]52;c;AAAA\x07\x1b[2J\x1bPq#0~\x1b\\",
		"\x9b"
		"31m\xc2\x9b"
		"31m",
		"a\tb\rc",
		"ＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡ",
	};

	for (size_t i = 0; i < COUNT(lines); i++)
		strbuf_addf(&text, "%s\n", lines[i]);
	scratch_write(dir, "hard", strbuf_str(&text));
	strbuf_release(&text);
}

static void assert_borders(struct screen *s, int rows, int cols)
{
	for (int row = 1; row < rows - 2; row++) {
		if (screen_cell(s, row, cols / 2 - 1) != 0x2502 ||
		    screen_cell(s, row, cols - 1) != 0x2502)
			print_error("row %d: %s\n", row, screen_row(s, row));
		assert_int_equal(screen_cell(s, row, 0), 0x2502);
		assert_int_equal(screen_cell(s, row, cols / 2 - 1), 0x2502);
		assert_int_equal(screen_cell(s, row, cols / 2), 0x2502);
		assert_int_equal(screen_cell(s, row, cols - 1), 0x2502);
	}
}

TEST(no_text_moves_a_border)
{
	struct scratch dir = scratch_new();
	struct screen *s;

	write_hard_lines(&dir);
	s = start("xterm", scratch_path(&dir, "hard"));
	screen_wait(s, "settled");
	screen_wait(s, "日本語");
	assert_borders(s, 24, 80);
	screen_resize(s, 20, 51);
	screen_wait(s, "51x20");
	assert_borders(s, 20, 51);
	assert_true(screen_shows(s, "\\x1b]52;c"));
	quit(s);
	scratch_free(&dir);
}

TEST(no_bytes_of_a_file_reach_the_terminal_as_they_are)
{
	for (unsigned seed = 1; seed <= 8; seed++) {
		struct scratch dir = scratch_new();
		FILE *file = fopen(scratch_path(&dir, "noise"), "w");
		struct screen *s;

		for (int i = 0; i < 4000; i++) {
			unsigned byte = (seed = seed * 1103515245u + 12345u) >> 16 & 0xff;

			fputc(i % 61 == 0 ? '\n' : i % 7 == 0 ? '\033' : (int)byte, file);
		}
		fclose(file);
		seed &= 0xf;
		s = start("xterm", scratch_path(&dir, "noise"));
		screen_wait(s, "settled");
		assert_borders(s, 24, 80);
		quit(s);
		scratch_free(&dir);
	}
}

TEST(titles_and_calls_carry_nothing_but_text)
{
	struct screen *s = started("foot");

	screen_keys(s, "t");
	screen_wait(s, "key t");
	assert_string_equal(screen_title(s), "a\\x1b]52;c;title\\x07");
	screen_keys(s, "n");
	screen_wait(s, "key n");
	assert_non_null(strstr(strbuf_str(screen_sent(s)),
	                       "\033]777;notify;ll3m;done\\x1b\\\\x1b]52;c;AAAA\\x07\033\\"));
	quit(s);
}

TEST(an_editor_gets_the_terminal_as_it_was_and_gives_it_back)
{
	static const char *const ends[] = { "exit 0", "exit 1", "kill -9 $$" };

	for (size_t i = 0; i < COUNT(ends); i++) {
		char editor[200];
		const char *const argv[] = { self, "demo", NULL };
		const char *const env[] = { editor, NULL };
		struct screen_options options = { .argv = argv, .env = env };
		struct screen *s;

		snprintf(
			editor, sizeof(editor),
			"EDITOR=stty -a | tr ' ;' '\\n\\n' | grep -x -e icanon -e echo | tr -d '\\n'; "
			"read line; echo \"[$line]\"; %s",
			ends[i]);
		s = screen_start(&options);
		screen_wait(s, "settled");
		screen_keys(s, "s");
		screen_wait(s, "icanonecho");
		assert_false(screen_mode(s, 1049) || screen_mode(s, 1000) || screen_mode(s, 2004));
		screen_keys(s, "hello\n");
		screen_wait(s, "back from the editor");
		assert_true(screen_mode(s, 1049) && screen_mode(s, 1000) && screen_mode(s, 2004));
		assert_borders(s, 24, 80);
		quit(s);
	}
}

TEST(without_a_shell_there_is_no_suspending)
{
	struct screen *s = started("xterm");

	screen_keys(s, "z");
	screen_wait(s, "there is no shell");
	assert_true(screen_mode(s, 1049));
	quit(s);
}

TEST(a_shell_gets_the_terminal_while_we_are_suspended)
{
	const char *const argv[] = { "/bin/bash", "--norc", "--noprofile", "-i", NULL };
	const char *const env[] = { "PS1=shell> ", "HISTFILE=", NULL };
	struct screen_options options = { .argv = argv, .env = env, .profile = "kitty" };
	struct screen *s;

	if (access(argv[0], X_OK))
		skip();
	s = screen_start(&options);
	screen_wait(s, "shell>");
	screen_keys(s, self);
	screen_keys(s, " demo\n");
	screen_wait(s, "settled");
	screen_keys(s, "z");
	screen_wait(s, "Stopped");
	assert_false(screen_mode(s, 1049) || screen_mode(s, 1000));
	assert_int_equal(screen_depth(s), 0);
	screen_keys(s, "stty -a | grep -c -e ' icanon' -e ' echo '; echo and-then\n");
	screen_wait(s, "and-then");
	screen_keys(s, "fg\n");
	screen_wait(s, "went on");
	assert_borders(s, 24, 80);
	screen_keys(s, "a");
	screen_wait(s, "key a");
	screen_keys(s, "q");
	screen_wait_mode(s, 1049, false);
	screen_wait_line(s, "shell>");
	screen_keys(s, "echo $?-gone; exit\n");
	screen_wait(s, "0-gone");
	screen_end(s);
	assert_int_equal(screen_depth(s), 0);
	screen_free(s);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_frame_does_not_wait_for_answers),
		cmocka_unit_test(terminals_are_known_for_what_they_can_do),
		cmocka_unit_test(multiplexers_are_asked_nothing_that_they_take_for_a_title),
		cmocka_unit_test(the_last_cell_of_all_is_drawn),
		cmocka_unit_test(a_terminal_that_cannot_do_it_is_left_alone),
		cmocka_unit_test(what_streams_in_costs_little_and_never_flickers),
		cmocka_unit_test(where_glyphs_are_wide_frames_are_plain),
		cmocka_unit_test(every_way_to_die_gives_the_terminal_back),
		cmocka_unit_test(killing_the_guard_ends_the_program_in_good_order),
		cmocka_unit_test(answers_never_become_keys),
		cmocka_unit_test(a_paste_is_never_keys_marked_or_not),
		cmocka_unit_test(clicks_and_focus_arrive),
		cmocka_unit_test(a_resize_is_drawn_anew),
		cmocka_unit_test(no_text_moves_a_border),
		cmocka_unit_test(no_bytes_of_a_file_reach_the_terminal_as_they_are),
		cmocka_unit_test(titles_and_calls_carry_nothing_but_text),
		cmocka_unit_test(an_editor_gets_the_terminal_as_it_was_and_gives_it_back),
		cmocka_unit_test(without_a_shell_there_is_no_suspending),
		cmocka_unit_test(a_shell_gets_the_terminal_while_we_are_suspended),
	};

	if (argc > 1 && !strcmp(argv[1], "demo"))
		return termdemo(argc - 1, argv + 1);
	if (!realpath("/proc/self/exe", self))
		return 77;
	return RUN_ALL(tests);
}
