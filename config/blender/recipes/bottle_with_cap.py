"""Bottle with a threaded neck, and a cap that fits it

For bottles, jars, tubes. The thread is a bevelled helix that sinks into the neck; the cap's inner
radius is neck plus thread. Both profiles run up or outwards first, so one flip suits both.
"""
# words: bottle, cap, neck, thread, jar, lid, screw top, perfume, cosmetics, water bottle, flask
# idents: bpy.types.ScrewModifier, bpy.types.Curve.bevel_depth, bpy.types.Spline.points
# ran: 3.4 4.3 5.2

import bpy
from math import cos, sin, tau


def build_bottle(name, radius=0.035, height=0.16, neck=0.013, thread=0.0015):
    def add(part, data):
        obj = bpy.data.objects.new(name + part, data)
        bpy.context.collection.objects.link(obj)
        return obj

    def lathe(part, profile):
        mesh = bpy.data.meshes.new(name + part)
        mesh.from_pydata([(r, 0, z) for r, z in profile],
                         [(i, i + 1) for i in range(len(profile) - 1)], [])
        turn = add(part, mesh).modifiers.new("Turn", "SCREW")
        turn.steps = turn.render_steps = 48
        turn.use_merge_vertices = turn.use_normal_flip = True

    top, inner, outer = height + 0.045, neck + thread, neck + 3 * thread
    lathe("Body", [(0, 0), (radius, 0), (radius, height), (radius * 0.8, height + 0.015),
                   (neck, height + 0.025), (neck, top), (0, top)])
    lathe("Cap", [(0, 0.018), (inner, 0.018), (inner, 0), (outer, 0), (outer, 0.02), (0, 0.02)])
    bpy.data.objects[name + "Cap"].location.x = radius + 2 * outer  # beside it
    curve = bpy.data.curves.new(name + "Thread", "CURVE")
    curve.dimensions, curve.bevel_depth = "3D", thread
    points = curve.splines.new("POLY").points
    points.add(60)
    for i, point in enumerate(points):
        a = tau * i / 24
        point.co = (neck * cos(a), neck * sin(a), top - 0.016 + 0.012 * i / 60, 1)
    add("Thread", curve)


build_bottle("Bottle")
