import bpy
from mathutils import Vector


def add_light(kind, name, location, energy, color=(1, 1, 1)):
    data = bpy.data.lights.new(name=name, type=kind)
    data.energy = energy
    data.color = color
    obj = bpy.data.objects.new(name, data)
    obj.location = location
    bpy.context.scene.collection.objects.link(obj)
    return obj


key = add_light('AREA', "Key", (3, -3, 4), 400)
key.data.shape = 'RECTANGLE'
key.data.size = 1.5
key.data.use_contact_shadow = True
fill = add_light('POINT', "Fill", (-3, -2, 2), 80, (0.8, 0.9, 1.0))
fill.data.shadow_buffer_bias = 0.001
fill.data.falloff_type = 'INVERSE_LINEAR'
rim = add_light('SPOT', "Rim", (0, 4, 3), 300)
rim.data.spot_size = 0.8
rim.data.spot_blend = 0.4

target = Vector((0, 0, 0.5))
for light in (key, rim):
    direction = target - light.location
    light.rotation_euler = direction.to_track_quat('-Z', 'Y').to_euler()

bpy.ops.mesh.primitive_monkey_add(size=1)
suzanne = bpy.context.object
bpy.ops.object.shade_smooth()
suzanne.data.use_auto_smooth = True
