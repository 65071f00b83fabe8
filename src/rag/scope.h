#ifndef RAG_SCOPE_H
#define RAG_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "rag/value.h"

/*
 * The names of one function, or of the script itself, at one place in it, and what is known of
 * them. A scope that is over has been left by return, raise, break or continue: what comes after is
 * not reached. All zeros is a scope without names.
 */
struct binding {
	const char *name; /* an api's word */
	struct value value;
};

struct scope {
	struct binding *items;
	size_t count, cap;
	bool is_over;
};

void scope_release(struct scope *scope);
void scope_copy(struct scope *to, const struct scope *from); /* *to is released first */
void scope_set(struct scope *scope, const char *name, const struct value *value);
const struct value *scope_get(const struct scope *scope, const char *name); /* NULL: not there */

/* What is true whether one or the other was gone through. */
void scope_join(struct scope *scope, const struct scope *other);

#endif
