#include "rag/entry.h"

#include <stddef.h>

static const char *text(const char *s)
{
	return s ? s : "";
}

static void add_searchable(struct db *db, int64_t id, const struct entry *e)
{
	struct stmt *q = db_ask(db, "INSERT INTO f(rowid, ident, label, summary, params, socks, "
	                            "body) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");

	stmt_bind_int(q, 1, id);
	stmt_bind(q, 2, e->ident);
	stmt_bind(q, 3, text(e->label));
	stmt_bind(q, 4, text(e->summary));
	stmt_bind(q, 5, text(e->params));
	stmt_bind(q, 6, text(e->socks));
	stmt_bind(q, 7, text(e->body));
	stmt_done(q);
}

static void bind(struct stmt *q, const struct entry *e)
{
	const char *texts[] = { e->ident, e->kind, e->owner, e->name, e->label, e->summary };

	for (int i = 0; i < 6; i++)
		stmt_bind(q, i + 1, text(texts[i]));
	stmt_bind_real(q, 7, e->prior);
	stmt_bind(q, 8, text(e->type));
	stmt_bind(q, 9, text(e->target));
	stmt_bind(q, 10, text(e->holder));
	stmt_bind_int(q, 11, e->length);
	stmt_bind(q, 12, text(e->dflt));
	if (e->has_low)
		stmt_bind_real(q, 13, e->low);
	if (e->has_high)
		stmt_bind_real(q, 14, e->high);
	stmt_bind_int(q, 15, e->readonly);
	stmt_bind_int(q, 16, e->flags);
	if (e->choices)
		stmt_bind_int(q, 17, e->choices);
	stmt_bind(q, 18, text(e->sign));
	stmt_bind(q, 19, text(e->until));
}

int64_t entry_add(struct db *db, const struct entry *e)
{
	struct stmt *q = db_ask(db, "INSERT OR IGNORE INTO entry(ident, kind, owner, name, label, "
	                            "summary, prior, type, target, holder, length, dflt, low, "
	                            "high, readonly, flags, choices, sign, until) VALUES(?1, "
	                            "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
	                            "?15, ?16, ?17, ?18, ?19)");
	int64_t id;

	bind(q, e);
	id = stmt_insert(q);
	if (id)
		add_searchable(db, id, e);
	return id;
}

void param_add(struct db *db, const struct param *p)
{
	struct stmt *q = db_ask(db, "INSERT OR IGNORE INTO param(entry, place, name, label, descr, "
	                            "type, target, length, dflt, low, high, choices, flags, "
	                            "required, output) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
	                            "?10, ?11, ?12, ?13, ?14, ?15)");

	stmt_bind_int(q, 1, p->entry);
	stmt_bind_int(q, 2, p->place);
	stmt_bind(q, 3, text(p->name));
	stmt_bind(q, 4, text(p->label));
	stmt_bind(q, 5, text(p->descr));
	stmt_bind(q, 6, text(p->type));
	stmt_bind(q, 7, text(p->target));
	stmt_bind_int(q, 8, p->length);
	stmt_bind(q, 9, text(p->dflt));
	if (p->has_low)
		stmt_bind_real(q, 10, p->low);
	if (p->has_high)
		stmt_bind_real(q, 11, p->high);
	if (p->choices)
		stmt_bind_int(q, 12, p->choices);
	stmt_bind_int(q, 13, p->flags);
	stmt_bind_int(q, 14, p->required);
	stmt_bind_int(q, 15, p->output);
	stmt_done(q);
}
