"""Screw thread: a ridge that climbs round a shaft

For bolts, screws, jar necks, lamp sockets. Radius depends on angle plus height, so one grid of
rings is enough; the ends fade to the core so that they can be capped.
"""
# words: screw, thread, bolt, nut, helical ridge, threaded rod, fastener, worm
# idents: bmesh.ops.holes_fill, bmesh.ops.contextual_create, bpy.types.Mesh.from_pydata
# ran: 3.4 4.3 5.2
# closed: yes

import bpy
from math import cos, sin, tau


def build_thread(name, radius=0.05, depth=0.012, pitch=0.03, length=0.3, sides=32, per_turn=16):
    rings = int(length / pitch * per_turn)
    verts, faces = [], []
    for i in range(rings + 1):
        z = length * i / rings
        fade = min(1, z / pitch, (length - z) / pitch)
        for j in range(sides):
            a = tau * j / sides
            ridge = abs((z / pitch - j / sides) % 1 - 0.5) * 2  # 0 in the ridge, 1 in the groove
            r = radius - depth + depth * fade * (1 - ridge)
            verts.append((r * cos(a), r * sin(a), z))
    for i in range(rings):
        for j in range(sides):
            k, n = i * sides, (j + 1) % sides
            faces.append((k + j, k + n, k + n + sides, k + j + sides))
    faces += [tuple(reversed(range(sides))), tuple(range(rings * sides, (rings + 1) * sides))]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_thread("Thread")
