#ifndef SESSION_HISTORY_H
#define SESSION_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "event/state.h"
#include "journal/journal.h"

/*
 * Undo and redo over the tree of events. A step is a decision that gave the user something new: a
 * plan or a script that was accepted. Its number is the id of that event.
 *
 * Undo takes back what changed last: work on the way to the next step if there is any, else the
 * step itself; before the first one lies the prompt. Redo leads back step by step to where the
 * first undo began, until something new has happened. Neither changes anything here: who calls
 * sends the head.moved.
 */
bool history_undo(int64_t *to, const struct journal_index *index, size_t steps, struct error *err);
bool history_redo(int64_t *to, const struct journal_index *index, size_t steps, struct error *err);

bool history_is_step(const struct journal_entry *e);

/* The latest step on the way to an event, itself included; 0: there is none. */
int64_t history_step_at(const struct journal_index *index, int64_t id);

/* Whether there is a step of that number; a failure names the nearest. */
bool history_find(const struct journal_index *index, int64_t number, struct error *err);

/*
 * What each role has used up on all branches, ROLE_COUNT of them: the state knows only of the way
 * to the head, and an undo brings no money back.
 */
bool history_spent(struct usage *out, struct journal *j, struct error *err);

/* A step, and what it took to get there from the one before. */
struct history_step {
	int64_t id;
	int64_t from; /* the step before; 0: it is a first one */
	int64_t at_ms;
	enum gate gate; /* GATE_PLAN or GATE_SCRIPT */
	enum phase phase;
	int64_t round;
	enum purpose purpose; /* of the script that was accepted */
	int64_t script;       /* its number; 0: it was a plan */
	char *note;           /* what the coder said of it, or the plan's title; may be NULL */
	bool automatic;       /* accepted by the policy of a batch run */
	int64_t calls;        /* of models */
	int64_t unpriced;     /* those whose price is not known */
	double cost_usd;
	int64_t took_ms; /* of models and of Blender */
	bool is_on_path; /* it leads to the head */
	size_t depth;    /* how many times the way to it left that of another */
};

/*
 * All steps, ordered to be printed as a tree: a step comes after the one it is from, side branches
 * stand before the one that leads on, and `depth` is their indentation.
 */
struct history {
	struct history_step *steps;
	size_t count;
	int64_t head;
	int64_t here; /* the step we are at; 0: none */
};

bool history_read(struct history *out, struct journal *j, struct error *err);
void history_release(struct history *history);

#endif
