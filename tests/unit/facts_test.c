#include "rag/facts.h"

#include <string.h>

#include "base/path.h"
#include "base/yaml.h"
#include "data.h"
#include "rag/db.h"
#include "rag/past.h"
#include "rag/rag.h"
#include "scratch.h"

/* The index of a small Blender 4.3, with our own facts. */
struct built {
	struct scratch scratch;
	struct db *db;
};

static void built_open(struct built *b)
{
	struct strbuf dump = { 0 }, dir = { 0 };
	struct rag_source source = { .key = "key" };
	struct error err;

	*b = (struct built){ .scratch = scratch_new() };
	data_path(&dump, "past/new.json");
	assert_true(path_shared(&dir, "config/blender", &err));
	source.dump = strbuf_str(&dump);
	source.data_dir = strbuf_str(&dir);
	if (!rag_build(scratch_path(&b->scratch, "index.db"), &source, &err))
		fail_msg("%s", err.text);
	assert_true(db_open(&b->db, scratch_path(&b->scratch, "index.db"), &err));
	strbuf_release(&dump);
	strbuf_release(&dir);
}

static void built_close(struct built *b)
{
	struct error err;

	assert_true(db_ok(b->db, &err));
	db_close(b->db);
	scratch_free(&b->scratch);
}

/* What the first row says, columns set apart by |; nothing: no row. */
static const char *ask(struct built *b, const char *sql)
{
	static char row[512];
	struct stmt *q = db_ask(b->db, sql);

	row[0] = '\0';
	if (stmt_next(q))
		snprintf(row, sizeof(row), "%s", stmt_text(q, 0));
	stmt_end(q);
	return row;
}

TEST(a_name_of_another_blender_is_in_the_history)
{
	static const char *const rows[][2] = {
		{ "SELECT owner || '|' || name || '|' || kind || '|' || versions FROM hist "
		  "WHERE owner = 'Mesh' AND name = 'use_auto_smooth'",
		  "Mesh|use_auto_smooth|property|3.4" },
		{ "SELECT owner || '|' || name || '|' || kind || '|' || versions FROM hist "
		  "WHERE owner = 'bpy.ops.export_scene' AND name = 'obj'",
		  "bpy.ops.export_scene|obj|operator|3.4" },
		{ "SELECT owner || '|' || name || '|' || kind || '|' || versions FROM hist "
		  "WHERE owner = 'ShaderNodeBsdfPrincipled' AND name = 'Specular'",
		  "ShaderNodeBsdfPrincipled|Specular|socket|3.4" },
		{ "SELECT owner || '|' || name || '|' || kind || '|' || versions FROM hist "
		  "WHERE owner = '' AND name = 'ShaderNodeTexMusgrave'",
		  "|ShaderNodeTexMusgrave|node|3.4" },
		{ "SELECT owner || '|' || name || '|' || kind || '|' || versions FROM hist "
		  "WHERE owner = 'bpy.ops.mesh.bevel' AND name = 'release_confirm'",
		  "" }, /* 4.3 had it, so it may well be there: the dump is small */
	};
	struct built b;

	built_open(&b);
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(ask(&b, rows[i][0]), rows[i][1]);
	built_close(&b);
}

TEST(a_name_that_this_blender_has_is_not)
{
	struct built b;

	built_open(&b);
	assert_string_equal(ask(&b, "SELECT name FROM hist WHERE owner || '.' || name IN ("
	                            "'Mesh.vertices', 'Mesh.name', 'ShaderNodeBump.Factor')"),
	                    "");
	built_close(&b);
}

TEST(each_name_that_is_gone_leads_to_its_note)
{
	struct built b;

	built_open(&b);
	assert_string_equal(ask(&b,
	                        "SELECT n.owner || '|' || n.since || '|' || e.ident FROM note n "
	                        "JOIN entry e ON e.id = n.entry "
	                        "WHERE n.name = 'auto_smooth_angle' AND n.owner = 'Mesh'"),
	                    "Mesh|4.1|note:use_auto_smooth");
	assert_string_equal(ask(&b, "SELECT name FROM note WHERE name = 'BLENDER_EEVEE'"),
	                    "BLENDER_EEVEE");
	built_close(&b);
}

