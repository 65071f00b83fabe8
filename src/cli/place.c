#include "cli/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"

bool place_of(struct strbuf *out, const char *name, struct error *err)
{
	strbuf_reset(out);
	if (strchr(name, '/')) {
		strbuf_addstr(out, name);
		return true;
	}
	if (!path_is_name(name))
		return failed(err, ERR_USAGE,
		              "\"%.64s\" cannot be the name of a session: use up to 64 letters, "
		              "digits and . _ -",
		              name);
	if (!path_home(out, PATH_DATA, err))
		return false;
	path_add(out, name);
	return true;
}

/* Where Blender cannot be had, a session is opened and nothing happens in it. */
static bool is_unused(const char *dir)
{
	struct strbuf file = { 0 };
	struct stat st;
	bool unused;

	strbuf_addstr(&file, dir);
	path_add(&file, "events.jsonl");
	unused = stat(strbuf_str(&file), &st) == 0 && S_ISREG(st.st_mode) && st.st_size == 0;
	strbuf_release(&file);
	return unused;
}

bool place_is_taken(const char *dir)
{
	struct stat st;

	return lstat(dir, &st) == 0 && !is_unused(dir);
}

static bool is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* Whoever has it open holds a lock on this file. */
static bool is_in_use(const char *dir)
{
	struct strbuf file = { 0 };
	bool in_use;
	int fd;

	strbuf_addstr(&file, dir);
	path_add(&file, "lock");
	fd = open(strbuf_str(&file), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	in_use = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0;
	if (fd >= 0)
		close(fd);
	strbuf_release(&file);
	return in_use;
}

bool place_trash(struct strbuf *moved, const char *dir, struct error *err)
{
	size_t folder;
	int number = 0;

	if (is_in_use(dir))
		return failed(err, ERR_USAGE, "%s is open somewhere; close it there first",
		              path_base(dir));
	strbuf_reset(moved);
	strbuf_add(moved, dir, (size_t)(path_base(dir) - dir));
	path_add(moved, ".trash");
	if (!file_make_dir(strbuf_str(moved), 0700, err))
		return false;
	folder = moved->len;
	do {
		strbuf_cut(moved, folder);
		path_add(moved, path_base(dir));
		if (number++)
			strbuf_addf(moved, "-%d", number);
	} while (is_there(strbuf_str(moved)));
	if (rename(dir, strbuf_str(moved)))
		return failed(err, ERR_IO, "cannot move %s: %s", dir, strerror(errno));
	return true;
}

bool place_move_aside(struct strbuf *moved, const char *dir, struct error *err)
{
	int number = 1;

	do {
		strbuf_reset(moved);
		strbuf_addf(moved, "%s-%d", dir, number++);
	} while (is_there(strbuf_str(moved)));
	if (rename(dir, strbuf_str(moved)))
		return failed(err, ERR_IO, "cannot move %s out of the way: %s", dir,
		              strerror(errno));
	return true;
}

/* When its journal was last written to; false: it is no session. */
static bool journal_time(int64_t *out, const char *dir)
{
	struct strbuf file = { 0 };
	struct stat st;
	bool ok;

	strbuf_addstr(&file, dir);
	path_add(&file, "events.jsonl");
	ok = stat(strbuf_str(&file), &st) == 0 && S_ISREG(st.st_mode);
	if (ok)
		*out = (int64_t)st.st_mtim.tv_sec * 1000 + st.st_mtim.tv_nsec / 1000000;
	strbuf_release(&file);
	return ok;
}

static bool unknown(const char *name, struct error *err)
{
	struct places all;
	const char **names, *near;

	if (!places_read(&all, err))
		return false;
	names = xcalloc(all.count + 1, sizeof(*names));
	for (size_t i = 0; i < all.count; i++)
		names[i] = all.items[i].name;
	near = text_nearest(name, names, all.count);
	if (near)
		failed(err, ERR_USAGE, "there is no session \"%.64s\"; did you mean \"%s\"?", name,
		       near);
	else
		failed(err, ERR_USAGE, "there is no session \"%.64s\"; `ll3m list` shows them",
		       name);
	free(names);
	places_release(&all);
	return false;
}

bool place_find(struct strbuf *out, const char *name, struct error *err)
{
	int64_t when;

	if (!place_of(out, name, err))
		return false;
	if (journal_time(&when, strbuf_str(out)))
		return true;
	if (strchr(name, '/'))
		return failed(err, ERR_USAGE, "%.200s holds no session", name);
	return unknown(name, err);
}

static int latest_first(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->changed_ms != y->changed_ms)
		return x->changed_ms < y->changed_ms ? 1 : -1;
	return strcmp(x->name, y->name);
}

static void add_place(struct places *out, const char *home, const char *name)
{
	struct strbuf dir = { 0 };
	int64_t when;

	strbuf_addstr(&dir, home);
	path_add(&dir, name);
	if (journal_time(&when, strbuf_str(&dir))) {
		out->items = xrealloc(out->items, (out->count + 1) * sizeof(*out->items));
		out->items[out->count++] =
			(struct place){ xstrdup(name), strbuf_detach(&dir), when };
	}
	strbuf_release(&dir);
}

bool places_read(struct places *out, struct error *err)
{
	struct strbuf home = { 0 };
	const struct dirent *entry;
	DIR *dir;

	*out = (struct places){ 0 };
	if (!path_home(&home, PATH_DATA, err))
		return false;
	dir = opendir(strbuf_str(&home));
	if (!dir && errno != ENOENT) {
		failed(err, ERR_IO, "cannot read %s: %s", strbuf_str(&home), strerror(errno));
		strbuf_release(&home);
		return false;
	}
	while (dir && (entry = readdir(dir)))
		if (path_is_name(entry->d_name))
			add_place(out, strbuf_str(&home), entry->d_name);
	if (dir)
		closedir(dir);
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), latest_first);
	strbuf_release(&home);
	return true;
}

void places_release(struct places *places)
{
	for (size_t i = 0; i < places->count; i++) {
		free(places->items[i].name);
		free(places->items[i].dir);
	}
	free(places->items);
	*places = (struct places){ 0 };
}
