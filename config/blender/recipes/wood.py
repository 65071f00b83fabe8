"""Wood with rings along the grain

For planks, furniture, handles. Rings lie round the X axis of the object's own coordinates: turn the
mapping when the grain runs another way. Nothing to unwrap.
"""
# words: wood, grain, planks, oak, walnut, timber, wooden, furniture, rings, procedural, wave texture, material
# idents: bpy.types.ShaderNodeTexWave, bpy.types.ShaderNodeTexWave.rings_direction, bpy.types.ShaderNodeValToRGB, bpy.types.ShaderNodeTexCoord
# ran: 3.4 4.3 5.2

import bpy


def build_wood(name, dark=(0.13, 0.05, 0.02, 1), light=(0.42, 0.21, 0.09, 1), rings=9):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    bsdf.inputs["Roughness"].default_value = 0.45
    place, stretch, wave, ramp = [nodes.new("ShaderNode" + kind) for kind in (
        "TexCoord", "Mapping", "TexWave", "ValToRGB")]
    stretch.inputs["Location"].default_value = (0, 0.1, 0.15)  # the heart lies outside
    stretch.inputs["Scale"].default_value = (0.25, 1, 1)
    wave.wave_type, wave.rings_direction = "RINGS", "X"
    for socket, value in (("Scale", rings), ("Distortion", 5), ("Detail", 3), ("Detail Scale", 1.5)):
        wave.inputs[socket].default_value = value
    ramp.color_ramp.elements[0].color = dark
    ramp.color_ramp.elements[1].color = light
    link(place.outputs["Object"], stretch.inputs["Vector"])
    link(stretch.outputs["Vector"], wave.inputs["Vector"])
    link(wave.outputs["Fac"], ramp.inputs["Fac"])
    link(ramp.outputs["Color"], bsdf.inputs["Base Color"])
    return mat


wood = build_wood("Walnut")  # mesh.materials.append(wood)
# For the picture:
import bmesh
from mathutils import Matrix

bm = bmesh.new()
bmesh.ops.create_cube(bm, matrix=Matrix.Diagonal((1, 0.3, 0.16, 1)))
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(wood)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.08
bpy.context.collection.objects.link(obj)
