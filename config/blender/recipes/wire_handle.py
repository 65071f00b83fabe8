"""Wire handle between two ears

For buckets, lanterns, kettles, baskets. The arc starts and ends in the ears' centres, so wire and
ears touch by arithmetic, not by eye.
"""
# words: handle, wire, bail, bucket, ears, lugs, arc, lantern, basket, kettle, half circle
# idents: bpy.types.Curve.bevel_depth, bpy.types.SplinePoint.co, bmesh.ops.create_cone
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from math import cos, pi, sin
from mathutils import Matrix


def build_wire_handle(name, span, height, z, wire=0.006, ear=0.025):
    link = bpy.context.collection.objects.link
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth = "3D", wire
    spline = curve.splines.new("POLY")
    spline.points.add(32)
    for i, point in enumerate(spline.points):
        a = pi * i / 32
        point.co = (span / 2 * cos(a), 0, z + height * sin(a), 1)  # the fourth is a weight
    handle = bpy.data.objects.new(name, curve)
    link(handle)
    for side in (-1, 1):
        bm = bmesh.new()
        bmesh.ops.create_cone(bm, cap_ends=True, segments=24, radius1=ear, radius2=ear,
                              depth=ear, matrix=Matrix.Rotation(pi / 2, 4, "Y"))
        mesh = bpy.data.meshes.new(name + "Ear")
        bm.to_mesh(mesh)
        bm.free()
        obj = bpy.data.objects.new(name + "Ear", mesh)
        obj.location = (side * span / 2, 0, z)
        link(obj)
    return handle


build_wire_handle("Handle", span=0.3, height=0.2, z=0.025)
