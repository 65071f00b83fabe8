"""Flower head: seeds in a golden spiral

For sunflowers, pine cones, succulents, studs on a dome. The golden angle of 137.5 degrees between
neighbours and a radius that grows with the root of the number fill a disc evenly.
"""
# words: flower, sunflower, golden angle, spiral, phyllotaxis, seeds, pine cone, succulent, petals, even distribution
# idents: bmesh.ops.create_icosphere, mathutils.Matrix.Rotation, mathutils.Matrix.Translation
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from math import pi, sqrt
from mathutils import Matrix

GOLDEN = pi * (3 - sqrt(5))


def build_flower_head(name, radius=0.1, count=220, petals=21):
    bm = bmesh.new()
    for i in range(count):
        t = sqrt((i + 0.5) / count)
        place = (Matrix.Rotation(GOLDEN * i, 4, "Z")
                 @ Matrix.Translation((radius * t, 0, radius * 0.25 * (1 - t * t))))
        bmesh.ops.create_icosphere(bm, subdivisions=1, radius=0.7 * radius / sqrt(count) * 1.6, matrix=place)
    for i in range(petals):
        turn = Matrix.Rotation(GOLDEN * i, 4, "Z")
        length = radius * (1.1 if i % 2 else 0.9)
        corners = [(0.9 * radius, 0, 0), (radius + length / 2, -0.22 * radius, 0.05 * radius),
                   (radius + length, 0, -0.1 * radius), (radius + length / 2, 0.22 * radius, 0.05 * radius)]
        bm.faces.new([bm.verts.new(turn @ Matrix.Translation(c).to_translation()) for c in corners])
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_flower_head("Sunflower")
