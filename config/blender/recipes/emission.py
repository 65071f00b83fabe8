"""Glow: a material that shines

For bulbs, screens, neon, lava, candles. The colour socket is Emission before 4.0 and Emission Color
since; strength 1 is as bright as lit white, 5 to 20 lights its neighbours.
"""
# words: emission, glow, light, neon, screen, bulb, lamp, shining, luminous, lava, LED, bright, material
# idents: bpy.types.ShaderNodeBsdfPrincipled, bpy.types.Material.node_tree
# ran: 3.4 4.3 5.2

import bpy


def build_glow(name, color, strength=3.0):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    bsdf = next(n for n in mat.node_tree.nodes if n.type == "BSDF_PRINCIPLED")
    inputs = bsdf.inputs
    inputs["Base Color"].default_value = color
    (inputs.get("Emission Color") or inputs["Emission"]).default_value = color
    inputs["Emission Strength"].default_value = strength
    return mat


neon = build_glow("Neon", (1, 0.03, 0.12, 1), 1.5)  # curve.materials.append(neon)
# For the picture:
curve = bpy.data.curves.new("Heart", "CURVE")
curve.dimensions, curve.bevel_depth = "3D", 0.015
from math import cos, sin, tau

spline = curve.splines.new("POLY")
spline.points.add(79)
for i, point in enumerate(spline.points):
    t = tau * i / 80
    point.co = (0.25 * sin(t) ** 3, 0, 0.25 + 0.2 * cos(t) - 0.08 * cos(2 * t) - 0.03 * cos(3 * t), 1)
spline.use_cyclic_u = True
curve.materials.append(neon)
heart = bpy.data.objects.new("Heart", curve)
heart.location.z = 0.06
bpy.context.collection.objects.link(heart)
