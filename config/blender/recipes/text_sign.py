"""Text object with depth

For signs, labels, plates, numbers. The font is Blender's own; extrude goes both ways, so the text
is twice as thick. Turn it upright by 90 degrees about X, then it faces -Y.
"""
# words: text, letters, font, sign, label, number, word, extrude, engraving, name plate
# idents: bpy.types.TextCurve, bpy.types.TextCurve.body, bpy.types.TextCurve.align_x, bpy.types.Curve.extrude
# ran: 3.4 4.3 5.2

import bpy
from math import pi


def build_text(name, text, size=0.2, depth=0.04):
    curve = bpy.data.curves.new(name, "FONT")
    curve.body = text
    curve.size = size
    curve.align_x = "CENTER"
    curve.extrude = depth / 2
    curve.bevel_depth = depth / 12
    curve.bevel_resolution = 2
    obj = bpy.data.objects.new(name, curve)
    obj.rotation_euler.x = pi / 2
    bpy.context.collection.objects.link(obj)
    return obj


build_text("Sign", "OPEN")
