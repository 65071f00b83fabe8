#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "base/file.h"
#include "data.h"
#include "rag/rag.h"
#include "scratch.h"
#include "test.h"

/*
 * Scripts against an index of tests/data/api/small-4.3.json. Their trees come from the worker's own
 * names.py, by the python3 that is found; where there is none, only trees written by hand are read.
 */
struct desk {
	struct scratch dir;
	struct rag *rag;
	struct rag_misnomers found;
	struct strbuf tree;
};

static void setup(struct desk *d)
{
	struct strbuf dump = { 0 }, facts = { 0 };
	struct rag_source source = { .key = "small" };
	struct error err;

	*d = (struct desk){ .dir = scratch_new() };
	data_path(&dump, "api/small-4.3.json");
	data_path(&facts, "../../config/blender");
	source.dump = strbuf_str(&dump);
	source.data_dir = strbuf_str(&facts);
	assert_true(rag_build(scratch_path(&d->dir, "a.db"), &source, &err));
	assert_true(rag_open(&d->rag, scratch_path(&d->dir, "a.db"), &err));
	strbuf_release(&dump);
	strbuf_release(&facts);
}

static void teardown(struct desk *d)
{
	record_release(&rag_misnomers_type, &d->found);
	strbuf_release(&d->tree);
	rag_close(d->rag);
	scratch_free(&d->dir);
}

/* False: there is no Python. */
static bool parse(struct desk *d, const char *script)
{
	struct strbuf command = { 0 }, program = { 0 };
	char buf[4096];
	size_t len;
	FILE *out;
	struct error err;

	data_path(&program, "../../src/blender/worker/names.py");
	strbuf_addf(&command, "python3 -B %s %s 2>/dev/null", strbuf_str(&program),
	            scratch_path(&d->dir, "script.py"));
	assert_true(file_write(scratch_path(&d->dir, "script.py"), script, strlen(script), &err));
	strbuf_reset(&d->tree);
	out = popen(strbuf_str(&command), "r");
	assert_non_null(out);
	while ((len = fread(buf, 1, sizeof(buf), out)) > 0)
		strbuf_add(&d->tree, buf, len);
	pclose(out);
	strbuf_release(&command);
	strbuf_release(&program);
	return d->tree.len > 0;
}

static bool check(struct desk *d, const char *script)
{
	struct strbuf whole = { 0 };
	struct error err;
	bool is_parsed;

	strbuf_addf(&whole,
	            "import bpy, bmesh, mathutils\n"
	            "mesh = bpy.data.meshes.new('m')\n"
	            "ob = bpy.data.objects.new('o', mesh)\n"
	            "mat = bpy.data.materials.new('M')\n"
	            "nodes = mat.node_tree.nodes\n"
	            "bsdf = nodes['Principled BSDF']\n%s\n",
	            script);
	is_parsed = parse(d, strbuf_str(&whole));
	if (is_parsed)
		assert_true(rag_check(d->rag, strbuf_str(&d->tree), &d->found, &err));
	strbuf_release(&whole);
	return is_parsed;
}

struct expected {
	const char *script, *name, *nearest;
};

static void assert_found(const struct expected *rows, size_t count)
{
	struct desk d;

	setup(&d);
	for (size_t i = 0; i < count; i++) {
		if (!check(&d, rows[i].script))
			break;
		if (d.found.list.count != 1)
			fail_msg("%s: %zu misnomers, the first: %s", rows[i].script,
			         d.found.list.count,
			         d.found.list.count ? d.found.list.items[0].message : "none");
		assert_string_equal(d.found.list.items[0].name, rows[i].name);
		if (!rows[i].nearest)
			continue;
		assert_true(d.found.list.items[0].nearest.count > 0);
		assert_string_equal(d.found.list.items[0].nearest.items[0], rows[i].nearest);
	}
	teardown(&d);
}

static void assert_none(const char *const *scripts, size_t count)
{
	struct desk d;

	setup(&d);
	for (size_t i = 0; i < count; i++)
		if (check(&d, scripts[i]) && d.found.list.count)
			fail_msg("%s: %s", scripts[i], d.found.list.items[0].message);
	teardown(&d);
}

