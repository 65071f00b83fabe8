"""Grass: bent blades in one mesh

For lawns, reeds, tufts round a rock. A blade is a strip that narrows to a point and leans more
towards its tip; one mesh of thousands of blades is cheaper than thousands of objects.
"""
# words: grass, blades, lawn, tuft, reeds, meadow, plants, strips, ground cover
# idents: bpy.types.Mesh.from_pydata
# ran: 3.4 4.3 5.2

import bpy
from math import cos, sin, tau
from random import Random


def build_grass(name, size, count=1200, height=0.16, seed=1):
    random = Random(seed)
    verts, faces = [], []
    for _ in range(count):
        x, y = random.uniform(-size, size) / 2, random.uniform(-size, size) / 2
        a, tall = random.uniform(0, tau), height * random.uniform(0.5, 1)
        lean, first = random.uniform(0.2, 0.7) * tall, len(verts)
        for i in range(4):
            t = i / 4
            half = 0.006 * (1 - t * t)
            bx, by = x + cos(a) * lean * t * t, y + sin(a) * lean * t * t
            verts += [(bx - half * sin(a), by + half * cos(a), tall * t),
                      (bx + half * sin(a), by - half * cos(a), tall * t)]
        verts.append((x + cos(a) * lean, y + sin(a) * lean, tall * 0.95))
        faces += [(k, k + 1, k + 3, k + 2) for k in range(first, first + 6, 2)]
        faces.append((first + 6, first + 7, first + 8))
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_grass("Grass", 0.6)
