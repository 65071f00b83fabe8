#include "rag/message.h"

#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "rag/pattern.h"
#include "test.h"

/* Owner, name, param, separated by |; what is not there is empty. */
static void assert_parts(const struct message *m, const char *parts)
{
	struct strbuf is = { 0 };

	strbuf_addf(&is, "%s|%s|%s", m->owner ? m->owner : "", m->name ? m->name : "",
	            m->param ? m->param : "");
	assert_string_equal(strbuf_str(&is), parts);
	strbuf_release(&is);
}

static const struct form {
	enum message_kind kind;
	const char *text, *parts;
} forms[] = {
	{ MESSAGE_ATTRIBUTE, "AttributeError: 'Mesh' object has no attribute 'use_auto_smooth'",
	  "Mesh|use_auto_smooth|" },
	{ MESSAGE_ATTRIBUTE, "AttributeError: module 'mathutils' has no attribute 'Vec'",
	  "mathutils|Vec|" },
	{ MESSAGE_ATTRIBUTE, "AttributeError: type object 'Object' has no attribute 'foo'",
	  "Object|foo|" },
	{ MESSAGE_ATTRIBUTE, "bpy_prop_collection: attribute \"active\" not found",
	  "bpy_prop_collection|active|" },
	{ MESSAGE_ATTRIBUTE,
	  "ImportError: cannot import name 'Vec' from 'mathutils' (unknown location)",
	  "mathutils|Vec|" },
	{ MESSAGE_ATTRIBUTE,
	  "AttributeError: foreach_set(..) 'Mesh.vertices[...]' elements have no attribute 'coo'",
	  "Mesh|coo|" },
	{ MESSAGE_ATTRIBUTE,
	  "AttributeError: BMeshOpsModule: operator \"create_sphere\" doesn't exist",
	  "|create_sphere|" },
	{ MESSAGE_ATTRIBUTE, "AttributeError: Vector.w: unavailable on 3d vector", "Vector|w|" },
	{ MESSAGE_NONE, "AttributeError: 'NoneType' object has no attribute 'nodes'", "|nodes|" },
	{ MESSAGE_NONE, "TypeError: 'NoneType' object is not subscriptable", "||" },
	{ MESSAGE_READ_ONLY,
	  "AttributeError: bpy_struct: attribute \"type\" from \"Object\" is "
	  "read-only",
	  "Object|type|" },
	{ MESSAGE_READ_ONLY,
	  "AttributeError: bpy_struct: Context property \"active_object\" is read-only",
	  "|active_object|" },
	{ MESSAGE_ID_PROPS,
	  "TypeError: bpy_struct[key] = val: id properties not supported for this type", "||" },
	{ MESSAGE_ID_PROPS, "TypeError: bpy_struct.keys(): this type doesn't support IDProperties",
	  "||" },
	{ MESSAGE_ID_PROPS, "KeyError: 'bpy_struct[key]: key \"Input_2\" not found'", "|Input_2|" },
	{ MESSAGE_KEY, "KeyError: 'bpy_prop_collection[key]: key \"Specular\" not found'",
	  "|Specular|" },
	{ MESSAGE_KEY, "KeyError: 'bpy_prop_collection[key]: key \"don't\" not found'", "|don't|" },
	{ MESSAGE_STALE,
	  "IndexError: BMElemSeq[index]: outdated internal index table, run ensure_lookup_table() "
	  "first",
	  "||" },
	{ MESSAGE_INDEX, "IndexError: bpy_prop_collection[index]: index 0 out of range, size 0",
	  "|0|" },
	{ MESSAGE_INDEX, "IndexError: list index out of range", "||" },
	{ MESSAGE_ENUM,
	  "TypeError: bpy_struct: item.attr = val: enum \"BLENDER_EEVEE\" not found in "
	  "('BLENDER_EEVEE_NEXT', 'CYCLES')",
	  "|BLENDER_EEVEE|" },
	{ MESSAGE_ENUM,
	  "TypeError: ObjectModifiers.new(): error with argument 2, \"type\" -  enum "
	  "\"SUBDIVISION\" not found in ('ARRAY', 'BEVEL')",
	  "ObjectModifiers.new|SUBDIVISION|type" },
	{ MESSAGE_ENUM,
	  "TypeError: MetaBallElements.new(): error with keyword argument \"type\" -  enum "
	  "\"SPHERE\" not found in ('BALL', 'CUBE')",
	  "MetaBallElements.new|SPHERE|type" },
	{ MESSAGE_ENUM, "ValueError: affect: 'EDGE' not found in (['VERTICES', 'EDGES'])",
	  "|EDGE|affect" },
	{ MESSAGE_CALL, "ValueError: 1-2 args execution context is supported", "||" },
	{ MESSAGE_CALL,
	  "TypeError: Calling operator \"bpy.ops.object.select_all\" error, expected a string enum "
	  "in ('INVOKE_DEFAULT')",
	  "||" },
	{ MESSAGE_KEYWORD,
	  "TypeError: Converting py args to operator properties: : keyword \"radius\" "
	  "unrecognized",
	  "|radius|" },
	{ MESSAGE_KEYWORD,
	  "TypeError: create_cone: keyword \"diameter1\" is invalid for this operator",
	  "create_cone|diameter1|" },
	{ MESSAGE_KEYWORD,
	  "TypeError: Mesh.from_pydata() got an unexpected keyword argument 'verts'",
	  "Mesh.from_pydata|verts|" },
	{ MESSAGE_MISSING,
	  "TypeError: ObjectModifiers.new(): required parameter \"type\" not "
	  "specified",
	  "ObjectModifiers.new||type" },
	{ MESSAGE_MISSING,
	  "TypeError: Mesh.from_pydata() missing 1 required positional argument: 'faces'",
	  "Mesh.from_pydata||faces" },
	{ MESSAGE_COUNT, "TypeError: Nodes.new(): takes at most 1 arguments, got 2",
	  "Nodes.new||" },
	{ MESSAGE_COUNT, "TypeError: blf.size() takes exactly 2 arguments (3 given)",
	  "blf.size||" },
	{ MESSAGE_TYPE,
	  "TypeError: bpy_struct: item.attr = val: SubsurfModifier.levels expected an int type, "
	  "not str",
	  "SubsurfModifier||levels" },
	{ MESSAGE_TYPE,
	  "TypeError: IDMaterials.append(): error with argument 1, \"material\" -  "
	  "Function.material expected a Material type, not str",
	  "IDMaterials.append||material" },
	{ MESSAGE_TYPE, "TypeError: create_cube: keyword \"size\" expected a float, not str",
	  "create_cube||size" },
	{ MESSAGE_LENGTH,
	  "ValueError: bpy_struct: item.attr = val: sequences of dimension 0 should contain 4 "
	  "items, not 3",
	  "||" },
	{ MESSAGE_OPERATOR,
	  "AttributeError: Calling operator \"bpy.ops.import_scene.obj\" error, could not be "
	  "found",
	  "bpy.ops.import_scene.obj||" },
	{ MESSAGE_POLL,
	  "RuntimeError: Operator bpy.ops.mesh.bevel.poll() failed, context is incorrect",
	  "bpy.ops.mesh.bevel||" },
	{ MESSAGE_POLL,
	  "RuntimeError: Operator bpy.ops.view3d.view_selected.poll() expected a view3d region",
	  "bpy.ops.view3d.view_selected||" },
	{ MESSAGE_NODE_TYPE, "RuntimeError: Error: Node type ShaderNodeTexMusgrave undefined",
	  "|ShaderNodeTexMusgrave|" },
	{ MESSAGE_NODE_TREE,
	  "RuntimeError: Error: Cannot add node of type GeometryNodeMeshCube to node tree 'T'\n"
	  "  Not a geometry node tree",
	  "|GeometryNodeMeshCube|" },
	{ MESSAGE_UNDEFINED, "NameError: name 'Vector' is not defined", "|Vector|" },
	{ MESSAGE_MODULE, "ModuleNotFoundError: No module named 'bgl'", "|bgl|" },
	{ MESSAGE_REMOVED, "ReferenceError: StructRNA of type Object has been removed",
	  "Object||" },
	{ MESSAGE_PRODUCT,
	  "TypeError: Element-wise multiplication: not supported between 'Matrix' and 'Vector' "
	  "types",
	  "Matrix|Vector|" },
	{ MESSAGE_MODE, "ValueError: The mesh must be in editmode", "||" },
	{ MESSAGE_FILE, "RuntimeError: Error: Cannot read '/a b.png': No such file or directory",
	  "|/a b.png|" },
	{ MESSAGE_OTHER, "ZeroDivisionError: division by zero", "||" },
	{ MESSAGE_OTHER, "", "||" },
};

