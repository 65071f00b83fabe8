#ifndef CLI_DRIVE_H
#define CLI_DRIVE_H

#include "cli/args.h"
#include "session/session.h"

/*
 * A session from opening to closing, with a shell around it: events become lines, lines become
 * commands, Ctrl-C stops, and the ending becomes an exit code. run, resume, demo and replay are
 * this with different beginnings.
 */
struct drive {
	const char *dir, *name; /* where it is, and how the user calls it */
	const struct settings *settings;
	const struct flags *flags;
	const char *models;      /* who answers, in words */
	const text_list *images; /* for the first prompt; NULL: none */
	const char *prompt;      /* NULL: the session has one */
	const char *script;      /* a file to begin with instead of a prompt; NULL: none */
	const text_list *then;   /* later prompts; NULL: none */
	const char *answers;     /* commands to be given instead of a user's; NULL: ask */
	bool all_answers;        /* those are all that is said: --yes would be in their way */
};

enum autonomy drive_autonomy(const struct drive *drive);

/* The script to begin with, if there is one: only when the session is idle, and once. */
bool drive_give_script(struct session *s, const struct drive *drive, struct error *err);

/* Pictures, the prompt, and those to come after it. */
bool drive_say_first(struct session *s, const struct drive *drive, struct error *err);

/* Gives what to exit with. */
int drive_session(struct loop *loop, const struct drive *drive);

#endif
