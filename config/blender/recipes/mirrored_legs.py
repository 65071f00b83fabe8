"""Four table legs from one: Mirror modifier on X and Y

For legs, wheels, lamps, anything in pairs or fours. The mirror plane goes through the object's
origin (or mirror_object), so the leg's mesh must lie off the origin, not the object.
"""
# words: table, legs, mirror, symmetry, four legs, chair, both sides, pairs, desk, stool
# idents: bpy.types.MirrorModifier, bpy.types.MirrorModifier.use_axis, bmesh.ops.create_cone
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from mathutils import Matrix


def build_legs(name, x, y, height, radius=0.03):
    bm = bmesh.new()
    bmesh.ops.create_cone(bm, cap_ends=True, segments=24, radius1=radius * 0.6, radius2=radius,
                          depth=height, matrix=Matrix.Translation((x, y, height / 2)))
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    mirror = obj.modifiers.new("Mirror", "MIRROR")
    mirror.use_axis = (True, True, False)
    mirror.use_mirror_merge = False  # the copies do not meet
    return obj


build_legs("Legs", x=0.5, y=0.3, height=0.7)
# For the picture:
bm = bmesh.new()
bmesh.ops.create_cube(bm, matrix=Matrix.Translation((0, 0, 0.72)) @ Matrix.Diagonal((1.2, 0.8, 0.04, 1)))
mesh = bpy.data.meshes.new("Top")
bm.to_mesh(mesh)
bm.free()
bpy.context.collection.objects.link(bpy.data.objects.new("Top", mesh))
