#ifndef RAG_PAGES_H
#define RAG_PAGES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/record.h"
#include "base/strbuf.h"

/*
 * The user's own documentation: folders of HTML, Markdown, reStructuredText and text, cut into
 * passages, in one SQLite file of their own that every index of a Blender is used with.
 *
 * Folders are only read. Links in them are not followed, names that begin with a dot or _ are left
 * out, and so is what is too big, too deep, too much or no text. Only files whose size or time has
 * changed are read again, only those whose bytes have are taken apart again, and those that are
 * gone are forgotten.
 */
#define PAGES_MOST_FILE_BYTES (8 << 20)
#define PAGES_MOST_FILES      20000
#define PAGES_MOST_CHUNKS     4000 /* of one file */
#define PAGES_DEEPEST         16

/* Where the file is kept: the user's data directory. Replaces *out. */
bool pages_home(struct strbuf *out, struct error *err);

/* What adding a folder did. */
struct pages_report {
	int64_t added, changed, same, gone; /* files */
	int64_t skipped;                    /* too big, no text, not readable */
	int64_t chunks;                     /* passages that the folder has now */
	bool is_cut;                        /* it has more files or is deeper than we read */
};

extern const struct record_type pages_report_type;

/* Read a folder, or read it again. `file` is made if it is not there. */
bool pages_add(const char *file, const char *dir, struct pages_report *out, struct error *err);

/* Forget one. ERR_USAGE: it was never added. */
bool pages_remove(const char *file, const char *dir, struct error *err);

struct pages_folder {
	const char *path;
	int64_t files, chunks, bytes;
};

struct pages_list {
	LIST_OF(struct pages_folder) folders;
};

extern const struct record_type pages_list_type;

/* What was added. No file is no folder and no failure. *out is released first. */
bool pages_list(struct pages_list *out, const char *file, struct error *err);

#endif
