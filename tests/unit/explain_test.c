#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "data.h"
#include "rag/rag.h"
#include "scratch.h"

enum {
	FIRST = 3, /* the answer must be among so many */
};

/* An index of a small part of Blender 4.3, with our own facts. */
struct small {
	struct scratch scratch;
	struct rag *rag;
	struct rag_answer answer;
};

static void small_open(struct small *s)
{
	struct strbuf dump = { 0 }, dir = { 0 };
	struct rag_source source = { .key = "key" };
	struct error err;

	*s = (struct small){ .scratch = scratch_new() };
	data_path(&dump, "api/small-4.3.json");
	assert_true(path_shared(&dir, "config/blender", &err));
	source.dump = strbuf_str(&dump);
	source.data_dir = strbuf_str(&dir);
	if (!rag_build(scratch_path(&s->scratch, "index.db"), &source, &err))
		fail_msg("%s", err.text);
	if (!rag_open(&s->rag, scratch_path(&s->scratch, "index.db"), &err))
		fail_msg("%s", err.text);
	strbuf_release(&dump);
	strbuf_release(&dir);
}

static void small_close(struct small *s)
{
	record_release(&rag_answer_type, &s->answer);
	rag_close(s->rag);
	scratch_free(&s->scratch);
}

static void explain(struct small *s, const char *error, const char *code, const char *script)
{
	struct rag_question question = { .error = error, .code = code, .script = script };
	struct error err;

	if (!rag_ask(s->rag, &question, &s->answer, &err))
		fail_msg("%s: %s", error, err.text);
}

static void assert_found(struct small *s, const char *ident)
{
	for (size_t i = 0; i < s->answer.hits.count && i < FIRST; i++)
		if (!strcmp(s->answer.hits.items[i].ident, ident))
			return;
	fail_msg("%s is not found first, but %s", ident,
	         s->answer.hits.count ? s->answer.hits.items[0].ident : "nothing");
}

static void assert_says(struct small *s, const char *words)
{
	if (!strstr(s->answer.context, words))
		fail_msg("\"%s\" is not in \"%s\"", words, s->answer.context);
}

