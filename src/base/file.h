#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Whole files. What is written is either there, all of it, or not there at all: also when the
 * power goes.
 */

/* Replaces *out. More than `limit` bytes, or anything but a regular file, is a failure. */
bool file_read(struct strbuf *out, const char *path, size_t limit, struct error *err);

/* For reading, or -1. Anything but a regular file is a failure; never waits for one. */
int file_open(const char *path, struct error *err);

/* Replaces the file; a link is replaced, not followed. */
bool file_write(const char *path, const void *bytes, size_t len, struct error *err);

/* The directory and all above it; those that are missing get `mode`. */
bool file_make_dir(const char *dir, mode_t mode, struct error *err);

/*
 * A file that has no name yet: written beside where it will stand, then kept or dropped. Exactly
 * one of the two ends it; all zeros is one that is over.
 */
struct file_draft {
	int fd;
	char *path; /* its name until then; NULL: over */
};

bool file_draft(struct file_draft *out, const char *beside, struct error *err);
bool file_draft_add(struct file_draft *draft, const void *bytes, size_t len, struct error *err);
bool file_draft_keep(struct file_draft *draft, const char *as, struct error *err);
void file_draft_drop(struct file_draft *draft);

/* Remove the drafts beside it of programs that were killed in the middle. */
void file_drafts_sweep(const char *beside);

#endif
