#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "llm/folder.h"

/*
 * A relay folder as a tar file in the ustar format, which every system can read. What is read is
 * somebody else's: only plain files named FOLDER/FILE, with names as we would give them, are
 * unpacked, and none that is there already.
 */
#define BLOCK    512
#define FILE_MAX ((size_t)64 << 20)
#define MOST     100000

struct ustar {
	char name[100];
	char mode[8], uid[8], gid[8];
	char size[12], mtime[12];
	char checksum[8];
	char type;
	char link[100];
	char magic[6], version[2];
	char user[32], group[32];
	char major[8], minor[8];
	char prefix[155];
	char rest[12];
};

_Static_assert(sizeof(struct ustar) == BLOCK, "a ustar header fills one block");

static unsigned checksum(const struct ustar *head)
{
	struct ustar copy = *head;
	const unsigned char *bytes = (const unsigned char *)&copy;
	unsigned sum = 0;

	memset(copy.checksum, ' ', sizeof(copy.checksum));
	for (size_t i = 0; i < sizeof(copy); i++)
		sum += bytes[i];
	return sum;
}

/* Octal digits that fill the field but for its last byte, which is a NUL. */
static void put_octal(char *field, size_t size, uint64_t number)
{
	field[--size] = '\0';
	while (size) {
		field[--size] = (char)('0' + (number & 7));
		number >>= 3;
	}
}

static bool get_octal(uint64_t *out, const char *field, size_t size)
{
	size_t i = 0;

	*out = 0;
	while (i < size && field[i] == ' ')
		i++;
	if (i == size || field[i] < '0' || field[i] > '7')
		return false;
	for (; i < size && field[i] >= '0' && field[i] <= '7'; i++)
		*out = *out << 3 | (uint64_t)(field[i] - '0');
	return i == size || !field[i] || field[i] == ' ';
}

static bool add_file(struct strbuf *tar, const char *name, const char *path, struct error *err)
{
	struct ustar head = { 0 };
	struct strbuf text = { 0 };
	static const char zeros[BLOCK];
	bool ok;

	if (strlen(name) >= sizeof(head.name))
		return failed(err, ERR_IO, "%s: the name is too long for a tar file", name);
	ok = file_read(&text, path, FILE_MAX, err);
	if (ok) {
		memcpy(head.name, name, strlen(name));
		put_octal(head.mode, sizeof(head.mode), 0644);
		put_octal(head.uid, sizeof(head.uid), 0);
		put_octal(head.gid, sizeof(head.gid), 0);
		put_octal(head.size, sizeof(head.size), text.len);
		put_octal(head.mtime, sizeof(head.mtime), 0);
		head.type = '0';
		memcpy(head.magic, "ustar", 6);
		memcpy(head.version, "00", 2);
		put_octal(head.checksum, sizeof(head.checksum) - 1, checksum(&head));
		head.checksum[7] = ' ';
		strbuf_add(tar, &head, sizeof(head));
		strbuf_add(tar, strbuf_str(&text), text.len);
		strbuf_add(tar, zeros, (BLOCK - text.len % BLOCK) % BLOCK);
	}
	strbuf_release(&text);
	return ok;
}

struct packing {
	struct file_draft draft;
	const char *dir;
	struct error *err;
	bool ok;
};

static bool pack_file(struct packing *p, const char *folder, const char *file)
{
	struct strbuf tar = { 0 }, name = { 0 }, path = { 0 };
	struct stat st;

	strbuf_addf(&name, "%s/%s", folder, file);
	strbuf_addf(&path, "%s/%s", p->dir, strbuf_str(&name));
	/* Links and the like stay behind. */
	if (path_is_name(file) && !lstat(strbuf_str(&path), &st) && S_ISREG(st.st_mode))
		p->ok = add_file(&tar, strbuf_str(&name), strbuf_str(&path), p->err) &&
		        file_draft_add(&p->draft, tar.buf, tar.len, p->err);
	strbuf_release(&tar);
	strbuf_release(&name);
	strbuf_release(&path);
	return p->ok;
}

static bool pack_folder(void *ctx, const char *name, int64_t n)
{
	struct packing *p = ctx;
	struct strbuf path = { 0 };
	struct dirent *entry;
	DIR *open;

	(void)n;
	strbuf_addf(&path, "%s/%s", p->dir, name);
	open = opendir(strbuf_str(&path));
	strbuf_release(&path);
	while (open && p->ok && (entry = readdir(open)))
		pack_file(p, name, entry->d_name);
	if (open)
		closedir(open);
	return p->ok;
}

