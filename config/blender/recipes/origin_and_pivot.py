"""Move an object's origin without moving its shape

For doors, wheels, lids that shall turn about an edge or axle. The mesh goes one way, the object the
other; bpy.ops.object.origin_set would need selection and a cursor.
"""
# words: origin, pivot, origin_set, center, rotate about, hinge, axle, door, transform mesh, move origin
# idents: bpy.types.Mesh.transform, bpy.types.Object.matrix_basis, mathutils.Matrix.Translation
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import radians
from mathutils import Matrix


def build_pivot(obj, point):
    """point is in the object's own coordinates."""
    forth = Matrix.Translation(point)
    back = forth.inverted()
    obj.data.transform(back)
    obj.matrix_basis = obj.matrix_basis @ forth
    for child in obj.children:
        child.matrix_parent_inverse = back @ child.matrix_parent_inverse
    return obj


mesh = bpy.data.meshes.new("Door")
bm = bmesh.new()
bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Diagonal((0.8, 0.04, 2, 1)))
bm.to_mesh(mesh)
bm.free()
door = bpy.data.objects.new("Door", mesh)
door.location.z = 1
bpy.context.collection.objects.link(door)
build_pivot(door, (-0.4, 0, -1))  # the hinge side
door.rotation_euler.z = radians(-40)
# For the picture:
frame = bpy.data.meshes.new("Frame")
bm = bmesh.new()
for at, size in (((-0.44, 0, 1), (0.08, 0.12, 2.08)), ((0.44, 0, 1), (0.08, 0.12, 2.08)), ((0, 0, 2.06), (0.8, 0.12, 0.08))):
    bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Translation(at) @ Matrix.Diagonal((*size, 1)))
bm.to_mesh(frame)
bm.free()
bpy.context.collection.objects.link(bpy.data.objects.new("Frame", frame))
