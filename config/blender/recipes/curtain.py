"""Curtain: folds that are tight above and open below

For curtains, skirts, banners, paper folds. A sine across the width makes the folds; its depth grows
downwards, and a second slower wave keeps it from looking stamped.
"""
# words: curtain, folds, drapery, pleats, skirt, banner, flag, cloth, waves, hanging fabric
# idents: bmesh.ops.create_grid, bpy.types.SolidifyModifier
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from math import pi, sin, tau


def build_curtain(name, width=1.2, height=2.0, folds=11, depth=0.07):
    bm = bmesh.new()
    bmesh.ops.create_grid(bm, x_segments=folds * 10, y_segments=30, size=1)
    for vert in bm.verts:
        u, down = (vert.co.x + 1) / 2, (1 - vert.co.y) / 2
        wave = sin(tau * folds * u + 0.8 * sin(5 * u + 2 * down))
        slow = sin(pi * folds * 0.37 * u + 3 * down)
        vert.co = (width * (u - 0.5), depth * (0.45 + 0.55 * down) * (wave + 0.35 * slow),
                   height * (1 - down))
    for face in bm.faces:
        face.smooth = True
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    obj.modifiers.new("Cloth", "SOLIDIFY").thickness = 0.003
    return obj


build_curtain("Curtain")
