"""Rope of twisted strands

For ropes, cords, plaits, candle wicks, twisted legs. Each strand is a helix round the rope's axis
with as much radius as makes neighbours touch; a path can bend it with a Curve modifier.
"""
# words: rope, twisted, strands, cord, cable, plait, braid, helix, string, thread
# idents: bpy.types.SplinePoint.co, bpy.types.Curve.bevel_depth
# ran: 3.4 4.3 5.2

import bpy
from math import cos, pi, sin, tau


def build_rope(name, length, radius=0.03, strands=3, turns_per_metre=6):
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions = "3D"
    strand = radius * sin(pi / strands) / (1 + sin(pi / strands))
    curve.bevel_depth, curve.use_fill_caps = strand * 1.08, True
    steps = max(2, int(length * turns_per_metre * 16))
    for k in range(strands):
        spline = curve.splines.new("POLY")
        spline.points.add(steps)
        for i, point in enumerate(spline.points):
            along = length * i / steps
            a = tau * (along * turns_per_metre + k / strands)
            point.co = (along - length / 2, (radius - strand) * cos(a),
                        radius + (radius - strand) * sin(a), 1)
    obj = bpy.data.objects.new(name, curve)
    bpy.context.collection.objects.link(obj)
    return obj


build_rope("Rope", 0.6)
