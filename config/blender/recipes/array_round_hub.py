"""Array round a hub: copies by a turned empty

For blades, petals, chairs round a table, clock marks. The Array modifier adds the empty's
transform to each copy; relative offset is on by default and must be switched off.
"""
# words: array, radial, circular, polar, around, hub, copies, blades, petals, fan, clock, rotate copies
# idents: bpy.types.ArrayModifier, bpy.types.ArrayModifier.offset_object, bpy.types.ArrayModifier.use_object_offset
# ran: 3.4 4.3 5.2

import bpy
from math import tau


def build_radial_array(obj, count):
    """The object's mesh lies beside its own origin, which is the hub."""
    step = bpy.data.objects.new(obj.name + "Step", None)
    bpy.context.collection.objects.link(step)
    step.parent = obj
    step.rotation_euler.z = tau / count
    array = obj.modifiers.new("Radial", "ARRAY")
    array.count = count
    array.use_relative_offset = False
    array.use_object_offset = True
    array.offset_object = step
    return obj


mesh = bpy.data.meshes.new("Petals")
mesh.from_pydata([(0.05, 0, 0), (0.3, -0.12, 0.06), (0.5, 0, 0.16), (0.3, 0.12, 0.06)],
                 [], [(0, 1, 2), (0, 2, 3)])
petals = bpy.data.objects.new("Petals", mesh)
bpy.context.collection.objects.link(petals)
build_radial_array(petals, 10)
