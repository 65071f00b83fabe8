"""Brick wall of real bricks, in running bond

For walls, chimneys, wells that are seen near. Odd rows are shifted by half a brick and end in half
bricks; small seeded offsets make it look laid by hand. All bricks are one mesh.
"""
# words: brick, wall, masonry, running bond, mortar, chimney, stone wall, blocks, courses
# idents: bmesh.ops.create_cube, mathutils.Matrix.Diagonal, mathutils.Matrix.Translation
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from mathutils import Matrix
from random import Random


def build_brick_wall(name, bricks=5, rows=9, size=(0.24, 0.115, 0.07), joint=0.01, seed=1):
    random = Random(seed)
    length, depth, height = size
    end = bricks * length / 2
    bm = bmesh.new()

    def box(low, high, y=0, gap=joint):
        middle = [(a + b) / 2 for a, b in zip(low, high)]
        scale = (high[0] - low[0] - gap, depth - (gap > joint) * gap, high[1] - low[1] - gap, 1)
        bmesh.ops.create_cube(bm, matrix=Matrix.Translation((middle[0], y, middle[1]))
                              @ Matrix.Diagonal(scale))

    for row in range(rows):
        cuts = [-end + (i + row % 2 / 2) * length for i in range(bricks + 1)]
        if row % 2:
            cuts = [-end, *cuts[:-1], end]
        for x0, x1 in zip(cuts, cuts[1:]):
            box((x0, row * height), (x1, (row + 1) * height), random.uniform(-1, 1) * joint / 3)
    box((-end, 0), (end, rows * height), gap=2 * joint)  # mortar behind the joints
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    bevel = obj.modifiers.new("Worn", "BEVEL")
    bevel.width, bevel.segments = 0.005, 2
    return obj


build_brick_wall("Wall")
