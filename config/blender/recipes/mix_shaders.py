"""Two materials in one: moss or snow on what faces up

For snow on roofs, moss on stones, dust. The normal's Z, through Map Range, is the factor of a Mix
Shader; its two shader inputs share a name, so they go by number.
"""
# words: mix shader, snow, moss, dust, on top, facing up, normal, blend materials, two shaders, layered, material
# idents: bpy.types.ShaderNodeMixShader, bpy.types.ShaderNodeNewGeometry, bpy.types.ShaderNodeMapRange, bpy.types.ShaderNodeOutputMaterial
# ran: 3.4 4.3 5.2

import bpy


def build_covered(name, under=(0.18, 0.17, 0.16, 1), cover=(0.05, 0.16, 0.02, 1)):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    bsdf.inputs["Base Color"].default_value = under
    geometry, split, edge, top, mix = [nodes.new("ShaderNode" + kind) for kind in (
        "NewGeometry", "SeparateXYZ", "MapRange", "BsdfPrincipled", "MixShader")]
    top.inputs["Base Color"].default_value = cover
    top.inputs["Roughness"].default_value = 1.0
    edge.inputs["From Min"].default_value = 0.35
    edge.inputs["From Max"].default_value = 0.5
    link(geometry.outputs["Normal"], split.inputs["Vector"])
    link(split.outputs["Z"], edge.inputs["Value"])
    link(edge.outputs["Result"], mix.inputs[0])
    link(bsdf.outputs["BSDF"], mix.inputs[1])
    link(top.outputs["BSDF"], mix.inputs[2])
    output = next(n for n in nodes if n.type == "OUTPUT_MATERIAL")
    link(mix.outputs["Shader"], output.inputs["Surface"])
    return mat


moss = build_covered("MossyStone")  # mesh.materials.append(moss)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(moss)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
