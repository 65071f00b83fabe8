#ifndef LLM_THINK_H
#define LLM_THINK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Some servers leave a model's reasoning in its text, between <think> and </think>. This tells
 * the two apart while the text streams in, also when a tag is cut in the middle.
 */
struct think {
	char held[16]; /* what may become a tag */
	size_t held_len;
	bool inside;
	bool begun; /* words have come: only the very start of a reply may open a thought */
};

typedef void (*think_fn)(void *ctx, bool reasoning, const char *text, size_t len);

void think_feed(struct think *t, const char *text, size_t len, think_fn fn, void *ctx);
void think_end(struct think *t, think_fn fn, void *ctx);

#endif
