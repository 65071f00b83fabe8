#include "rag/scope.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void scope_release(struct scope *scope)
{
	free(scope->items);
	*scope = (struct scope){ 0 };
}

void scope_copy(struct scope *to, const struct scope *from)
{
	scope_release(to);
	*to = *from;
	to->items = xcalloc(from->count + 1, sizeof(*to->items));
	to->cap = from->count + 1;
	if (from->count)
		memcpy(to->items, from->items, from->count * sizeof(*to->items));
}

static struct binding *find(const struct scope *scope, const char *name)
{
	for (size_t i = 0; i < scope->count; i++)
		if (scope->items[i].name == name)
			return &scope->items[i];
	return NULL;
}

void scope_set(struct scope *scope, const char *name, const struct value *value)
{
	struct binding *found = find(scope, name);

	if (!found) {
		if (scope->count == scope->cap) {
			scope->cap = scope->cap ? 2 * scope->cap : 16;
			scope->items = xrealloc(scope->items, scope->cap * sizeof(*scope->items));
		}
		found = &scope->items[scope->count++];
		found->name = name;
	}
	found->value = *value;
}

const struct value *scope_get(const struct scope *scope, const char *name)
{
	const struct binding *found = find(scope, name);

	return found ? &found->value : NULL;
}

void scope_join(struct scope *scope, const struct scope *other)
{
	if (other->is_over)
		return;
	if (scope->is_over) {
		scope_copy(scope, other);
		return;
	}
	for (size_t i = 0; i < other->count; i++) {
		const struct binding *theirs = &other->items[i];
		const struct value *ours = scope_get(scope, theirs->name);
		struct value both = ours ? value_join(ours, &theirs->value) : theirs->value;

		scope_set(scope, theirs->name, &both);
	}
}
