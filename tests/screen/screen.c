#include "screen.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "answers.h"
#include "base/mem.h"
#include "base/text.h"
#include "test.h"

enum {
	CELL_WIDTH = 8,
	CELL_HEIGHT = 16,
	PATIENCE_MS = 60000, /* the machine may be busy; nothing takes so long that goes well */
	MODES = 3000,
};

/* An answer, or a byte of one, that is on its way. */
struct letter {
	struct letter *next;
	int64_t due_ms;
	bool whole; /* the answer, or with this the rest of it */
	struct strbuf bytes;
};

struct screen {
	const struct profile *profile;
	struct screen_options options;
	int master, slave;
	pid_t pid; /* 0: has ended */
	int status;
	int rows, cols;
	VTerm *vterm;
	VTermScreen *plane;
	struct strbuf row;
	struct letter *letters;
	bool inside;              /* an answer of which a part has been delivered */
	struct strbuf sent, part; /* part: a sequence that has not come whole */
	char last[8];             /* the character before, for REP */
	bool modes[MODES];
	int depth;
	char title[256], stranger[256];
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void set_size(struct screen *s, int fd)
{
	struct winsize size = { .ws_row = (unsigned short)s->rows,
		                .ws_col = (unsigned short)s->cols };

	if (s->profile->knows_pixels) {
		size.ws_xpixel = (unsigned short)(s->cols * CELL_WIDTH);
		size.ws_ypixel = (unsigned short)(s->rows * CELL_HEIGHT);
	}
	ioctl(fd, TIOCSWINSZ, &size);
}

static _Noreturn void become(struct screen *s, const char *slave)
{
	const char *path = getenv("PATH"), *home = getenv("HOME"), *srcdir = getenv("srcdir");
	const char *term = s->options.term ? s->options.term : s->profile->term;
	int fd;

	setsid();
	fd = open(slave, O_RDWR);
	ioctl(fd, TIOCSCTTY, 0);
	for (int i = 0; i < 3; i++)
		dup2(fd, i);
	for (int i = 3; i < 64; i++)
		close(i);
	clearenv();
	setenv("TERM", term, 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("PATH", path ? path : "/bin:/usr/bin", 1);
	setenv("HOME", home ? home : "/", 1);
	setenv("srcdir", srcdir ? srcdir : ".", 1);
	for (size_t i = 0; s->options.env && s->options.env[i]; i++)
		putenv((char *)s->options.env[i]);
	execv(s->options.argv[0], (char *const *)s->options.argv);
	_exit(127);
}

struct screen *screen_start(const struct screen_options *options)
{
	struct screen *s = NEW(struct screen);
	char slave[100];

	s->options = *options;
	s->profile = profile_find(options->profile ? options->profile : "xterm");
	assert_non_null(s->profile);
	s->rows = options->rows ? options->rows : 24;
	s->cols = options->cols ? options->cols : 80;
	s->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(s->master >= 0 && !grantpt(s->master) && !unlockpt(s->master));
	assert_int_equal(ptsname_r(s->master, slave, sizeof(slave)), 0);
	s->slave = open(slave, O_RDWR | O_NOCTTY | O_CLOEXEC);
	set_size(s, s->master);
	s->vterm = vterm_new(s->rows, s->cols);
	vterm_set_utf8(s->vterm, 1);
	s->plane = vterm_obtain_screen(s->vterm);
	vterm_screen_enable_altscreen(s->plane, 1);
	vterm_screen_reset(s->plane, 1);
	s->pid = fork();
	if (!s->pid)
		become(s, slave);
	return s;
}

void screen_free(struct screen *s)
{
	if (s->pid) {
		kill(s->pid, SIGKILL);
		waitpid(s->pid, NULL, 0);
	}
	while (s->letters) {
		struct letter *letter = s->letters;

		s->letters = letter->next;
		strbuf_release(&letter->bytes);
		free(letter);
	}
	close(s->master);
	close(s->slave);
	vterm_free(s->vterm);
	strbuf_release(&s->row);
	strbuf_release(&s->sent);
	strbuf_release(&s->part);
	free(s);
}

static void post(struct screen *s, int64_t due_ms, const char *bytes, size_t len, bool whole)
{
	struct letter *letter = NEW(struct letter), **at = &s->letters;

	letter->due_ms = due_ms;
	letter->whole = whole;
	strbuf_add(&letter->bytes, bytes, len);
	while (*at)
		at = &(*at)->next;
	*at = letter;
}

static void answer(struct screen *s, const char *sequence)
{
	struct strbuf bytes = { 0 };
	VTermPos cursor = { 0 };
	struct places places = { CELL_WIDTH, CELL_HEIGHT, s->rows, s->cols, 0, 0 };
	int64_t due_ms = now_ms() + s->options.delay_ms;
	size_t len;

	vterm_state_get_cursorpos(vterm_obtain_state(s->vterm), &cursor);
	places.row = cursor.row;
	places.col = cursor.col;
	profile_answer(s->profile, sequence, &places, &bytes);
	len = s->options.tear_ms > 0 ? 1 : bytes.len;
	for (size_t i = 0; i < bytes.len; i += len) {
		post(s, due_ms, bytes.buf + i, len, i + len >= bytes.len);
		due_ms += s->options.tear_ms;
	}
	strbuf_release(&bytes);
}

/* What ncurses may send with our terminfo, what we send besides, and nothing else. */
static bool is_usual(const char *sequence, size_t len)
{
	static const char *const whole[] = {
		"\033[c",       "\033[>0q",     "\033[16t",     "\033[14t",   "\033[?1;1;0S",
		"\033[?2;1;0S", "\033[?2026$p", "\033[?2004$p", "\033[?u",    "\033[?6n",
		"\033[>1u",     "\033[<u",      "\033[22;2t",   "\033[23;2t", "\033[2 q",
		"\033[6 q",     "\033[0 q",     "\033[r",       "\033[2J",    "\033[J",
		"\033\\",       "\033(B",       "\033(0",       "\033)0",     "\033[?7h"
	};
	static const int modes[] = {
		1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026, 25, 7, 12, 34
	};
	char final = sequence[len - 1];

	for (size_t i = 0; i < COUNT(whole); i++)
		if (strlen(whole[i]) == len && !memcmp(whole[i], sequence, len))
			return true;
	if (len > 3 && !memcmp(sequence, "\033[?", 3) && (final == 'h' || final == 'l')) {
		for (size_t i = 0; i < COUNT(modes); i++)
			if (atoi(sequence + 3) == modes[i])
				return true;
		return false;
	}
	return len > 2 && sequence[1] == '[' && strspn(sequence + 2, "0123456789;:") == len - 3 &&
	       strchr("mHABCDGdbZ", final);
}

static bool is_usual_string(const char *sequence)
{
	static const char *const starts[] = { "\033]2;",          "\033]10;?",
		                              "\033]11;?",        "\033]9;",
		                              "\033]777;notify;", "\033]8;",
		                              "\033_G",           "\033P" };

	for (size_t i = 0; i < COUNT(starts); i++)
		if (!strncmp(sequence, starts[i], strlen(starts[i])))
			return true;
	return false;
}

static void note_stranger(struct screen *s, const char *sequence)
{
	if (!s->stranger[0])
		snprintf(s->stranger, sizeof(s->stranger), "%s", sequence);
}

static void hear_modes(struct screen *s, const char *sequence, bool on)
{
	for (const char *at = sequence + 3; at; at = strchr(at, ';')) {
		int mode = atoi(*at == ';' ? ++at : at);

		if (mode > 0 && mode < MODES)
			s->modes[mode] = on;
	}
}

static void repeat(struct screen *s, int count)
{
	for (; count > 0; count--)
		vterm_input_write(s->vterm, s->last, strlen(s->last));
}

/* Where nothing else can, ncurses inserts a character before the last one of all. */
static bool fills_last_cell(const struct screen *s, char final)
{
	VTermPos cursor = { 0 };

	vterm_state_get_cursorpos(vterm_obtain_state(s->vterm), &cursor);
	return final == '@' && cursor.row == s->rows - 1 && cursor.col == s->cols - 2;
}

static void hear_control(struct screen *s, const char *sequence, size_t len)
{
	static const char *const pushes[] = { "\033[>1u", "\033[22;2t" };
	static const char *const pops[] = { "\033[<u", "\033[23;2t" };
	char final = sequence[len - 1];

	if (!is_usual(sequence, len) && !fills_last_cell(s, final))
		note_stranger(s, sequence);
	answer(s, sequence);
	for (size_t i = 0; i < COUNT(pushes); i++)
		s->depth += !strcmp(sequence, pushes[i]) - !strcmp(sequence, pops[i]);
	if (!strncmp(sequence, "\033[?", 3) && (final == 'h' || final == 'l'))
		hear_modes(s, sequence, final == 'h');
	if (final == 'b' && len > 3)
		repeat(s, atoi(sequence + 2));
	else if (!strchr("cqtSpun", final) && strncmp(sequence, "\033[?2026", 7) != 0)
		vterm_input_write(s->vterm, sequence, len);
}

static void hear_string(struct screen *s, const char *sequence)
{
	if (!is_usual_string(sequence))
		note_stranger(s, sequence);
	if (!strncmp(sequence, "\033]2;", 4)) {
		snprintf(s->title, sizeof(s->title), "%s", sequence + 4);
		s->title[strcspn(s->title, "\033\a")] = '\0';
	}
	answer(s, sequence);
}

/* How long the sequence at the start is; 0: it has not come whole. */
static size_t sequence_len(const char *at, size_t len)
{
	if (len < 2)
		return 0;
	if (strchr("P]_^X", at[1])) {
		for (size_t i = 2; i < len; i++) {
			if (at[i] == '\a')
				return i + 1;
			if (at[i] == '\033' && i + 1 < len)
				return at[i + 1] == '\\' ? i + 2 : i;
		}
		return 0;
	}
	if (at[1] == '[') {
		for (size_t i = 2; i < len; i++)
			if (at[i] >= 0x40 && at[i] <= 0x7e)
				return i + 1;
		return 0;
	}
	if (strchr("()*+# ", at[1]))
		return len > 2 ? 3 : 0;
	return 2;
}

static void hear_text(struct screen *s, const char *at, size_t len)
{
	vterm_input_write(s->vterm, at, len);
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)at[i] & 0xc0) != 0x80)
			snprintf(s->last, sizeof(s->last), "%.*s", (int)(len - i < 4 ? len - i : 4),
			         at + i);
	s->last[strlen(s->last) > 1 && !(s->last[0] & 0x80) ? 1 : strlen(s->last)] = '\0';
}