TEST(what_is_not_there_is_told_with_what_is)
{
	static const struct expected rows[] = {
		{ "mesh.use_auto_smooth = True", "bpy.types.Mesh.use_auto_smooth",
		  "bpy.ops.object.shade_smooth_by_angle" },
		{ "mesh.polygonz", "bpy.types.Mesh.polygonz", "polygons" },
		{ "mesh.calc_normals()", "bpy.types.Mesh.calc_normals", "bpy.types.Mesh.update" },
		{ "bpy.data.meshs.new('x')", "bpy.types.BlendData.meshs", "meshes" },
		{ "bsdf.inputs['Specular'].default_value = 0.5",
		  "socket Specular of ShaderNodeBsdfPrincipled",
		  "bpy.types.ShaderNodeBsdfPrincipled.inputs[\"Specular IOR Level\"]" },
		{ "bpy.ops.mesh.primitive_cube_add(sise=2)",
		  "keyword sise of bpy.ops.mesh.primitive_cube_add", "size" },
		{ "bpy.ops.mesh.primitive_cube_ad()", "bpy.ops.mesh.primitive_cube_ad",
		  "primitive_cube_add" },
		{ "bmesh.ops.create_cone(bmesh.new(), diameter1=2)",
		  "keyword diameter1 of bmesh.ops.create_cone", "bmesh.ops.create_cone(radius1)" },
		{ "mathutils.Vector((1, 2, 3)).normalised()", "mathutils.Vector.normalised",
		  "normalize" },
		{ "ob.modifiers.new('b', 'BEVEL').limit_method = 'ANGEL'",
		  "value ANGEL of BevelModifier.limit_method", "ANGLE" },
		{ "nodes.new('ShaderNodeTexMusgrave')", "bpy.types.ShaderNodeTexMusgrave",
		  "bpy.types.ShaderNodeTexNoise" },
		{ "bpy.context.scene.render.engine = 'BLENDER_EEVEE'",
		  "value BLENDER_EEVEE of RenderSettings.engine", NULL },
		{ "mesh.polygons = []", "bpy.types.Mesh.polygons", NULL },
		{ "bsdf.inputs['Specular Tint'].default_value = 0.5",
		  "value of socket Specular Tint of ShaderNodeBsdfPrincipled", NULL },
		{ "bsdf.inputs.get('Emission').default_value = (1, 1, 1, 1)",
		  "socket Emission of ShaderNodeBsdfPrincipled", NULL },
		{ "bpy.ops.object.shade_smooth({'object': ob})",
		  "arguments of bpy.ops.object.shade_smooth", NULL },
	};

	assert_found(rows, COUNT(rows));
}

TEST(types_are_followed_through_the_script)
{
	static const struct expected rows[] = {
		{ "ob.data.use_auto_smooth = 1", "bpy.types.Mesh.use_auto_smooth", NULL },
		{ "def f(o, n='BEVEL'):\n m = o.modifiers.new('x', type=n)\n return m\n"
		  "f(ob).widthh = 1",
		  "bpy.types.BevelModifier.widthh", "width" },
		{ "def f(x):\n x.polygonz\nf(x=mesh)", "bpy.types.Mesh.polygonz", NULL },
		{ "class A:\n def __init__(self): self.go()\n def go(self): mesh.polygonz\nA()",
		  "bpy.types.Mesh.polygonz", NULL },
		{ "for v in mesh.vertices:\n v.coo", "bpy.types.MeshVertex.coo", "co" },
		{ "[v.coo for v in mesh.vertices]", "bpy.types.MeshVertex.coo", "co" },
		{ "for i, v in enumerate(mesh.vertices):\n v.coo", "bpy.types.MeshVertex.coo",
		  "co" },
		{ "bpy.ops.mesh.primitive_cube_add()\nbpy.context.object.data.polygonz",
		  "bpy.types.Mesh.polygonz", NULL },
		{ "bpy.context.view_layer.objects.active = ob\n"
		  "bpy.context.active_object.data.polygonz",
		  "bpy.types.Mesh.polygonz", NULL },
		{ "for n in nodes:\n if n.type == 'BSDF_PRINCIPLED':\n  n.inputs['Specular']",
		  "socket Specular of ShaderNodeBsdfPrincipled", NULL },
		{ "a, b = mesh, ob\na.polygonz", "bpy.types.Mesh.polygonz", NULL },
		{ "x = mesh if ob else mesh\nx.polygonz", "bpy.types.Mesh.polygonz", NULL },
		{ "from bpy import data as D\nD.meshes.new('x').polygonz",
		  "bpy.types.Mesh.polygonz", NULL },
		{ "if bpy.app.version >= (4, 1, 0):\n mesh.polygonz", "bpy.types.Mesh.polygonz",
		  NULL },
		{ "with open('x') as f:\n mesh.polygonz", "bpy.types.Mesh.polygonz", NULL },
		{ "try:\n mesh.polygonz\nfinally:\n pass", "bpy.types.Mesh.polygonz", NULL },
		{ "while True:\n x = mesh\n break\nx.polygonz", "bpy.types.Mesh.polygonz", NULL },
	};

	assert_found(rows, COUNT(rows));
}