static const struct row {
	const char *error, *code, *ident;
} rows[] = {
	{ "AttributeError: 'Object' object has no attribute 'select'", "obj.select = True",
	  "bpy.types.Object.select_set" },
	{ "AttributeError: 'Scene' object has no attribute 'update'", "scene.update()",
	  "bpy.types.ViewLayer.update" },
	{ "AttributeError: 'BevelModifier' object has no attribute 'segment'", "bevel.segment = 3",
	  "bpy.types.BevelModifier.segments" },
	{ "AttributeError: bpy_prop_collection: attribute \"append\" not found",
	  "bpy.data.meshes.append(me)", "bpy.types.BlendDataMeshes.new" },
	{ "AttributeError: bpy_struct: attribute \"type\" from \"Object\" is read-only",
	  "obj.type = 'MESH'", "bpy.types.Object.type" },
	{ "AttributeError: bpy_struct: Context property \"active_object\" is read-only",
	  "bpy.context.active_object = obj", "bpy.types.LayerObjects.active" },
	{ "KeyError: 'bpy_prop_collection[key]: key \"Specular\" not found'",
	  "bsdf.inputs[\"Specular\"].default_value = 0.2", "bpy.types.ShaderNodeBsdfPrincipled" },
	{ "KeyError: 'bpy_prop_collection[key]: key \"Principled\" not found'",
	  "mat.node_tree.nodes[\"Principled\"]", "bpy.types.ShaderNodeBsdfPrincipled" },
	{ "KeyError: 'bpy_prop_collection[key]: key \"Bevel\" not found'",
	  "obj.modifiers[\"Bevel\"].width = 1", "bpy.types.ObjectModifiers.new" },
	{ "KeyError: 'bpy_prop_collection[key]: key \"Wood\" not found'",
	  "bpy.data.materials[\"Wood\"]", "bpy.types.BlendDataMaterials.new" },
	{ "IndexError: bpy_prop_collection[index]: index 0 out of range, size 0",
	  "bpy.data.materials[0].name", "bpy.types.BlendDataMaterials.new" },
	{ "TypeError: ObjectModifiers.new(): error with argument 2, \"type\" -  enum "
	  "\"SUBDIVISION\" not found in ('BEVEL', 'SOLIDIFY', 'SUBSURF')",
	  "obj.modifiers.new('S', 'SUBDIVISION')", "bpy.types.SubsurfModifier" },
	{ "TypeError: bpy_struct: item.attr = val: enum \"JPG\" not found in ('JPEG', 'PNG')",
	  "scene.render.image_settings.file_format = 'JPG'",
	  "bpy.types.ImageFormatSettings.file_format" },
	{ "TypeError: Converting py args to operator properties:: keyword \"radius\" unrecognized",
	  "bpy.ops.mesh.primitive_cube_add(radius=1)", "bpy.ops.mesh.primitive_cube_add" },
	{ "TypeError: create_cone: keyword \"diameter1\" is invalid for this operator",
	  "bmesh.ops.create_cone(bm, diameter1=1)", "bmesh.ops.create_cone" },
	{ "TypeError: BlendDataObjects.new(): required parameter \"object_data\" not specified",
	  "bpy.data.objects.new('x')", "bpy.types.BlendDataObjects.new" },
	{ "TypeError: bpy_struct: item.attr = val: SubsurfModifier.levels expected an int type, "
	  "not float",
	  "sub.levels = 2.5", "bpy.types.SubsurfModifier.levels" },
	{ "ValueError: bpy_struct: item.attr = val: sequences of dimension 0 should contain 3 "
	  "items, not 2",
	  "obj.location = (1, 2)", "bpy.types.Object.location" },
	{ "AttributeError: Calling operator \"bpy.ops.mesh.cube_add\" error, could not be found",
	  "bpy.ops.mesh.cube_add()", "bpy.ops.mesh.primitive_cube_add" },
	{ "ValueError: 1-2 args execution context is supported",
	  "bpy.ops.object.select_all({'object': obj}, action='SELECT')",
	  "bpy.ops.object.select_all" },
	{ "RuntimeError: Operator bpy.ops.object.modifier_apply.poll() failed, context is incorrect",
	  "bpy.ops.object.modifier_apply(modifier='S')", "bpy.types.LayerObjects.active" },
	{ "RuntimeError: Error: Node type ShaderNodeNoiseTexture undefined",
	  "nodes.new('ShaderNodeNoiseTexture')", "bpy.types.ShaderNodeTexNoise" },
	{ "NameError: name 'Vector' is not defined", "Vector((0, 0, 1))", "mathutils.Vector" },
	{ "ReferenceError: StructRNA of type Object has been removed", "print(ob.name)",
	  "bpy.types.BlendDataObjects.remove" },
	{ "TypeError: Element-wise multiplication: not supported between 'Matrix' and 'Vector' "
	  "types",
	  "m * v", "mathutils.Matrix" },
	{ "IndexError: BMElemSeq[index]: outdated internal index table, run ensure_lookup_table() "
	  "first",
	  "bm.verts[0]", "bmesh.types.BMVertSeq.ensure_lookup_table" },
	{ "AttributeError: 'NoneType' object has no attribute 'nodes'", "mat.node_tree.nodes",
	  "bpy.types.Material.node_tree" },
};

TEST(every_kind_of_error_leads_to_its_cure)
{
	struct small s;

	small_open(&s);
	for (size_t i = 0; i < COUNT(rows); i++) {
		explain(&s, rows[i].error, rows[i].code, NULL);
		assert_found(&s, rows[i].ident);
	}
	small_close(&s);
}

