"""Lamp shade that glows, with a bulb inside

For table lamps, lanterns, pendant lights. The thin shade is half translucent, so the point light inside
shines through; such a light belongs to the asset, a studio light does not.
"""
# words: lamp, shade, lampshade, light, bulb, lantern, translucent, point light, glow, pendant, paper lamp
# idents: bpy.types.ShaderNodeBsdfTranslucent, bpy.types.PointLight, bpy.types.ShaderNodeMixShader, bpy.types.PointLight.shadow_soft_size
# ran: 3.4 4.3 5.2

import bmesh
import bpy


def build_lamp_shade(name, low=0.18, high=0.11, height=0.22, power=2.5):
    bm = bmesh.new()
    bmesh.ops.create_cone(bm, cap_ends=False, segments=64, radius1=low, radius2=high, depth=height)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    mix, through = nodes.new("ShaderNodeMixShader"), nodes.new("ShaderNodeBsdfTranslucent")
    through.inputs["Color"].default_value = (0.9, 0.45, 0.15, 1)
    by_type = {node.type: node for node in nodes}
    link(by_type["BSDF_PRINCIPLED"].outputs[0], mix.inputs[1])
    link(through.outputs[0], mix.inputs[2])
    link(mix.outputs[0], by_type["OUTPUT_MATERIAL"].inputs["Surface"])
    mesh.materials.append(mat)
    lamp = bpy.data.lights.new(name + "Bulb", "POINT")
    lamp.energy, lamp.color, lamp.shadow_soft_size = power, (1, 0.8, 0.55), 0.03
    for data in (mesh, lamp):
        obj = bpy.data.objects.new(data.name, data)
        obj.location.z = height / 2
        bpy.context.collection.objects.link(obj)


build_lamp_shade("Shade")
