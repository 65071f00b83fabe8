#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"

#define SHORTEST  8 /* blanking "a" would make every line unreadable */
#define MOST_LINE 4096

static struct {
	FILE *file; /* NULL: off */
	char **secrets;
	size_t count;
	void (*before_abort)(void);
} the_log;

bool log_open(const char *path, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
	FILE *file;

	if (fd < 0)
		return failed(err, ERR_IO, "%s: %s", path, strerror(errno));
	if (isatty(fd)) {
		close(fd);
		return failed(err, ERR_USAGE, "%s is a terminal; the log goes to a file", path);
	}
	file = fdopen(fd, "a");
	if (!file) {
		close(fd);
		return failed(err, ERR_IO, "%s: %s", path, strerror(errno));
	}
	if (the_log.file)
		fclose(the_log.file);
	the_log.file = file;
	return true;
}

void log_close(void)
{
	for (size_t i = 0; i < the_log.count; i++) {
		explicit_bzero(the_log.secrets[i], strlen(the_log.secrets[i]));
		free(the_log.secrets[i]);
	}
	free(the_log.secrets);
	the_log.secrets = NULL;
	the_log.count = 0;
	if (the_log.file)
		fclose(the_log.file);
	the_log.file = NULL;
}

void log_hide(const char *secret)
{
	if (strlen(secret) < SHORTEST)
		return;
	for (size_t i = 0; i < the_log.count; i++)
		if (!strcmp(the_log.secrets[i], secret))
			return;
	the_log.secrets = xrealloc(the_log.secrets, (the_log.count + 1) * sizeof(*the_log.secrets));
	the_log.secrets[the_log.count++] = xstrdup(secret);
}

static size_t secret_at(const char *text)
{
	for (size_t i = 0; i < the_log.count; i++) {
		size_t len = strlen(the_log.secrets[i]);

		if (!strncmp(text, the_log.secrets[i], len))
			return len;
	}
	return 0;
}

/* Bytes above 127 are left to UTF-8, but for the C1 control codes, which begin with 0xc2. */
static size_t escaped(struct strbuf *out, const char *text)
{
	unsigned char c = (unsigned char)text[0], next = (unsigned char)text[1];

	if (c == 0xc2 && next >= 0x80 && next < 0xa0) {
		strbuf_addf(out, "\\u%04x", next);
		return 2;
	}
	if (c < 0x20 || c == 0x7f)
		strbuf_addf(out, "\\x%02x", c);
	else
		strbuf_add(out, text, 1);
	return 1;
}

static void add_line(struct strbuf *out, const char *text)
{
	while (*text) {
		size_t secret = secret_at(text);

		if (secret)
			strbuf_addstr(out, "[secret]");
		text += secret ? secret : escaped(out, text);
	}
}

/* All of it, so that no secret is cut in half and not known again. */
static char *formatted(const char *fmt, va_list ap)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0)
		return xstrdup(fmt);
	text = xcalloc(1, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, fmt, ap);
	return text;
}

static void write_line(const char *level, const char *fmt, va_list ap)
{
	struct strbuf line = { 0 };
	struct timespec now;
	struct tm day;
	char *text;

	if (!the_log.file)
		return;
	text = formatted(fmt, ap);
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &day);
	add_line(&line, text);
	fprintf(the_log.file, "%02d:%02d:%02d.%03ld %s %.*s\n", day.tm_hour, day.tm_min, day.tm_sec,
	        now.tv_nsec / 1000000, level, MOST_LINE, strbuf_str(&line));
	fflush(the_log.file);
	strbuf_release(&line);
	free(text);
}

void log_debug(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	write_line("debug", fmt, ap);
	va_end(ap);
}

void log_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	write_line("warn ", fmt, ap);
	va_end(ap);
}

void bug_before(void (*fn)(void))
{
	the_log.before_abort = fn;
}

void bug_at(const char *file, int line, const char *fmt, ...)
{
	void (*before)(void) = the_log.before_abort;
	struct strbuf shown = { 0 };
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = formatted(fmt, ap);
	va_end(ap);
	/* Putting the terminal back may itself be what is broken. */
	the_log.before_abort = NULL;
	if (before)
		before();
	log_warn("bug: %s:%d: %s", file, line, text);
	add_line(&shown, text);
	fprintf(stderr, "ll3m: this is a bug in ll3m, please report it: %s:%d: %s\n", file, line,
	        strbuf_str(&shown));
	fflush(stderr); /* abort() does not */
	abort();
}
