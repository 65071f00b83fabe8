"""Hair, fur or bristles without particles

One curve object holds all strands; each point's radius tapers the tube. Particles and hair curves
differ between versions, bevelled curves do not. Keep strands times points in the thousands.
"""
# words: hair, fur, strands, bristles, brush, whiskers, mane, beard, taper, curves, without particles
# idents: bpy.types.SplinePoint.radius, bpy.types.Curve.bevel_depth, bpy.types.Curve.bevel_resolution
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from math import acos, cos, sin, tau
from mathutils import Vector
from random import Random


def build_hair(name, center, radius, count=500, length=0.25, seed=1):
    random = Random(seed)
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth, curve.bevel_resolution = "3D", 0.004, 0
    for _ in range(count):
        up, turn = acos(random.uniform(0.0, 1)), random.uniform(0, tau)
        out = Vector((sin(up) * cos(turn), sin(up) * sin(turn), cos(up)))
        spline = curve.splines.new("POLY")
        spline.points.add(6)
        for i, point in enumerate(spline.points):
            t = i / 6
            droop = Vector((0, 0, -0.8 * length * t * t))
            point.co = (*(center + out * (radius + length * t) + droop), 1)
            point.radius = 1 - 0.9 * t
    obj = bpy.data.objects.new(name, curve)
    bpy.context.collection.objects.link(obj)
    return obj


build_hair("Hair", Vector((0, 0, 0.3)), 0.3)
# For the picture:
mesh = bpy.data.meshes.new("Head")
bm = bmesh.new()
bmesh.ops.create_icosphere(bm, subdivisions=4, radius=0.3)
bm.to_mesh(mesh)
bm.free()
head = bpy.data.objects.new("Head", mesh)
head.location.z = 0.3
bpy.context.collection.objects.link(head)
