#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "event/state.h"

/*
 * A session as lines for people: what happened, who did it, how long it took, what it cost. On a
 * pipe, in a log and to a screen reader it is plain lines and nothing is ever taken back. On a
 * terminal one more line at the bottom says what is going on right now; it is rewritten in place.
 *
 * Nothing is printed here: all functions add to *out what the caller then writes.
 */
struct report;

struct report_options {
	bool is_tty;       /* has a line that can be rewritten */
	bool color;        /* what colours say, the words say too */
	bool verbose;      /* the words of models as they come */
	size_t width_cols; /* 0: rows as long as they want to be */
};

struct report *report_new(const struct report_options *options);
void report_free(struct report *r);
void report_width(struct report *r, size_t width_cols); /* the window was resized */

/* `now` is the state with the event in it. */
void report_event(struct report *r, struct strbuf *out, const struct event *ev,
                  const struct state *now);

/* Long work that has no events: "Blender starts", 0, 0, or "draws", 2, 5. NULL: it is over. */
void report_work(struct report *r, struct strbuf *out, const char *what, size_t done, size_t all);

/* Bring the line at the bottom up to date: once a second while something is going on. */
void report_tick(struct report *r, struct strbuf *out, int64_t now_ms);
bool report_is_busy(const struct report *r);

/* Take the line at the bottom away, before anyone else writes; the next tick brings it back. */
void report_clear(struct report *r, struct strbuf *out);

/* What can be answered at a gate. The same number means the same at every gate. */
struct report_choice {
	int number;
	const char *label;   /* "re-prompt" */
	const char *command; /* of the session; NULL: the caller shows something, and asks again */
	bool wants_text;     /* needed by the command */
	unsigned gates;      /* where it makes sense: 1 << GATE_PLAN */
};

extern const struct report_choice report_choices[]; /* ends with a NULL label */

/* The choice of that number at that gate, or NULL. */
const struct report_choice *report_choice(enum gate gate, int number);

#endif
