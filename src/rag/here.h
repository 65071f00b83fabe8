#ifndef RAG_HERE_H
#define RAG_HERE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "rag/db.h"
#include "rag/lookup.h"
#include "rag/past.h"

/* Which names this Blender has, asked of an index that is being made and has no indexes yet. */
struct here {
	struct db *db;
	const struct past *past; /* knows which class inherits from which */
	struct lookup entries;   /* ident: entry.id */
	struct lookup sockets;   /* ident */
	struct strbuf ident;     /* the last one that was looked for */
};

void here_open(struct here *out, struct db *db, const struct past *past);
void here_close(struct here *here);

int64_t here_entry(const struct here *here, const char *ident); /* 0: none */
bool here_has(struct here *here, enum past_kind kind, const char *owner, const char *name);

#endif
