#include "config.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/path.h"
#include "base/text.h"
#include "cli/doctor.h"

#define ENOUGH_BYTES ((uint64_t)1 << 30)

static void begin_program(struct check *check, void **state UNUSED)
{
	check_find(check, HEALTH_FINE, "ll3m " PACKAGE_VERSION ", built with " BUILT_WITH, NULL);
	check_over(check);
}

const struct check_type check_program = { "ll3m", begin_program, NULL };

static void find_file(struct check *check, const char *file)
{
	struct strbuf text = { 0 };

	strbuf_addf(&text, "%s %s", file,
	            access(file, R_OK) == 0 ? "is read" : "is not there; nothing needs it");
	check_find(check, HEALTH_FINE, strbuf_str(&text), NULL);
	strbuf_release(&text);
}

static void begin_config(struct check *check, void **state UNUSED)
{
	struct strbuf file = { 0 };
	struct error err;

	if (!check_settings(check))
		check_find(check, HEALTH_ILL, "the settings have a mistake in them",
		           "it is named above, with its place");
	if (path_home(&file, PATH_CONFIG, &err)) {
		path_add(&file, "config.yaml");
		find_file(check, strbuf_str(&file));
	} else {
		check_find(check, HEALTH_WEAK, err.text, NULL);
	}
	strbuf_release(&file);
	check_over(check);
}

const struct check_type check_config = { "settings", begin_config, NULL };

/* The nearest folder above it that is there. */
static void cut_to_existing(struct strbuf *dir)
{
	while (dir->len > 1 && access(strbuf_str(dir), F_OK) != 0)
		strbuf_cut(dir, (size_t)(strrchr(strbuf_str(dir), '/') - strbuf_str(dir)));
	if (!dir->len)
		strbuf_addstr(dir, "/");
}

static void find_space(struct check *check, const char *dir, const char *existing)
{
	struct strbuf text = { 0 };
	struct statvfs disk;
	uint64_t free_bytes = 0;

	if (statvfs(existing, &disk) == 0)
		free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
	strbuf_addf(&text, "sessions go to %s; ", dir);
	text_add_bytes(&text, free_bytes);
	strbuf_addstr(&text, " are free");
	if (access(existing, W_OK) != 0)
		check_find(check, HEALTH_ILL, "the folder of sessions cannot be written to",
		           "set XDG_DATA_HOME to one that can");
	else if (free_bytes < ENOUGH_BYTES)
		check_find(check, HEALTH_WEAK, strbuf_str(&text),
		           "a session takes up to some hundred MB: make room");
	else
		check_find(check, HEALTH_FINE, strbuf_str(&text), NULL);
	strbuf_release(&text);
}

static void begin_disk(struct check *check, void **state UNUSED)
{
	struct strbuf dir = { 0 }, existing = { 0 };
	struct error err;

	if (path_home(&dir, PATH_DATA, &err)) {
		strbuf_addstr(&existing, strbuf_str(&dir));
		cut_to_existing(&existing);
		find_space(check, strbuf_str(&dir), strbuf_str(&existing));
	} else {
		check_find(check, HEALTH_ILL, err.text, NULL);
	}
	strbuf_release(&dir);
	strbuf_release(&existing);
	check_over(check);
}

const struct check_type check_disk = { "disk", begin_disk, NULL };

static bool has_utf8(void)
{
	setlocale(LC_CTYPE, "");
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

static void begin_terminal(struct check *check, void **state UNUSED)
{
	const char *term = getenv("TERM"), *editor = getenv("VISUAL");
	struct winsize size = { 0 };
	struct strbuf text = { 0 };

	if (!isatty(STDOUT_FILENO))
		strbuf_addstr(&text, "the output is no terminal: plain lines");
	else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		strbuf_addf(&text, "%s, %d columns, %d rows", term ? term : "of unknown kind",
		            size.ws_col, size.ws_row);
	check_find(check, HEALTH_FINE, strbuf_str(&text), NULL);
	if (!has_utf8())
		check_find(check, HEALTH_NOTE, "the locale is not UTF-8",
		           "set LANG to one that is, such as C.UTF-8");
	editor = editor && *editor ? editor : getenv("EDITOR");
	strbuf_reset(&text);
	strbuf_addf(&text, "scripts are edited with %.60s",
	            editor && *editor ? editor : "vi, since neither VISUAL nor EDITOR is set");
	check_find(check, HEALTH_FINE, strbuf_str(&text), NULL);
	strbuf_release(&text);
	check_over(check);
}

const struct check_type check_terminal = { "terminal", begin_terminal, NULL };
