"""Mix two colours: the Mix node's sockets by identifier

For colour variation, stains, tints. ShaderNodeMix has A, B and Result once for each data type, all of
the same names: find them by identifier, A_Color, B_Color, Result_Color.
"""
# words: mix color, blend, multiply, overlay, ShaderNodeMix, MixRGB, tint, combine, factor, color variation, material
# idents: bpy.types.ShaderNodeMix, bpy.types.ShaderNodeMix.data_type, bpy.types.ShaderNodeMix.blend_type, bpy.types.NodeSocket.identifier
# ran: 3.4 4.3 5.2

import bpy


def build_two_tone(name, one, two, scale=6.0):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    mix = nodes.new("ShaderNodeMix")
    mix.data_type, mix.blend_type = "RGBA", "MIX"  # or MULTIPLY, OVERLAY, ...
    sockets = {s.identifier: s for s in [*mix.inputs, *mix.outputs]}
    sockets["A_Color"].default_value = one
    sockets["B_Color"].default_value = two
    place, noise = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeTexNoise")
    noise.inputs["Scale"].default_value = scale
    link(place.outputs["Object"], noise.inputs["Vector"])
    link(noise.outputs["Fac"], sockets["Factor_Float"])
    link(sockets["Result_Color"], bsdf.inputs["Base Color"])
    return mat


paint = build_two_tone("Patina", (0.02, 0.25, 0.2, 1), (0.6, 0.35, 0.1, 1))
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(paint)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
