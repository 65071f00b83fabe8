"""Spring: a helix of round wire

For springs, coils, spiral cords, heating wires. The first and last turn lie flat, as in a real
compression spring; pitch must exceed the wire's thickness.
"""
# words: spring, helix, coil, spiral, wire, compression, shock absorber, twisted cord
# idents: bpy.types.Curve.bevel_depth, bpy.types.Curve.use_fill_caps, bpy.types.SplinePoint.co
# ran: 3.4 4.3 5.2

import bpy
from math import cos, sin, tau


def build_spring(name, radius=0.1, height=0.4, turns=7, wire=0.012, steps=24):
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth, curve.use_fill_caps = "3D", wire, True
    curve.bevel_resolution = 4
    spline = curve.splines.new("POLY")
    count = (turns + 2) * steps  # one flat turn at each end
    spline.points.add(count)
    for i, point in enumerate(spline.points):
        a = tau * i / steps
        rise = min(max(i / steps - 1, 0), turns) / turns
        point.co = (radius * cos(a), radius * sin(a), wire + (height - 2 * wire) * rise, 1)
    obj = bpy.data.objects.new(name, curve)
    bpy.context.collection.objects.link(obj)
    return obj


build_spring("Spring")
