#include "rag/db.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rag/matched.h"
#include "rag/tokens.h"

/* No question of ours takes a hundredth of it; a file that was tampered with might make one. */
#define MOST_STEPS      20000000
#define STEPS_AT_A_TIME 100000
#define WAIT_MS         2000 /* for another one of us that is writing */

struct stmt {
	struct db *db;
	const char *sql;
	sqlite3_stmt *inside; /* NULL: it could not be prepared */
	bool is_used;
	struct stmt *next;
};

struct db {
	sqlite3 *inside;
	char *file;
	struct stmt *stmts;
	bool has_trouble;
	struct error trouble;
	long steps;
};

static void remember(struct db *db)
{
	int code = sqlite3_errcode(db->inside);
	struct error trouble;

	if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR)
		failed(&trouble, ERR_CONFIG, "%.200s is damaged (%.100s)", db->file,
		       sqlite3_errmsg(db->inside));
	else if (code == SQLITE_INTERRUPT)
		failed(&trouble, ERR_CONFIG, "%.200s is damaged: searching it has no end",
		       db->file);
	else
		failed(&trouble, ERR_IO, "%.200s: %.100s", db->file, sqlite3_errmsg(db->inside));
	db_fail(db, &trouble);
}

void db_fail(struct db *db, const struct error *err)
{
	if (!db->has_trouble)
		db->trouble = *err;
	db->has_trouble = true;
}

bool db_ok(struct db *db, struct error *err)
{
	bool ok = !db->has_trouble;

	if (!ok)
		*err = db->trouble;
	db->has_trouble = false;
	return ok;
}

static int count_steps(void *ctx)
{
	struct db *db = ctx;

	return ++db->steps > MOST_STEPS / STEPS_AT_A_TIME;
}

static bool db_new(struct db **out, const char *file, int flags, struct error *err)
{
	struct db *db = NEW(struct db);

	db->file = xstrdup(file);
	if (sqlite3_open_v2(file, &db->inside, flags, NULL) == SQLITE_OK &&
	    tokens_register(db->inside) == SQLITE_OK && matched_register(db->inside) == SQLITE_OK) {
		*out = db;
		return true;
	}
	remember(db);
	db_ok(db, err);
	db_close(db);
	return false;
}

bool db_open(struct db **out, const char *file, struct error *err)
{
	if (!db_new(out, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, err))
		return false;
	sqlite3_db_config((*out)->inside, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config((*out)->inside, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_progress_handler((*out)->inside, STEPS_AT_A_TIME, count_steps, *out);
	if (db_run(*out,
	           "PRAGMA query_only = 1; PRAGMA cell_size_check = 1; "
	           "PRAGMA cache_size = -32000",
	           err))
		return true;
	db_close(*out);
	*out = NULL;
	return false;
}

bool db_create(struct db **out, const char *file, struct error *err)
{
	if (!db_new(out, file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, err))
		return false;
	if (db_run(*out,
	           "PRAGMA page_size = 4096; PRAGMA journal_mode = off; "
	           "PRAGMA synchronous = off; PRAGMA cache_size = -32000",
	           err))
		return true;
	db_close(*out);
	*out = NULL;
	return false;
}

bool db_edit(struct db **out, const char *file, struct error *err)
{
	if (!db_new(out, file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
	            err))
		return false;
	sqlite3_db_config((*out)->inside, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config((*out)->inside, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_busy_timeout((*out)->inside, WAIT_MS);
	if (db_run(*out, "PRAGMA cell_size_check = 1; PRAGMA cache_size = -32000", err))
		return true;
	db_close(*out);
	*out = NULL;
	return false;
}

void db_close(struct db *db)
{
	struct stmt *next;

	if (!db)
		return;
	for (struct stmt *s = db->stmts; s; s = next) {
		next = s->next;
		sqlite3_finalize(s->inside);
		free(s);
	}
	sqlite3_close(db->inside);
	free(db->file);
	free(db);
}

bool db_run(struct db *db, const char *sql, struct error *err)
{
	if (!db->has_trouble && sqlite3_exec(db->inside, sql, NULL, NULL, NULL) != SQLITE_OK)
		remember(db);
	return db_ok(db, err);
}

static void prepare(struct stmt *s)
{
	if (s->db->has_trouble || s->inside)
		return;
	if (sqlite3_prepare_v3(s->db->inside, s->sql, -1, SQLITE_PREPARE_PERSISTENT, &s->inside,
	                       NULL) != SQLITE_OK)
		remember(s->db);
}

struct stmt *db_ask(struct db *db, const char *sql)
{
	struct stmt *s = db->stmts;

	/* One that is in the middle of its rows is left alone: questions may nest. */
	while (s && (s->sql != sql || s->is_used))
		s = s->next;
	if (!s) {
		s = NEW(struct stmt);
		*s = (struct stmt){ .db = db, .sql = sql, .next = db->stmts };
		db->stmts = s;
	}
	prepare(s);
	s->is_used = true;
	db->steps = 0;
	return s;
}

bool stmt_next(struct stmt *s)
{
	int code;

	if (s->db->has_trouble || !s->inside)
		return false;
	code = sqlite3_step(s->inside);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		remember(s->db);
	return code == SQLITE_ROW;
}

bool stmt_done(struct stmt *s)
{
	stmt_next(s);
	stmt_end(s);
	return !s->db->has_trouble;
}

int64_t stmt_insert(struct stmt *s)
{
	bool is_in = stmt_done(s) && sqlite3_changes(s->db->inside) > 0;

	return is_in ? sqlite3_last_insert_rowid(s->db->inside) : 0;
}

void stmt_end(struct stmt *s)
{
	s->is_used = false;
	if (!s->inside)
		return;
	sqlite3_reset(s->inside);
	sqlite3_clear_bindings(s->inside);
}

void stmt_bind(struct stmt *s, int place, const char *text)
{
	if (s->inside)
		sqlite3_bind_text(s->inside, place, text, -1, SQLITE_STATIC);
}

void stmt_bind_int(struct stmt *s, int place, int64_t number)
{
	if (s->inside)
		sqlite3_bind_int64(s->inside, place, number);
}

void stmt_bind_real(struct stmt *s, int place, double number)
{
	if (s->inside)
		sqlite3_bind_double(s->inside, place, number);
}

const char *stmt_text(struct stmt *s, int column)
{
	const unsigned char *text = sqlite3_column_text(s->inside, column);

	return text ? (const char *)text : "";
}

int64_t stmt_int(struct stmt *s, int column)
{
	return sqlite3_column_int64(s->inside, column);
}

double stmt_real(struct stmt *s, int column)
{
	return sqlite3_column_double(s->inside, column);
}

bool stmt_is_null(struct stmt *s, int column)
{
	return sqlite3_column_type(s->inside, column) == SQLITE_NULL;
}