TEST(every_form_is_told_from_the_others)
{
	struct message m = { 0 };

	for (size_t i = 0; i < COUNT(forms); i++) {
		message_read(&m, forms[i].text);
		if (m.kind != forms[i].kind)
			fail_msg("%s: is %d", forms[i].text, (int)m.kind);
		assert_parts(&m, forms[i].parts);
	}
	message_release(&m);
}

TEST(listed_values_come_apart)
{
	struct message m = { 0 };

	message_read(&m, "TypeError: bpy_struct: item.attr = val: enum \"3d\" not found in ('2D', "
	                 "'3D')");
	assert_int_equal(m.listed.count, 2);
	assert_string_equal(m.listed.items[1], "3D");
	message_read(&m, "ValueError: affect: 'E' not found in (['VERTICES', 'EDGES'])");
	assert_int_equal(m.listed.count, 2);
	assert_string_equal(m.listed.items[0], "VERTICES");
	message_release(&m);
}

TEST(a_whole_traceback_gives_its_last_line_and_the_line_of_the_script)
{
	struct message m = { 0 };

	message_read(&m, "Blender 4.3.2\n"
	                 "Traceback (most recent call last):\n"
	                 "  File \"/home/me/chair.py\", line 12, in <module>\n"
	                 "    make(chair)\n"
	                 "  File \"/home/me/chair.py\", line 7, in make\n"
	                 "    mesh.use_auto_smooth = True\n"
	                 "    ^^^^^^^^^^^^^^^^^^^^\n"
	                 "\x1b[1;31mAttributeError\x1b[0m: 'Mesh' object has no attribute "
	                 "'use_auto_smooth'. Did you mean: 'shade_smooth'?\n"
	                 "\nBlender quit\n");
	assert_int_equal(m.kind, MESSAGE_ATTRIBUTE);
	assert_string_equal(m.code, "mesh.use_auto_smooth = True");
	assert_string_equal(m.hint, "shade_smooth");
	assert_string_equal(m.line, "AttributeError: 'Mesh' object has no attribute "
	                            "'use_auto_smooth'. Did you mean: 'shade_smooth'?");
	message_release(&m);
}

