"""Shape key: a second form to blend with

For variants of one thing: taller, fatter, squeezed, smiling. The first key is the Basis; others hold
moved points of the same mesh, and value blends from 0 to 1. Topology cannot change.
"""
# words: shape key, morph, blend shape, variant, deform, taller, value, basis, expression, squash, target
# idents: bpy.types.Object.shape_key_add, bpy.types.ShapeKey.value, bpy.types.ShapeKey.data, bpy.types.ShapeKeyPoint.co
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy


def build_shape_key(obj, name, move, value=0.0):
    """move(co) gives the point's place in the new form."""
    if not obj.data.shape_keys:
        obj.shape_key_add(name="Basis")
    key = obj.shape_key_add(name=name, from_mix=False)
    for vertex, point in zip(obj.data.vertices, key.data):
        point.co = move(vertex.co)
    key.value = value
    return key


mesh = bpy.data.meshes.new("Egg")
bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=48, v_segments=32, radius=0.2)
bmesh.ops.translate(bm, vec=(0, 0, 0.2), verts=bm.verts)
for face in bm.faces:
    face.smooth = True
bm.to_mesh(mesh)
bm.free()
egg = bpy.data.objects.new("Egg", mesh)
bpy.context.collection.objects.link(egg)
build_shape_key(egg, "Tall", lambda co: (co.x * (1.1 - 1.5 * co.z), co.y * (1.1 - 1.5 * co.z), 1.4 * co.z), 0.9)
