#include "rag/facts.h"

#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "rag/entry.h"
#include "rag/here.h"
#include "rag/notes.h"

#define NOTE_PRIOR 1.0

/* As schema.h names owners: classes without bpy.types. */
static const char *bare_owner(const char *ident)
{
	static const char types[] = "bpy.types.";

	return strncmp(ident, types, strlen(types)) ? ident : ident + strlen(types);
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static bool is_node(const struct past *past, const char *class_ident)
{
	for (int depth = 0; *class_ident && depth < PAST_DEEPEST; depth++) {
		if (!strcmp(class_ident, "bpy.types.Node"))
			return true;
		class_ident = past_base(past, class_ident);
	}
	return false;
}

/* The word for it in the column kind of hist. */
static const char *kind_of(const struct past *past, enum past_kind kind, const char *owner,
                           const char *ident)
{
	static const char *const words[PAST_KIND_COUNT] = {
		[PAST_PARAMS] = "param",
		[PAST_VALUES] = "value",
		[PAST_INPUTS] = "socket",
		[PAST_OUTPUTS] = "socket",
	};

	if (kind != PAST_MEMBERS)
		return words[kind];
	if (!strcmp(owner, "bpy.types"))
		return is_node(past, ident) ? "node" : "class";
	if (begins(owner, "bpy.ops."))
		return "operator";
	if (past_has_owner(past, PAST_PARAMS, ident))
		return "function";
	return begins(owner, "bpy.types.") ? "property" : "value";
}

/* "3.4 4.3" */
static void list_versions(struct strbuf *out, const struct past *past, unsigned versions)
{
	strbuf_reset(out);
	for (size_t i = 0; i < past->version_count; i++) {
		const char *version = past->versions[i];
		const char *dot = strchr(version, '.');

		if (versions & 1u << i)
			strbuf_addf(
				out, "%s%.*s", out->len ? " " : "",
				dot ? (int)(dot + 1 - version + (ptrdiff_t)strcspn(dot + 1, "."))
				    : (int)strlen(version),
				version);
	}
}

static void add_past(struct db *db, const struct past *past, const struct past_owner *owner,
                     const struct past_name *name)
{
	struct stmt *q = db_ask(db, "INSERT INTO hist(owner, name, kind, versions, label, "
	                            "summary) VALUES(?1, ?2, ?3, ?4, '', ?5)");
	bool is_class = !strcmp(owner->ident, "bpy.types");
	struct strbuf ident = { 0 }, versions = { 0 };

	past_ident(&ident, owner->kind, owner->ident, name->name);
	list_versions(&versions, past, name->versions);
	stmt_bind(q, 1, is_class ? "" : bare_owner(owner->ident));
	stmt_bind(q, 2, name->name);
	stmt_bind(q, 3, kind_of(past, owner->kind, owner->ident, strbuf_str(&ident)));
	stmt_bind(q, 4, strbuf_str(&versions));
	stmt_bind(q, 5, name->summary);
	stmt_done(q);
	strbuf_release(&ident);
	strbuf_release(&versions);
}

/* Of what has gone altogether its parameters and values are not worth a row. */
static bool is_known(const struct here *here, const struct past_owner *owner)
{
	const char *dot = strrchr(owner->ident, '.');
	struct strbuf function = { 0 };
	bool known = here_entry(here, owner->ident);

	if (owner->kind == PAST_MEMBERS)
		return true;
	if (!known && owner->kind == PAST_VALUES && dot) {
		strbuf_add(&function, owner->ident, (size_t)(dot - owner->ident));
		known = here_entry(here, strbuf_str(&function));
		strbuf_release(&function);
	}
	return known;
}

/* Only what is not sure to be here is looked for, since there are sixty thousand names. */
static void add_history(struct db *db, const struct past *past, struct here *here,
                        const char *version)
{
	unsigned around = past_around(past, version);

	for (size_t i = 0; i < past->owner_count; i++) {
		const struct past_owner *owner = &past->owners[i];

		if (!is_known(here, owner))
			continue;
		for (size_t k = 0; k < owner->count; k++) {
			const struct past_name *name = &past->names[owner->first + k];

			if ((!around || (name->versions & around) != around) &&
			    !here_has(here, owner->kind, owner->ident, name->name))
				add_past(db, past, owner, name);
		}
	}
}

static bool has_ident(struct here *here, const char *ident)
{
	struct strbuf owner = { 0 }, name = { 0 };
	enum past_kind kind;
	bool has = past_split(&kind, &owner, &name, ident) &&
	           here_has(here, kind, strbuf_str(&owner), strbuf_str(&name));

	strbuf_release(&owner);
	strbuf_release(&name);
	return has;
}

/* Engines are registered when Blender runs, so no list of values has them all. */
static bool is_gone(struct here *here, const char *ident)
{
	return begins(ident, "bpy.types.RenderSettings.engine=") || !has_ident(here, ident);
}

static void gather(struct strbuf *out, const text_list *idents)
{
	for (size_t i = 0; i < idents->count; i++)
		strbuf_addf(out, "%s\n", idents->items[i]);
}

static int64_t add_note_entry(struct db *db, const struct note *note)
{
	struct strbuf ident = { 0 }, body = { 0 };
	struct entry entry = {
		.kind = "note",
		.name = note->id,
		.summary = note->text,
		.prior = NOTE_PRIOR,
	};
	int64_t id;

	strbuf_addf(&ident, "note:%s", note->id);
	gather(&body, &note->gone);
	gather(&body, &note->now);
	entry.ident = strbuf_str(&ident);
	entry.body = strbuf_str(&body);
	id = entry_add(db, &entry);
	strbuf_release(&ident);
	strbuf_release(&body);
	return id;
}

/* A row for each name that is gone; `place` tells them apart. */
static void add_note_row(struct db *db, const struct note *note, const char *gone, size_t place,
                         int64_t entry)
{
	struct stmt *q = db_ask(db, "INSERT INTO note(id, owner, name, since, text, idents, entry) "
	                            "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
	struct strbuf id = { 0 }, owner = { 0 }, name = { 0 }, idents = { 0 };
	enum past_kind kind;

	strbuf_addstr(&id, note->id);
	if (place)
		strbuf_addf(&id, "#%zu", place + 1);
	if (gone && past_split(&kind, &owner, &name, gone) &&
	    !strcmp(strbuf_str(&owner), "bpy.types"))
		strbuf_reset(&owner);
	gather(&idents, &note->now);
	stmt_bind(q, 1, strbuf_str(&id));
	stmt_bind(q, 2, bare_owner(strbuf_str(&owner)));
	stmt_bind(q, 3, strbuf_str(&name));
	stmt_bind(q, 4, note->since ? note->since : "");
	stmt_bind(q, 5, note->text);
	stmt_bind(q, 6, strbuf_str(&idents));
	stmt_bind_int(q, 7, entry);
	stmt_done(q);
	strbuf_release(&id);
	strbuf_release(&owner);
	strbuf_release(&name);
	strbuf_release(&idents);
}

/* Only what is true here: versions in notes come from release notes, names from this Blender. */
static void add_note(struct db *db, struct here *here, const struct note *note)
{
	int64_t entry = 0;
	size_t place = 0;

	for (size_t i = 0; i < note->gone.count; i++) {
		if (!is_gone(here, note->gone.items[i]))
			continue;
		entry = entry ? entry : add_note_entry(db, note);
		add_note_row(db, note, note->gone.items[i], place++, entry);
	}
	if (!note->gone.count)
		add_note_row(db, note, NULL, 0, add_note_entry(db, note));
}

static bool add_notes(struct db *db, struct here *here, const char *file, const char *version,
                      struct error *err)
{
	struct notes notes = { 0 };
	bool ok = notes_read(&notes, file, err);

	for (size_t i = 0; ok && i < notes.notes.count; i++)
		if (note_is_about(&notes.notes.items[i], version))
			add_note(db, here, &notes.notes.items[i]);
	record_release(&notes_type, &notes);
	return ok;
}

static void read_version(struct strbuf *out, struct db *db)
{
	struct stmt *q = db_ask(db, "SELECT value FROM meta WHERE key = 'version'");

	if (stmt_next(q))
		strbuf_addstr(out, stmt_text(q, 0));
	stmt_end(q);
}

/* Whether a file of ours is there, and its name. */
static bool is_there(struct strbuf *path, const char *dir, const char *name)
{
	strbuf_addstr(path, dir);
	path_add(path, name);
	return !access(strbuf_str(path), F_OK);
}

bool facts_add(struct db *db, const char *dir, struct error *err)
{
	struct strbuf names = { 0 }, notes = { 0 }, version = { 0 };
	struct past past = { 0 };
	struct here here;
	bool ok = !is_there(&names, dir, "names.tsv") || past_read(&past, strbuf_str(&names), err);

	if (ok) {
		read_version(&version, db);
		here_open(&here, db, &past);
		add_history(db, &past, &here, strbuf_str(&version));
		ok = !is_there(&notes, dir, "notes.yaml") ||
		     add_notes(db, &here, strbuf_str(&notes), strbuf_str(&version), err);
		here_close(&here);
	}
	past_release(&past);
	strbuf_release(&names);
	strbuf_release(&notes);
	strbuf_release(&version);
	return ok && db_ok(db, err);
}
