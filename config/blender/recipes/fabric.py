"""Woven fabric with a soft sheen

For cloth, cushions, sofas, clothes. Two crossed waves are the threads, as colour and as bump; sheen is
one socket before 4.0 and a weight since. Threads per metre sets the coarseness.
"""
# words: fabric, cloth, woven, textile, linen, canvas, velvet, sofa, clothes, threads, sheen, upholstery, material
# idents: bpy.types.ShaderNodeTexWave, bpy.types.ShaderNodeTexWave.bands_direction, bpy.types.ShaderNodeMath, bpy.types.ShaderNodeBump
# ran: 3.4 4.3 5.2

import bpy


def build_fabric(name, color=(0.05, 0.16, 0.3, 1), threads=120):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    inputs = bsdf.inputs
    inputs["Base Color"].default_value = color
    inputs["Roughness"].default_value = 0.9
    (inputs.get("Sheen Weight") or inputs["Sheen"]).default_value = 0.5
    place = nodes.new("ShaderNodeTexCoord")
    weave = nodes.new("ShaderNodeMath")
    weave.operation = "MAXIMUM"
    for i, axis in enumerate(("X", "Z")):
        wave = nodes.new("ShaderNodeTexWave")
        wave.bands_direction = axis
        wave.inputs["Scale"].default_value = threads / 3.2  # a wave has some 3.2 bands a unit
        link(place.outputs["Object"], wave.inputs["Vector"])
        link(wave.outputs["Fac"], weave.inputs[i])
    bump = nodes.new("ShaderNodeBump")
    bump.inputs["Distance"].default_value = 0.3 / threads
    link(weave.outputs["Value"], bump.inputs["Height"])
    link(bump.outputs["Normal"], inputs["Normal"])
    return mat


fabric = build_fabric("Linen")  # mesh.materials.append(fabric)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(fabric)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
