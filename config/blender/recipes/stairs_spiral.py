"""Spiral stairs: steps round a column

For staircases, watch towers. The wedge-shaped treads share one mesh, each raised and turned by its
number; rise times steps is the height of the storey.
"""
# words: stairs, staircase, spiral, steps, treads, tower, column, wedge, ladder, winding
# idents: bpy.types.Mesh.from_pydata, bpy.types.Object.rotation_euler
# ran: 3.4 4.3 5.2
# closed: yes

import bpy
from math import cos, sin, tau


def build_spiral_stairs(name, steps=14, rise=0.18, radius=1.0, per_turn=14, thick=0.05, post=0.08):
    def prism(part, outline, low, high):
        count = len(outline)
        sides = [(i, (i + 1) % count, count + (i + 1) % count, count + i) for i in range(count)]
        caps = [tuple(reversed(range(count))), tuple(range(count, 2 * count))]
        mesh = bpy.data.meshes.new(name + part)
        mesh.from_pydata([(x, y, z) for z in (low, high) for x, y in outline], [], sides + caps)
        return mesh

    def place(mesh, z, turn):
        obj = bpy.data.objects.new(mesh.name, mesh)
        obj.location.z, obj.rotation_euler.z = z, turn
        bpy.context.collection.objects.link(obj)

    def arc(r, angle, count):
        return [(r * cos(angle * i / count), r * sin(angle * i / count)) for i in range(count)]

    wide = 1.15 * tau / per_turn  # treads overlap
    tread = prism("Tread", [(0, 0), *arc(radius, wide, 8)], rise - thick, rise)
    for i in range(steps):
        place(tread, i * rise, tau * i / per_turn)
    place(prism("Post", arc(post, tau, 32), 0, steps * rise + 0.1), 0, 0)


build_spiral_stairs("Stairs")