TEST(the_context_begins_with_what_is_wrong)
{
	struct small s;

	small_open(&s);
	explain(&s, "KeyError: 'bpy_prop_collection[key]: key \"Specular\" not found'",
	        "n.inputs[\"Specular\"].default_value = 0.2",
	        "n = tree.nodes.new(\"ShaderNodeBsdfPrincipled\")\n"
	        "n.inputs[\"Specular\"].default_value = 0.2\n");
	assert_says(&s, "[Blender 4.3.2] input \"Specular\" of ShaderNodeBsdfPrincipled does not "
	                "exist here (existed in 3.4).");
	assert_says(&s, "\"Specular IOR Level\"");
	explain(&s, "AttributeError: 'Mesh' object has no attribute 'use_auto_smooth'",
	        "me.use_auto_smooth = True", NULL);
	assert_says(&s, "[Blender 4.3.2] Mesh.use_auto_smooth does not exist here (existed in "
	                "3.4).");
	small_close(&s);
}

TEST(the_script_says_what_a_variable_is)
{
	static const char script[] = "import bpy\n"
				     "thing = bpy.context.object\n"
				     "x = thing.modifiers.new('B', type='BEVEL')\n"
				     "for y in bpy.data.meshes:\n"
				     "    y.foo\n";
	struct small s;

	small_open(&s);
	explain(&s, "AttributeError: bpy_prop_collection: attribute \"widths\" not found",
	        "x.widths = 1", script);
	assert_found(&s, "bpy.types.BevelModifier.width");
	explain(&s, "AttributeError: bpy_prop_collection: attribute \"vertice\" not found",
	        "y.vertice", script);
	assert_found(&s, "bpy.types.Mesh.vertices");
	small_close(&s);
}

TEST(an_operator_and_a_poll_are_explained_without_code)
{
	struct small s;

	small_open(&s);
	explain(&s, "RuntimeError: Operator bpy.ops.mesh.bevel.poll() failed, context is incorrect",
	        NULL, NULL);
	assert_says(&s, "Edit Mode");
	explain(&s, "Context missing active object", NULL, NULL);
	assert_found(&s, "bpy.types.LayerObjects.active");
	small_close(&s);
}

TEST(what_nobody_knows_is_no_failure)
{
	static const char *const texts[] = { "",
		                             "?",
		                             "ZeroDivisionError: division by zero",
		                             "KeyError: ''",
		                             "'' object has no attribute ''",
		                             "TypeError: (): error with x \"\" - enum \"\"" };
	struct small s;

	small_open(&s);
	for (size_t i = 0; i < COUNT(texts); i++)
		explain(&s, texts[i], "a[b[c](d.", "a = a.a\n");
	small_close(&s);
}

TEST(everyday_words_lead_to_what_they_mean)
{
	static const char *const questions[][2] = {
		{ "The rim of the cup should be rounded off", "bpy.types.BevelModifier" },
		{ "Give the lampshade some wall thickness", "bpy.types.SolidifyModifier" },
		{ "The surface needs a cloudy pattern", "bpy.types.ShaderNodeTexNoise" },
		{ "The apple must not show visible facets", "bpy.ops.object.shade_smooth" },
	};
	struct small s;

	small_open(&s);
	for (size_t i = 0; i < COUNT(questions); i++) {
		struct rag_question question = { .text = questions[i][0] };
		struct error err;

		assert_true(rag_ask(s.rag, &question, &s.answer, &err));
		assert_found(&s, questions[i][1]);
	}
	small_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_error_leads_to_its_cure),
		cmocka_unit_test(the_context_begins_with_what_is_wrong),
		cmocka_unit_test(the_script_says_what_a_variable_is),
		cmocka_unit_test(an_operator_and_a_poll_are_explained_without_code),
		cmocka_unit_test(what_nobody_knows_is_no_failure),
		cmocka_unit_test(everyday_words_lead_to_what_they_mean),
	};

	return RUN_ALL(tests);
}
