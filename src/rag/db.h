#ifndef RAG_DB_H
#define RAG_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * An SQLite file and the questions put to it.
 *
 * Trouble is remembered: after the first, nothing more is asked or written, every stmt_next() is
 * false, and db_ok() says what it was. So a loop over rows needs one check, behind it. A damaged
 * file is ERR_CONFIG, whatever the machine refuses ERR_IO.
 *
 *     struct stmt *q = db_ask(db, "SELECT name FROM member WHERE cls = ?1");
 *
 *     stmt_bind(q, 1, "Mesh");
 *     while (stmt_next(q))
 *             puts(stmt_text(q, 0));
 *     stmt_end(q);
 *     return db_ok(db, err);
 */
struct db;
struct stmt;

/* For reading only. A file may come from anywhere, so its schema is not trusted. */
bool db_open(struct db **out, const char *file, struct error *err);

/* For making one, in a file that is empty and that nobody else looks at yet. */
bool db_create(struct db **out, const char *file, struct error *err);

/* For changing one that others may look at meanwhile; made if it is not there. */
bool db_edit(struct db **out, const char *file, struct error *err);

void db_close(struct db *db);                                   /* NULL is fine */
bool db_run(struct db *db, const char *sql, struct error *err); /* statements without rows */

/* Whether all went well since the last time this was asked. Forgets the trouble. */
bool db_ok(struct db *db, struct error *err);
void db_fail(struct db *db, const struct error *err); /* remember trouble of another kind */

/* Never NULL. `sql` is a literal, or lives as long as the database: statements are kept by its
 * address, ready for the next time. Each needs its stmt_end(), also when rows are left. */
struct stmt *db_ask(struct db *db, const char *sql);
bool stmt_next(struct stmt *stmt);      /* the next row; false: there is none */
bool stmt_done(struct stmt *stmt);      /* run one that has no rows; ends it */
int64_t stmt_insert(struct stmt *stmt); /* the same; the new row's number, 0: there is none */
void stmt_end(struct stmt *stmt);

/* Parameters count from 1. Text is borrowed until stmt_end(); NULL is SQL's NULL. */
void stmt_bind(struct stmt *stmt, int place, const char *text);
void stmt_bind_int(struct stmt *stmt, int place, int64_t number);
void stmt_bind_real(struct stmt *stmt, int place, double number);

/* Columns count from 0. Text is never NULL, and borrowed until the next row. */
const char *stmt_text(struct stmt *stmt, int column);
int64_t stmt_int(struct stmt *stmt, int column);
double stmt_real(struct stmt *stmt, int column);
bool stmt_is_null(struct stmt *stmt, int column);

#endif
