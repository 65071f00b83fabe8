"""Turn modifiers into real geometry, without operators

For work on the final shape: measuring, cutting, joining. The evaluated object's mesh is a copy made
by new_from_object; modifier_apply needs an active object and fails on shared meshes.
"""
# words: apply modifiers, evaluated mesh, depsgraph, convert to mesh, modifier_apply, bake, final shape, real geometry
# idents: bpy.types.Context.evaluated_depsgraph_get, bpy.types.BlendDataMeshes.new_from_object, bpy.types.ID.evaluated_get, bpy.types.ObjectModifiers.clear
# ran: 3.4 4.3 5.2

import bmesh
import bpy


def build_applied(obj):
    """Also makes a mesh of a curve or text, as a new object's data."""
    depsgraph = bpy.context.evaluated_depsgraph_get()
    final = bpy.data.meshes.new_from_object(obj.evaluated_get(depsgraph))
    old = obj.data
    obj.modifiers.clear()
    obj.data = final
    if not old.users:
        bpy.data.meshes.remove(old)
    return obj


mesh = bpy.data.meshes.new("Block")
bm = bmesh.new()
bmesh.ops.create_cube(bm, size=0.4)
bm.to_mesh(mesh)
bm.free()
block = bpy.data.objects.new("Block", mesh)
block.location.z = 0.2
bpy.context.collection.objects.link(block)
block.modifiers.new("Bevel", "BEVEL").width = 0.08
block.modifiers.new("Wire", "WIREFRAME").thickness = 0.03
build_applied(block)
