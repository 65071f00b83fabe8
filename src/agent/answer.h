#ifndef AGENT_ANSWER_H
#define AGENT_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "agent/edit.h"
#include "base/error.h"

enum answer_kind {
	ANSWER_TALK,    /* no code at all */
	ANSWER_SCRIPT,  /* a whole script: it imports bpy */
	ANSWER_SNIPPET, /* code, but no whole script */
	ANSWER_EDITS,   /* blocks that change the script there is */
};

enum {
	ANSWER_BYTES_MAX = 4 << 20,
	ANSWER_LINES_MAX = 100000,
	ANSWER_EDITS_MAX = 1000,
};

/*
 * What the coding agent answered: words, and a script or edits of one.
 *
 * Meant for models that know the format by hearsay. Fences may be ``` or ~~~ of any length, with
 * any label, indented, nested, glued to the code or never closed, or not be there at all. Of
 * several blocks the script is the longest that imports bpy, else the longest of Python. Edits are
 *
 *	<<<<<<< SEARCH
 *	old lines
 *	=======
 *	new lines
 *	>>>>>>> REPLACE
 *
 * in fences or not, with 5 to 9 marks and any words after them; or a unified diff, whose line
 * numbers are ignored. Where there are edits, the rest is talk about them.
 */
struct coder_answer {
	enum answer_kind kind;
	char *prose;        /* what is not code, never NULL after answer_read() */
	char *script;       /* of a script or snippet */
	struct edit *edits; /* some may have a problem: refused like those that do not fit */
	size_t edit_count;
	bool is_cut; /* the reply ends inside the code: perhaps the model ran out of tokens */
};

/* Fails only if the reply is larger than the limits above. */
bool answer_read(struct coder_answer *out, const char *reply, size_t len, struct error *err);
void answer_release(struct coder_answer *answer);

#endif
