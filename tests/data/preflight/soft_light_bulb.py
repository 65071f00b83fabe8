import bpy


def set_socket(node, name, value):
    node.inputs[name].default_value = value


def frosted_glass():
    mat = bpy.data.materials.new("Frosted")
    mat.use_nodes = True
    principled = mat.node_tree.nodes["Principled BSDF"]
    set_socket(principled, "Transmission", 0.9)
    set_socket(principled, "Roughness", 0.4)
    set_socket(principled, "Emission", (1.0, 0.9, 0.7, 1.0))
    set_socket(principled, "Emission Strength", 2.0)
    set_socket(principled, "Specular Tint", 0.2)
    return mat


bpy.ops.mesh.primitive_uv_sphere_add(radius=0.3, location=(0, 0, 1.0))
bulb = bpy.context.active_object
bulb.data.materials.append(frosted_glass())
bpy.ops.mesh.primitive_cylinder_add(radius=0.14, depth=0.2, location=(0, 0, 0.65))
socket = bpy.context.active_object
bpy.ops.object.light_add(type='POINT', location=(0, 0, 1.0))
lamp = bpy.context.object
lamp.data.energy = 60
lamp.data.use_contact_shadow = True
lamp.data.contact_shadow_distance = 0.1
bulb.data.use_auto_smooth = True
