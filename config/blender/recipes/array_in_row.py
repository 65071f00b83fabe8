"""Row of equal things: Array with a constant offset

For fence posts, steps, books, keys, windows. A constant offset is in metres; the relative one counts in
widths of the thing and is on by default, so switch it off or the two add up.
"""
# words: array, row, repeat, constant offset, spacing, posts, steps, stack, evenly spaced, several times, ladder, count
# idents: bpy.types.ArrayModifier, bpy.types.ArrayModifier.constant_offset_displace, bpy.types.ArrayModifier.use_constant_offset
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from mathutils import Matrix


def build_row(obj, count, step):
    array = obj.modifiers.new("Row", "ARRAY")
    array.count = count
    array.use_relative_offset = False
    array.use_constant_offset = True
    array.constant_offset_displace = step
    return obj


mesh = bpy.data.meshes.new("Rungs")
bm = bmesh.new()
bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Translation((0, 0, 0.2)) @ Matrix.Diagonal((0.4, 0.03, 0.03, 1)))
bm.to_mesh(mesh)
bm.free()
rungs = bpy.data.objects.new("Rungs", mesh)
bpy.context.collection.objects.link(rungs)
build_row(rungs, 6, (0, 0, 0.25))
# For the picture:
for side in (-1, 1):
    rail = bpy.data.meshes.new("Rail")
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Translation((side * 0.2, 0, 0.85)) @ Matrix.Diagonal((0.05, 0.05, 1.7, 1)))
    bm.to_mesh(rail)
    bm.free()
    bpy.context.collection.objects.link(bpy.data.objects.new("Rail", rail))
