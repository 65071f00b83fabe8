#ifndef TUI_LINE_H
#define TUI_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

/*
 * A text being written: UTF-8, of one line or several, with a cursor, what was last killed, and the
 * way back. All zeros is an empty one. The keys are those of readline, by the names of their
 * commands: "char left", "kill word", "undo typing".
 */
struct line {
	struct strbuf text;
	size_t cursor; /* in bytes, at the beginning of a character */
	struct strbuf killed;
	struct line_past {
		char *text;
		size_t cursor;
	} * past; /* for undo */
	size_t past_count;
	bool is_typing; /* letters typed together are undone together */
};

void line_release(struct line *line);
void line_set(struct line *line, const char *text); /* the cursor goes to its end; can be undone */
void line_type(struct line *line, const char *text, size_t len);
bool line_act(struct line *line, const char *command); /* false: not one of ours */

/* "line up" and "line down" fail where there is no such line: then it is the history's turn. */
bool line_is_first(const struct line *line);
bool line_is_last(const struct line *line);

#endif
