#include "rag/lookup.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BLOCK_BYTES 65000

struct lookup_block {
	struct lookup_block *next;
	size_t used, cap;
	char text[];
};

static const char *keep(struct lookup *l, const char *key)
{
	size_t len = strlen(key) + 1, cap = len < BLOCK_BYTES ? BLOCK_BYTES : len;
	struct lookup_block *block = l->blocks;
	char *copy;

	if (!block || block->cap - block->used < len) {
		block = xcalloc(1, sizeof(*block) + cap);
		*block = (struct lookup_block){ .next = l->blocks, .cap = cap };
		l->blocks = block;
	}
	copy = memcpy(block->text + block->used, key, len);
	block->used += len;
	return copy;
}

static size_t hash(const char *key)
{
	uint64_t h = 14695981039346656037u; /* FNV-1a */

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211u;
	return (size_t)(h ^ (h >> 32));
}

/* Where a key stands, or would: there always is a free slot. */
static struct lookup_slot *slot_of(const struct lookup *l, const char *key)
{
	size_t i = hash(key) & (l->cap - 1);

	while (l->slots[i].key && strcmp(l->slots[i].key, key) != 0)
		i = (i + 1) & (l->cap - 1);
	return &l->slots[i];
}

static void grow(struct lookup *l)
{
	struct lookup bigger = {
		.count = l->count,
		.cap = l->cap ? 2 * l->cap : 256,
		.blocks = l->blocks,
	};

	bigger.slots = xcalloc(bigger.cap, sizeof(*bigger.slots));
	for (size_t i = 0; i < l->cap; i++)
		if (l->slots[i].key)
			*slot_of(&bigger, l->slots[i].key) = l->slots[i];
	free(l->slots);
	*l = bigger;
}

bool lookup_find(const struct lookup *l, const char *key, int64_t *value)
{
	const struct lookup_slot *slot = l->cap ? slot_of(l, key) : NULL;

	if (!slot || !slot->key)
		return false;
	*value = slot->value;
	return true;
}

bool lookup_add(struct lookup *l, const char *key, int64_t value)
{
	struct lookup_slot *slot;

	if (2 * l->count >= l->cap)
		grow(l);
	slot = slot_of(l, key);
	if (slot->key)
		return false;
	*slot = (struct lookup_slot){ keep(l, key), value };
	l->count++;
	return true;
}

void lookup_release(struct lookup *l)
{
	struct lookup_block *next;

	for (struct lookup_block *block = l->blocks; block; block = next) {
		next = block->next;
		free(block);
	}
	free(l->slots);
	*l = (struct lookup){ 0 };
}
