#ifndef FLOW_BOX_H
#define FLOW_BOX_H

#include "stage.h"
#include "test.h"

/* What the agents say when the user wants a box. */
#define PLAN                                                                                       \
	"{\"title\":\"box\",\"summary\":\"A box.\",\"style\":\"plain\","                           \
	"\"parts\":[{\"name\":\"box\",\"looks\":\"a cube\",\"size\":\"1 x 1 x 1 m\"}],"            \
	"\"subtasks\":[{\"title\":\"box\",\"goal\":\"a cube\",\"parts\":[\"box\"]}]}"

#define SCRIPT(size)                                                                               \
	"A cube.\n```python\n\"\"\"A box.\"\"\"\nimport bpy\nimport bmesh\n\nSIZE = " size         \
	"   # m 0.1..2   edge\n\ndef build_box():\n    mesh = bpy.data.meshes.new(\"box\")\n"      \
	"    bm = bmesh.new()\n    bmesh.ops.create_cube(bm, size=SIZE)\n    bm.to_mesh(mesh)\n"   \
	"    bm.free()\n    box = bpy.data.objects.new(\"box\", mesh)\n"                           \
	"    bpy.context.collection.objects.link(box)\n    return box\n\ndef main():\n"            \
	"    build_box()\n\nmain()\n```\n"

/* Raises what only Blender can know. */
#define BROKEN                                                                                     \
	"```python\nimport bpy\n\ngetattr(bpy.data.meshes.new(\"x\"), \"no_such\" + "              \
	"\"_thing\")()\n```\n"

#define NO_FLAWS "{\"summary\":\"A box.\",\"fit\":9,\"flaws\":[]}"

/* False: there is no Blender here, and the test is skipped. */
static inline bool set_up(struct stage *stage)
{
	if (!stage_open(stage)) {
		skip();
		return false;
	}
	return true;
}

#endif
