#ifndef TUI_STORY_H
#define TUI_STORY_H

#include "event/state.h"
#include "session/session.h"

/*
 * All versions of the script that there are, on every branch, and what came of each: what panes
 * need to show another one than the head's, or to compare two.
 */
struct story_version {
	int64_t id;
	int64_t from; /* the version it was made from; 0: none */
	int64_t at_ms;
	char *blob;
	char *note;
	enum role by;
	enum purpose purpose;
	int64_t subtask;
	int64_t added, removed;
	enum {
		STORY_WRITTEN,
		STORY_RAN,
		STORY_FAILED,
		STORY_ACCEPTED,
		STORY_REJECTED,
	} fate;
	int64_t decided; /* the event that accepted or rejected it; 0: none yet */
	char *asked;     /* ids of the flaws it was to mend: "A, B"; NULL: of none */
	int64_t run_ms;  /* of its run; 0: it has not run to its end */
	bool is_judged;  /* critic or verifier said how well it fits: */
	int64_t fit;
	struct script_failed failure;
	struct facts facts;
	struct views views; /* the latest drawn */
	struct verdict verdict;
};

/* In the order they were written. All zeros is an empty story. */
struct story {
	struct story_version *versions;
	size_t count;
	text_list open; /* ids of the flaws that are to be mended now */
};

/* True: something is different now. Of a head.moved nothing is. */
bool story_hear(struct story *story, const struct event *ev);
bool story_load(struct story *story, struct journal *journal, struct error *err); /* anew */
void story_release(struct story *story);

/* Borrowed until the next event; NULL: there is none of that number. */
const struct story_version *story_version(const struct story *story, int64_t id);

#endif
