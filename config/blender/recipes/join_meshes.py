"""Join objects into one mesh, without operators

For parts that shall become a single object. bpy.ops.object.join needs selection and context; bmesh
takes each mesh as it is, moved by its matrix. Materials are gathered and renumbered.
"""
# words: join, merge objects, combine, single mesh, unite, one object, without bpy.ops, concatenate
# idents: bmesh.types.BMesh.from_mesh, bmesh.types.BMesh.transform, bpy.types.BlendDataObjects.remove
# ran: 3.4 4.3 5.2

import bmesh
import bpy


def build_joined(name, parts):
    bpy.context.view_layer.update()  # or matrix_world is old
    mesh = bpy.data.meshes.new(name)
    whole = bmesh.new()
    for part in parts:
        piece = part.data.copy()
        piece.transform(part.matrix_world)
        first = len(mesh.materials)
        for material in piece.materials:
            mesh.materials.append(material)
        for polygon in piece.polygons:
            polygon.material_index += first
        whole.from_mesh(piece)
        bpy.data.meshes.remove(piece)
        bpy.data.objects.remove(part)
    whole.to_mesh(mesh)
    whole.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


# For the picture:
def part(i, size):
    mesh = bpy.data.meshes.new("Part")
    bm = bmesh.new()
    bmesh.ops.create_cone(bm, cap_ends=True, segments=6, radius1=size, radius2=size * 0.7, depth=0.1)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new("Part", mesh)
    obj.location.z = 0.05 + 0.1 * i
    obj.rotation_euler.z = i / 2
    bpy.context.collection.objects.link(obj)
    return obj


build_joined("Tower", [part(i, 0.3 - 0.05 * i) for i in range(5)])
