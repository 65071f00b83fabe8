"""Leaf: a grid shaped by two formulas

For leaves, petals, feathers, fins. Width over length is one function, folding and drooping another;
mirror the fold about the midrib. Leaves stay open surfaces, without thickness.
"""
# words: leaf, leaves, petal, feather, foliage, plant, midrib, blade, bend
# idents: bmesh.ops.create_grid, bpy.types.Mesh.from_pydata
# ran: 3.4 4.3 5.2

import bpy
from math import pi, sin


def build_leaf(name, length=0.3, width=0.13, fold=0.25, droop=0.35, rows=16):
    verts, faces = [], []
    for i in range(rows + 1):
        t = i / rows
        half = width / 2 * sin(pi * t ** 0.8) * (1 - t) ** 0.3 + 0.002  # never quite a point
        for j in (-2, -1, 0, 1, 2):
            x = half * j / 2
            verts.append((x, t * length, fold * abs(x) + droop * length * (t - 1.1 * t * t)))
    for i in range(rows):
        for j in range(4):
            k = 5 * i + j
            faces.append((k, k + 1, k + 6, k + 5))
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    for face in mesh.polygons:
        face.use_smooth = True
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_leaf("Leaf").rotation_euler = (0.7, 0, -0.6)
