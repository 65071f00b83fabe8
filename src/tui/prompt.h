#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include "base/error.h"
#include "tui/canvas.h"

/*
 * Where people write to the agents: several lines, with the keys of readline, a history, files
 * attached by @NAME, and a word beside it that says when the text will reach somebody.
 *
 * What is written stays when the prompt is left, and survives us: it is kept in a file of the
 * session's folder.
 */
struct prompt;
struct house;

struct prompt *prompt_new(struct house *house);
void prompt_free(struct prompt *p);

int prompt_rows(const struct prompt *p, int cols); /* that it wants */
void prompt_draw(struct prompt *p, struct canvas *on, bool is_focused, int *cursor_row,
                 int *cursor_col);
bool prompt_act(struct prompt *p, const char *command,
                struct error *err);                               /* a key's, of "prompt" */
void prompt_type(struct prompt *p, const char *text, size_t len); /* letters, or a paste */
void prompt_set(struct prompt *p, const char *text, const char *about);
void prompt_changed(
	struct prompt *p); /* the session is in another state: the delivery may be too */

#endif
