#ifndef SESSION_GLANCE_H
#define SESSION_GLANCE_H

#include "event/state.h"

/*
 * What is said of a session in a list of them. One that cannot be read has something to say, too:
 * why.
 */
struct glance {
	const char *status; /* how it ended, or its phase; "empty", "broken" */
	bool has_script;
	size_t steps; /* on all branches */
	struct usage usage;
	char *prompt;  /* NULL: nothing was asked for yet */
	char *words;   /* the last of an agent; NULL: none spoke */
	enum role who; /* said them */
	char *picture; /* a file that never changes; NULL: nothing was drawn */
	char *trouble; /* why it cannot be read; NULL: it can */
};

/* Reads all of the journal: some milliseconds for a long one. */
void glance_read(struct glance *out, const char *dir);
void glance_release(struct glance *glance);

/* "5 min", "3 h", "12 d": nobody wants it to the second. Negative times count as none. */
void glance_add_age(struct strbuf *out, int64_t ms);

#endif
