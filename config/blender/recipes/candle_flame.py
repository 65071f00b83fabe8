"""Candle flame: a glowing drop with a gradient

For candles, torches, gas burners. A ball is drawn out to a drop by a formula; emission runs from blue at
the foot over yellow to orange at the tip, by generated coordinates.
"""
# words: flame, candle, fire, torch, burning, wick, drop, teardrop, gradient, glow, light
# idents: bmesh.ops.create_uvsphere, bpy.types.ShaderNodeEmission, bpy.types.ShaderNodeValToRGB
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy


def build_flame(name, height=0.06, width=0.018, strength=1.6):
    bm = bmesh.new()
    bmesh.ops.create_uvsphere(bm, u_segments=24, v_segments=24, radius=1)
    for vert in bm.verts:
        t = (vert.co.z + 1) / 2
        thin = 0.7 * width * (1.25 - t) ** 1.2
        vert.co = (vert.co.x * thin, vert.co.y * thin, height * t ** 1.3)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    place, split, ramp, glow = [nodes.new("ShaderNode" + kind) for kind in (
        "TexCoord", "SeparateXYZ", "ValToRGB", "Emission")]
    stops = ramp.color_ramp.elements
    stops[0].color, stops[1].color = (0.02, 0.05, 0.5, 1), (1, 0.15, 0.01, 1)
    stops.new(0.25).color = (1, 0.6, 0.2, 1)
    glow.inputs["Strength"].default_value = strength
    link(place.outputs["Generated"], split.inputs[0])
    link(split.outputs["Z"], ramp.inputs[0])
    link(ramp.outputs["Color"], glow.inputs["Color"])
    output = next(n for n in nodes if n.type == "OUTPUT_MATERIAL")
    link(glow.outputs[0], output.inputs["Surface"])
    mesh.materials.append(mat)
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_flame("Flame")
