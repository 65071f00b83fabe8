#ifndef RAG_CHUNKS_H
#define RAG_CHUNKS_H

#include <stddef.h>

#include "base/strbuf.h"
#include "rag/markup.h"

#define CHUNK_MOST_BYTES 2000

/* A piece of a document that can be understood by itself. */
struct chunk {
	const char *heading; /* all the way down: "Mesh(ID) > Mesh > polygons" */
	const char *anchor;  /* of its own heading, or "" */
	const char *text;    /* code stands between lines of ``` */
};

typedef void (*chunk_fn)(void *ctx, const struct chunk *chunk); /* borrowed for the call */

/*
 * Cuts a document at its headings into chunks of at most CHUNK_MOST_BYTES, between paragraphs
 * where it can. Code is kept whole unless it alone is longer.
 */
struct chunker {
	chunk_fn fn;
	void *ctx;
	char *titles[MARKUP_DEEPEST]; /* NULL: none of that level */
	struct strbuf anchor, text;
};

/* What to give to markup_read(); the chunker must stay where it is until chunker_end(). */
struct markup_sink chunker_start(struct chunker *out, chunk_fn fn, void *ctx);
void chunker_end(struct chunker *chunker); /* the last chunk comes now */

#endif
