#include "base/blob.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/sha256.h"

#define MOST_BYTES (1u << 30) /* what is read back into memory */
#define COPY_BYTES 65536

struct blobs {
	char *dir;
};

bool blobs_open(struct blobs **out, const char *dir, struct error *err)
{
	if (!file_make_dir(dir, 0777, err))
		return false;
	*out = NEW(struct blobs);
	(*out)->dir = xstrdup(dir);
	return true;
}

void blobs_close(struct blobs *b)
{
	if (!b)
		return;
	free(b->dir);
	free(b);
}

bool blob_is_hash(const char *text)
{
	return strlen(text) == BLOB_HASH_SIZE - 1 &&
	       strspn(text, "0123456789abcdef") == BLOB_HASH_SIZE - 1;
}

void blob_path(const struct blobs *b, const char *hash, struct strbuf *out)
{
	assert(blob_is_hash(hash));
	strbuf_addstr(out, b->dir);
	path_add(out, hash);
}

/* A file of another size is a damaged one, and is written again. */
static bool is_stored(const char *path, uint64_t len)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size == len;
}

bool blob_put(struct blobs *b, const void *bytes, size_t len, char hash[BLOB_HASH_SIZE],
              struct error *err)
{
	struct strbuf path = { 0 };
	bool ok;

	sha256_hex(bytes, len, hash);
	blob_path(b, hash, &path);
	ok = is_stored(strbuf_str(&path), len) || file_write(strbuf_str(&path), bytes, len, err);
	strbuf_release(&path);
	return ok;
}

static bool copy(struct file_draft *draft, struct sha256 *hash, int fd, const char *from,
                 struct error *err)
{
	char *part = xcalloc(1, COPY_BYTES);
	bool ok = true;
	ssize_t got;

	while (ok && (got = read(fd, part, COPY_BYTES)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			ok = failed(err, ERR_IO, "%s: %s", from, strerror(errno));
			continue;
		}
		sha256_add(hash, part, (size_t)got);
		ok = file_draft_add(draft, part, (size_t)got, err);
	}
	free(part);
	return ok;
}

static bool keep_copy(const struct blobs *b, struct file_draft *draft, uint64_t len,
                      const char *hash, struct error *err)
{
	struct strbuf path = { 0 };
	bool ok;

	blob_path(b, hash, &path);
	ok = is_stored(strbuf_str(&path), len);
	if (ok)
		file_draft_drop(draft);
	else
		ok = file_draft_keep(draft, strbuf_str(&path), err);
	strbuf_release(&path);
	return ok;
}

bool blob_put_file(struct blobs *b, const char *path, char hash[BLOB_HASH_SIZE], struct error *err)
{
	struct file_draft draft = { 0 };
	struct strbuf beside = { 0 };
	struct sha256 sum;
	uint64_t len;
	int fd = file_open(path, err);
	bool ok = fd >= 0;

	strbuf_addstr(&beside, b->dir);
	path_add(&beside, "new");
	sha256_start(&sum);
	ok = ok && file_draft(&draft, strbuf_str(&beside), err) &&
	     copy(&draft, &sum, fd, path, err);
	if (ok) {
		len = sum.len;
		sha256_end(&sum, hash);
		ok = keep_copy(b, &draft, len, hash, err);
	}
	file_draft_drop(&draft);
	if (fd >= 0)
		close(fd);
	strbuf_release(&beside);
	return ok;
}

bool blob_get(struct strbuf *out, const struct blobs *b, const char *hash, struct error *err)
{
	char found[BLOB_HASH_SIZE];
	struct strbuf path = { 0 };
	bool ok;

	strbuf_reset(out);
	if (!blob_is_hash(hash))
		return failed(err, ERR_PROTOCOL, "\"%.70s\" is not the name of a stored file",
		              hash);
	blob_path(b, hash, &path);
	ok = file_read(out, strbuf_str(&path), MOST_BYTES, err);
	if (ok) {
		sha256_hex(strbuf_str(out), out->len, found);
		ok = !strcmp(found, hash) ||
		     failed(err, ERR_IO, "%s: the file is damaged", strbuf_str(&path));
	}
	if (!ok)
		strbuf_reset(out);
	strbuf_release(&path);
	return ok;
}
