#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include "base/error.h"
#include "event/event.h"
#include "tui/canvas.h"

/*
 * Where people write to the agents: several lines, with the keys of readline, a history, pictures
 * attached by @NAME, long pastes folded into one sign, and a word beside it that says when the text
 * will reach somebody. Those that wait for that stand above it, and can still be changed.
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

bool prompt_act(struct prompt *p, const char *command, struct error *err); /* of "prompt" */
bool prompt_knows(const char *command); /* others are the house's */
void prompt_type(struct prompt *p, const char *text, size_t len);
void prompt_paste(struct prompt *p, const char *text, size_t len);

/* After C-x, until the next key: those of "chord" hold. */
bool prompt_is_in_chord(const struct prompt *p);
void prompt_end_chord(struct prompt *p);

void prompt_hear(struct prompt *p, const struct event *ev); /* of all, when the state knows */
void prompt_settle(struct prompt *p); /* the place is another: an empty prompt follows */

#endif
