#include "rag/here.h"

#include <string.h>

/* By name, and as past_write.c has it since 4.0 by an identifier whose name no other socket has. */
static const char sockets[] =
	"WITH s AS (SELECT 'bpy.types.' || node || CASE side WHEN 'in' THEN '.inputs' ELSE "
	"'.outputs' END AS list, name, identifier, count(*) OVER (PARTITION BY node, side, name) "
	"AS count FROM socket) "
	"SELECT list || '[\"' || name || '\"]' FROM s UNION ALL "
	"SELECT list || '[\"' || identifier || '\"]' FROM s WHERE count = 1 AND identifier <> '' "
	"AND (SELECT CAST(value AS INTEGER) >= 4 FROM meta WHERE key = 'version')";

void here_open(struct here *out, struct db *db, const struct past *past)
{
	struct stmt *q = db_ask(db, "SELECT ident, id FROM entry UNION ALL "
	                            "SELECT 'bpy.context.' || name, 0 FROM context");

	*out = (struct here){ .db = db, .past = past };
	while (stmt_next(q))
		lookup_add(&out->entries, stmt_text(q, 0), stmt_int(q, 1));
	stmt_end(q);
	q = db_ask(db, sockets);
	while (stmt_next(q))
		lookup_add(&out->sockets, stmt_text(q, 0), 1);
	stmt_end(q);
}

void here_close(struct here *here)
{
	lookup_release(&here->entries);
	lookup_release(&here->sockets);
	strbuf_release(&here->ident);
	*here = (struct here){ 0 };
}

int64_t here_entry(const struct here *here, const char *ident)
{
	int64_t id = 0;

	lookup_find(&here->entries, ident, &id);
	return id;
}

static bool has_member(struct here *here, const char *owner, const char *name)
{
	int64_t id;

	for (int depth = 0; *owner && depth < PAST_DEEPEST; depth++) {
		past_ident(&here->ident, PAST_MEMBERS, owner, name);
		if (lookup_find(&here->entries, strbuf_str(&here->ident), &id))
			return true;
		owner = past_base(here->past, owner);
	}
	return false;
}

static bool has_row(struct stmt *q)
{
	bool found = stmt_next(q);

	stmt_end(q);
	return found;
}

static bool has_param(const struct here *here, const char *owner, const char *name)
{
	struct stmt *q = db_ask(here->db, "SELECT 1 FROM param WHERE entry = ?1 AND name = ?2");

	stmt_bind_int(q, 1, here_entry(here, owner));
	stmt_bind(q, 2, name);
	return has_row(q);
}

/* Of a property, or of a parameter whose owner is a function that this Blender has. */
static bool has_value(const struct here *here, const char *owner, const char *name)
{
	struct stmt *q =
		db_ask(here->db, "SELECT 1 FROM enumval WHERE value = ?3 AND choices = coalesce("
	                         "(SELECT choices FROM entry WHERE id = ?1), "
	                         "(SELECT choices FROM param WHERE entry = ?2 AND name = ?4))");
	const char *dot = strrchr(owner, '.');
	struct strbuf function = { 0 };

	strbuf_add(&function, owner, dot ? (size_t)(dot - owner) : 0);
	stmt_bind_int(q, 1, here_entry(here, owner));
	stmt_bind_int(q, 2, here_entry(here, strbuf_str(&function)));
	stmt_bind(q, 3, name);
	stmt_bind(q, 4, dot ? dot + 1 : "");
	strbuf_release(&function);
	return has_row(q);
}

static bool has_socket(struct here *here, enum past_kind kind, const char *owner, const char *name)
{
	int64_t yes;

	past_ident(&here->ident, kind, owner, name);
	return lookup_find(&here->sockets, strbuf_str(&here->ident), &yes);
}

bool here_has(struct here *here, enum past_kind kind, const char *owner, const char *name)
{
	switch (kind) {
	case PAST_MEMBERS:
		return has_member(here, owner, name);
	case PAST_PARAMS:
		return has_param(here, owner, name);
	case PAST_VALUES:
		return has_value(here, owner, name);
	default:
		return has_socket(here, kind, owner, name);
	}
}
