#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define DRAFT_MOST_S 3600 /* no draft of ours is so long in the making */

static bool io_failed(struct error *err, const char *path)
{
	return failed(err, ERR_IO, "%s: %s", path, strerror(errno));
}

int file_open(const char *path, struct error *err)
{
	/* O_NONBLOCK: a FIFO without a writer opens at once, and is refused. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0) {
		io_failed(err, path);
		return -1;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	failed(err, ERR_IO, "%s: not a regular file", path);
	close(fd);
	return -1;
}

bool file_read(struct strbuf *out, const char *path, size_t limit, struct error *err)
{
	char *part;
	const size_t part_size = 65536;
	ssize_t got;
	int fd = file_open(path, err);

	strbuf_reset(out);
	if (fd < 0)
		return false;
	part = xcalloc(1, part_size);
	while ((got = read(fd, part, part_size)) != 0 && out->len <= limit) {
		if (got > 0)
			strbuf_add(out, part, (size_t)got);
		else if (errno != EINTR)
			break;
	}
	free(part);
	if (got < 0)
		io_failed(err, path);
	else if (out->len > limit)
		failed(err, ERR_IO, "%s: larger than %zu bytes", path, limit);
	close(fd);
	if (got >= 0 && out->len <= limit)
		return true;
	strbuf_reset(out);
	return false;
}

static char *directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

/* A name in a directory is only safe once the directory is. Some file systems cannot; then there
 * is nothing to wait for. */
static bool sync_directory_of(const char *path, struct error *err)
{
	char *dir = directory_of(path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP);

	if (!ok)
		io_failed(err, dir);
	if (fd >= 0)
		close(fd);
	free(dir);
	return ok;
}

bool file_draft(struct file_draft *out, const char *beside, struct error *err)
{
	char *dir = directory_of(beside);

	*out = (struct file_draft){ .fd = -1 };
	for (unsigned i = 0; i < 1000 && out->fd < 0; i++) {
		struct strbuf name = { 0 };

		strbuf_addf(&name, "%s/.draft-%ld-%u", dir, (long)getpid(), i);
		free(out->path);
		out->path = strbuf_detach(&name);
		/* Unlike mkstemp() this obeys the umask. */
		out->fd = open(out->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (out->fd < 0 && errno != EEXIST)
			break;
	}
	free(dir);
	if (out->fd >= 0)
		return true;
	io_failed(err, out->path);
	free(out->path);
	*out = (struct file_draft){ 0 };
	return false;
}

bool file_draft_add(struct file_draft *draft, const void *bytes, size_t len, struct error *err)
{
	const char *from = bytes;

	while (len) {
		ssize_t put = write(draft->fd, from, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return io_failed(err, draft->path);
		from += put;
		len -= (size_t)put;
	}
	return true;
}

bool file_draft_keep(struct file_draft *draft, const char *as, struct error *err)
{
	bool ok = fsync(draft->fd) == 0 || io_failed(err, draft->path);

	/* A full disk may be noticed as late as here. */
	if (close(draft->fd) != 0 && ok)
		ok = io_failed(err, draft->path);
	if (ok && rename(draft->path, as) != 0)
		ok = io_failed(err, as);
	if (!ok)
		unlink(draft->path);
	free(draft->path);
	*draft = (struct file_draft){ 0 };
	return ok && sync_directory_of(as, err);
}

void file_draft_drop(struct file_draft *draft)
{
	if (!draft->path)
		return;
	close(draft->fd);
	unlink(draft->path);
	free(draft->path);
	*draft = (struct file_draft){ 0 };
}

/* Another machine, or container, may share the folder: its numbers say nothing here. */
static bool is_left_behind(const char *path, const char *name)
{
	static const char start[] = ".draft-";
	struct stat st;
	char *end;
	long pid;

	if (strncmp(name, start, sizeof(start) - 1) != 0)
		return false;
	pid = strtol(name + sizeof(start) - 1, &end, 10);
	return *end == '-' && pid > 0 && pid <= INT_MAX && kill((pid_t)pid, 0) != 0 &&
	       errno == ESRCH && lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       time(NULL) - st.st_mtime > DRAFT_MOST_S;
}

void file_drafts_sweep(const char *beside)
{
	char *dir = directory_of(beside);
	DIR *folder = opendir(dir);
	struct strbuf path = { 0 };
	struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		strbuf_reset(&path);
		strbuf_addf(&path, "%s/%s", dir, entry->d_name);
		if (is_left_behind(strbuf_str(&path), entry->d_name))
			unlink(strbuf_str(&path));
	}
	if (folder)
		closedir(folder);
	strbuf_release(&path);
	free(dir);
}

bool file_write(const char *path, const void *bytes, size_t len, struct error *err)
{
	struct file_draft draft;

	if (!file_draft(&draft, path, err))
		return false;
	if (file_draft_add(&draft, bytes, len, err))
		return file_draft_keep(&draft, path, err);
	file_draft_drop(&draft);
	return false;
}

/* mkdir() may fail in many ways for what is already there, as on a read-only disk. */
static bool make_one_dir(const char *path, mode_t mode, struct error *err)
{
	struct stat st;
	int why;

	if (mkdir(path, mode) == 0)
		return true;
	why = errno;
	if (stat(path, &st) == 0)
		return S_ISDIR(st.st_mode) || failed(err, ERR_IO, "%s: not a directory", path);
	return failed(err, ERR_IO, "%s: %s", path, strerror(why));
}

bool file_make_dir(const char *dir, mode_t mode, struct error *err)
{
	char *path = xstrdup(dir);
	bool ok = true;

	for (char *p = path; ok && *p;) {
		char was;

		p += strspn(p, "/");
		p += strcspn(p, "/");
		was = *p;
		*p = '\0';
		ok = make_one_dir(path, mode, err);
		*p = was;
	}
	free(path);
	return ok;
}
