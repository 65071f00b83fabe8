#ifndef TUI_VERB_H
#define TUI_VERB_H

#include <stdbool.h>

#include "base/error.h"

/*
 * Something that can be done on the screen, by its name on the command line; keys are short for
 * them (keymap.h). What changes the session is none of these but a command of the session itself.
 */
struct verb {
	const char *name; /* one or two words: "fold", "plan add" */
	const char *args; /* as shown in help: "TEXT", "[N]"; "" for none */
	bool (*run)(void *self, const char *args, struct error *err);
	const char *help;
};

/*
 * The longest name in a table, which ends with a NULL name, that a command line begins with; *args
 * is what follows it. NULL: none.
 */
const struct verb *verb_find(const struct verb *table, const char *line, const char **args);

#endif
