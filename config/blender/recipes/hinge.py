"""Hinge: two leaves, interleaved knuckles, one pin

For doors, lids, laptops. Knuckles alternate between the leaves along the pin; a leaf turns about
the pin because its origin lies on the pin's axis.
"""
# words: hinge, pivot, knuckle, pin, door, lid, leaf, joint, rotate open
# idents: bmesh.ops.create_cone, bmesh.ops.create_cube, mathutils.Matrix.Diagonal
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from mathutils import Matrix


def build_hinge(name, height=0.2, width=0.08, pin=0.012, knuckles=5, opening=0.6):
    def add(part, pieces):
        bm = bmesh.new()
        for primitive, matrix, size in pieces:
            primitive(bm, matrix=matrix, **size)
        mesh = bpy.data.meshes.new(name + part)
        bm.to_mesh(mesh)
        bm.free()
        obj = bpy.data.objects.new(name + part, mesh)
        bpy.context.collection.objects.link(obj)
        return obj

    def rod(radius, depth, z):
        return (bmesh.ops.create_cone, Matrix.Translation((0, 0, z)),
                dict(cap_ends=True, segments=32, radius1=radius, radius2=radius, depth=depth))

    each = height / knuckles
    add("Pin", [rod(pin * 0.6, height * 1.06, height * 0.53)])
    for leaf, side in enumerate((-1, 1)):
        plate = Matrix.Translation((side * width / 2, 0, height / 2))
        pieces = [(bmesh.ops.create_cube, plate @ Matrix.Diagonal((width, pin / 2, height, 1)),
                   dict(size=1))]
        pieces += [rod(pin, each * 0.96, each * (i + 0.5)) for i in range(leaf, knuckles, 2)]
        add("Leaf", pieces).rotation_euler.z = side * opening / 2


build_hinge("Hinge")
