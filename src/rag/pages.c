#include "rag/pages.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/sha256.h"
#include "rag/chunks.h"
#include "rag/markup.h"
#include "rag/mentions.h"
#include "rag/pages_schema.h"

#define MOST_MENTIONS 40 /* of one chunk */
#define BINARY_PROBE  8192
#define MOST_ENTRIES  200000 /* of all folders; of them PAGES_MOST_FILES may be documents */

static const struct field folder_fields[] = {
	{ "path", FIELD_TEXT, offsetof(struct pages_folder, path) },
	{ "files", FIELD_INT, offsetof(struct pages_folder, files) },
	{ "chunks", FIELD_INT, offsetof(struct pages_folder, chunks) },
	{ "bytes", FIELD_INT, offsetof(struct pages_folder, bytes) },
	{ 0 },
};

static const struct record_type folder_type = { "folder", sizeof(struct pages_folder),
	                                        folder_fields };

static const struct field list_fields[] = {
	{ "folders", FIELD_LIST, offsetof(struct pages_list, folders), .of = &folder_type },
	{ 0 },
};

const struct record_type pages_list_type = { "pages", sizeof(struct pages_list), list_fields };

static const struct field report_fields[] = {
	{ "added", FIELD_INT, offsetof(struct pages_report, added) },
	{ "changed", FIELD_INT, offsetof(struct pages_report, changed) },
	{ "same", FIELD_INT, offsetof(struct pages_report, same) },
	{ "gone", FIELD_INT, offsetof(struct pages_report, gone) },
	{ "skipped", FIELD_INT, offsetof(struct pages_report, skipped) },
	{ "chunks", FIELD_INT, offsetof(struct pages_report, chunks) },
	{ "is_cut", FIELD_BOOL, offsetof(struct pages_report, is_cut) },
	{ 0 },
};

const struct record_type pages_report_type = { "report", sizeof(struct pages_report),
	                                       report_fields };

bool pages_home(struct strbuf *out, struct error *err)
{
	bool ok = path_home(out, PATH_DATA, err);

	if (ok)
		path_add(out, "pages.db");
	return ok;
}

/* A folder that is being read. */
struct walk {
	struct db *db;
	int64_t folder;
	const char *root;
	struct strbuf path; /* below the root, of what is looked at */
	int64_t files, entries;
	struct pages_report *report;
};

/* A file that is taken apart. */
struct taking {
	struct db *db;
	int64_t src, place;
	int64_t chunk; /* the last one's id */
	int mentions;
	bool is_about;
};

static void add_mention(void *ctx, const char *ident)
{
	struct taking *t = ctx;
	struct stmt *q;

	if (t->mentions++ >= MOST_MENTIONS)
		return;
	q = db_ask(t->db, "INSERT OR IGNORE INTO mention VALUES(?1, ?2, ?3)");
	stmt_bind(q, 1, ident);
	stmt_bind_int(q, 2, t->chunk);
	stmt_bind_int(q, 3, t->is_about);
	stmt_done(q);
}

static int64_t add_row(struct taking *t, const struct chunk *chunk)
{
	struct stmt *q = db_ask(t->db, "INSERT INTO chunk(src, place, heading, anchor, text) "
	                               "VALUES(?1, ?2, ?3, ?4, ?5) RETURNING id");
	int64_t id;

	stmt_bind_int(q, 1, t->src);
	stmt_bind_int(q, 2, t->place++);
	stmt_bind(q, 3, chunk->heading);
	stmt_bind(q, 4, chunk->anchor);
	stmt_bind(q, 5, chunk->text);
	id = stmt_next(q) ? stmt_int(q, 0) : 0;
	stmt_end(q);
	return id;
}

static void take_chunk(void *ctx, const struct chunk *chunk)
{
	struct taking *t = ctx;
	struct stmt *q;

	if (t->place >= PAGES_MOST_CHUNKS)
		return;
	t->chunk = add_row(t, chunk);
	q = db_ask(t->db, "INSERT INTO fdoc(rowid, heading, text) VALUES(?1, ?2, ?3)");
	stmt_bind_int(q, 1, t->chunk);
	stmt_bind(q, 2, chunk->heading);
	stmt_bind(q, 3, chunk->text);
	stmt_done(q);
	t->mentions = 0;
	t->is_about = true;
	mentions_each(chunk->anchor, add_mention, t);
	t->is_about = false;
	mentions_each(chunk->text, add_mention, t);
}

