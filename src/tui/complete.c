#include "tui/complete.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/path.h"

struct completion {
	struct strbuf folder;
	const char *begun; /* of the last name */
	char *common;      /* of all that fit; NULL: nothing does */
	size_t count;
	bool is_folder; /* the latest that fits */
};

static void open_folder(struct strbuf *out, const char *text)
{
	const char *home = getenv("HOME"), *base = path_base(text);

	if (base == text)
		strbuf_addstr(out, ".");
	else if (!strncmp(text, "~/", 2) && home)
		strbuf_addf(out, "%s%.*s", home, (int)(base - text - 1), text + 1);
	else
		strbuf_add(out, text, (size_t)(base - text));
}

static bool is_folder(const struct completion *c, const char *name)
{
	struct strbuf path = { 0 };
	struct stat st;
	bool is;

	strbuf_addstr(&path, strbuf_str(&c->folder));
	path_add(&path, name);
	is = stat(strbuf_str(&path), &st) == 0 && S_ISDIR(st.st_mode);
	strbuf_release(&path);
	return is;
}

static bool ends_in(const char *name, const char *ending)
{
	size_t len = strlen(name), tail = strlen(ending);

	return len > tail && !strcmp(name + len - tail, ending);
}

static void consider(struct completion *c, const char *name, const char *ending)
{
	bool is_dir;
	size_t same = 0;

	if (strncmp(name, c->begun, strlen(c->begun)) != 0 || (*name == '.' && *c->begun != '.'))
		return;
	is_dir = is_folder(c, name);
	if (!is_dir && !ends_in(name, ending))
		return;
	c->is_folder = is_dir;
	if (!c->count++) {
		c->common = xstrdup(name);
		return;
	}
	while (c->common[same] && c->common[same] == name[same])
		same++;
	c->common[same] = '\0';
}

void complete_file(struct strbuf *text, const char *ending)
{
	char *written = xstrdup(strbuf_str(text));
	struct completion c = { .begun = path_base(written) };
	const struct dirent *entry;
	DIR *dir;

	open_folder(&c.folder, written);
	dir = opendir(strbuf_str(&c.folder));
	while (dir && (entry = readdir(dir)))
		consider(&c, entry->d_name, ending);
	if (dir)
		closedir(dir);
	if (c.common)
		strbuf_addstr(text, c.common + strlen(c.begun));
	if (c.count == 1 && c.is_folder)
		strbuf_addstr(text, "/");
	strbuf_release(&c.folder);
	free(c.common);
	free(written);
}
