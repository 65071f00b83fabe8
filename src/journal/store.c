#include "journal/store.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define FILE_NAME "events.jsonl"
#define PART_NAME "events.jsonl.part"
#define LOCK_NAME "lock"
#define CHUNK     (256u << 10)

static bool store_failed(const char *dir, const char *doing, struct error *err)
{
	static const struct {
		int code;
		const char *advice;
	} advices[] = {
		{ ENOSPC, "; make room on that disk and go on, all that was saved is still there" },
		{ EDQUOT, "; your quota is used up: delete something and go on" },
		{ EFBIG, "; raise the limit on file sizes (ulimit -f) and go on" },
		{ EROFS, "; that disk can only be read: copy the folder to another one" },
		{ EACCES, "; look at the permissions of the folder" },
		{ EIO, "; the disk itself fails: copy the folder to another one" },
	};
	int code = errno;
	const char *advice = "";

	for (size_t i = 0; i < COUNT(advices); i++)
		if (advices[i].code == code)
			advice = advices[i].advice;
	return failed(err, ERR_IO, "%.150s: cannot %s: %s%s", dir, doing, strerror(code), advice);
}

static bool in_use(const struct store *s, struct error *err)
{
	char digits[16] = "";
	ssize_t len = pread(s->lock_fd, digits, sizeof(digits) - 1, 0);
	long pid = len > 0 ? strtol(digits, NULL, 10) : 0;

	if (pid > 0)
		return failed(err, ERR_IO, "%.150s is in use by process %ld; close it there first",
		              s->dir, pid);
	return failed(err, ERR_IO, "%.150s is in use by another process", s->dir);
}

/* The lock is gone with its process, however that ends; the number in it is only for people. */
static bool take_lock(struct store *s, struct error *err)
{
	char pid[32];
	int len = snprintf(pid, sizeof(pid), "%ld\n", (long)getpid());

	s->lock_fd = openat(s->dir_fd, LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (s->lock_fd < 0)
		return store_failed(s->dir, "make the lock file", err);
	if (flock(s->lock_fd, LOCK_EX | LOCK_NB) < 0)
		return errno == EWOULDBLOCK ? in_use(s, err) : store_failed(s->dir, "lock", err);
	if (ftruncate(s->lock_fd, 0) < 0 || pwrite(s->lock_fd, pid, (size_t)len, 0) < 0)
		(void)ftruncate(s->lock_fd, 0); /* a full disk must not keep anyone from looking */
	return true;
}

static bool open_file(struct store *s, struct error *err)
{
	int flags = (s->read_only ? O_RDONLY : O_RDWR | O_CREAT) | O_CLOEXEC | O_NONBLOCK;
	struct stat about;

	s->fd = openat(s->dir_fd, FILE_NAME, flags, 0666);
	if (s->fd < 0 && errno == ENOENT)
		return failed(err, ERR_USAGE, "there is no session in %.200s", s->dir);
	if (s->fd < 0 || fstat(s->fd, &about) < 0)
		return store_failed(s->dir, "open " FILE_NAME, err);
	if (!S_ISREG(about.st_mode))
		return failed(err, ERR_IO, "%.200s/" FILE_NAME " is not a file", s->dir);
	s->end = about.st_size;
	if (!s->read_only && !s->end && fsync(s->dir_fd) < 0)
		return store_failed(s->dir, "save the folder", err);
	return true;
}

bool store_open(struct store *s, const char *dir, bool read_only, struct error *err)
{
	*s = (struct store){ .dir = xstrdup(dir), .lock_fd = -1, .fd = -1, .read_only = read_only };
	s->dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->dir_fd < 0 && errno == ENOENT)
		failed(err, ERR_USAGE, "there is no folder %.200s", dir);
	else if (s->dir_fd < 0)
		store_failed(dir, "open the folder", err);
	if (s->dir_fd >= 0 && (read_only || take_lock(s, err)) && open_file(s, err))
		return true;
	store_close(s);
	return false;
}

static void close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

void store_close(struct store *s)
{
	if (s->dir) {
		close_fd(s->fd);
		close_fd(s->lock_fd);
		close_fd(s->dir_fd);
	}
	free(s->dir);
	free(s->window);
	*s = (struct store){ 0 };
}

/* Make the window begin at `offset` and reach a chunk further than it did. */
static bool read_on(struct store *s, int64_t offset, struct error *err)
{
	bool inside = offset >= s->window_at && offset < s->window_at + (int64_t)s->window_len;
	size_t unused = inside ? (size_t)(offset - s->window_at) : s->window_len;
	int64_t left;
	ssize_t got;

	s->window_len -= unused;
	if (s->window_len)
		memmove(s->window, s->window + unused, s->window_len);
	s->window_at = offset;
	if (s->window_cap < s->window_len + CHUNK) {
		s->window_cap = 2 * s->window_len + CHUNK;
		s->window = xrealloc(s->window, s->window_cap);
	}
	left = s->end - offset - (int64_t)s->window_len;
	got = pread(s->fd, s->window + s->window_len, left < CHUNK ? (size_t)left : CHUNK,
	            offset + (int64_t)s->window_len);
	if (got < 0)
		return store_failed(s->dir, "read " FILE_NAME, err);
	if (!got)
		return failed(err, ERR_IO, "%.200s/" FILE_NAME " became shorter while in use",
		              s->dir);
	s->window_len += (size_t)got;
	return true;
}

