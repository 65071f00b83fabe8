#ifndef LLM_READER_H
#define LLM_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "llm/draft.h"
#include "llm/provider.h"
#include "llm/sse.h"

/*
 * From the bytes of a response to a draft. Finds out by itself whether they are a stream, one
 * document from a server that does not stream, or a page of an error, and bounds them all.
 */
struct reader {
	struct draft draft;
	const struct provider *provider;
	struct sse sse;
	struct strbuf body; /* when it is no stream */
	size_t total;
	bool probed, whole, over;
};

#define READER_REPLY_MAX (256u << 20)
#define READER_ERROR_MAX (1u << 20)

/* Begins a new response; whatever the reader held is gone. */
void reader_start(struct reader *r, const struct provider *provider, int status);
void reader_feed(struct reader *r, const char *bytes, size_t len);
void reader_end(struct reader *r);
void reader_release(struct reader *r);

#endif
