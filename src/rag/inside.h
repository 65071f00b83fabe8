#ifndef RAG_INSIDE_H
#define RAG_INSIDE_H

#include "rag/db.h"
#include "rag/rag.h"

/* What the files of this folder share; nobody else includes it. */
struct rag {
	struct db *db;
	char *version;
};

/*
 * Entries that speak for an answer. Several lists of them, each best first, are fused by reciprocal
 * rank: an entry gets weight / (8 + rank) from every list that names it.
 */
struct pick {
	int64_t entry; /* entry.id */
	double score;
	char *why;   /* of the list that gave it most */
	double most; /* what that was */
};

struct ranking {
	struct pick *items;
	size_t count, cap;
};

/* `rank` counts from 0. */
void ranking_vote(struct ranking *ranking, int64_t entry, size_t rank, double weight,
                  const char *why);
void ranking_sort(struct ranking *ranking); /* best first; ties in order of their coming */
void ranking_release(struct ranking *ranking);

/*
 * How an error is answered (explain.c). Votes for what cures it, and may put a line or two in front
 * of the context, "socket "Specular" does not exist here (3.4 had it)", each ended by a line feed.
 * Nothing found is no failure.
 */
bool explain_error(struct rag *rag, const struct rag_question *question, struct ranking *out,
                   struct strbuf *head, struct error *err);

/* The subtask path: votes for what fits the text best. At most `most` a question. */
bool search_words(struct rag *rag, const char *words, double weight, size_t most,
                  struct ranking *out, struct error *err);

#endif
