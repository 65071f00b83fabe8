#ifndef RAG_ENTRY_H
#define RAG_ENTRY_H

#include <stdbool.h>
#include <stdint.h>

#include "rag/db.h"

/* A row of the table entry (schema.h), before it is one. A text that is NULL is ''. */
struct entry {
	const char *ident, *kind, *owner, *name, *label, *summary, *params, *socks, *body;
	double prior;
	const char *type, *target, *holder;
	int64_t length;
	const char *dflt;
	bool has_low, has_high;
	double low, high;
	bool readonly, flags;
	int64_t choices; /* 0: none */
	const char *sign, *until;
};

/* A row of the table param. */
struct param {
	int64_t entry, place;
	const char *name, *label, *descr, *type, *target;
	int64_t length;
	const char *dflt;
	bool has_low, has_high;
	double low, high;
	int64_t choices; /* 0: none */
	bool flags, required, output;
};

/* The row's id; 0 if there is one of that ident already. Trouble is db_ok()'s. */
int64_t entry_add(struct db *db, const struct entry *entry);
void param_add(struct db *db, const struct param *param);

#endif
