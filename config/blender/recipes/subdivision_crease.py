"""Subdivision with creased edges

For soft bodies with a few sharp edges. Creases are the edge attribute crease_edge: the old
MeshEdge.crease is gone since 4.0; 3.4 takes them from a bmesh layer named crease.
"""
# words: subdivision surface, crease, subsurf, sharp edge, smooth, soft, catmull clark, edge weight
# idents: bpy.types.SubsurfModifier, bpy.types.SubsurfModifier.use_creases, bmesh.ops.create_cube
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy


def build_creased(name, size, is_sharp, levels=3):
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=size)
    bmesh.ops.translate(bm, vec=(0, 0, size / 2), verts=bm.verts)
    if bpy.app.version < (4, 0):
        crease = bm.edges.layers.crease.verify()
    else:
        crease = bm.edges.layers.float.new("crease_edge")
    for edge in bm.edges:
        edge[crease] = 1.0 if is_sharp(edge) else 0.0
    for face in bm.faces:
        face.smooth = True
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    smooth = obj.modifiers.new("Smooth", "SUBSURF")
    smooth.levels = smooth.render_levels = levels
    return obj


build_creased("Drop", 0.4, lambda edge: all(v.co.z < 0.01 for v in edge.verts))