static void run(struct db *db, const char *sql, int64_t id)
{
	struct stmt *q = db_ask(db, sql);

	stmt_bind_int(q, 1, id);
	stmt_done(q);
}

/* The search index keeps no copy of its own, so it is told first what goes. */
static void forget_chunks(struct db *db, int64_t src)
{
	run(db,
	    "INSERT INTO fdoc(fdoc, rowid, heading, text) "
	    "SELECT 'delete', id, heading, text FROM chunk WHERE src = ?1",
	    src);
	run(db, "DELETE FROM mention WHERE chunk IN (SELECT id FROM chunk WHERE src = ?1)", src);
	run(db, "DELETE FROM chunk WHERE src = ?1", src);
}

static void take_apart(struct walk *w, int64_t src, const struct strbuf *bytes)
{
	struct taking taking = { .db = w->db, .src = src };
	struct chunker chunker;
	struct markup_sink sink;

	forget_chunks(w->db, src);
	sink = chunker_start(&chunker, take_chunk, &taking);
	/* A text without a heading goes by the name of its file. */
	sink.heading(sink.ctx, 1, strbuf_str(&w->path), NULL);
	markup_read(markup_of(strbuf_str(&w->path)), strbuf_str(bytes), bytes->len, &sink);
	chunker_end(&chunker);
}

struct known {
	int64_t id, mtime, size;
	char sha[SHA256_HEX_SIZE];
};

static void find_known(struct known *out, struct walk *w)
{
	struct stmt *q = db_ask(w->db, "SELECT id, mtime, size, sha FROM docsrc "
	                               "WHERE folder = ?1 AND path = ?2");

	*out = (struct known){ 0 };
	stmt_bind_int(q, 1, w->folder);
	stmt_bind(q, 2, strbuf_str(&w->path));
	if (stmt_next(q)) {
		out->id = stmt_int(q, 0);
		out->mtime = stmt_int(q, 1);
		out->size = stmt_int(q, 2);
		strncpy(out->sha, stmt_text(q, 3), sizeof(out->sha) - 1);
	}
	stmt_end(q);
}

static int64_t keep_source(struct walk *w, const struct known *k)
{
	struct stmt *q = db_ask(w->db, "INSERT INTO docsrc(folder, path, mtime, size, sha, seen) "
	                               "VALUES(?1, ?2, ?3, ?4, ?5, 1) "
	                               "ON CONFLICT(folder, path) DO UPDATE SET mtime = ?3, "
	                               "size = ?4, sha = ?5, seen = 1 RETURNING id");
	int64_t id;

	stmt_bind_int(q, 1, w->folder);
	stmt_bind(q, 2, strbuf_str(&w->path));
	stmt_bind_int(q, 3, k->mtime);
	stmt_bind_int(q, 4, k->size);
	stmt_bind(q, 5, k->sha);
	id = stmt_next(q) ? stmt_int(q, 0) : 0;
	stmt_end(q);
	return id;
}

static bool is_binary(const struct strbuf *bytes)
{
	size_t len = bytes->len < BINARY_PROBE ? bytes->len : BINARY_PROBE;

	return len && memchr(bytes->buf, '\0', len);
}

static bool read_whole(struct strbuf *out, struct walk *w)
{
	struct strbuf path = { 0 };
	struct error ignored;
	bool ok;

	strbuf_addstr(&path, w->root);
	path_add(&path, strbuf_str(&w->path));
	ok = file_read(out, strbuf_str(&path), PAGES_MOST_FILE_BYTES, &ignored) && !is_binary(out);
	strbuf_release(&path);
	return ok;
}

