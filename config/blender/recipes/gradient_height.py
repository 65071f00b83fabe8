"""Gradient by height, from object coordinates

For dip-dyed things, skies, flames, fruit. Object coordinates are metres from the origin; Map Range
brings them to 0..1, which drives the colour ramp.
"""
# words: gradient, height, fade, two colors, ombre, dip dye, object coordinates, map range, separate xyz, bottom to top, material
# idents: bpy.types.ShaderNodeSeparateXYZ, bpy.types.ShaderNodeMapRange, bpy.types.ShaderNodeValToRGB
# ran: 3.4 4.3 5.2

import bpy


def build_gradient(name, low, high, bottom, top):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    place = nodes.new("ShaderNodeTexCoord")
    split = nodes.new("ShaderNodeSeparateXYZ")
    span = nodes.new("ShaderNodeMapRange")
    span.inputs["From Min"].default_value = bottom
    span.inputs["From Max"].default_value = top
    ramp = nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].color = low
    ramp.color_ramp.elements[1].color = high
    link(place.outputs["Object"], split.inputs["Vector"])
    link(split.outputs["Z"], span.inputs["Value"])
    link(span.outputs["Result"], ramp.inputs["Fac"])
    link(ramp.outputs["Color"], bsdf.inputs["Base Color"])
    return mat


fade = build_gradient("Peach", (0.8, 0.35, 0.05, 1), (0.6, 0.02, 0.08, 1), -0.3, 0.3)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(fade)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
