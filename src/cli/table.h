#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/*
 * Rows and columns, for people as text and for programs as a JSON list of objects. Cells are added
 * one after the other, and texts are made harmless when they are shown.
 */
struct table_column {
	const char *title; /* for people; NULL: they do not see it */
	const char *key;   /* for programs, with its unit: "took_ms"; NULL: they do not see it */
	bool is_number;    /* stands at the right */
};

struct table_cell {
	char *shown;
	char *json;
};

struct table {
	const struct table_column *columns; /* the last one has neither title nor key */
	struct table_cell *cells;
	size_t count, cap;
};

void table_text(struct table *t, const char *text); /* NULL: none */
void table_int(struct table *t, int64_t number);    /* negative: not known */
void table_real(struct table *t, double number);    /* with two places */
void table_ms(struct table *t, int64_t ms);
void table_usd(struct table *t, double usd);
void table_bool(struct table *t, bool yes);

/* The last column ends where the window does; 0: as wide as it wants to be. */
void table_write(struct strbuf *out, const struct table *t, size_t width_cols);
void table_json(struct strbuf *out, const struct table *t);
void table_release(struct table *t);

#endif