TEST(a_name_that_the_script_asks_for_first_is_its_own_business)
{
	static const char *const scripts[] = {
		"if hasattr(mesh, 'use_auto_smooth'):\n mesh.use_auto_smooth = True",
		"getattr(mesh, 'polygonz', None)",
		"try:\n mesh.polygonz\nexcept AttributeError:\n pass",
		"try:\n bsdf.inputs['Specular']\nexcept:\n pass",
		"from contextlib import suppress\nwith suppress(KeyError):\n bsdf.inputs['Specular']",
		"if 'Specular' in bsdf.inputs:\n bsdf.inputs['Specular'].default_value = 1",
		"n = 'Specular' if 'Specular' in bsdf.inputs else 'Specular IOR Level'\nbsdf.inputs[n]",
		"s = bsdf.inputs.get('Specular')\nif s:\n s.default_value = 1",
		"for n in ('Specular', 'Specular IOR Level'):\n if n in bsdf.inputs:\n  bsdf.inputs[n]",
		"if bpy.app.version < (4, 1, 0):\n mesh.use_auto_smooth = True",
		"old = bpy.app.version[0] < 4\nif old:\n mesh.use_auto_smooth = True",
		"if bpy.app.version[:2] < (4, 1):\n mesh.use_auto_smooth = True",
		"major, minor, _ = bpy.app.version\nif major < 4:\n mesh.use_auto_smooth = True",
		"if float(bpy.app.version_string[:3]) < 4.1:\n mesh.use_auto_smooth = True",
		"if bpy.app.version_string.startswith('3'):\n mesh.use_auto_smooth = True",
		"x = bpy.app.version >= (4, 1, 0) or mesh.polygonz",
		"bpy.app.version < (4, 1, 0) and mesh.calc_normals()",
		"if ob.type == 'CURVE':\n ob.data.splines",
		"if not isinstance(ob.data, bpy.types.Mesh):\n ob.data.splines",
		"def f(o):\n if o.type != 'CURVE':\n  return\n o.data.splines\nf(ob)",
		"if False:\n mesh.polygonz",
		"try:\n go()\nexcept Exception:\n mesh.polygonz",
		"bpy.ops.object.convert\nob.data.diffuse_color",
		"def never():\n mesh.polygonz",
		"def f(x):\n x.anything\nf(unknown())",
	};

	assert_none(scripts, COUNT(scripts));
}

TEST(what_the_script_adds_itself_is_there)
{
	static const char *const scripts[] = {
		"bpy.types.Mesh.height = bpy.props.FloatProperty()\nmesh.height = 2",
		"ob['height'] = 3\nob['height']",
		"class OP(bpy.types.Operator):\n bl_idname = 'mesh.mine'\n"
		"bpy.utils.register_class(OP)\nbpy.ops.mesh.mine()",
		"class N(bpy.types.ShaderNode):\n pass\nnodes.new('N')",
		"bpy.ops.preferences.addon_enable(module='x')\nbpy.ops.mesh.of_an_addon()",
		"n = nodes.new('ShaderNodeMix')\nn.name = 'Principled BSDF'\n"
		"nodes['Principled BSDF'].inputs['A']",
		"mesh = something()\nmesh.polygonz",
		"for mesh in things():\n mesh.polygonz",
		"def f():\n global mesh\n mesh = 3\nf()\nmesh.polygonz",
		"import x as bpy\nbpy.data.polygonz",
		"mesh.__class__\nmesh.bl_rna\nmesh.keys()\nmesh.as_pointer()\nmesh.vertices.foreach_get",
		"ob.modifiers.new('Bevel', 'SUBSURF')\nob.modifiers['Bevel'].levels = 2",
		"bpy.types.VIEW3D_PT_of_an_addon\nbpy.types.bpy_struct",
	};

	assert_none(scripts, COUNT(scripts));
}

TEST(a_line_is_told_of_once_and_in_order)
{
	struct desk d;

	setup(&d);
	if (check(&d, "def f():\n mesh.polygonz\nmesh.vertexes\nf()\nf()")) {
		assert_int_equal(d.found.list.count, 2);
		assert_int_equal(d.found.list.items[0].line, 8);
		assert_int_equal(d.found.list.items[0].column, 6);
		assert_int_equal(d.found.list.items[1].line, 9);
		assert_non_null(strstr(d.found.list.items[0].message, "line 8: "));
		assert_non_null(strstr(d.found.list.items[0].message, "4.3.2"));
	}
	teardown(&d);
}