static void hear(struct screen *s, const char *bytes, size_t len)
{
	char sequence[256];

	strbuf_add(&s->sent, bytes, len);
	strbuf_add(&s->part, bytes, len);
	while (s->part.len) {
		char *escape = memchr(s->part.buf, '\033', s->part.len);
		size_t text = escape ? (size_t)(escape - s->part.buf) : s->part.len, n;

		if (text) {
			hear_text(s, s->part.buf, text);
			strbuf_eat(&s->part, text);
			continue;
		}
		n = sequence_len(s->part.buf, s->part.len);
		if (!n)
			return;
		snprintf(sequence, sizeof(sequence), "%.*s", (int)n, s->part.buf);
		if (strchr("P]_^X", sequence[1]))
			hear_string(s, sequence);
		else
			hear_control(s, sequence, n);
		strbuf_eat(&s->part, n);
	}
}

static int letter_ms(const struct screen *s, int most)
{
	int64_t soonest = INT64_MAX;

	for (const struct letter *letter = s->letters; letter; letter = letter->next)
		if (letter->due_ms < soonest)
			soonest = letter->due_ms;
	soonest -= now_ms();
	return soonest < 0 ? 0 : soonest < most ? (int)soonest : most;
}

/* In the order they were written, as a line keeps it. */
static void deliver(struct screen *s)
{
	while (s->letters && s->letters->due_ms <= now_ms()) {
		struct letter *letter = s->letters;

		s->letters = letter->next;
		s->inside = !letter->whole;
		screen_send(s, letter->bytes.buf, letter->bytes.len);
		strbuf_release(&letter->bytes);
		free(letter);
	}
}

