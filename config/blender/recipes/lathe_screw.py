"""Lathe that stays editable: Screw modifier on a profile

For round bodies whose profile may change later. The profile is a mesh of edges only, in the XZ
plane; merge welds the seam and the points on the axis, so no operator is needed.
"""
# words: lathe, screw modifier, revolve, turned, editable, profile, goblet, glass, bowl, candlestick
# idents: bpy.types.ScrewModifier, bpy.types.ScrewModifier.use_merge_vertices
# ran: 3.4 4.3 5.2
# closed: yes

import bpy


def build_turned(name, profile, steps=48):
    mesh = bpy.data.meshes.new(name)
    points = [(r, 0, z) for r, z in profile]
    mesh.from_pydata(points, [(i, i + 1) for i in range(len(points) - 1)], [])
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    screw = obj.modifiers.new("Turn", "SCREW")
    screw.axis = "Z"
    screw.steps = screw.render_steps = steps
    screw.use_merge_vertices = True
    screw.merge_threshold = 1e-4
    screw.use_normal_calculate = True
    screw.use_smooth_shade = True
    return obj


build_turned("Goblet", [(0, 0), (0.2, 0), (0.2, 0.015), (0.03, 0.05), (0.025, 0.3), (0.15, 0.4),
                        (0.2, 0.52), (0.19, 0.7), (0.18, 0.7), (0.19, 0.52), (0.14, 0.415), (0, 0.37)])
