#ifndef AGENT_EDIT_H
#define AGENT_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "base/text.h"

/*
 * A change to a script as a model writes it: find these lines, put those in their place.
 *
 * Models quote from memory, so the lines they look for are seldom quite those of the file. Each
 * block climbs a ladder and stops at the first rung that holds; every rung but the first leaves
 * the lines that the block does not change exactly as the file has them:
 *
 *   exact    the lines stand there, once
 *   normal   the same but for blanks at line ends, tabs, curly quotes, blank lines around
 *   shifted  the same, all indented more or less by as much; or the first one not indented
 *   pieces   parted by `...` lines, the same ones in REPLACE; each changed piece found once
 *   merged   most of its code stands in one place of the file and nowhere else nearly as well;
 *            what SEARCH and REPLACE differ in is merged into the file's own lines
 *   refused  anything else: a wrong place costs more than another question to the model
 */
struct edit {
	char *search;
	char *replace;
	char *problem; /* why this is no block that can be tried; NULL: it can */
};

void edit_release(struct edit *edit);

enum edit_how {
	EDIT_REFUSED,
	EDIT_EXACT,
	EDIT_NORMAL,
	EDIT_SHIFTED,
	EDIT_PIECES,
	EDIT_MERGED,
	EDIT_HOW_COUNT,
};

extern const char *const edit_how_names[EDIT_HOW_COUNT]; /* "refused", "exact" ... */

enum edit_why {
	EDIT_WENT_IN,
	EDIT_MALFORMED, /* see its problem */
	EDIT_EMPTY,     /* SEARCH has no lines, so it could go anywhere */
	EDIT_NOT_FOUND,
	EDIT_AMBIGUOUS, /* several places fit equally well */
	EDIT_CONFLICT,  /* the place is clear, but a line to be changed is another one there */
	EDIT_UNPAIRED,  /* SEARCH and REPLACE have different `...` lines */
	EDIT_ALREADY,   /* the script has the change */
	EDIT_TOO_LARGE,
	EDIT_WHY_COUNT,
};

enum {
	EDIT_SCRIPT_BYTES_MAX = 1 << 20,
	EDIT_SCRIPT_LINES_MAX = 20000,
	EDIT_BLOCK_LINES_MAX = 2000,
};

struct edit_outcome {
	enum edit_how how;
	enum edit_why why;
	size_t line;   /* from 1: where it went in, in the script that this block met */
	char *problem; /* of a malformed block */
	char *near;    /* refused: the nearest lines, numbered as in the finished script, or NULL */
};

/* All blocks, in order; a refused one leaves the others in. */
struct edit_result {
	struct strbuf script;
	struct edit_outcome *outcomes; /* one for each block */
	size_t count;
	size_t applied;
	size_t refused; /* without those that the script had already */
};

/* Never fails: what is over the limits above, or too laborious, is refused as too large. */
void edit_apply(struct edit_result *out, struct text_span script, const struct edit edits[],
                size_t count);
void edit_result_release(struct edit_result *result);

bool edit_is_fuzzy(enum edit_how how); /* found by guessing: to be shown to the user */

/* What to tell the model about the blocks that did not go in, and about those that did. */
void edit_explain(struct strbuf *out, const struct edit_result *result);

#endif
