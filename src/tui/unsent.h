#ifndef TUI_UNSENT_H
#define TUI_UNSENT_H

#include "base/error.h"

/*
 * What was being written and has not been sent, as it lies in the session's folder: it is there
 * again even if we were killed in the middle of a word. All zeros is none, and has no file.
 */
struct unsent {
	const char *text;
	const char *stash; /* put aside */
	const char *about; /* what the text is about: "line 88" */
};

/* No file is no draft; one that nobody can read is a failure. */
bool unsent_read(struct unsent *out, const char *file, struct error *err);
bool unsent_write(const struct unsent *unsent, const char *file, struct error *err);
void unsent_release(struct unsent *unsent);

#endif
