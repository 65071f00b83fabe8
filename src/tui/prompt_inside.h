#ifndef TUI_PROMPT_INSIDE_H
#define TUI_PROMPT_INSIDE_H

#include "tui/delivery.h"
#include "tui/folds.h"
#include "tui/house_inside.h"
#include "tui/line.h"
#include "tui/prompt_history.h"

/* What the files of the prompt share. */
struct prompt {
	struct house *house;
	struct line line;
	struct folds folds;
	struct prompt_history history;
	enum delivery delivery;
	bool is_wanted; /* that delivery was chosen; else it is what is usual here */
	char *about;    /* what the text is about: "line 88"; NULL: nothing */
	char *stash;    /* put aside; NULL: nothing */
	bool in_chord;

	size_t chosen; /* which of the queue is being changed, from 1; 0: none, the text is new */
	char *chosen_text; /* as it was */
	char *held;        /* the new text meanwhile */

	char *draft_file;
	struct timer *saving;   /* the draft, soon */
	struct timer *going_on; /* when the stopped turn is over */
};

struct delivery_place prompt_place(const struct prompt *p);
const struct queue *prompt_queue(const struct prompt *p);

/* With all that is folded in it; the caller frees it. */
char *prompt_expand(const struct prompt *p, const char *text);
char *prompt_text(const struct prompt *p);

/* By a text from outside, or by one of our own, in which folds are what they were. */
void prompt_replace(struct prompt *p, const char *text);
void prompt_restore(struct prompt *p, const char *text);

/* prompt_queue.c: those that wait, seen over the prompt, and changed in it. */
bool queue_choose(struct prompt *p, int by, struct error *err); /* false: there is none there */
void queue_leave(struct prompt *p);                             /* back to the new text */
bool queue_change(struct prompt *p, struct error *err);         /* as it stands in the prompt */
bool queue_drop(struct prompt *p, struct error *err);
bool queue_move(struct prompt *p, int by, struct error *err);
void queue_changed(struct prompt *p); /* by somebody: the one that is chosen may be gone */

/* prompt_send.c */
bool prompt_send(struct prompt *p, struct error *err);

#endif
