#include "rag/past.h"

#include <string.h>

#include "base/path.h"
#include "data.h"
#include "scratch.h"

/* What two small dumps become, written and read again. */
static void read_small(struct past *past, struct strbuf *text)
{
	struct strbuf old = { 0 }, new = { 0 };
	struct scratch scratch = scratch_new();
	struct error err;

	data_path(&old, "past/old.json");
	data_path(&new, "past/new.json");
	const char *const dumps[] = { strbuf_str(&old), strbuf_str(&new) };

	assert_true(past_write(text, dumps, 2, &err));
	scratch_write(&scratch, "names.tsv", strbuf_str(text));
	assert_true(past_read(past, scratch_path(&scratch, "names.tsv"), &err));
	scratch_free(&scratch);
	strbuf_release(&old);
	strbuf_release(&new);
}

TEST(every_kind_of_name_is_found_in_the_versions_that_have_it)
{
	static const struct {
		const char *ident;
		unsigned versions;
	} names[] = {
		{ "bpy.types.Mesh", 3 },
		{ "bpy.types.Mesh.vertices", 3 },
		{ "bpy.types.Mesh.name", 3 }, /* inherited */
		{ "bpy.types.Mesh.use_auto_smooth", 1 },
		{ "bpy.types.Mesh.mode='EXACT'", 3 },
		{ "bpy.types.Mesh.mode='FAST'", 1 },
		{ "bpy.types.Mesh.mode='FLOAT'", 2 },
		{ "bpy.types.Mesh.transform(matrix)", 3 },
		{ "bpy.types.Mesh.transform(shape_keys)", 2 },
		{ "bpy.types.Mesh.from_pydata(vertices)", 1 },
		{ "bpy.types.Mesh.from_pydata(edges)", 1 },
		{ "bpy.types.Mesh.from_pydata(faces)", 1 },
		{ "bpy.types.Mesh.from_pydata(None)", 0 },
		{ "bpy.ops.mesh.bevel", 3 },
		{ "bpy.ops.mesh.bevel(vertex_only)", 1 },
		{ "bpy.ops.mesh.bevel(affect)", 2 },
		{ "bmesh.ops.create_cone", 1 },
		{ "bmesh.ops.create_cone(radius1)", 1 },
		{ "bmesh.ops.create_cone(matrix)", 1 },
		{ "bmesh.ops.create_cone(verts)", 0 }, /* a result */
		{ "bpy.types.ShaderNodeBump.inputs[\"Fac\"]", 3 },
		{ "bpy.types.ShaderNodeBump.inputs[\"Factor\"]", 2 },
		{ "bpy.types.ShaderNodeBump.inputs[\"Normal Map\"]", 1 },
		{ "bpy.types.ShaderNodeBump.inputs[\"Normal\"]", 0 }, /* an identifier, in 3.4 */
		{ "bpy.types.ShaderNodeBump.inputs[\"A\"]", 2 },
		{ "bpy.types.ShaderNodeBump.inputs[\"A_Color\"]", 0 }, /* which A is meant? */
		{ "bpy.types.ShaderNodeBump.outputs[\"Fac\"]", 0 },
		{ "bpy.context.object", 3 },
		{ "bpy.context.__doc__", 0 },
		{ "bpy.types.VIEW3D_PT_tools", 0 }, /* no script that models needs panels */
		{ "bpy.types.Nothing.name", 0 },
		{ "", 0 },
		{ "()", 0 },
	};
	struct strbuf text = { 0 };
	struct past past = { 0 };

	read_small(&past, &text);
	for (size_t i = 0; i < COUNT(names); i++)
		if (past_find_ident(&past, names[i].ident) != names[i].versions)
			fail_msg("%s: %u", names[i].ident, past_find_ident(&past, names[i].ident));
	past_release(&past);
	strbuf_release(&text);
}

TEST(only_what_has_gone_keeps_its_summary)
{
	struct strbuf text = { 0 };
	struct past past = { 0 };

	read_small(&past, &text);
	assert_non_null(strstr(strbuf_str(&text), "\t1\tTreat edges over the angle as sharp. Then "
	                                          "more\tuse_auto_smooth\n"));
	assert_null(strstr(strbuf_str(&text), "Its points"));
	past_release(&past);
	strbuf_release(&text);
}

TEST(a_version_is_known_by_its_release)
{
	struct strbuf text = { 0 };
	struct past past = { 0 };

	read_small(&past, &text);
	assert_int_equal(past.version_count, 2);
	assert_int_equal(past_version(&past, "3.4.0"), 1);
	assert_int_equal(past_version(&past, "4.3.2 LTS"), 2);
	assert_int_equal(past_version(&past, "4.30.2"), 0);
	assert_int_equal(past_version(&past, "4.2.0"), 0);
	assert_int_equal(past_version(&past, ""), 0);
	past_release(&past);
	strbuf_release(&text);
}

TEST(names_are_written_as_they_are_found)
{
	static const char *const idents[] = { "o.name", "o(name)", "o='name'", "o.inputs[\"name\"]",
		                              "o.outputs[\"name\"]" };
	struct strbuf ident = { 0 };

	for (enum past_kind kind = 0; kind < PAST_KIND_COUNT; kind++) {
		past_ident(&ident, kind, "o", "name");
		assert_string_equal(strbuf_str(&ident), idents[kind]);
	}
	strbuf_release(&ident);
}

TEST(a_file_with_a_mistake_is_refused_by_its_line)
{
	static const char *const files[] = {
		"members\tb\nmembers\ta\n", /* not in order */
		"members\n",
		"\t1\tsummary\tname\n", /* no owner */
		"members\ta\n\t0\t\tname\n",
		"members\ta\n\t1\n",
		"something\ta\n",
		"versions\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\t13\t14\t15\t16\t17\n",
	};
	struct scratch scratch = scratch_new();
	struct past past = { 0 };
	struct error err;

	for (size_t i = 0; i < COUNT(files); i++) {
		scratch_write(&scratch, "names.tsv", files[i]);
		assert_false(past_read(&past, scratch_path(&scratch, "names.tsv"), &err));
		assert_int_equal(err.code, ERR_CONFIG);
		assert_int_equal(past.owner_count, 0);
	}
	scratch_free(&scratch);
}

TEST(our_own_file_knows_three_blenders)
{
	struct strbuf file = { 0 };
	struct past past = { 0 };
	struct error err;

	assert_true(path_shared(&file, "config/blender/names.tsv", &err));
	assert_true(past_read(&past, strbuf_str(&file), &err));
	assert_int_equal(past.version_count, 3);
	assert_int_equal(past_find_ident(&past, "bpy.types.Mesh.use_auto_smooth"), 1);
	assert_int_equal(past_find_ident(&past, "bpy.types.ArrayModifier.name"), 7);
	assert_int_equal(past_find_ident(&past, "bpy.ops.object.convert(target)='GPENCIL'"), 1);
	past_release(&past);
	strbuf_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_name_is_found_in_the_versions_that_have_it),
		cmocka_unit_test(only_what_has_gone_keeps_its_summary),
		cmocka_unit_test(a_version_is_known_by_its_release),
		cmocka_unit_test(names_are_written_as_they_are_found),
		cmocka_unit_test(a_file_with_a_mistake_is_refused_by_its_line),
		cmocka_unit_test(our_own_file_knows_three_blenders),
	};

	return RUN_ALL(tests);
}
