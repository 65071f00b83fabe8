#include "blender/desk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

#define ROOT_PATTERN "ll3m-??????"
#define ROOT_NAME    "ll3m-XXXXXX"

enum {
	DEEPEST = 12, /* no program that means well nests its files deeper */
	YOUNG_S = 60,
};

bool desk_lay(const char *desk, struct error *err)
{
	struct strbuf tmp = { 0 };
	bool ok;

	strbuf_addstr(&tmp, desk);
	path_add(&tmp, "tmp");
	ok = mkdir(desk, 0700) == 0 && mkdir(strbuf_str(&tmp), 0700) == 0;
	strbuf_release(&tmp);
	return ok || failed(err, ERR_IO, "cannot make a folder %s: %s", desk, strerror(errno));
}

/* A folder by name, never by link. */
static DIR *open_dir(int above, const char *name)
{
	int fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (!dir && fd >= 0)
		close(fd);
	return dir;
}

static const char *next_name(DIR *dir)
{
	struct dirent *entry;

	do
		entry = readdir(dir);
	while (entry && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
	return entry ? entry->d_name : NULL;
}

struct count {
	size_t bytes, files;
	size_t most_bytes, most_files;
};

/* False as soon as it is too much. What vanishes or cannot be looked at does not count. */
static bool count_all(struct count *count, int above, const char *folder, int depth)
{
	DIR *dir = open_dir(above, folder);
	bool ok = depth < DEEPEST;
	const char *name;

	while (dir && ok && (name = next_name(dir))) {
		struct stat st;

		if (fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		count->files++;
		count->bytes += (size_t)st.st_blocks * 512;
		ok = count->files <= count->most_files && count->bytes <= count->most_bytes &&
		     (!S_ISDIR(st.st_mode) || count_all(count, dirfd(dir), name, depth + 1));
	}
	if (dir)
		closedir(dir);
	return ok;
}

bool desk_is_over(const char *desk, size_t most_bytes, size_t most_files)
{
	struct count count = { .most_bytes = most_bytes, .most_files = most_files };

	return !count_all(&count, AT_FDCWD, desk, 0);
}

/* The name of a file right in the desk, or NULL. */
static const char *name_in(const char *desk, const char *path)
{
	size_t len = strlen(desk);

	if (strncmp(path, desk, len) != 0 || path[len] != '/')
		return NULL;
	path += len + 1;
	if (!*path || strchr(path, '/') || strcmp(path, ".") == 0 || strcmp(path, "..") == 0)
		return NULL;
	return path;
}

bool desk_take(struct strbuf *out, const char *desk, const char *reported, const char *shelf,
               struct error *err)
{
	const char *name = name_in(desk, reported);
	struct stat st = { 0 };

	if (!name)
		return failed(err, ERR_PROTOCOL, "%.200s is not on the worker's desk", reported);
	strbuf_reset(out);
	strbuf_addstr(out, shelf);
	path_add(out, name);
	if (rename(reported, strbuf_str(out)) != 0)
		return failed(err, ERR_PROTOCOL, "no file %.200s: %s", name, strerror(errno));
	if (lstat(strbuf_str(out), &st) == 0 && S_ISREG(st.st_mode))
		return true;
	if (S_ISDIR(st.st_mode))
		desk_clear(strbuf_str(out));
	unlink(strbuf_str(out));
	return failed(err, ERR_PROTOCOL, "%.200s is no regular file", name);
}

/* Move what is in a folder to the one above, under numbers that nothing there has. */
static void lift_all(int top, const char *folder, unsigned *number)
{
	DIR *dir;
	const char *name;

	fchmodat(top, folder, 0700, 0);
	dir = open_dir(top, folder);
	while (dir && (name = next_name(dir))) {
		char lifted[16];

		if (unlinkat(dirfd(dir), name, 0) == 0)
			continue;
		fchmodat(dirfd(dir), name, 0700, 0);
		do
			snprintf(lifted, sizeof(lifted), "%u", (*number)++);
		while (renameat(dirfd(dir), name, top, lifted) != 0 &&
		       (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR));
	}
	if (dir)
		closedir(dir);
	unlinkat(top, folder, AT_REMOVEDIR);
}

/* One round over the top folder. True if it did anything, so that another round is worth it. */
static bool clear_once(DIR *top, unsigned *number)
{
	bool did = false;
	const char *name;

	rewinddir(top);
	while ((name = next_name(top))) {
		bool gone = unlinkat(dirfd(top), name, 0) == 0 ||
		            unlinkat(dirfd(top), name, AT_REMOVEDIR) == 0;

		if (!gone)
			lift_all(dirfd(top), name, number);
		did = did || gone || faccessat(dirfd(top), name, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
	}
	return did;
}

/*
 * Not by descending, which a script can make as deep as it likes: each folder's content is moved
 * to the top, so every folder is emptied once and none is deeper than the next.
 */
void desk_clear(const char *desk)
{
	unsigned number = 0;
	DIR *top;

	chmod(desk, 0700);
	top = open_dir(AT_FDCWD, desk);
	while (top && clear_once(top, &number))
		continue;
	if (top)
		closedir(top);
	rmdir(desk);
}

static void temporary(struct strbuf *out, const char *name)
{
	const char *tmp = getenv("TMPDIR");

	strbuf_reset(out);
	strbuf_addstr(out, tmp && tmp[0] == '/' ? tmp : "/tmp");
	path_add(out, name);
}

/* -1: there is none of ours by that name, or somebody holds it. */
static int lock_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* A very young one may belong to somebody who has not come to locking it yet. */
static bool is_young(const char *path)
{
	struct stat st;

	return lstat(path, &st) != 0 || time(NULL) - st.st_mtime < YOUNG_S;
}

static void clear_abandoned(void)
{
	struct strbuf pattern = { 0 };
	glob_t found = { 0 };

	temporary(&pattern, ROOT_PATTERN);
	if (glob(strbuf_str(&pattern), GLOB_NOSORT, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *path = found.gl_pathv[i];
			int fd = is_young(path) ? -1 : lock_folder(path);

			if (fd < 0)
				continue;
			desk_clear(path);
			close(fd);
		}
	}
	globfree(&found);
	strbuf_release(&pattern);
}

bool desk_root_open(struct desk_root *out, struct error *err)
{
	struct strbuf path = { 0 };
	char real[PATH_MAX];
	bool ok;

	clear_abandoned();
	temporary(&path, ROOT_NAME);
	ok = mkdtemp(path.buf) && realpath(path.buf, real);
	if (ok) {
		out->path = xstrdup(real);
		out->lock = lock_folder(real);
	} else {
		failed(err, ERR_IO, "cannot make a folder %s: %s", path.buf, strerror(errno));
	}
	strbuf_release(&path);
	return ok;
}

void desk_root_close(struct desk_root *root)
{
	if (!root->path)
		return;
	desk_clear(root->path);
	if (root->lock >= 0)
		close(root->lock);
	free(root->path);
	*root = (struct desk_root){ 0 };
}
