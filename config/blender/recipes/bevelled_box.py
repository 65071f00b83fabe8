"""Box with bevelled edges and weighted normals

For cases, furniture, machines: light catches the edges while faces stay flat. Before 4.1 weighted
normals need the mesh's auto smooth, which later versions do not have.
"""
# words: box, bevel, rounded edges, chamfer, weighted normals, hard surface, case, crate, soft edges
# idents: bpy.types.BevelModifier, bpy.types.WeightedNormalModifier, bmesh.ops.create_cube
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy


def build_bevelled_box(name, size, bevel=0.02):
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=1)
    bmesh.ops.scale(bm, vec=size, verts=bm.verts)  # not obj.scale: bevels would be stretched
    bmesh.ops.translate(bm, vec=(0, 0, size[2] / 2), verts=bm.verts)
    for face in bm.faces:
        face.smooth = True
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    if bpy.app.version < (4, 1):
        mesh.use_auto_smooth = True
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    edge = obj.modifiers.new("Bevel", "BEVEL")
    edge.width, edge.segments, edge.limit_method = bevel, 3, "ANGLE"
    normal = obj.modifiers.new("Normals", "WEIGHTED_NORMAL")
    normal.keep_sharp = True
    return obj


build_bevelled_box("Case", (0.6, 0.4, 0.3))
