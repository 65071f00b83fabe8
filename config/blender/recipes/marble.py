"""Marble: veins out of distorted noise

For stone tops, statues, tiles. A narrow dark stop in the middle of the colour ramp turns noise into
veins; distortion makes them wander. A wider stop gives clouds, as in granite or onyx.
"""
# words: marble, stone, veins, granite, onyx, statue, tiles, noise, color ramp, procedural, polished, material
# idents: bpy.types.ShaderNodeTexNoise, bpy.types.ShaderNodeValToRGB, bpy.types.ColorRampElements.new
# ran: 3.4 4.3 5.2

import bpy


def build_marble(name, stone=(0.86, 0.85, 0.82, 1), vein=(0.16, 0.17, 0.2, 1), scale=2.0):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    bsdf.inputs["Roughness"].default_value = 0.15
    place = nodes.new("ShaderNodeTexCoord")
    noise = nodes.new("ShaderNodeTexNoise")
    for socket, value in (("Scale", scale), ("Detail", 10), ("Roughness", 0.6), ("Distortion", 0.7)):
        noise.inputs[socket].default_value = value
    ramp = nodes.new("ShaderNodeValToRGB")
    stops = ramp.color_ramp.elements
    stops[0].position, stops[0].color = 0.45, stone
    stops[1].position, stops[1].color = 0.56, stone
    stops.new(0.5).color = vein
    link(place.outputs["Object"], noise.inputs["Vector"])
    link(noise.outputs["Fac"], ramp.inputs["Fac"])
    link(ramp.outputs["Color"], bsdf.inputs["Base Color"])
    return mat


marble = build_marble("Marble")  # mesh.materials.append(marble)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_cube(bm, size=0.6)
bmesh.ops.bevel(bm, geom=bm.edges[:], offset=0.03, segments=3, profile=0.5, affect="EDGES")
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(marble)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
