#include "rag/pages_schema.h"

#include <stddef.h>

static const char tables[] =
	"CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
	"CREATE TABLE folder(id INTEGER PRIMARY KEY, path TEXT UNIQUE);"
	"CREATE TABLE docsrc("
	" id INTEGER PRIMARY KEY, folder INTEGER, path TEXT, mtime INTEGER, size INTEGER, sha TEXT,"
	" seen INTEGER, UNIQUE(folder, path));"
	"CREATE TABLE chunk("
	" id INTEGER PRIMARY KEY, src INTEGER, place INTEGER, heading TEXT, anchor TEXT, text TEXT);"
	"CREATE INDEX chunk_src ON chunk(src);"
	"CREATE TABLE mention(ident TEXT, chunk INTEGER, is_about INTEGER, PRIMARY KEY(ident, chunk))"
	" WITHOUT ROWID;"
	"CREATE INDEX mention_chunk ON mention(chunk);"
	"CREATE VIRTUAL TABLE fdoc USING fts5(heading, text, content = 'chunk',"
	" content_rowid = 'id', tokenize = 'porter apitok');"
	"INSERT INTO fdoc(fdoc, rank) VALUES('hashsize', 33554432);" /* sorts once, not often */
	"INSERT INTO meta VALUES('format', 1);";

static int64_t number(struct db *db, const char *sql)
{
	struct stmt *q = db_ask(db, sql);
	int64_t value = stmt_next(q) ? stmt_int(q, 0) : 0;

	stmt_end(q);
	return value;
}

bool pages_schema_make(struct db *db, struct error *err)
{
	if (number(db, "SELECT count(*) FROM sqlite_schema"))
		return db_ok(db, err);
	return db_ok(db, err) && db_run(db, tables, err);
}

bool pages_schema_check(struct db *db, const char *file, struct error *err)
{
	int64_t format = 0;

	if (number(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'meta'"))
		format = number(db, "SELECT value FROM meta WHERE key = 'format'");
	return db_ok(db, err) &&
	       (format == PAGES_FORMAT ||
	        failed(err, ERR_CONFIG,
	               "%.200s is of another format, or none of ours; remove it and add your "
	               "documentation again",
	               file));
}
