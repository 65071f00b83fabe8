"""Roof of overlapping tiles

For tiled roofs, scales, shingles. Rows climb the slope, odd rows are shifted by half a tile, and
each tile is tilted a little more than the roof, so that it rests on the row below.
"""
# words: roof, tiles, shingles, scales, overlap, rows, slate, house, fish scales, cladding
# idents: bpy.types.Mesh.from_pydata, mathutils.Matrix.Rotation, bpy.types.Object.matrix_basis
# ran: 3.4 4.3 5.2

import bpy
from math import cos, pi, radians, sin
from mathutils import Matrix


def build_roof(name, columns=8, rows=7, tile=0.2, pitch=35):
    verts, faces, steps = [], [], 8
    for j, y in enumerate((0, 1.35 * tile)):  # a half pipe, wider below
        for i in range(steps + 1):
            a = pi * i / steps
            r = tile / 2 * (1.06 - 0.12 * j)
            verts.append((r * cos(a), y, 0.5 * r * sin(a)))
    for i in range(steps):
        faces.append((i, i + 1, steps + 2 + i, steps + 1 + i))
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    mesh.polygons.foreach_set("use_smooth", [True] * len(faces))
    slope = Matrix.Rotation(radians(pitch), 4, "X")
    for row in range(rows):
        for column in range(columns):
            x = (column - columns / 2 + row % 2 / 2) * tile
            obj = bpy.data.objects.new(name, mesh)
            obj.matrix_basis = (slope @ Matrix.Translation((x, row * tile, 0.02))
                                @ Matrix.Rotation(radians(-5), 4, "X"))
            bpy.context.collection.objects.link(obj)
            obj.modifiers.new("Thick", "SOLIDIFY").thickness = 0.012


build_roof("Tile")