TEST(the_script_is_blamed_and_not_blenders_own_files)
{
	struct message m = { 0 };

	message_read(&m, "Traceback (most recent call last):\n"
	                 "  File \"<script>\", line 3, in <module>\n"
	                 "    bpy.ops.mesh.primitive_torus_add(radius=1)\n"
	                 "  File \"/usr/share/blender/scripts/modules/bpy/ops.py\", line 109, in "
	                 "__call__\n"
	                 "    ret = _op_call(self.idname_py(), kw)\n"
	                 "TypeError: Converting py args to operator properties:: keyword "
	                 "\"radius\" unrecognized\n");
	assert_string_equal(m.code, "bpy.ops.mesh.primitive_torus_add(radius=1)");
	assert_string_equal(m.name, "radius");
	message_release(&m);
}

TEST(an_error_inside_an_operator_is_the_one_that_counts)
{
	struct message m = { 0 };

	message_read(&m, "RuntimeError: Error: Python: Traceback (most recent call last):\r\n"
	                 "  File \"/usr/share/blender/scripts/addons/a.py\", line 1, in x\r\n"
	                 "    b.c\r\n"
	                 "AttributeError: 'Material' object has no attribute 'shadow_method'\r\n"
	                 "Location: /usr/share/blender/scripts/modules/bpy/ops.py:109\r\n");
	assert_int_equal(m.kind, MESSAGE_ATTRIBUTE);
	assert_parts(&m, "Material|shadow_method|");
	assert_null(strstr(m.line, "Location"));
	message_release(&m);
}

TEST(a_message_over_several_lines_becomes_one)
{
	struct message m = { 0 };

	message_read(&m, "TypeError: bpy_struct: item.attr = val:\n"
	                 "   NodeSocketFloat.default_value expected a float type,\n\tnot tuple\n");
	assert_int_equal(m.kind, MESSAGE_TYPE);
	assert_parts(&m, "NodeSocketFloat||default_value");
	assert_string_equal(m.detail, "a float type, not tuple");
	message_release(&m);
}

TEST(hostile_text_is_bounded)
{
	struct strbuf text = { 0 };
	struct message m = { 0 };

	for (int i = 0; i < 50000; i++)
		strbuf_addstr(&text, "'A' object has no \x1b[");
	message_read(&m, strbuf_str(&text));
	assert_int_equal(m.kind, MESSAGE_OTHER);
	assert_true(strlen(m.line) <= 9000);
	strbuf_addstr(&text, "\nKeyError: 'bpy_prop_collection[key]: key \"Fac\" not found'\n");
	message_read(&m, strbuf_str(&text));
	assert_int_equal(m.kind, MESSAGE_KEY);
	assert_string_equal(m.name, "Fac");
	message_release(&m);
	strbuf_release(&text);
}

TEST(holes_take_the_least_and_never_nothing)
{
	struct pattern_parts parts;

	assert_true(pattern_match(&parts, "'{owner}' has '{name}'", "'a b' 'c' has 'd' 'e'"));
	assert_true(text_is(parts.part[PART_OWNER], "c"));
	assert_true(text_is(parts.part[PART_NAME], "d"));
	assert_false(pattern_match(&parts, "'{owner}' has", "'' has"));
	assert_false(pattern_match(&parts, "{owner}.{param} expected", " . expected"));
	assert_true(pattern_match(&parts, "{owner}.{param} expected", "x.y = A.b expected"));
	assert_true(text_is(parts.part[PART_OWNER], "A"));
	assert_true(pattern_match(&parts, "failed, {detail}", "failed, because"));
	assert_true(text_is(parts.part[PART_DETAIL], "because"));
	assert_false(pattern_match(&parts, "failed, {detail}", "failed, "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_told_from_the_others),
		cmocka_unit_test(listed_values_come_apart),
		cmocka_unit_test(a_whole_traceback_gives_its_last_line_and_the_line_of_the_script),
		cmocka_unit_test(the_script_is_blamed_and_not_blenders_own_files),
		cmocka_unit_test(an_error_inside_an_operator_is_the_one_that_counts),
		cmocka_unit_test(a_message_over_several_lines_becomes_one),
		cmocka_unit_test(hostile_text_is_bounded),
		cmocka_unit_test(holes_take_the_least_and_never_nothing),
	};

	return RUN_ALL(tests);
}
