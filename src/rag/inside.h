#ifndef RAG_INSIDE_H
#define RAG_INSIDE_H

#include "base/strbuf.h"
#include "rag/db.h"
#include "rag/rag.h"

/* What the files of this folder share; nobody else includes it. */
struct rag {
	struct db *db;
	char *version;
	struct db *pages; /* the user's own documentation; NULL: none */
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

/*
 * The subtask path: votes for what fits the text best, at most `most` of them. Why is that it has
 * some of the words, in lower case: "matches: solidify thickness".
 */
#define SEARCH_MATCHES "matches:"
bool search_words(struct rag *rag, const char *words, double weight, size_t most,
                  struct ranking *out, struct error *err);

/*
 * The direct path: what an identifier or an alias names ("Mesh.polygons", bpy.data.meshes.new,
 * obj.modifiers["Bevel"].width, 'BEVEL'). 0: the text is none, or leads nowhere.
 */
int64_t direct_find(struct rag *rag, const char *text);

/* Votes for what words of everyday mean by words.yaml. */
bool everyday_words(struct rag *rag, const char *text, double weight, struct ranking *out,
                    struct error *err);
bool search_is_terms(const char *text); /* a list of terms: no sentence, which would have such */

/* Recipes whose words fit the searches, best first: their entries, and how many. */
size_t examples_find(struct rag *rag, const text_list *searches, int64_t *out, size_t most);

/* An entry as a model reads it, each line ended by a line feed: whole, or on one line. */
void describe_whole(struct strbuf *out, struct rag *rag, int64_t entry);
void describe_line(struct strbuf *out, struct rag *rag, int64_t entry);

/* Fills in packed and context; `head` comes first. */
bool pack(struct rag *rag, const struct ranking *ranking, const char *head, size_t tokens,
          struct rag_answer *out, struct error *err);

/* What the user's own documentation says to an answer. */
struct pages_block {
	struct strbuf text; /* for the context */
	text_list idents;   /* what is in it */
};

/*
 * Passages that have the words that were asked, or the names of the best hits, become hits behind
 * the others; at most `limit` are left of all. `out` gets what of them goes into `tokens`.
 */
bool pages_find(struct pages_block *out, struct rag *rag, struct rag_answer *answer, size_t limit,
                size_t tokens, struct error *err);
void pages_append(struct rag_answer *answer, const struct pages_block *block);
void pages_block_release(struct pages_block *block);

/* A question for fts5: any of the words that say something. How many they are; 0: none. */
size_t search_match(struct strbuf *out, const char *words);

void text_list_add(text_list *list, const char *text); /* a copy of it */

/* Whether a word says nothing of what is looked for: "the", "with", "please". In lower case. */
bool search_is_empty(const char *word);

#endif
