"""Bend, twist or taper with Simple Deform

For horseshoes, arches, screwed columns, tapered legs. The mesh must have enough cuts along its length:
a plain box cannot bend. Angle is in radians; the factor of TAPER is a share.
"""
# words: bend, twist, taper, stretch, simple deform, arch, deform, curved, twisted column, horseshoe
# idents: bpy.types.SimpleDeformModifier, bpy.types.SimpleDeformModifier.deform_method, bpy.types.SimpleDeformModifier.deform_axis, bmesh.ops.subdivide_edges
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import radians
from mathutils import Matrix


def build_twisted_bar(name, width=0.1, height=0.6, cuts=40, degrees=270):
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Translation((0, 0, height / 2))
                          @ Matrix.Diagonal((width, width, height, 1)))
    upright = [e for e in bm.edges if abs(e.verts[0].co.z - e.verts[1].co.z) > width / 2]
    bmesh.ops.subdivide_edges(bm, edges=upright, cuts=cuts, use_grid_fill=True)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    twist = obj.modifiers.new("Twist", "SIMPLE_DEFORM")
    twist.deform_method = "TWIST"  # or BEND, TAPER (factor), STRETCH (factor)
    twist.deform_axis = "Z"
    twist.angle = radians(degrees)
    return obj


build_twisted_bar("Baluster")