/* What cannot be read now is forgotten if it was known: `seen` stays 0. */
static void read_file(struct walk *w, const struct stat *st)
{
	struct strbuf bytes = { 0 };
	struct known old, new = { 0 };

	find_known(&old, w);
	new.mtime = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
	new.size = st->st_size;
	if (old.id && old.mtime == new.mtime &&old.size == new.size) {
		run(w->db, "UPDATE docsrc SET seen = 1 WHERE id = ?1", old.id);
		w->report->same++;
		return;
	}
	if (st->st_size > PAGES_MOST_FILE_BYTES || !read_whole(&bytes, w)) {
		w->report->skipped++;
	} else {
		sha256_hex(strbuf_str(&bytes), bytes.len, new.sha);
		new.id = keep_source(w, &new);
		if (strcmp(old.sha, new.sha) != 0)
			take_apart(w, new.id, &bytes);
		if (!old.id)
			w->report->added++;
		else if (strcmp(old.sha, new.sha) != 0)
			w->report->changed++;
		else
			w->report->same++;
	}
	strbuf_release(&bytes);
}

static void read_dir(struct walk *w, int fd, int depth);

/* `fd` is of the directory that the name stands in. */
static void read_name(struct walk *w, int fd, const char *name, int depth)
{
	struct stat st;
	int below;

	if (name[0] == '.' || name[0] == '_' || fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW))
		return;
	if (S_ISREG(st.st_mode) && markup_of(name) != MARKUP_NONE) {
		if (++w->files > PAGES_MOST_FILES)
			w->report->is_cut = true;
		else
			read_file(w, &st);
	} else if (S_ISDIR(st.st_mode) && depth >= PAGES_DEEPEST) {
		w->report->is_cut = true;
	} else if (S_ISDIR(st.st_mode)) {
		below = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (below >= 0)
			read_dir(w, below, depth + 1);
	}
}

/* Takes the descriptor. */
static void read_dir(struct walk *w, int fd, int depth)
{
	DIR *dir = fdopendir(fd);
	size_t len = w->path.len;
	struct dirent *at;

	if (!dir) {
		close(fd);
		return;
	}
	while ((at = readdir(dir))) {
		if (++w->entries > MOST_ENTRIES) {
			w->report->is_cut = true;
			break;
		}
		strbuf_addf(&w->path, "%s%s", len ? "/" : "", at->d_name);
		read_name(w, dirfd(dir), at->d_name, depth);
		strbuf_cut(&w->path, len);
	}
	closedir(dir);
}

static int64_t find_folder(struct db *db, const char *path)
{
	struct stmt *q = db_ask(db, "SELECT id FROM folder WHERE path = ?1");
	int64_t id;

	stmt_bind(q, 1, path);
	id = stmt_next(q) ? stmt_int(q, 0) : 0;
	stmt_end(q);
	return id;
}

static int64_t make_folder(struct db *db, const char *path)
{
	struct stmt *q = db_ask(db, "INSERT OR IGNORE INTO folder(path) VALUES(?1)");

	stmt_bind(q, 1, path);
	stmt_done(q);
	return find_folder(db, path);
}

/* Files of a folder that were not seen. */
static int64_t forget_files(struct db *db, int64_t folder)
{
	struct stmt *q = db_ask(db, "SELECT id FROM docsrc WHERE folder = ?1 AND seen = 0");
	int64_t count = 0;

	stmt_bind_int(q, 1, folder);
	while (stmt_next(q)) {
		forget_chunks(db, stmt_int(q, 0));
		count++;
	}
	stmt_end(q);
	run(db, "DELETE FROM docsrc WHERE folder = ?1 AND seen = 0", folder);
	return count;
}

static int64_t count_chunks(struct db *db, int64_t folder)
{
	struct stmt *q = db_ask(db, "SELECT count(*) FROM chunk JOIN docsrc ON docsrc.id = src "
	                            "WHERE folder = ?1");
	int64_t count;

	stmt_bind_int(q, 1, folder);
	count = stmt_next(q) ? stmt_int(q, 0) : 0;
	stmt_end(q);
	return count;
}

static bool read_folder(struct db *db, const char *root, int fd, struct pages_report *report,
                        struct error *err)
{
	struct walk walk = { .db = db, .root = root, .report = report };