bool store_line(struct store_line *out, struct store *s, int64_t offset, struct error *err)
{
	for (;;) {
		int64_t seen = s->window_at + (int64_t)s->window_len;
		bool inside = offset >= s->window_at && offset < seen;
		const char *from = inside ? s->window + (offset - s->window_at) : NULL;
		size_t len = inside ? (size_t)(seen - offset) : 0;
		const char *lf = inside ? memchr(from, '\n', len) : NULL;

		if (lf || (inside && seen == s->end)) {
			len = lf ? (size_t)(lf - from) : len;
			*out = (struct store_line){ from, len, offset + (int64_t)len + !!lf,
				                    lf != NULL };
			return true;
		}
		if (len > STORE_MOST_LINE)
			return failed(err, ERR_PROTOCOL, "the line is longer than %u MiB",
			              STORE_MOST_LINE >> 20);
		if (!read_on(s, offset, err))
			return false;
	}
}

static bool write_all(int fd, const char *bytes, size_t len, int64_t at)
{
	while (len) {
		ssize_t n = pwrite(fd, bytes, len, at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

bool store_add(struct store *s, const char *line, size_t len, struct error *err)
{
	assert(!s->read_only);
	if (s->broken)
		return failed(err, ERR_IO,
		              "%.200s: the last line is torn; close the session and "
		              "open it again",
		              s->dir);
	if (write_all(s->fd, line, len, s->end) && fdatasync(s->fd) == 0) {
		s->end += (int64_t)len;
		return true;
	}
	store_failed(s->dir, "save what happened", err);
	s->broken = ftruncate(s->fd, s->end) < 0;
	return false;
}

static int make_cut_file(const struct store *s, char *name, size_t size)
{
	time_t now = time(NULL);
	struct tm utc;
	char stamp[32];
	int fd = -1;

	gmtime_r(&now, &utc);
	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &utc);
	for (int again = 0; fd < 0 && again < 1000; again++) {
		snprintf(name, size, again ? FILE_NAME ".cut-%s-%d" : FILE_NAME ".cut-%s", stamp,
		         again + 1);
		fd = openat(s->dir_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	return fd;
}

static bool copy_range(const struct store *s, struct store_range range, int to, int64_t to_at)
{
	char *chunk = xrealloc(NULL, CHUNK);
	int64_t at = range.from;

	while (at < range.until) {
		int64_t left = range.until - at;
		ssize_t got = pread(s->fd, chunk, left < CHUNK ? (size_t)left : CHUNK, at);

		if (got <= 0 || !write_all(to, chunk, (size_t)got, to_at + at - range.from))
			break;
		at += got;
	}
	free(chunk);
	return at == range.until;
}

bool store_cut(struct store *s, int64_t from, char *name, size_t size, struct error *err)
{
	int fd = make_cut_file(s, name, size);
	struct store_range tail = { from, s->end };
	bool copied = fd >= 0 && copy_range(s, tail, fd, 0) && fsync(fd) == 0;

	if (!copied)
		store_failed(s->dir, "keep a copy of the torn last line", err);
	if (!copied && fd >= 0)
		unlinkat(s->dir_fd, name, 0);
	close_fd(fd);
	if (!copied)
		return false;
	if (ftruncate(s->fd, from) < 0 || fdatasync(s->fd) < 0)
		return store_failed(s->dir, "cut off the torn last line", err);
	s->end = from;
	s->window_len = 0;
	return true;
}

static bool copy_ranges(const struct store *s, const struct store_range *ranges, size_t count,
                        int to)
{
	int64_t at = 0;

	for (size_t i = 0; i < count; i++) {
		if (!copy_range(s, ranges[i], to, at))
			return false;
		at += ranges[i].until - ranges[i].from;
	}
	return true;
}

/* Under another name until it is whole: half a journal would look like a shorter session. */
static bool fill_new(const struct store *s, const struct store_range *ranges, size_t count,
                     int dir_fd)
{
	int fd = openat(dir_fd, PART_NAME, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	bool ok = fd >= 0 && copy_ranges(s, ranges, count, fd) && fsync(fd) == 0 &&
	          renameat(dir_fd, PART_NAME, dir_fd, FILE_NAME) == 0 && fsync(dir_fd) == 0;
	int code = errno;

	close_fd(fd);
	if (!ok)
		unlinkat(dir_fd, PART_NAME, 0);
	errno = code;
	return ok;
}

bool store_copy(const struct store *s, const struct store_range *ranges, size_t count,
                const char *dir, struct error *err)
{
	int dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok;

	if (dir_fd < 0)
		return store_failed(dir, "open the folder", err);
	if (faccessat(dir_fd, FILE_NAME, F_OK, 0) == 0)
		ok = failed(err, ERR_USAGE, "there is a session in %.200s already", dir);
	else
		ok = fill_new(s, ranges, count, dir_fd) ||
		     store_failed(dir, "write " FILE_NAME, err);
	close_fd(dir_fd);
	return ok;
}
