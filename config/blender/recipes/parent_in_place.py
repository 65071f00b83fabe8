"""Parent without a jump

For a part that keeps its place when it gets a parent. matrix_world is stale until
view_layer.update(); without the inverse the child moves by the parent's transform.
"""
# words: parent, child, keep transform, jump, moves away, attach, hierarchy, matrix_parent_inverse, keep place
# idents: bpy.types.Object.parent, bpy.types.Object.matrix_parent_inverse, bpy.types.Object.matrix_world, bpy.types.ViewLayer.update
# ran: 3.4 4.3 5.2

import bmesh
import bpy


def build_parenting(child, parent):
    bpy.context.view_layer.update()
    child.parent = parent
    child.matrix_parent_inverse = parent.matrix_world.inverted()
    return child


def add_cube(name, size, location):
    mesh = bpy.data.meshes.new(name)
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=size)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    obj.location = location
    bpy.context.collection.objects.link(obj)
    return obj


base = add_cube("Base", 0.4, (0, 0, 0.2))
base.rotation_euler.z = 0.5
build_parenting(add_cube("Top", 0.2, (0, 0, 0.5)), base)
