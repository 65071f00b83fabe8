#ifndef TUI_PROMPT_HISTORY_H
#define TUI_PROMPT_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/*
 * What has been written in the prompt, in this session and those before it. In its file each text
 * is one line, a JSON string; several of us may add to it at once. All zeros is an empty history
 * that is kept nowhere.
 */
struct prompt_history {
	char *file;
	char **items; /* the latest is the last */
	size_t count;
	size_t back; /* how far we have gone back; 0: not at all */
	char *draft; /* what was being written when we went */
};

/* A line that is torn or no text is left out; a file that is not there is an empty one. */
bool prompt_history_open(struct prompt_history *out, const char *file, struct error *err);
void prompt_history_release(struct prompt_history *h);

/* Blank ones, and what was also the last, are not kept twice. */
bool prompt_history_add(struct prompt_history *h, const char *text, struct error *err);

/*
 * One back (1) or forward (-1) from `now`, which is what stands in the prompt. Borrowed; NULL:
 * there is nothing there.
 */
const char *prompt_history_go(struct prompt_history *h, int by, const char *now);

#endif
