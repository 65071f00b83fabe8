"""Put an object's rotation and scale into its mesh

For parts whose scale shall read 1 before bevels, solidify or export. The mesh takes the matrix, the
object keeps its place; a mirrored scale turns faces inside out, so they are flipped back.
"""
# words: apply transform, apply scale, apply rotation, transform_apply, freeze, bake transform, reset scale, uneven scale, negative scale
# idents: bpy.types.Mesh.transform, bpy.types.Mesh.flip_normals, bpy.types.Object.matrix_basis, mathutils.Matrix.LocRotScale
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from mathutils import Matrix


def build_applied_transform(obj):
    location, rotation, scale = obj.matrix_basis.decompose()
    change = Matrix.LocRotScale(None, rotation, scale)
    obj.data.transform(change)
    if change.determinant() < 0:
        obj.data.flip_normals()
    obj.matrix_basis = Matrix.Translation(location)
    for child in obj.children:
        child.matrix_parent_inverse = change @ child.matrix_parent_inverse
    return obj


mesh = bpy.data.meshes.new("Beam")
bm = bmesh.new()
bmesh.ops.create_cube(bm, size=1)
bm.to_mesh(mesh)
bm.free()
beam = bpy.data.objects.new("Beam", mesh)
beam.scale, beam.rotation_euler, beam.location = (1, 0.1, -0.2), (0, 0.3, 0.2), (0, 0, 0.3)
bpy.context.collection.objects.link(beam)
build_applied_transform(beam).modifiers.new("Bevel", "BEVEL").width = 0.02
