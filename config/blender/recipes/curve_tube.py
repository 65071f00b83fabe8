"""Tube along points: curve with bevel depth

For pipes, cables, rails, stems, wire. A smooth tube through its points: Bezier points with AUTO
handles; use_fill_caps closes the ends. dimensions must be 3D or the curve is flat.
"""
# words: tube, pipe, cable, wire, rail, hose, curve, bevel depth, stem, path, bezier
# idents: bpy.types.Curve.bevel_depth, bpy.types.Curve.use_fill_caps, bpy.types.BezierSplinePoint.handle_left_type
# ran: 3.4 4.3 5.2

import bpy


def build_tube(name, points, radius=0.02):
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions = "3D"
    curve.bevel_depth = radius
    curve.bevel_resolution = 4
    curve.use_fill_caps = True
    spline = curve.splines.new("BEZIER")
    spline.bezier_points.add(len(points) - 1)  # it has one already
    for knot, co in zip(spline.bezier_points, points):
        knot.co = co
        knot.handle_left_type = knot.handle_right_type = "AUTO"
    obj = bpy.data.objects.new(name, curve)
    bpy.context.collection.objects.link(obj)
    return obj


build_tube("Hose", [(-0.4, 0, 0.02), (-0.1, -0.2, 0.02), (0, 0.1, 0.25), (0.15, 0.1, 0.02), (0.4, -0.1, 0.3)])
