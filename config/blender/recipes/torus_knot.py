"""Torus knot as a closed tube

For ornaments, jewellery, pretzels, logos. Any closed formula of one parameter works: p turns round
the axis, q through the hole; use_cyclic_u closes the tube without a seam.
"""
# words: torus knot, knot, ornament, jewellery, pretzel, parametric curve, closed curve, ring, loop
# idents: bpy.types.Spline.use_cyclic_u, bpy.types.Curve.bevel_depth, bpy.types.Curve.twist_mode
# ran: 3.4 4.3 5.2

import bpy
from math import cos, sin, tau


def build_knot(name, p=2, q=3, radius=0.25, tube=0.045, steps=160):
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth, curve.bevel_resolution = "3D", tube, 6
    spline = curve.splines.new("POLY")
    spline.points.add(steps - 1)
    for i, point in enumerate(spline.points):
        t = tau * i / steps
        r = radius * (1 + 0.45 * cos(q * t))
        point.co = (r * cos(p * t), r * sin(p * t), 0.45 * radius * sin(q * t), 1)
    spline.use_cyclic_u = True
    curve.twist_mode = "Z_UP"  # MINIMUM jumps where the ends meet
    obj = bpy.data.objects.new(name, curve)
    obj.location.z = 0.45 * radius + tube
    bpy.context.collection.objects.link(obj)
    return obj


build_knot("Knot")
