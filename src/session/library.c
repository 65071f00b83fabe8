#include "config.h"

#include "session/library.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/sha256.h"

enum {
	KEPT = 4,         /* indexes; the oldest beyond them go */
	HASH_CHARS = 16,  /* of 64: enough for a handful of files */
	DUMP_FORMAT = 1,  /* of worker/api.py: another one makes all indexes anew */
	MOST_FILES = 200, /* that are looked at in the folder */
};

struct library {
	struct blender *blender;
	struct timer *timer; /* NULL: nothing is to be told */
	char *data_dir;      /* NULL: there are no notes */
	struct strbuf file, key;
	struct rag *rag;
	library_fn ready;
	void *ctx;
	struct error err;
};

/* What is in a folder and its folders, as far as sizes and dates tell. */
struct extent {
	int64_t files, bytes, newest;
};

static void measure(struct extent *out, const char *dir, int depth)
{
	DIR *entries = opendir(dir);
	struct dirent *entry;
	struct strbuf path = { 0 };
	struct stat st;

	while (entries && out->files < MOST_FILES && (entry = readdir(entries))) {
		if (entry->d_name[0] == '.')
			continue;
		strbuf_reset(&path);
		strbuf_addstr(&path, dir);
		path_add(&path, entry->d_name);
		if (stat(strbuf_str(&path), &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth)
			measure(out, strbuf_str(&path), depth - 1);
		if (!S_ISREG(st.st_mode))
			continue;
		out->files++;
		out->bytes += st.st_size;
		out->newest = st.st_mtime > out->newest ? st.st_mtime : out->newest;
	}
	if (entries)
		closedir(entries);
	strbuf_release(&path);
}

/* A program by its path, size and date. Another one in its place is another program. */
static bool add_hash(struct strbuf *out, const char *program, const char *data_dir,
                     struct error *err)
{
	struct strbuf text = { 0 };
	struct extent data = { 0 };
	struct stat st;
	char hex[SHA256_HEX_SIZE];

	if (stat(program, &st) != 0)
		return failed(err, ERR_IO, "%.200s: %s", program, strerror(errno));
	if (data_dir)
		measure(&data, data_dir, 1);
	strbuf_addf(&text, "%s %d %" PRId64 " %" PRId64 " %s ", PACKAGE_VERSION, DUMP_FORMAT,
	            (int64_t)st.st_size, (int64_t)st.st_mtime, program);
	strbuf_addf(&text, "%" PRId64 " %" PRId64 " %" PRId64, data.files, data.bytes, data.newest);
	sha256_hex(strbuf_str(&text), text.len, hex);
	strbuf_add(out, hex, HASH_CHARS);
	strbuf_release(&text);
	return true;
}

/* Without notes an index still is one: NULL. The caller frees it. */
static char *find_data(const char *wanted)
{
	struct strbuf dir = { 0 };
	struct error ignored;

	if (wanted)
		return xstrdup(wanted);
	if (path_shared(&dir, "config/blender", &ignored))
		return strbuf_detach(&dir);
	strbuf_release(&dir);
	return NULL;
}

static bool add_folder(struct strbuf *out, const char *cache, struct error *err)
{
	strbuf_reset(out);
	if (cache)
		strbuf_addstr(out, cache);
	else if (!path_home(out, PATH_CACHE, err))
		return false;
	else
		path_add(out, "api");
	return file_make_dir(strbuf_str(out), 0700, err);
}

/* One of the indexes in the folder. */
struct kept {
	char name[96];
	time_t used;
};

struct folder {
	struct kept files[MOST_FILES];
	size_t count;
};

static bool ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), end_len = strlen(end);

	return len > end_len && !strcmp(name + len - end_len, end);
}

static int by_use(const void *a, const void *b)
{
	time_t x = ((const struct kept *)a)->used, y = ((const struct kept *)b)->used;

	return (x < y) - (x > y);
}