bool llm_relay_pack(const char *dir, const char *tar_file, struct error *err)
{
	static const char end[2 * BLOCK];
	struct packing p = { .dir = dir, .err = err, .ok = true };

	if (!file_draft(&p.draft, tar_file, err))
		return false;
	p.ok = folder_each(dir, pack_folder, &p, err) && p.ok &&
	       file_draft_add(&p.draft, end, sizeof(end), err);
	if (p.ok)
		return file_draft_keep(&p.draft, tar_file, err);
	file_draft_drop(&p.draft);
	return false;
}

struct unpacking {
	FILE *tar;
	const char *dir;
	size_t files;
};

/* The name as FOLDER/FILE, split; anything else is refused. */
static bool split_name(const struct ustar *head, char folder[101], char file[101],
                       struct error *err)
{
	char name[101] = "";
	const char *at = name;
	const char *slash;

	memcpy(name, head->name, sizeof(head->name));
	if (!strncmp(at, "./", 2))
		at += 2;
	slash = strchr(at, '/');
	if (head->prefix[0] || !slash)
		return failed(err, ERR_PROTOCOL, "\"%.60s\" is no file of a relay", name);
	snprintf(folder, 101, "%.*s", (int)(slash - at), at);
	snprintf(file, 101, "%s", slash + 1);
	if (folder_number(folder) < 0 || !path_is_name(file))
		return failed(err, ERR_PROTOCOL, "\"%.60s\" is no file of a relay", name);
	return true;
}

static bool read_exactly(FILE *tar, void *out, size_t len, struct error *err)
{
	return fread(out, 1, len, tar) == len || failed(err, ERR_PROTOCOL, "it ends too early");
}

static bool unpack_file(struct unpacking *u, const struct ustar *head, size_t size,
                        struct error *err)
{
	char folder[101], file[101];
	struct strbuf path = { 0 };
	size_t padded = (size + BLOCK - 1) / BLOCK * BLOCK;
	char *bytes;
	struct stat st;
	bool ok;

	if (!split_name(head, folder, file, err))
		return false;
	bytes = xcalloc(padded + 1, 1);
	ok = read_exactly(u->tar, bytes, padded, err);
	strbuf_addf(&path, "%s/%s", u->dir, folder);
	/* A folder that is a link would lead elsewhere. */
	if (ok && !lstat(strbuf_str(&path), &st) && !S_ISDIR(st.st_mode))
		ok = failed(err, ERR_IO, "%s is no folder", strbuf_str(&path));
	ok = ok && file_make_dir(strbuf_str(&path), 0777, err);
	path_add(&path, file);
	if (ok && lstat(strbuf_str(&path), &st)) {
		ok = file_write(strbuf_str(&path), bytes, size, err);
		u->files += ok;
	}
	free(bytes);
	strbuf_release(&path);
	return ok;
}

static bool is_end(const struct ustar *head)
{
	static const struct ustar zeros;

	return !memcmp(head, &zeros, sizeof(zeros));
}

/* Directories are made when a file needs them; extended headers describe what we do not keep. */
static bool is_skipped(char type)
{
	return type == '5' || type == 'g' || type == 'x';
}

static bool unpack_all(struct unpacking *u, struct error *err)
{
	struct ustar head;
	uint64_t size, sum;

	for (size_t i = 0; i < MOST; i++) {
		if (!read_exactly(u->tar, &head, sizeof(head), err))
			return false;
		if (is_end(&head))
			return true;
		if (memcmp(head.magic, "ustar", 5) != 0 ||
		    !get_octal(&sum, head.checksum, sizeof(head.checksum)) ||
		    sum != checksum(&head) || !get_octal(&size, head.size, sizeof(head.size)))
			return failed(err, ERR_PROTOCOL, "it is no tar file");
		if (size > FILE_MAX)
			return failed(err, ERR_PROTOCOL, "\"%.60s\" is too large", head.name);
		if (is_skipped(head.type)) {
			char block[BLOCK];

			for (; size; size -= size < BLOCK ? size : BLOCK)
				if (!read_exactly(u->tar, block, sizeof(block), err))
					return false;
		} else if (head.type != '0' && head.type) {
			return failed(err, ERR_PROTOCOL, "\"%.60s\" is no plain file", head.name);
		} else if (!unpack_file(u, &head, (size_t)size, err)) {
			return false;
		}
	}
	return failed(err, ERR_PROTOCOL, "there are too many files in it");
}

bool llm_relay_unpack(const char *dir, const char *tar_file, size_t *files, struct error *err)
{
	struct unpacking u = { .dir = dir };
	int fd = file_open(tar_file, err);
	bool ok;

	*files = 0;
	if (fd < 0)
		return false;
	u.tar = fdopen(fd, "r");
	if (!u.tar) {
		close(fd);
		return failed(err, ERR_IO, "%s: %s", tar_file, strerror(errno));
	}
	ok = unpack_all(&u, err) || failed_in(err, "%s", tar_file);
	fclose(u.tar);
	*files = u.files;
	return ok;
}
