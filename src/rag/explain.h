#ifndef RAG_EXPLAIN_H
#define RAG_EXPLAIN_H

#include "rag/infer.h"
#include "rag/inside.h"
#include "rag/message.h"

/*
 * What explain*.c share: an error that is being answered. Each rule looks for what may cure it,
 * in several ways; each way gives a list of finds, which votes for what it names.
 */
struct trouble {
	struct rag *rag;
	struct db *db;
	struct message message;
	const char *code;   /* the offending line; "" if nobody knows it */
	struct infer infer; /* what its expressions stand for */
	struct ranking *out;
	struct strbuf *head;
	struct strbuf words; /* what to search the texts for in the end */
	struct strbuf note;  /* migration facts, for the head */
};

/* Entries with how well each fits, 0 to 1. */
struct finds {
	struct find {
		int64_t entry;
		double score;
	} * items;
	size_t count, cap;
};

/* An entry counts once, for its best score. */
void finds_add(struct finds *finds, int64_t entry, double score);
/* Lets the best `most` vote, each with what it scored, and empties the list. */
void finds_vote(struct finds *finds, struct trouble *t, double weight, size_t most,
                const char *why);

/* One vote, if there is such an entry. */
void vote_ident(struct trouble *t, const char *ident, size_t rank, double weight, const char *why);

/* The class of that name, "Vector" also for mathutils.Vector; NULL: none. To be freed. */
char *class_named(struct db *db, const char *name);
int64_t entry_of(struct db *db, const char *ident); /* 0: none */
char *ident_of(struct db *db, int64_t entry);       /* to be freed; NULL: none */

/* Members of a class, and of what its members lead to, that are alike. */
void find_members(struct trouble *t, struct finds *out, const char *cls, const char *name);
void find_beyond(struct trouble *t, struct finds *out, const char *cls, const char *name);
/* Members of a class whose texts hold the words. */
void find_texts(struct trouble *t, struct finds *out, const char *cls, const char *words);
/* Entries of other classes that are called the same; those of similar classes are better. */
void find_namesakes(struct trouble *t, struct finds *out, const char *cls, const char *name);
void find_operators(struct trouble *t, struct finds *out, const char *ident);
void find_nodes(struct trouble *t, struct finds *out, const char *name);

/*
 * What is known of a name that is missing here: votes of notes and history. True if it existed in
 * other versions, which `when` then says ("existed in 3.4"). `owner` may be NULL: any.
 */
bool find_past(struct trouble *t, const char *owner, const char *name, struct strbuf *when);

/* Whether a class is, or comes from, another one. */
bool class_is(struct db *db, const char *cls, const char *ancestor);

/* Begin the line that states the cure. */
void head_missing(struct trouble *t, const char *what, const char *when);
/* "Nearest: a, b, c." from names that are alike; owned by nobody but the line. */
void head_nearest(struct trouble *t, const struct finds *finds);

/* The function that is called in the offending line: operators first; 0: none. */
int64_t called_function(struct trouble *t);
/* What stands before `.name` or `["name"]` in the offending line. False: it is not there. */
bool thing_before(struct trouble *t, struct thing *out, const char *name);
/* The attribute that is assigned to, and what it belongs to. False: it is no such line. */
bool thing_assigned(struct trouble *t, struct thing *owner, char **attribute);

/* How to get one of those that a collection holds: its new(), an operator that adds it. */
void vote_ways(struct trouble *t, const struct thing *collection, const char *attribute,
               const char *wanted);

/* The rules, by the kind of message. */
void explain_attribute(struct trouble *t);
void explain_read_only(struct trouble *t);
void explain_none(struct trouble *t);
void explain_undefined(struct trouble *t);
void explain_key(struct trouble *t);
void explain_index(struct trouble *t);
void explain_id_props(struct trouble *t);
void explain_enum(struct trouble *t);
void explain_type(struct trouble *t);
void explain_length(struct trouble *t);
void explain_arguments(struct trouble *t);
void explain_operator(struct trouble *t);
void explain_call(struct trouble *t);
void explain_poll(struct trouble *t);
void explain_node_type(struct trouble *t);
void explain_removed(struct trouble *t);
void explain_product(struct trouble *t);
void explain_stale(struct trouble *t);

#endif