/* The latest first. */
static void read_folder(struct folder *out, const char *dir)
{
	DIR *entries = opendir(dir);
	struct dirent *entry;
	struct stat st;

	out->count = 0;
	while (entries && out->count < MOST_FILES && (entry = readdir(entries))) {
		struct kept *file = &out->files[out->count];
		size_t len = strlen(entry->d_name);

		if (!ends_with(entry->d_name, ".db") || len >= sizeof(file->name) ||
		    fstatat(dirfd(entries), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		memcpy(file->name, entry->d_name, len + 1);
		file->used = st.st_mtime;
		out->count++;
	}
	if (entries)
		closedir(entries);
	qsort(out->files, out->count, sizeof(out->files[0]), by_use);
}

static void drop_old(const char *file)
{
	const char *name = path_base(file);
	char *dir = xstrndup(file, (size_t)(name - file));
	struct folder *folder = NEW(struct folder);
	struct strbuf path = { 0 };

	read_folder(folder, dir);
	for (size_t i = KEPT; i < folder->count; i++) {
		strbuf_reset(&path);
		strbuf_addstr(&path, dir);
		strbuf_addstr(&path, folder->files[i].name);
		if (strcmp(folder->files[i].name, name))
			unlink(strbuf_str(&path));
	}
	strbuf_release(&path);
	free(folder);
	free(dir);
}

bool library_find(struct strbuf *out, const char *program, const struct library_options *options,
                  struct error *err)
{
	char *data_dir = find_data(options ? options->data_dir : NULL);
	struct folder *folder = NEW(struct folder);
	struct strbuf dir = { 0 }, end = { 0 };
	bool ok = add_folder(&dir, options ? options->cache : NULL, err) &&
	          add_hash(&end, program, data_dir, err),
	     found = false;

	strbuf_addstr(&end, ".db");
	if (ok)
		read_folder(folder, strbuf_str(&dir));
	for (size_t i = 0; ok && !found && i < folder->count; i++) {
		struct strbuf key = { 0 };

		strbuf_reset(out);
		strbuf_addstr(out, strbuf_str(&dir));
		path_add(out, folder->files[i].name);
		strbuf_add(&key, folder->files[i].name, strlen(folder->files[i].name) - 3);
		found = ends_with(folder->files[i].name, strbuf_str(&end)) &&
		        rag_is_current(strbuf_str(out), strbuf_str(&key));
		strbuf_release(&key);
	}
	strbuf_release(&dir);
	strbuf_release(&end);
	free(folder);
	free(data_dir);
	return found || (ok && failed(err, ERR_CONFIG, "there is no index of %.200s yet", program));
}

static void tell(void *ctx)
{
	struct library *l = ctx;

	l->timer = NULL;
	l->ready(l->ctx, l->rag ? NULL : &l->err);
}

/* What is used stays longest. */
static bool open_index(struct library *l, struct error *err)
{
	struct error trouble;

	utimensat(AT_FDCWD, strbuf_str(&l->file), NULL, 0);
	if (!rag_open(&l->rag, strbuf_str(&l->file), err))
		return false;
	if (!rag_use_pages(l->rag, NULL, &trouble))
		log_warn("library: %s", trouble.text); /* the API answers without it */
	return true;
}

static void on_api(void *ctx, const struct blender_result *result, const struct error *err)
{
	struct library *l = ctx;
	struct rag_source source = { .data_dir = l->data_dir, .key = strbuf_str(&l->key) };

	if (err) {
		l->err = *err;
	} else if (result->fault.kind != BLENDER_FINE) {
		failed(&l->err, ERR_WORKER, "Blender cannot tell its API: %.200s",
		       result->fault.message);
	} else {
		source.dump = result->file.path;
		if (rag_build(strbuf_str(&l->file), &source, &l->err) && open_index(l, &l->err))
			drop_old(strbuf_str(&l->file));
	}
	tell(l);
}

static bool find_file(struct library *l, const struct library_options *o, struct error *err)
{
	const struct blender_info *info = blender_info(l->blender);

	strbuf_addf(&l->key, "%.20s-", info->version);
	for (size_t i = 0; i < l->key.len; i++) /* it becomes a part of a name */
		if (!strchr("0123456789.-", l->key.buf[i]))
			l->key.buf[i] = '_';
	if (!add_hash(&l->key, info->program, l->data_dir, err) ||
	    !add_folder(&l->file, o->cache, err))
		return false;
	path_add(&l->file, strbuf_str(&l->key));
	strbuf_addstr(&l->file, ".db");
	return true;
}

void library_open(struct library **out, struct loop *loop, struct blender *blender,
                  const struct library_options *options, library_fn ready, void *ctx)
{
	struct library *l = NEW(struct library);
	bool ok, is_there;

	*out = l;
	l->blender = blender;
	l->ready = ready;
	l->ctx = ctx;
	l->data_dir = find_data(options->data_dir);
	ok = find_file(l, options, &l->err);
	is_there = ok && !options->anew &&
	           rag_is_current(strbuf_str(&l->file), strbuf_str(&l->key)) &&
	           open_index(l, &l->err);
	if (is_there || !ok) {
		l->timer = loop_after(loop, 0, tell, l);
		return;
	}
	log_debug("library: making %s", strbuf_str(&l->file));
	if (options->making)
		options->making(ctx, blender_info(blender)->version);
	blender_do(blender, &(struct blender_job){ .type = BLENDER_API }, NULL, on_api, l);
}

void library_close(struct library *l)
{
	if (!l)
		return;
	if (l->timer)
		timer_free(l->timer);
	rag_close(l->rag);
	free(l->data_dir);
	strbuf_release(&l->file);
	strbuf_release(&l->key);
	free(l);
}

struct rag *library_rag(const struct library *l)
{
	return l->rag;
}

const char *library_file(const struct library *l)
{
	return strbuf_str(&l->file);
}

static bool make_of_dump(const char *file, const char *dump, const char *key, const char *data_dir,
                         struct error *err)
{
	bool ok = rag_build(
		file, &(struct rag_source){ .dump = dump, .data_dir = data_dir, .key = key }, err);

	if (ok)
		drop_old(file);
	return ok;
}

bool library_of_dump(struct rag **out, const char *dump, const char *cache, struct error *err)
{
	struct strbuf file = { 0 }, key = { 0 };
	char *data_dir = find_data(NULL);
	bool ok;

	strbuf_addstr(&key, "dump-");
	ok = add_hash(&key, dump, data_dir, err) && add_folder(&file, cache, err);
	path_add(&file, strbuf_str(&key));
	strbuf_addstr(&file, ".db");
	if (ok && !rag_is_current(strbuf_str(&file), strbuf_str(&key)))
		ok = make_of_dump(strbuf_str(&file), dump, strbuf_str(&key), data_dir, err);
	ok = ok && rag_open(out, strbuf_str(&file), err);
	free(data_dir);
	strbuf_release(&file);
	strbuf_release(&key);
	return ok;
}

/* What an index counts of itself goes by the kinds of its entries. */
static void add_count(void *ctx, const char *name, const char *value)
{
	static const char *const kinds[] = { "class", "node", "property", "operator", "function" };
	int64_t *sum = ctx;

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (!strcmp(name, kinds[i]))
			*sum += strtoll(value, NULL, 10);
}

static void add_number(struct strbuf *out, int64_t number)
{
	if (number < 1000)
		strbuf_addf(out, "%d", (int)number);
	else if (number < 1000000)
		strbuf_addf(out, "%d,%03d", (int)(number / 1000), (int)(number % 1000));
	else
		strbuf_addstr(out, "millions of");
}

void library_describe(struct strbuf *out, struct rag *rag)
{
	struct error ignored;
	int64_t entries = 0;

	if (rag_facts(rag, add_count, &entries, &ignored) && entries > 0) {
		add_number(out, entries);
		strbuf_addstr(out, " entries of ");
	}
	strbuf_addf(out, "Blender %s", rag_version(rag));
}
