#ifndef TUI_KEYMAP_H
#define TUI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Which key stands for which command line, and where. A key is called by its name: "a", "C-x",
 * "S-Tab", "A-Enter", "Up", "PgDn", "F1", "Space". Places are called contexts: one for each pane,
 * "move" for all of them, "global", and "prompt", "chord" (after C-x in it), "line", "confirm",
 * "list", where nothing else holds. Before a session there are "start" and "sessions".
 */
struct keymap;

struct binding {
	const char *context, *key, *command;
	bool is_users; /* not one of ours */
};

/*
 * Ours from `file`, then those of each of `over` that exists (NULL-terminated), which may change
 * them: an empty command takes a key away. ERR_CONFIG says file, line and column.
 */
bool keymap_load(struct keymap **out, const char *file, const char *const *over, struct error *err);
void keymap_free(struct keymap *map);

/* config/keys.yaml, and the user's own keys.yaml over it. */
bool keymap_load_usual(struct keymap **out, struct error *err);

/* What a key means in the first of the contexts that knows it (NULL-terminated); or NULL. */
const char *keymap_find(const struct keymap *map, const char *const *contexts, const char *key);

/* The shortest key that stands for a command there, for hints; NULL: none. */
const char *keymap_key(const struct keymap *map, const char *const *contexts, const char *command);

/* All of them, contexts together, in the order of the files. */
const struct binding *keymap_bindings(const struct keymap *map, size_t *count);

/* Refused (ERR_USAGE) when the key has another meaning there, which the error names. */
bool keymap_bind(struct keymap *map, const char *context, const char *key, const char *command,
                 struct error *err);
bool keymap_unbind(struct keymap *map, const char *context, const char *key, struct error *err);

/* One of the names above, in its usual spelling ("c-X" is "C-x"). False: no terminal sends it. */
bool key_spell(struct strbuf *out, const char *name);

extern const char *const key_contexts[]; /* NULL-terminated */

#endif
