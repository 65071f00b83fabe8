"""Tree: branches by recursion, thickness by point radius

For trees, corals, roots, antlers. Each branch is one spline whose radius shrinks; children start on
the parent's line. Every level has four times as many: four levels are 85 branches, six are 1,365.
"""
# words: tree, branches, recursive, trunk, twigs, coral, roots, antlers, plant, fractal
# idents: bpy.types.SplinePoint.radius, bpy.types.Curve.bevel_depth, mathutils.Vector.lerp
# ran: 3.4 4.3 5.2

import bpy
from mathutils import Vector
from random import Random


def build_tree(name, height=1.2, radius=0.08, levels=4, seed=4):
    random = Random(seed)
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth, curve.use_fill_caps = "3D", radius, True

    def grow(start, way, length, thick, level):
        spline = curve.splines.new("POLY")
        spline.points.add(5)
        for i, point in enumerate(spline.points):
            point.co, point.radius = (*start, 1), thick * (1 - 0.1 * i)
            end, start = start, start + way * length / 5
            way = (way + Vector([random.uniform(-0.15, 0.15) for _ in "xyz"])).normalized()
            if level > 1 and i > 1:
                side = Vector((random.uniform(-1, 1), random.uniform(-1, 1), 0.4)).normalized()
                grow(end, (way + side).normalized(), length * 0.6, thick * (0.75 - 0.1 * i), level - 1)

    grow(Vector(), Vector((0, 0, 1)), height, 1, levels)
    obj = bpy.data.objects.new(name, curve)
    bpy.context.collection.objects.link(obj)
    return obj


build_tree("Tree")