TEST(notes_about_other_blenders_stay_out)
{
	struct built b;

	built_open(&b);
	assert_string_equal(ask(&b, "SELECT id FROM note WHERE id IN ('eevee_back', "
	                            "'principled_specular_before', 'action_fcurves')"),
	                    "");
	built_close(&b);
}

TEST(what_blender_says_nothing_about_is_found_by_our_words)
{
	struct built b;

	built_open(&b);
	assert_string_equal(ask(&b, "SELECT e.ident FROM f JOIN entry e ON e.id = f.rowid "
	                            "WHERE f MATCH 'chamfer'"),
	                    "bmesh.ops.bevel");
	built_close(&b);
}

/* The texts of bmesh.yaml and the names of three Blenders. */
static void read_texts(struct yaml_value *texts, struct past *past)
{
	struct strbuf file = { 0 }, text = { 0 };
	struct error err;

	assert_true(path_shared(&file, "config/blender/names.tsv", &err));
	assert_true(past_read(past, strbuf_str(&file), &err));
	assert_true(path_shared(&file, "config/blender/bmesh.yaml", &err));
	assert_true(file_read(&text, strbuf_str(&file), YAML_MOST_BYTES, &err));
	assert_true(yaml_value_parse(texts, strbuf_str(&text), text.len, "bmesh.yaml", &err));
	assert_int_equal(texts->count, 1);
	strbuf_release(&file);
	strbuf_release(&text);
}

static bool is_described(const struct yaml_value *texts, const char *ident)
{
	for (size_t i = 0; i < texts->items[0].count; i++)
		if (!strcmp(texts->items[0].items[i].key, ident))
			return true;
	return false;
}

TEST(all_of_bmesh_ops_is_described_and_nothing_that_never_was)
{
	struct yaml_value texts = { 0 };
	struct past past = { 0 };
	struct strbuf ident = { 0 };
	size_t functions = 0;

	read_texts(&texts, &past);
	for (size_t i = 0; i < texts.items[0].count; i++)
		if (!past_find_ident(&past, texts.items[0].items[i].key))
			fail_msg("no Blender has %s", texts.items[0].items[i].key);
	for (size_t i = 0; i < past.owner_count; i++)
		for (size_t k = 0; k < past.owners[i].count; k++) {
			const struct past_owner *owner = &past.owners[i];

			if (owner->kind != PAST_MEMBERS || strcmp(owner->ident, "bmesh.ops") != 0)
				continue;
			past_ident(&ident, PAST_MEMBERS, "bmesh.ops",
			           past.names[owner->first + k].name);
			if (!is_described(&texts, strbuf_str(&ident)))
				fail_msg("%s is not in bmesh.yaml", strbuf_str(&ident));
			functions++;
		}
	assert_true(functions >= 83);
	yaml_value_release(&texts);
	past_release(&past);
	strbuf_release(&ident);
}

TEST(a_mistake_in_our_files_is_a_failure_that_names_one)
{
	static const char *const files[][2] = {
		{ "bmesh.yaml", "texts: [" },
		{ "names.tsv", "members\n" },
		{ "notes.yaml", "notes:\n  a: b\n" },
	};
	struct strbuf dump = { 0 };
	struct error err;

	data_path(&dump, "past/new.json");
	for (size_t i = 0; i < COUNT(files); i++) {
		struct scratch scratch = scratch_new();
		struct rag_source source = { .key = "key", .data_dir = scratch.dir };

		source.dump = strbuf_str(&dump);
		scratch_write(&scratch, files[i][0], files[i][1]);
		assert_false(rag_build(scratch_path(&scratch, "index.db"), &source, &err));
		assert_non_null(strstr(err.text, files[i][0]));
		scratch_free(&scratch);
	}
	strbuf_release(&dump);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_of_another_blender_is_in_the_history),
		cmocka_unit_test(a_name_that_this_blender_has_is_not),
		cmocka_unit_test(each_name_that_is_gone_leads_to_its_note),
		cmocka_unit_test(notes_about_other_blenders_stay_out),
		cmocka_unit_test(what_blender_says_nothing_about_is_found_by_our_words),
		cmocka_unit_test(all_of_bmesh_ops_is_described_and_nothing_that_never_was),
		cmocka_unit_test(a_mistake_in_our_files_is_a_failure_that_names_one),
	};

	return RUN_ALL(tests);
}
