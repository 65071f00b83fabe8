"""Gear with teeth and a bore

For gears, sprockets, cogs. Four points a tooth make the outline, an inner ring the bore; top and
bottom are strips of quads between the two, which a face with a hole cannot be.
"""
# words: gear, cog, teeth, sprocket, clockwork, machine, cogwheel, bore, hole
# idents: bpy.types.Mesh.from_pydata, bpy.types.BevelModifier
# ran: 3.4 4.3 5.2
# closed: yes

import bpy
from math import cos, sin, tau


def build_gear(name, teeth=16, radius=0.3, depth=0.06, bore=0.1, height=0.08):
    count = 4 * teeth
    verts, faces = [], []
    for i in range(count):
        a = tau * (i + (0.25, -0.15, 0.15, -0.25)[i % 4]) / count
        r = radius if i % 4 in (1, 2) else radius - depth
        for z in (0, height):
            verts += [(r * cos(a), r * sin(a), z), (bore * cos(a), bore * sin(a), z)]
        low, bore_low, top, bore_top = range(4 * i, 4 * i + 4)
        step = 4 * ((i + 1) % count) - 4 * i
        for p, q in ((low, top), (top, bore_top), (bore_top, bore_low), (bore_low, low)):
            faces.append((p, p + step, q + step, q))
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    bevel = obj.modifiers.new("Bevel", "BEVEL")
    bevel.width, bevel.segments, bevel.limit_method = 0.004, 2, "ANGLE"
    return obj


build_gear("Gear")
