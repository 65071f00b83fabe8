#ifndef SESSION_DUMP_H
#define SESSION_DUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/blob.h"
#include "base/error.h"
#include "journal/journal.h"

/*
 * The way to a head as something to keep, read and pass on. It is made from the journal and the
 * blobs alone, so it needs no Blender and no model, and what models wrote cannot become markup in
 * it. A file that is missing among the blobs is said to be missing in its place.
 */
struct dump_format {
	const char *name;
	const char *help;
	bool is_dir; /* writes a folder, which must be empty or not there yet; else one file */
};

extern const struct dump_format dump_formats[]; /* end with a NULL name */

/* Whether `name` is one of them. */
bool dump_is_format(const char *name);

bool dump_write(const char *format, struct journal *journal, int64_t head,
                const struct blobs *blobs, const char *to, struct error *err);

#endif
