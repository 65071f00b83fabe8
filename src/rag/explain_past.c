#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rag/alike.h"
#include "rag/explain.h"

#define NOTE_WEIGHT    4.0
#define HISTORY_WEIGHT 1.2
#define TEXT_WEIGHT    0.6

enum {
	IDENTS_MAX = 8,
	NOTES_MOST = 250, /* bytes after which no other note is begun */
};

/* 'Mesh' where bpy.types.Mesh stands, so that both ways to write an owner are the same. */
static const char *short_owner(const char *owner)
{
	static const char types[] = "bpy.types.";

	return !strncmp(owner, types, sizeof(types) - 1) ? owner + sizeof(types) - 1 : owner;
}

static bool fits_owner(struct trouble *t, const char *wanted, const char *owner)
{
	wanted = wanted ? short_owner(wanted) : "";
	owner = short_owner(owner);
	return !*wanted || !*owner || !strcmp(wanted, owner) || class_is(t->db, wanted, owner) ||
	       class_is(t->db, owner, wanted);
}

/* A socket, a keyword or a value has no entry of its own: its node, function, property has. */
static int64_t entry_about(struct trouble *t, struct text_span ident)
{
	static const char *const ends[] = { ".inputs[", ".outputs[", "(", "=" };
	char *text = xstrndup(ident.at, ident.len);
	int64_t entry;

	for (size_t i = 0; i < COUNT(ends); i++) {
		char *end = strstr(text, ends[i]);

		if (end)
			*end = '\0';
	}
	entry = entry_of(t->db, text);
	free(text);
	return entry;
}

static void vote_idents(struct trouble *t, const char *idents, const char *why)
{
	struct text_span rest = text_span(idents), line;
	size_t rank = 0;

	while (rank < IDENTS_MAX && text_next_line(&line, &rest)) {
		int64_t entry = entry_about(t, text_trim(line));

		if (entry)
			ranking_vote(t->out, entry, rank++, NOTE_WEIGHT, why);
	}
}

static void use_notes(struct trouble *t, const char *owner, const char *name)
{
	struct stmt *q = db_ask(t->db, "SELECT owner, text, idents FROM note WHERE name = ?1");

	stmt_bind(q, 1, name);
	while (stmt_next(q)) {
		if (!fits_owner(t, owner, stmt_text(q, 0)))
			continue;
		vote_idents(t, stmt_text(q, 2), stmt_text(q, 1));
		if (t->note.len < NOTES_MOST && !strstr(strbuf_str(&t->note), stmt_text(q, 1)))
			strbuf_addf(&t->note, "%s\n", stmt_text(q, 1));
	}
	stmt_end(q);
}

bool find_past(struct trouble *t, const char *owner, const char *name, struct strbuf *when)
{
	struct strbuf words = { 0 };
	struct finds finds = { 0 };
	struct stmt *q = db_ask(t->db, "SELECT owner, versions, label, summary FROM hist"
	                               " WHERE name = ?1");
	bool found = false;
	char *cls = NULL;

	use_notes(t, owner, name);
	stmt_bind(q, 1, name);
	while (!found && stmt_next(q)) {
		if (!fits_owner(t, owner, stmt_text(q, 0)))
			continue;
		found = true;
		strbuf_addf(when, "existed in %s", stmt_text(q, 1));
		strbuf_addf(&words, "%s %s", stmt_text(q, 2), stmt_text(q, 3));
		cls = xstrdup(owner && *owner ? owner : short_owner(stmt_text(q, 0)));
	}
	stmt_end(q);
	if (found && words.len > 1) {
		find_texts(t, &finds, cls, strbuf_str(&words));
		finds_vote(&finds, t, HISTORY_WEIGHT, 8, "said to do what it did");
		strbuf_addf(&t->words, " %s", strbuf_str(&words));
	}
	free(cls);
	strbuf_release(&words);
	return found;
}
