"""Cloth that drapes over an edge, without simulation

For tablecloths, covers, blankets. Inside the table's radius the cloth lies flat; outside it falls,
and waves that grow with the fall make the folds. Simulation would need baked frames.
"""
# words: cloth, drape, tablecloth, blanket, cover, folds, fabric, hang, without simulation, veil
# idents: bmesh.ops.create_grid, bpy.types.SolidifyModifier
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from math import atan2, cos, hypot, sin


def build_draped_cloth(name, radius, drop, height, folds=9):
    bm = bmesh.new()
    size = radius + drop
    bmesh.ops.create_grid(bm, x_segments=90, y_segments=90, size=size)
    for vert in bm.verts:
        x, y, _ = vert.co
        r, a = hypot(x, y), atan2(y, x)
        fall = max(0, r - radius)
        out = min(r, radius) + 0.12 * fall
        out += 0.16 * fall * (cos(folds * a) + 0.4 * sin(2 * folds * a + 1))
        vert.co = (out * cos(a), out * sin(a), height - fall)
    for face in bm.faces:
        face.smooth = True
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    obj.modifiers.new("Thickness", "SOLIDIFY").thickness = 0.004
    return obj


build_draped_cloth("Tablecloth", radius=0.4, drop=0.3, height=0.43)
