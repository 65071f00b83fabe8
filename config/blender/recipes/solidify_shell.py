"""Shell with thickness: Solidify

For bowls, shells, helmets, sheet metal, paper. The surface stays a single sheet that is easy to
shape; offset -1 grows inwards, 1 outwards, and the rim is closed by default.
"""
# words: solidify, thickness, shell, wall, sheet, bowl, dome, helmet, thin surface, rim
# idents: bpy.types.SolidifyModifier, bpy.types.SolidifyModifier.offset, bpy.types.SolidifyModifier.use_even_offset, bmesh.ops.delete
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy


def build_shell(name, radius, thickness=0.02):
    bm = bmesh.new()
    bmesh.ops.create_uvsphere(bm, u_segments=48, v_segments=24, radius=radius)
    upper = [v for v in bm.verts if v.co.z > 1e-4]
    bmesh.ops.delete(bm, geom=upper, context="VERTS")
    bmesh.ops.translate(bm, vec=(0, 0, radius), verts=bm.verts)
    for face in bm.faces:
        face.smooth = True
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    wall = obj.modifiers.new("Wall", "SOLIDIFY")
    wall.thickness = thickness
    wall.offset = -1
    wall.use_even_offset = True
    return obj


build_shell("Bowl", 0.3)
