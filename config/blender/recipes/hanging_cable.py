"""Cable that hangs between two points

For power lines, garlands, rope bridges, necklaces. A parabola is near enough to the true catenary; sag
is measured at the middle. More points only where it bends.
"""
# words: cable, hanging, sag, catenary, power line, garland, wire, clothes line, rope bridge, cord, string lights
# idents: bpy.types.Curve.bevel_depth, mathutils.Vector.lerp, bpy.types.SplinePoint.co
# ran: 3.4 4.3 5.2

import bpy
from mathutils import Vector


def build_cable(name, start, end, sag, radius=0.01, steps=24):
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth, curve.use_fill_caps = "3D", radius, True
    spline = curve.splines.new("POLY")
    spline.points.add(steps)
    for i, point in enumerate(spline.points):
        t = i / steps
        at = Vector(start).lerp(Vector(end), t)
        at.z -= 4 * sag * t * (1 - t)
        point.co = (*at, 1)
    obj = bpy.data.objects.new(name, curve)
    bpy.context.collection.objects.link(obj)
    return obj


build_cable("Cable", (-1, 0, 1), (1, 0, 0.8), sag=0.5)
# For the picture:
import bmesh

for x, height in ((-1, 1.05), (1, 0.85)):
    mesh = bpy.data.meshes.new("Post")
    bm = bmesh.new()
    bmesh.ops.create_cone(bm, cap_ends=True, segments=16, radius1=0.04, radius2=0.03, depth=height)
    bm.to_mesh(mesh)
    bm.free()
    post = bpy.data.objects.new("Post", mesh)
    post.location = (x, 0, height / 2)
    bpy.context.collection.objects.link(post)