	if (!db_run(db, "BEGIN IMMEDIATE", err) || !pages_schema_make(db, err)) {
		close(fd);
		return false;
	}
	walk.folder = make_folder(db, root);
	run(db, "UPDATE docsrc SET seen = 0 WHERE folder = ?1", walk.folder);
	read_dir(&walk, fd, 0);
	report->gone = forget_files(db, walk.folder);
	report->chunks = count_chunks(db, walk.folder);
	strbuf_release(&walk.path);
	return db_ok(db, err) && db_run(db, "COMMIT", err);
}

/* For changing it: a file of another format is left alone. */
static bool open_pages(struct db **out, const char *file, struct error *err)
{
	if (!db_edit(out, file, err))
		return false;
	if (pages_schema_make(*out, err) && pages_schema_check(*out, file, err))
		return true;
	db_close(*out);
	return false;
}

/* Whatever the user calls it, one folder has one name. */
static char *real_dir(const char *dir, struct error *err)
{
	char *root = realpath(dir, NULL);

	if (!root)
		failed(err, ERR_USAGE, "%.200s: %s", dir, strerror(errno));
	return root;
}

bool pages_add(const char *file, const char *dir, struct pages_report *out, struct error *err)
{
	char *root = real_dir(dir, err);
	struct db *db = NULL;
	bool ok = false;
	int fd;

	*out = (struct pages_report){ 0 };
	if (!root)
		return false;
	fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		failed(err, ERR_USAGE, "%.200s: %s", dir, strerror(errno));
	else if (!open_pages(&db, file, err))
		close(fd);
	else
		ok = read_folder(db, root, fd, out, err);
	db_close(db);
	free(root);
	return ok;
}

static bool remove_folder(struct db *db, const char *root, struct error *err)
{
	int64_t folder = find_folder(db, root);

	if (!folder)
		return failed(err, ERR_USAGE, "%.200s was never added", root);
	if (!db_run(db, "BEGIN IMMEDIATE", err))
		return false;
	run(db, "UPDATE docsrc SET seen = 0 WHERE folder = ?1", folder);
	forget_files(db, folder);
	run(db, "DELETE FROM folder WHERE id = ?1", folder);
	return db_ok(db, err) && db_run(db, "COMMIT", err);
}

bool pages_remove(const char *file, const char *dir, struct error *err)
{
	char *root = realpath(dir, NULL); /* it may be gone by now */
	struct db *db = NULL;
	bool ok = (!access(file, F_OK) || failed(err, ERR_USAGE, "nothing was added yet")) &&
	          open_pages(&db, file, err) && remove_folder(db, root ? root : dir, err);

	db_close(db);
	free(root);
	return ok;
}

static void read_folders(struct pages_list *out, struct db *db)
{
	struct stmt *q =
		db_ask(db, "SELECT path, "
	                   "(SELECT count(*) FROM docsrc WHERE folder = f.id), "
	                   "(SELECT count(*) FROM chunk JOIN docsrc d ON d.id = src "
	                   "WHERE folder = f.id), "
	                   "(SELECT coalesce(sum(size), 0) FROM docsrc WHERE folder = f.id) "
	                   "FROM folder f ORDER BY path");

	while (stmt_next(q)) {
		size_t n = out->folders.count++;

		out->folders.items =
			xrealloc(out->folders.items, (n + 1) * sizeof(out->folders.items[0]));
		out->folders.items[n] = (struct pages_folder){
			.path = xstrdup(stmt_text(q, 0)),
			.files = stmt_int(q, 1),
			.chunks = stmt_int(q, 2),
			.bytes = stmt_int(q, 3),
		};
	}
	stmt_end(q);
}

bool pages_list(struct pages_list *out, const char *file, struct error *err)
{
	struct db *db;
	bool ok;

	record_release(&pages_list_type, out);
	if (access(file, F_OK))
		return true;
	if (!db_open(&db, file, err))
		return false;
	if (pages_schema_check(db, file, err))
		read_folders(out, db);
	else
		db_fail(db, err);
	ok = db_ok(db, err);
	db_close(db);
	return ok;
}
