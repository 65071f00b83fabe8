"""Sweep a profile along a path: curve with a bevel object

For mouldings, gutters, picture frames, rails, tyres. The profile is a closed 2D curve, never
rendered by itself; a cyclic POLY path gives mitred corners. A profile that runs the other way turns
the faces inwards.
"""
# words: sweep, profile along path, moulding, picture frame, skirting, rail, gutter, follow path, bevel object, cornice
# idents: bpy.types.Curve.bevel_object, bpy.types.Curve.bevel_mode, bpy.types.Spline.use_cyclic_u, bpy.types.Object.hide_render
# ran: 3.4 4.3 5.2

import bpy


def add_loop(name, points, dimensions):
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions = dimensions
    spline = curve.splines.new("POLY")
    spline.points.add(len(points) - 1)
    for point, co in zip(spline.points, points):
        point.co = (*co, 1)
    spline.use_cyclic_u = True
    obj = bpy.data.objects.new(name, curve)
    bpy.context.collection.objects.link(obj)
    return obj


def build_sweep(name, path, profile):
    shape = add_loop(name + "Profile", profile, "2D")
    shape.hide_render = True
    shape.hide_set(True)
    obj = add_loop(name, path, "3D")
    obj.data.bevel_mode = "OBJECT"
    obj.data.bevel_object = shape
    return obj


moulding = [(0, 0, 0), (0, 0.05, 0), (0.03, 0.045, 0), (0.045, 0.025, 0), (0.06, 0.02, 0), (0.06, 0, 0)]
build_sweep("Frame", [(-0.3, 0, 0.03), (0.3, 0, 0.03), (0.3, 0, 0.83), (-0.3, 0, 0.83)], moulding)
