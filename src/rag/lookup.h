#ifndef RAG_LOOKUP_H
#define RAG_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers by name, in memory. All zeros is an empty one. */
struct lookup {
	struct lookup_slot {
		const char *key; /* NULL: free */
		int64_t value;
	} * slots;
	size_t count, cap;
	struct lookup_block *blocks; /* where the keys are: twenty thousand, freed all at once */
};

bool lookup_find(const struct lookup *lookup, const char *key, int64_t *value);
bool lookup_add(struct lookup *lookup, const char *key, int64_t value); /* false: there already */
void lookup_release(struct lookup *lookup);

#endif
