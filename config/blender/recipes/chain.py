"""Chain: links that share one mesh, every second turned

For chains, necklaces, belts of equal parts. Link pitch is the inner length, so neighbours touch;
linked copies of one mesh cost almost nothing.
"""
# words: chain, links, necklace, interlocking, rings, torus, stretched torus, linked copies
# idents: bpy.types.Mesh.from_pydata, bpy.types.BlendDataObjects.new
# ran: 3.4 4.3 5.2
# closed: yes

import bpy
from math import copysign, cos, pi, sin, tau


def build_chain(name, count=7, wire=0.01, width=0.05, length=0.09, steps=32, sides=12):
    verts, faces = [], []
    for i in range(steps):
        a = tau * i / steps
        straight = copysign((length - width) / 2, cos(a))
        for j in range(sides):
            b = tau * j / sides
            r = width / 2 - wire + wire * cos(b)
            verts.append((r * cos(a) + straight, r * sin(a), wire * sin(b)))
            here, up = i * sides + j, i * sides + (j + 1) % sides
            turn = (i + 1) % steps * sides - i * sides
            faces.append((here, here + turn, up + turn, up))
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    mesh.polygons.foreach_set("use_smooth", [True] * len(faces))
    for i in range(count):
        obj = bpy.data.objects.new(name, mesh)
        obj.location = ((i - (count - 1) / 2) * (length - 2 * wire), 0, width / 2)
        obj.rotation_euler.x = pi / 4 + pi / 2 * (i % 2)
        bpy.context.collection.objects.link(obj)


build_chain("Link")
