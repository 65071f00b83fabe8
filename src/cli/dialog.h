#ifndef CLI_DIALOG_H
#define CLI_DIALOG_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "event/state.h"

/*
 * A conversation in lines: what to ask whoever uses a session, and what their answer means. Numbers
 * choose, words are commands of the session, and both do the same. Pure: the state in, text out.
 */
enum question {
	QUESTION_NONE,
	QUESTION_GATE,    /* 1 accept, 2 reject, ... */
	QUESTION_REASON,  /* why it was rejected */
	QUESTION_INSTEAD, /* what to do instead */
	QUESTION_CHANGE,  /* what shall change? */
	QUESTION_PAUSED,  /* stopped, or in trouble: go on? */
};

/* What is to be done about an answer. */
enum reaction {
	REACT_ASK,     /* the same or another question: dialog_ask() */
	REACT_DO,      /* a command of the session, in *command */
	REACT_EDIT,    /* the script, in an editor */
	REACT_DIFF,    /* show what would change */
	REACT_HELP,    /* show what may be said */
	REACT_UNKNOWN, /* say so and ask again */
};

/* Which question the state raises; `paused`: nobody goes on by themselves. */
enum question dialog_next(const struct state *now, bool paused);

/* Adds what waits at the gate and what can be chosen, for those who did not hear it opened. */
void dialog_gate(struct strbuf *out, const struct state *now);

/* Adds the question, as lines of text, the last one without an end. */
void dialog_ask(struct strbuf *out, enum question q, const struct state *now);

/* Replaces *command. `*q` becomes the question to ask next. */
enum reaction dialog_answer(struct strbuf *command, enum question *q, const char *line,
                            const struct state *now);

/* What may be answered to `q`, and every command of the session. */
void dialog_help(struct strbuf *out, enum question q, const struct state *now);

#endif
