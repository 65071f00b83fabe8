#include "rag/rag.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "rag/inside.h"
#include "rag/pages_schema.h"
#include "rag/past.h"
#include "rag/schema.h"

#define MOST_VERSION 20

static void add_meta(struct strbuf *out, struct db *db, const char *key)
{
	struct stmt *q = db_ask(db, "SELECT value FROM meta WHERE key = ?1");

	stmt_bind(q, 1, key);
	if (stmt_next(q))
		strbuf_addstr(out, stmt_text(q, 0));
	stmt_end(q);
}

/* The format is the last row that is written, so a file that has it is whole. */
static bool check_format(struct db *db, const char *file, struct error *err)
{
	struct strbuf format = { 0 };
	bool ok;

	add_meta(&format, db, "format");
	ok = db_ok(db, err) &&
	     (atoi(strbuf_str(&format)) == SCHEMA_FORMAT ||
	      failed(err, ERR_CONFIG, "%.200s is an index of another format, or none", file));
	strbuf_release(&format);
	return ok;
}

static bool open_index(struct db **out, const char *file, struct error *err)
{
	if (!db_open(out, file, err))
		return false;
	if (check_format(*out, file, err))
		return true;
	db_close(*out);
	return false;
}

bool rag_is_current(const char *file, const char *key)
{
	struct strbuf made_for = { 0 };
	struct error ignored;
	struct db *db;
	bool is;

	if (!open_index(&db, file, &ignored))
		return false;
	add_meta(&made_for, db, "key");
	is = db_ok(db, &ignored) && !strcmp(strbuf_str(&made_for), key);
	strbuf_release(&made_for);
	db_close(db);
	return is;
}

bool rag_open(struct rag **out, const char *file, struct error *err)
{
	struct strbuf version = { 0 };
	struct rag *rag;
	struct db *db;

	if (!open_index(&db, file, err))
		return false;
	add_meta(&version, db, "version");
	if (version.len > MOST_VERSION)
		strbuf_cut(&version, MOST_VERSION);
	rag = NEW(struct rag);
	*rag = (struct rag){ .db = db, .version = strbuf_detach(&version) };
	if (!rag->version)
		rag->version = xstrdup("");
	*out = rag;
	return true;
}

void rag_close(struct rag *rag)
{
	if (!rag)
		return;
	db_close(rag->db);
	db_close(rag->pages);
	free(rag->version);
	free(rag);
}

static bool use_pages(struct rag *rag, const char *file, struct error *err)
{
	if (access(file, F_OK))
		return true;
	if (!db_open(&rag->pages, file, err))
		return false;
	if (pages_schema_check(rag->pages, file, err))
		return true;
	db_close(rag->pages);
	rag->pages = NULL;
	return false;
}

bool rag_use_pages(struct rag *rag, const char *file, struct error *err)
{
	struct strbuf home = { 0 };
	bool ok = true;

	db_close(rag->pages);
	rag->pages = NULL;
	if (file)
		strbuf_addstr(&home, file);
	else
		ok = pages_home(&home, err);
	ok = ok && use_pages(rag, strbuf_str(&home), err);
	strbuf_release(&home);
	return ok;
}

const char *rag_version(const struct rag *rag)
{
	return rag->version;
}

bool rag_facts(struct rag *rag, rag_fact_fn fn, void *ctx, struct error *err)
{
	struct stmt *q = db_ask(rag->db, "SELECT key, value FROM meta ORDER BY key");

	while (stmt_next(q))
		fn(ctx, stmt_text(q, 0), stmt_text(q, 1));
	stmt_end(q);
	return db_ok(rag->db, err);
}

bool rag_write_names(struct strbuf *out, const char *const dumps[], size_t count, struct error *err)
{
	return past_write(out, dumps, count, err);
}
