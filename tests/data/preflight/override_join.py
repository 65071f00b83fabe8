import bpy

parts = []
for i in range(4):
    bpy.ops.mesh.primitive_cube_add(size=0.5, location=(i * 0.6, 0, 0.25))
    parts.append(bpy.context.object)

override = bpy.context.copy()
override["active_object"] = parts[0]
override["object"] = parts[0]
override["selected_objects"] = parts
override["selected_editable_objects"] = parts
bpy.ops.object.join(override)
bpy.ops.object.shade_smooth({"object": parts[0], "selected_editable_objects": [parts[0]]})
parts[0].name = "Wall"
