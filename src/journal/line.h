#ifndef JOURNAL_LINE_H
#define JOURNAL_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "journal/journal.h"

/*
 * What the index wants to know of a line, ten times faster than reading all of it: lines that we
 * wrote begin alike, and of the rest only strings and brackets are looked at. Lines that look
 * different, since somebody mended them by hand, are read properly.
 */
bool line_scan(struct journal_entry *out, const char *line, size_t len, struct error *err);

/* The same by reading all of it; complains of everything event_read() complains of. */
bool line_read(struct journal_entry *out, const char *line, size_t len, struct error *err);

/* Whether it is JSON at all, so that what was not written to its end can be told from the rest. */
bool line_is_whole(const char *line, size_t len);

#endif
