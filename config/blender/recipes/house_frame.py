"""Script frame: constants, one function a part, main

For every asset script. Sizes are constants with unit and range; each part is placed by arithmetic on
them, so that parts keep touching when one is changed. Data calls only: operators need a context.
"""
# words: script structure, constants, parameters, main, template, skeleton, house rules, organise script, table, parts
# idents: bmesh.ops.create_cube, bpy.types.BlendDataMeshes.new
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from mathutils import Matrix

TOP_SIZE = (1.2, 0.7)  # m 0.3..3   width and depth
TOP_THICK = 0.04  # m 0.01..0.1   board
HEIGHT = 0.74  # m 0.3..1.2   to the upper side
LEG = 0.06  # m 0.02..0.2   side of a leg


def build_box(name, low, high):
    bm = bmesh.new()
    middle = [(a + b) / 2 for a, b in zip(low, high)]
    size = [b - a for a, b in zip(low, high)]
    bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Translation(middle) @ Matrix.Diagonal((*size, 1)))
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


def main():
    x, y, under = TOP_SIZE[0] / 2, TOP_SIZE[1] / 2, HEIGHT - TOP_THICK
    top = build_box("Top", (-x, -y, under), (x, y, HEIGHT))
    for sx, sy in ((0, 0), (0, 1), (1, 0), (1, 1)):
        low = (sx * (2 * x - LEG) - x, sy * (2 * y - LEG) - y, 0)
        build_box("Leg", low, (low[0] + LEG, low[1] + LEG, under)).parent = top


main()
