#ifndef AGENT_EDIT_FIND_H
#define AGENT_EDIT_FIND_H

#include "agent/edit_pair.h"

/* How strictly lines are compared; each finds what the ones before it find, and more. */
enum find_mode {
	FIND_EXACT,   /* byte by byte */
	FIND_NORMAL,  /* blanks and punctuation made plain */
	FIND_SHIFTED, /* all of them indented more or less by as much */
	FIND_APART,   /* the first one has lost its indentation, the others have theirs */
};

/* Columns that the file has more than the block. */
struct shift {
	long first, others;
};

/* Do all lines of `wanted` stand in the file from line `at`? */
bool lines_stand_at(struct shift *shift, const struct lines *file, size_t at,
                    const struct lines *wanted, enum find_mode mode, struct edit_work *work);

/* How often they stand there from line `from` on; counts to 2. The first place goes to *at. */
size_t lines_find(size_t *at, struct shift *shift, const struct lines *file, size_t from,
                  const struct lines *wanted, enum find_mode mode, struct edit_work *work);

enum find_result {
	FIND_NOTHING,
	FIND_ONE,
	FIND_RIVALS, /* two places are about as good */
};

/*
 * Where most of the code of `wanted` stands, in order, whatever is between and missing. On
 * anything but FIND_NOTHING *where is the best place, and partner[] says which line is which.
 */
enum find_result lines_find_most(struct range *where, size_t partner[], const struct lines *file,
                                 const struct lines *wanted, struct edit_work *work);

/*
 * Pair what is left between those pairs, where lines are alike. False: the lines of the block are
 * not all indented by as much more or less than those of the file.
 */
bool lines_pair_alike(struct shift *shift, size_t partner[], const struct lines *file,
                      const struct lines *wanted, struct edit_work *work);

#endif
