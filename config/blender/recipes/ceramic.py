"""Glazed ceramic with speckles

For cups, plates, tiles, vases. The glaze is a low roughness with a full coat; fine noise through a
steep colour ramp gives the iron speckles of stoneware.
"""
# words: ceramic, porcelain, glaze, stoneware, pottery, cup, plate, tile, speckles, clay, earthenware, material
# idents: bpy.types.ShaderNodeTexNoise, bpy.types.ShaderNodeValToRGB, bpy.types.ShaderNodeTexCoord
# ran: 3.4 4.3 5.2

import bpy


def build_ceramic(name, glaze=(0.75, 0.72, 0.62, 1), speckle=(0.12, 0.06, 0.03, 1), grain=90):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    inputs = bsdf.inputs
    inputs["Roughness"].default_value = 0.2
    (inputs.get("Coat Weight") or inputs["Clearcoat"]).default_value = 1.0
    place = nodes.new("ShaderNodeTexCoord")
    noise = nodes.new("ShaderNodeTexNoise")
    noise.inputs["Scale"].default_value = grain  # speckles a metre
    ramp = nodes.new("ShaderNodeValToRGB")
    first, last = ramp.color_ramp.elements
    first.position, first.color = 0.3, speckle
    last.position, last.color = 0.36, glaze
    link(place.outputs["Object"], noise.inputs["Vector"])
    link(noise.outputs["Fac"], ramp.inputs["Fac"])
    link(ramp.outputs["Color"], inputs["Base Color"])
    return mat


ceramic = build_ceramic("Stoneware")  # mesh.materials.append(ceramic)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(ceramic)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
