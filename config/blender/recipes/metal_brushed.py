"""Brushed metal

For steel, aluminium, brass: metallic 1, the metal's colour as base colour. Noise stretched along one
axis makes the strokes, in the roughness and as a faint bump.
"""
# words: metal, brushed, steel, aluminium, brass, copper, gold, iron, chrome, metallic, scratches, anisotropic, material
# idents: bpy.types.ShaderNodeMapping, bpy.types.ShaderNodeTexNoise, bpy.types.ShaderNodeBump, bpy.types.ShaderNodeMapRange
# ran: 3.4 4.3 5.2

import bpy


def build_brushed_metal(name, color=(0.6, 0.61, 0.63, 1), roughness=0.3):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    bsdf.inputs["Base Color"].default_value = color
    bsdf.inputs["Metallic"].default_value = 1.0
    place, stretch, noise, span, bump = [nodes.new("ShaderNode" + kind) for kind in (
        "TexCoord", "Mapping", "TexNoise", "MapRange", "Bump")]
    stretch.inputs["Scale"].default_value = (3, 3, 400)  # strokes run round Z
    noise.inputs["Scale"].default_value = 1.0
    span.inputs["To Min"].default_value = roughness - 0.15
    span.inputs["To Max"].default_value = roughness + 0.2
    bump.inputs["Strength"].default_value = 0.08
    link(place.outputs["Object"], stretch.inputs["Vector"])
    link(stretch.outputs["Vector"], noise.inputs["Vector"])
    link(noise.outputs["Fac"], span.inputs["Value"])
    link(span.outputs["Result"], bsdf.inputs["Roughness"])
    link(noise.outputs["Fac"], bump.inputs["Height"])
    link(bump.outputs["Normal"], bsdf.inputs["Normal"])
    return mat


metal = build_brushed_metal("Steel")  # mesh.materials.append(metal)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(metal)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
