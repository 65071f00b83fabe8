"""Colour ramp with many stops, bands with CONSTANT

For planets, sediment, contour maps, toon bands. A ramp has two stops from the start and keeps at least
one; new ones are added in any order and sort themselves. At most 32.
"""
# words: color ramp, stops, bands, stripes, layers, planet, strata, palette, toon, ValToRGB, contour, material
# idents: bpy.types.ColorRamp.interpolation, bpy.types.ColorRampElements.new, bpy.types.ColorRampElements.remove, bpy.types.ShaderNodeValToRGB
# ran: 3.4 4.3 5.2

import bpy


def build_bands(name, stops, interpolation="LINEAR"):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    ramp = nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.interpolation = interpolation  # or CONSTANT, EASE, B_SPLINE
    elements = ramp.color_ramp.elements
    elements.remove(elements[1])
    elements[0].position, elements[0].color = stops[0]
    for position, color in stops[1:]:
        elements.new(position).color = color
    place, split = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeSeparateXYZ")
    link(place.outputs["Generated"], split.inputs["Vector"])  # 0..1 over the bounding box
    link(split.outputs["Z"], ramp.inputs["Fac"])
    link(ramp.outputs["Color"], bsdf.inputs["Base Color"])
    return mat


palette = ((0.5, 0.3, 0.15, 1), (0.8, 0.65, 0.45, 1), (0.6, 0.2, 0.08, 1), (0.9, 0.8, 0.65, 1))
bands = build_bands("Planet", [(i / 12, palette[i * 7 % 4]) for i in range(12)])
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(bands)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
