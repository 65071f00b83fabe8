"""Stand an object on the ground, or on another

For parts whose height follows from formulas, modifiers or turns. The evaluated vertices in world space
tell the lowest point: bound_box alone is wrong for turned objects and padded for curves.
"""
# words: ground, lowest point, stand on floor, rest on, align, bounding box, floating, world coordinates, place on top
# idents: bpy.types.ID.evaluated_get, bpy.types.Object.to_mesh, bpy.types.Object.to_mesh_clear, bpy.types.Object.matrix_world
# ran: 3.4 4.3 5.2

import bmesh
import bpy


def build_standing(obj, z=0.0):
    depsgraph = bpy.context.evaluated_depsgraph_get()  # also brings matrices up to date
    final = obj.evaluated_get(depsgraph)
    mesh = final.to_mesh()
    lowest = min((final.matrix_world @ vert.co).z for vert in mesh.vertices)
    final.to_mesh_clear()
    obj.location.z += z - lowest  # for a child: move the parent instead
    return obj


mesh = bpy.data.meshes.new("Dice")
bm = bmesh.new()
bmesh.ops.create_cube(bm, size=0.3)
bm.to_mesh(mesh)
bm.free()
dice = bpy.data.objects.new("Dice", mesh)
dice.rotation_euler = (0.6, 0.4, 0.3)
bpy.context.collection.objects.link(dice)
dice.modifiers.new("Round", "BEVEL").width = 0.03
build_standing(dice)
