#include "config.h"

#include "tui/curses.h"

#include <curses.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <term.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tui/terminfo.h"

static FILE *memory_file(void)
{
#ifdef HAVE_MEMFD_CREATE
	int fd = memfd_create("frame", MFD_CLOEXEC);

	if (fd >= 0)
		return fdopen(fd, "w+");
#endif
	return tmpfile();
}

/* ncurses reads the variable, so it is there just for as long. */
static SCREEN *new_term(const char *term, const char *terminfo, FILE *file)
{
	const char *was = getenv("TERMINFO");
	char *keep = was ? xstrdup(was) : NULL;
	SCREEN *screen;

	setenv("TERMINFO", terminfo, 1);
	screen = newterm(term, file, file);
	if (keep)
		setenv("TERMINFO", keep, 1);
	else
		unsetenv("TERMINFO");
	free(keep);
	return screen;
}

static bool has_string(const char *name)
{
	const char *value = tigetstr(name);

	return value && value != (const char *)-1;
}

bool curses_open(struct curses *s, const char *term, int rows, int cols, struct error *err)
{
	struct strbuf terminfo = { 0 }, ignored = { 0 };

	*s = (struct curses){ 0 };
	if (!terminfo_inline(&terminfo, term, &s->has_alternate, err))
		return false;
	s->file = memory_file();
	if (!s->file) {
		strbuf_release(&terminfo);
		return failed(err, ERR_IO, "no memory for a screen: %s", strerror(errno));
	}
	s->screen = new_term(term, strbuf_str(&terminfo), s->file);
	strbuf_release(&terminfo);
	if (!s->screen || !has_string("cup")) {
		curses_close(s);
		return failed(err, ERR_CONFIG,
		              "the terminal \"%.40s\" cannot move its cursor; try --plain", term);
	}
	if (start_color() == OK) {
		use_default_colors();
		s->colors = COLORS;
		s->pairs = COLOR_PAIRS;
	}
	nonl();
	typeahead(-1); /* or it stops in the middle of a frame when a key waits */
	leaveok(stdscr, FALSE);
	resizeterm(rows, cols);
	curses_take(s, &ignored);
	strbuf_release(&ignored);
	return true;
}

void curses_close(struct curses *s)
{
	if (s->screen) {
		endwin();
		delscreen(s->screen);
	}
	if (s->file)
		fclose(s->file);
	*s = (struct curses){ 0 };
}

void curses_resize(struct curses *s UNUSED, int rows, int cols)
{
	resizeterm(rows, cols);
	clearok(curscr, TRUE);
}

void curses_take(struct curses *s, struct strbuf *out)
{
	int fd = fileno(s->file);
	off_t len;
	char bytes[4096];
	ssize_t n;

	fflush(s->file);
	len = lseek(fd, 0, SEEK_CUR);
	for (off_t at = 0; at < len; at += n) {
		size_t left = (size_t)(len - at);

		n = pread(fd, bytes, left < sizeof(bytes) ? left : sizeof(bytes), at);
		if (n <= 0)
			break;
		strbuf_add(out, bytes, (size_t)n);
	}
	lseek(fd, 0, SEEK_SET);
}
