#include "rag/schema.h"

static const char tables[] =
	"CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
	/* What ranking reads comes first, long texts last: those lie on pages of their own. */
	"CREATE TABLE entry("
	" id INTEGER PRIMARY KEY, prior REAL, kind TEXT, owner TEXT, name TEXT, ident TEXT UNIQUE,"
	" type TEXT, target TEXT, holder TEXT, length INTEGER, dflt TEXT, low REAL, high REAL,"
	" readonly INTEGER, flags INTEGER, choices INTEGER, until TEXT, label TEXT, summary TEXT,"
	" sign TEXT);"
	"CREATE TABLE lineage(cls TEXT, ancestor TEXT, depth INTEGER, PRIMARY KEY(cls, depth))"
	" WITHOUT ROWID;"
	"CREATE VIEW member(cls, name, owner, depth, entry) AS"
	" SELECT l.cls, e.name, e.owner, l.depth, e.id"
	" FROM lineage l JOIN entry e ON e.owner = l.ancestor;"
	"CREATE TABLE param("
	" entry INTEGER, place INTEGER, name TEXT, label TEXT, descr TEXT, type TEXT, target TEXT,"
	" length INTEGER, dflt TEXT, low REAL, high REAL, choices INTEGER, flags INTEGER,"
	" required INTEGER, output INTEGER, PRIMARY KEY(entry, place)) WITHOUT ROWID;"
	"CREATE TABLE enumval("
	" choices INTEGER, place INTEGER, value TEXT, label TEXT, descr TEXT,"
	" PRIMARY KEY(choices, place)) WITHOUT ROWID;"
	"CREATE TABLE made(kind TEXT, value TEXT, label TEXT, descr TEXT, cls TEXT);"
	"CREATE TABLE socket("
	" node TEXT, side TEXT, place INTEGER, name TEXT, identifier TEXT, type TEXT, cls TEXT,"
	" dflt TEXT, enabled INTEGER, variant TEXT, PRIMARY KEY(node, place)) WITHOUT ROWID;"
	"CREATE TABLE variant("
	" node TEXT, choice TEXT, inputs TEXT, outputs TEXT, PRIMARY KEY(node, choice))"
	" WITHOUT ROWID;"
	"CREATE TABLE context(name TEXT PRIMARY KEY, target TEXT, type TEXT) WITHOUT ROWID;"
	"CREATE TABLE hist("
	" owner TEXT, name TEXT, kind TEXT, versions TEXT, label TEXT, summary TEXT);"
	"CREATE TABLE note("
	" id TEXT PRIMARY KEY, owner TEXT, name TEXT, since TEXT, text TEXT, idents TEXT,"
	" entry INTEGER);"
	"CREATE TABLE recipe("
	" name TEXT PRIMARY KEY, title TEXT, code TEXT, idents TEXT, entry INTEGER);"
	/* Only ever asked which rows fit, so the words are kept and not the texts. */
	"CREATE VIRTUAL TABLE f USING fts5(ident, label, summary, params, socks, body,"
	" content = '', tokenize = 'porter apitok');"
	/* All words are gathered in memory and written once. */
	"INSERT INTO f(f, rank) VALUES('hashsize', 67108864);"
	"CREATE VIRTUAL TABLE example USING fts5(title, words, text, idents, tokenize = 'porter apitok');"
	"CREATE VIRTUAL TABLE synonym USING fts5(phrase, query UNINDEXED, hints UNINDEXED,"
	" tokenize = 'porter apitok');";

/* Made last, since sorting once is faster than keeping order. */
static const char indexes[] =
	"INSERT INTO f(f) VALUES('optimize');"
	"CREATE INDEX entry_lower ON entry(lower(name)) WHERE name <> lower(name);"
	"CREATE INDEX entry_owner ON entry(owner, name);"
	"CREATE INDEX entry_name ON entry(name);"
	"CREATE INDEX entry_kind ON entry(kind);"
	"CREATE INDEX entry_choices ON entry(choices) WHERE choices NOT NULL;"
	"CREATE INDEX lineage_ancestor ON lineage(ancestor);"
	"CREATE INDEX param_name ON param(name);"
	"CREATE INDEX param_choices ON param(choices) WHERE choices NOT NULL;"
	"CREATE INDEX enumval_value ON enumval(value);"
	"CREATE INDEX made_value ON made(value);"
	"CREATE INDEX socket_name ON socket(name);"
	"CREATE INDEX hist_name ON hist(name);"
	"CREATE INDEX note_name ON note(name);";

bool schema_make(struct db *db, struct error *err)
{
	return db_run(db, tables, err);
}

bool schema_finish(struct db *db, struct error *err)
{
	return db_run(db, indexes, err);
}