static void turn(struct screen *s)
{
	struct pollfd fd = { .fd = s->master, .events = POLLIN };
	char bytes[65536];
	ssize_t n;

	if (poll(&fd, 1, letter_ms(s, 50)) > 0 && fd.revents & POLLIN) {
		n = read(s->master, bytes, sizeof(bytes));
		if (n > 0)
			hear(s, bytes, (size_t)n);
	}
	deliver(s);
	if (s->pid && waitpid(s->pid, &s->status, WNOHANG) == s->pid)
		s->pid = 0;
}

void screen_print(struct screen *s)
{
	for (int row = 0; row < s->rows; row++)
		print_error("%2d %s\n", row, screen_row(s, row));
}

void screen_wait_until(struct screen *s, screen_seen_fn seen, const void *what, const char *name)
{
	int64_t end_ms = now_ms() + PATIENCE_MS;

	while (!seen(s, what)) {
		if (now_ms() > end_ms) {
			screen_print(s);
			fail_msg("waited in vain for %s%s", name,
			         s->pid ? "" : " (the program has ended)");
		}
		turn(s);
	}
}

static bool has_ended(struct screen *s, const void *unused UNUSED)
{
	return !s->pid;
}

static bool shows(struct screen *s, const void *what)
{
	return screen_shows(s, what);
}