TEST(a_script_that_calls_itself_comes_to_an_end)
{
	struct desk d;

	setup(&d);
	if (check(&d, "def f(n):\n return f(n) + g(n)\ndef g(n):\n for i in f(n): f(i); g(i)\n"
	              "f(1)\nmesh.polygonz"))
		assert_int_equal(d.found.list.count, 1);
	teardown(&d);
}

TEST(calls_within_calls_are_gone_through_once)
{
	struct strbuf script = { 0 };
	struct desk d;

	strbuf_addstr(&script, "def f(x): return x\ny = ");
	for (int i = 0; i < 40; i++)
		strbuf_addstr(&script, "f(");
	strbuf_addstr(&script, "mesh");
	for (int i = 0; i < 40; i++)
		strbuf_addstr(&script, ")");
	strbuf_addstr(&script, "\ny.polygonz");
	setup(&d);
	if (check(&d, strbuf_str(&script)))
		assert_int_equal(d.found.list.count, 1);
	teardown(&d);
	strbuf_release(&script);
}

TEST(trees_that_are_none_are_refused)
{
	static const char *const trees[] = {
		"",
		"[]",
		"{}",
		"{\"nodes\": 3}",
		"{\"nodes\": [3]}",
		"{\"nodes\": [[\"block\", 1, 0, null, 0]]}",
		"{\"nodes\": [[\"block\", 1, 0, null, 1], [\"name\", 1, 0, \"x\"]]}",
		"{\"nodes\": [[\"name\", 1, 0, \"x\"], [\"do\", 1, 0, null, 0],"
		" [\"block\", 1, 0, null, 0, 1]]}",
		"{\"nodes\": [[\"name\", 1, 0, \"x\"], [\"do\", 1, 0, null, -1]]}",
		"{\"nodes\": [[\"name\", \"one\", 0, \"x\"]]}",
	};
	struct desk d;
	struct error err;

	setup(&d);
	for (size_t i = 0; i < COUNT(trees); i++)
		assert_false(rag_check(d.rag, trees[i], &d.found, &err));
	teardown(&d);
}

TEST(a_tree_deeper_than_any_script_is_refused)
{
	struct strbuf tree = { 0 };
	struct desk d;
	struct error err;

	setup(&d);
	strbuf_addstr(&tree, "{\"nodes\": [[\"name\", 1, 0, \"x\"]");
	for (int i = 0; i < 5000; i++)
		strbuf_addf(&tree, ",[\"attribute\", 1, 0, \"y\", %d]", i);
	strbuf_addstr(&tree, "]}");
	assert_false(rag_check(d.rag, strbuf_str(&tree), &d.found, &err));
	strbuf_release(&tree);
	teardown(&d);
}

/* Kinds in places where Python has others: looked at as far as they make sense. */
TEST(parts_in_the_wrong_places_do_no_harm)
{
	static const char *const trees[] = {
		"{\"nodes\": []}",
		"{\"nodes\": [[\"call\", 1, 0, null]]}",
		"{\"nodes\": [[\"if\", 1, 0, null], [\"for\", 1, 0, null], [\"try\", 1, 0, null],"
		" [\"def\", 1, 0, null], [\"each\", 1, 0, null], [\"alias\", 1, 0, null],"
		" [\"import\", 1, 0, null, 5], [\"comprehension\", 1, 0, null, 4],"
		" [\"block\", 1, 0, null, 0, 1, 2, 3, 6, 7]]}",
		"{\"nodes\": [[\"nothing\", 1, 0, null], [\"block\", 1, 0, null, 0]]}",
		"{\"nodes\": [[\"text\", 1, 0, \"x\"], [\"attribute\", 1, 0, null, 0],"
		" [\"assign\", 1, 0, null, 1], [\"block\", 1, 0, null, 2]]}",
	};
	struct desk d;
	struct error err;

	setup(&d);
	for (size_t i = 0; i < COUNT(trees); i++) {
		assert_true(rag_check(d.rag, trees[i], &d.found, &err));
		assert_int_equal(d.found.list.count, 0);
	}
	teardown(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_there_is_told_with_what_is),
		cmocka_unit_test(types_are_followed_through_the_script),
		cmocka_unit_test(a_name_that_the_script_asks_for_first_is_its_own_business),
		cmocka_unit_test(what_the_script_adds_itself_is_there),
		cmocka_unit_test(a_line_is_told_of_once_and_in_order),
		cmocka_unit_test(a_script_that_calls_itself_comes_to_an_end),
		cmocka_unit_test(calls_within_calls_are_gone_through_once),
		cmocka_unit_test(trees_that_are_none_are_refused),
		cmocka_unit_test(a_tree_deeper_than_any_script_is_refused),
		cmocka_unit_test(parts_in_the_wrong_places_do_no_harm),
	};

	return RUN_ALL(tests);
}
