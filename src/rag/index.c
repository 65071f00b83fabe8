#include "rag/index.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/file.h"
#include "base/path.h"
#include "rag/facts.h"
#include "rag/rag.h"
#include "rag/recipes.h"
#include "rag/schema.h"
#include "rag/synonyms.h"

/* Members of bpy.context that no class has: what the screen adds to it. */
static const struct {
	const char *name, *target, *type;
} screen_context[] = {
	{ "active_action", "Action", "POINTER" },
	{ "active_bone", "EditBone", "" }, /* or a Bone, by the mode */
	{ "active_object", "Object", "POINTER" },
	{ "active_pose_bone", "PoseBone", "POINTER" },
	{ "edit_object", "Object", "POINTER" },
	{ "editable_objects", "Object", "COLLECTION" },
	{ "object", "Object", "POINTER" },
	{ "objects_in_mode", "Object", "COLLECTION" },
	{ "objects_in_mode_unique_data", "Object", "COLLECTION" },
	{ "pose_object", "Object", "POINTER" },
	{ "sculpt_object", "Object", "POINTER" },
	{ "selectable_objects", "Object", "COLLECTION" },
	{ "selected_editable_objects", "Object", "COLLECTION" },
	{ "selected_objects", "Object", "COLLECTION" },
	{ "selected_pose_bones", "PoseBone", "COLLECTION" },
	{ "vertex_paint_object", "Object", "POINTER" },
	{ "visible_objects", "Object", "COLLECTION" },
	{ "weight_paint_object", "Object", "POINTER" },
};

static void add_context_name(struct index *ix, const char *name)
{
	struct stmt *q = db_ask(ix->db, "INSERT OR IGNORE INTO context SELECT ?1, "
	                                "coalesce(max(target), ?2), coalesce(max(type), ?3) "
	                                "FROM entry WHERE ident = 'bpy.types.Context.' || ?1");
	const char *target = "", *type = "";

	for (size_t i = 0; i < COUNT(screen_context); i++)
		if (!strcmp(name, screen_context[i].name)) {
			target = screen_context[i].target;
			type = screen_context[i].type;
		}
	stmt_bind(q, 1, name);
	stmt_bind(q, 2, target);
	stmt_bind(q, 3, type);
	stmt_done(q);
}

static void index_context(struct index *ix)
{
	struct json_at names = json_key(&ix->dump.root, "context");

	for (struct json_at at = json_first(&names); at.value; at = json_next(&at)) {
		const char *name = dump_item(&names, at.index);

		if (dump_is_name(name) && name[0] != '_')
			add_context_name(ix, name);
	}
}

static void index_makers(struct index *ix)
{
	struct json_at list = json_key(&ix->dump.root, "enum_class");

	for (struct json_at at = json_first(&list); at.value; at = json_next(&at)) {
		struct stmt *q = db_ask(ix->db, "INSERT INTO made(kind, value, label, descr, cls) "
		                                "VALUES(?1, ?2, ?3, ?4, ?5)");

		for (int i = 0; i < 5; i++)
			stmt_bind(q, i + 1, dump_item(&at, (size_t)i));
		stmt_done(q);
	}
}

static void find_names(struct index *ix)
{
	struct json_at list = json_key(&ix->dump.root, "enum_class");

	for (struct json_at at = json_first(&list); at.value; at = json_next(&at))
		lookup_add(&ix->makers, dump_item(&at, 4), (int64_t)at.index);
	for (struct json_at at = json_first(&ix->dump.python); at.value; at = json_next(&at))
		if (dump_is_name(at.key))
			lookup_add(&ix->python, at.key, 1);
}

static void add_meta(struct db *db, const char *key, const char *value)
{
	struct stmt *q = db_ask(db, "INSERT INTO meta VALUES(?1, ?2)");

	stmt_bind(q, 1, key);
	stmt_bind(q, 2, value);
	stmt_done(q);
}

static void add_meta_int(struct db *db, const char *key, int64_t value)
{
	char number[24];

	snprintf(number, sizeof(number), "%" PRId64, value);
	add_meta(db, key, number);
}

static void index_meta(struct index *ix, const char *key)
{
	static const char *const kinds[] = { "class", "node", "property", "operator", "function" };
	struct stmt *q = db_ask(ix->db, "SELECT sum(kind = 'class'), sum(kind = 'node'), "
	                                "sum(kind = 'property'), sum(kind = 'operator'), "
	                                "sum(kind = 'function') FROM entry");
	struct strbuf version = { 0 };

	add_meta(ix->db, "key", key ? key : "");
	add_meta(ix->db, "version", dump_version(&version, &ix->dump));
	stmt_next(q);
	for (size_t i = 0; i < COUNT(kinds); i++)
		add_meta_int(ix->db, kinds[i], stmt_int(q, (int)i));
	stmt_end(q);
	add_meta_int(ix->db, "format", SCHEMA_FORMAT);
	strbuf_release(&version);
}

static bool fill(struct index *ix, const struct rag_source *source, struct error *err)
{
	if (!schema_make(ix->db, err) || !db_run(ix->db, "BEGIN", err))
		return false;
	find_names(ix);
	index_types(ix);
	index_operators(ix);
	index_python(ix);
	index_nodes(ix);
	index_makers(ix);
	index_context(ix);
	index_meta(ix, source->key);
	return db_ok(ix->db, err) &&
	       (!source->data_dir || (facts_add(ix->db, source->data_dir, err) &&
	                              synonyms_add(ix->db, source->data_dir, err) &&
	                              recipes_add(ix->db, source->data_dir, err))) &&
	       schema_finish(ix->db, err) && db_run(ix->db, "COMMIT", err);
}

static bool read_wording(struct index *ix, const char *dir, struct error *err)
{
	struct strbuf file = { 0 };
	bool ok;

	strbuf_addstr(&file, dir);
	path_add(&file, "bmesh.yaml");
	ok = access(strbuf_str(&file), F_OK) || wording_read(&ix->wording, strbuf_str(&file), err);
	strbuf_release(&file);
	return ok;
}

static bool build(const char *file, const struct rag_source *source, struct error *err)
{
	struct index ix = { 0 };
	bool ok = dump_open(&ix.dump, source->dump, err) &&
	          (!source->data_dir || read_wording(&ix, source->data_dir, err)) &&
	          db_create(&ix.db, file, err) && fill(&ix, source, err);

	db_close(ix.db);
	dump_close(&ix.dump);
	lookup_release(&ix.choices);
	lookup_release(&ix.makers);
	lookup_release(&ix.python);
	wording_release(&ix.wording);
	return ok;
}

bool rag_build(const char *file, const struct rag_source *source, struct error *err)
{
	struct file_draft draft;

	file_drafts_sweep(file);
	if (!file_draft(&draft, file, err))
		return false;
	if (build(draft.path, source, err))
		return file_draft_keep(&draft, file, err);
	file_draft_drop(&draft);
	return false;
}
