#include "session/fork.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/blob.h"
#include "base/file.h"
#include "base/path.h"
#include "journal/journal.h"
#include "session/history.h"

#define FILE_MAX ((size_t)1 << 30)

static void path_in(struct strbuf *out, const char *dir, const char *name)
{
	strbuf_reset(out);
	strbuf_addstr(out, dir);
	path_add(out, name);
}

static bool copy_file(const char *from, const char *to, struct error *err)
{
	struct strbuf content = { 0 };
	bool ok = file_read(&content, from, FILE_MAX, err) &&
	          file_write(to, strbuf_str(&content), content.len, err);

	strbuf_release(&content);
	return ok;
}

static bool share_file(const char *from, const char *to, struct error *err)
{
	return link(from, to) == 0 || errno == EEXIST || copy_file(from, to, err);
}

static bool share_blobs(const char *dir, const char *new_dir, struct error *err)
{
	struct strbuf from = { 0 }, to = { 0 }, source = { 0 }, target = { 0 };
	const struct dirent *entry;
	bool ok = true;
	DIR *files;

	path_in(&from, dir, "blobs");
	path_in(&to, new_dir, "blobs");
	files = opendir(strbuf_str(&from));
	if (files)
		ok = file_make_dir(strbuf_str(&to), 0700, err);
	else if (errno != ENOENT)
		ok = failed(err, ERR_IO, "cannot read %s: %s", strbuf_str(&from), strerror(errno));
	while (ok && files && (entry = readdir(files))) {
		if (!blob_is_hash(entry->d_name))
			continue;
		path_in(&source, strbuf_str(&from), entry->d_name);
		path_in(&target, strbuf_str(&to), entry->d_name);
		ok = share_file(strbuf_str(&source), strbuf_str(&target), err);
	}
	if (files)
		closedir(files);
	strbuf_release(&from);
	strbuf_release(&to);
	strbuf_release(&source);
	strbuf_release(&target);
	return ok;
}

static bool copy_recording(const char *dir, const char *new_dir, struct error *err)
{
	struct strbuf from = { 0 }, to = { 0 };
	bool ok = true;

	path_in(&from, dir, "recording.jsonl");
	path_in(&to, new_dir, "recording.jsonl");
	if (access(strbuf_str(&from), F_OK) == 0)
		ok = copy_file(strbuf_str(&from), strbuf_str(&to), err);
	strbuf_release(&from);
	strbuf_release(&to);
	return ok;
}

/* The journal comes last: before it is there, the folder is no session. */
bool session_fork(const char *dir, int64_t step, const char *new_dir, struct error *err)
{
	struct journal_options options = { .read_only = true };
	struct journal_report report = { 0 };
	struct journal *journal = NULL;
	struct journal_index index;
	bool ok;

	if (!journal_open(&journal, dir, &options, &report, err))
		return false;
	index = journal_index(journal);
	ok = history_find(&index, step, err) && file_make_dir(new_dir, 0700, err) &&
	     share_blobs(dir, new_dir, err) && copy_recording(dir, new_dir, err) &&
	     journal_copy(journal, step, new_dir, err);
	journal_close(journal);
	return ok;
}
