#ifndef AGENT_EDIT_MERGE_H
#define AGENT_EDIT_MERGE_H

#include "agent/edit.h"
#include "agent/edit_find.h"

/* A block whose place in the file is known. */
struct merge {
	const struct lines *file, *search, *replace;
	const size_t *partner; /* of each line of search: its line in the file, or NO_LINE */
	struct shift shift;
};

/*
 * The file with what the block changes, and nothing else, changed: lines that SEARCH and REPLACE
 * share stay as the file has them, and so do comments and blank lines that the block left out.
 * EDIT_CONFLICT when a line to be changed is not in the file, or the place for new ones is in
 * doubt. *line is the first changed one.
 */
enum edit_why merge_lines(struct lines *out, size_t *line, const struct merge *merge,
                          struct edit_work *work);

#endif
