"""Label that lies on a curved surface: Shrinkwrap

For labels on bottles, decals, patches, bandages. A fine grid in front of the body is projected along its
own normal and lifted by the offset, so it does not flicker.
"""
# words: shrinkwrap, label, decal, sticker, wrap, conform, patch, project, on surface, bottle label
# idents: bpy.types.ShrinkwrapModifier, bpy.types.ShrinkwrapModifier.wrap_method, bpy.types.ShrinkwrapModifier.use_negative_direction
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from math import pi
from mathutils import Matrix


def build_label(name, target, width, height, location):
    bm = bmesh.new()  # faces -Y
    bmesh.ops.create_grid(bm, x_segments=32, y_segments=16, size=0.5,
                          matrix=Matrix.Rotation(pi / 2, 4, "X") @ Matrix.Diagonal((width, height, 1, 1)))
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    obj.location = location
    bpy.context.collection.objects.link(obj)
    wrap = obj.modifiers.new("Wrap", "SHRINKWRAP")
    wrap.target = target
    wrap.wrap_method = "PROJECT"
    wrap.use_negative_direction = True
    wrap.offset = 0.003
    return obj


body = bpy.data.meshes.new("Can")
bm = bmesh.new()
bmesh.ops.create_cone(bm, cap_ends=True, segments=64, radius1=0.2, radius2=0.15, depth=0.5)
bm.to_mesh(body)
bm.free()
can = bpy.data.objects.new("Can", body)
can.location.z = 0.25
bpy.context.collection.objects.link(can)
build_label("Label", can, 0.22, 0.22, (0, -0.4, 0.25))
# For the picture:
mat = bpy.data.materials.new("Label")
if not mat.node_tree:
    mat.use_nodes = True
next(n for n in mat.node_tree.nodes if n.type == "BSDF_PRINCIPLED").inputs[0].default_value = (0.6, 0.03, 0.02, 1)
bpy.data.meshes["Label"].materials.append(mat)