static bool shows_not(struct screen *s, const void *what)
{
	return !screen_shows(s, what);
}

static bool has_line(struct screen *s, const void *what)
{
	for (int row = 0; row < s->rows; row++)
		if (!strcmp(screen_row(s, row), what))
			return true;
	return false;
}

struct wanted_mode {
	int mode;
	bool on;
};

static bool is_in_mode(struct screen *s, const void *what)
{
	const struct wanted_mode *wanted = what;

	return screen_mode(s, wanted->mode) == wanted->on;
}

void screen_wait(struct screen *s, const char *text)
{
	screen_wait_until(s, shows, text, text);
}

void screen_wait_gone(struct screen *s, const char *text)
{
	screen_wait_until(s, shows_not, text, text);
}

void screen_wait_line(struct screen *s, const char *line)
{
	screen_wait_until(s, has_line, line, line);
}

void screen_wait_mode(struct screen *s, int mode, bool on)
{
	struct wanted_mode wanted = { mode, on };

	screen_wait_until(s, is_in_mode, &wanted, "a mode");
}

static bool is_set_as(struct screen *s, const void *what)
{
	struct termios now;

	screen_termios(s, &now);
	return !memcmp(&now, what, sizeof(now));
}

void screen_wait_termios(struct screen *s, const struct termios *wanted)
{
	screen_wait_until(s, is_set_as, wanted, "the terminal's settings");
}

int screen_end(struct screen *s)
{
	screen_wait_until(s, has_ended, NULL, "the end");
	turn(s); /* what it said last */
	return s->status;
}

void screen_send(struct screen *s, const void *bytes, size_t len)
{
	const char *at = bytes;
	ssize_t n;

	for (; len; at += n, len -= (size_t)n) {
		n = write(s->master, at, len);
		assert_true(n > 0);
	}
}

static bool is_between_answers(struct screen *s, const void *unused UNUSED)
{
	return !s->inside;
}

void screen_keys(struct screen *s, const char *keys)
{
	screen_wait_until(s, is_between_answers, NULL, "the rest of an answer");
	screen_send(s, keys, strlen(keys));
}

void screen_resize(struct screen *s, int rows, int cols)
{
	s->rows = rows;
	s->cols = cols;
	vterm_set_size(s->vterm, rows, cols);
	set_size(s, s->master);
}

void screen_signal(struct screen *s, int signal_number)
{
	assert_int_not_equal(s->pid, 0);
	kill(s->pid, signal_number);
}

const char *screen_row(struct screen *s, int row)
{
	size_t end = 0;

	strbuf_reset(&s->row);
	for (int col = 0; col < s->cols; col++) {
		VTermScreenCell cell = { 0 };

		vterm_screen_get_cell(s->plane, (VTermPos){ row, col }, &cell);
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			text_encode(&s->row, cell.chars[i]);
		if (cell.chars[0] && cell.chars[0] != ' ')
			end = s->row.len;
		if (!cell.chars[0])
			strbuf_addstr(&s->row, " ");
		if (cell.width == 2)
			col++;
	}
	strbuf_cut(&s->row, end);
	return strbuf_str(&s->row);
}

int screen_cell(struct screen *s, int row, int col)
{
	VTermScreenCell cell = { 0 };

	vterm_screen_get_cell(s->plane, (VTermPos){ row, col }, &cell);
	return cell.chars[0] ? (int)cell.chars[0] : ' ';
}

bool screen_is_reversed(struct screen *s, int row, int col)
{
	VTermScreenCell cell = { 0 };

	vterm_screen_get_cell(s->plane, (VTermPos){ row, col }, &cell);
	return cell.attrs.reverse;
}

bool screen_shows(struct screen *s, const char *text)
{
	for (int row = 0; row < s->rows; row++)
		if (strstr(screen_row(s, row), text))
			return true;
	return false;
}

bool screen_mode(const struct screen *s, int mode)
{
	return s->modes[mode];
}

pid_t screen_pid(const struct screen *s)
{
	return s->pid;
}

int screen_depth(const struct screen *s)
{
	return s->depth;
}

const char *screen_title(const struct screen *s)
{
	return s->title;
}

const char *screen_stranger(const struct screen *s)
{
	return s->stranger[0] ? s->stranger : NULL;
}

const struct strbuf *screen_sent(const struct screen *s)
{
	return &s->sent;
}

void screen_termios(const struct screen *s, struct termios *out)
{
	memset(out, 0, sizeof(*out));
	tcgetattr(s->slave, out);
}
