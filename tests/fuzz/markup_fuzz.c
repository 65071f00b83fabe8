/*
 * Documents of any kind: the first byte says which. What comes out is UTF-8, in chunks that are not
 * too long.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "rag/chunks.h"
#include "rag/mentions.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void on_mention(void *ctx, const char *ident)
{
	size_t *count = ctx;

	assert(strlen(ident) < 200);
	++*count;
}

static void on_chunk(void *ctx, const struct chunk *chunk)
{
	assert(strlen(chunk->text) <= CHUNK_MOST_BYTES);
	assert(text_is_utf8(chunk->text, strlen(chunk->text)));
	assert(text_is_utf8(chunk->heading, strlen(chunk->heading)));
	mentions_each(chunk->text, on_mention, ctx);
	mentions_each(chunk->anchor, on_mention, ctx);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct chunker chunker;
	struct markup_sink sink;
	size_t mentions = 0;

	if (!len)
		return 0;
	sink = chunker_start(&chunker, on_chunk, &mentions);
	markup_read((enum markup)(1 + bytes[0] % 4), (const char *)bytes + 1, len - 1, &sink);
	chunker_end(&chunker);
	return 0;
}
