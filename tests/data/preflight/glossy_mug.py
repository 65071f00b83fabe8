import bpy
import math


def create_ceramic(name, color):
    mat = bpy.data.materials.new(name=name)
    mat.use_nodes = True
    bsdf = mat.node_tree.nodes["Principled BSDF"]
    bsdf.inputs["Base Color"].default_value = color
    bsdf.inputs["Specular"].default_value = 0.6
    bsdf.inputs["Roughness"].default_value = 0.15
    bsdf.inputs["Clearcoat"].default_value = 0.8
    bsdf.inputs["Clearcoat Roughness"].default_value = 0.05
    return mat


def create_mug():
    bpy.ops.mesh.primitive_cylinder_add(radius=0.4, depth=1.0, location=(0, 0, 0.5))
    body = bpy.context.active_object
    body.name = "Mug_Body"
    solidify = body.modifiers.new(name="Solidify", type='SOLIDIFY')
    solidify.thickness = 0.05
    bevel = body.modifiers.new(name="Bevel", type='BEVEL')
    bevel.width = 0.02
    bevel.segments = 3
    body.data.materials.append(create_ceramic("Ceramic", (0.8, 0.1, 0.1, 1.0)))
    bpy.ops.object.shade_smooth(use_auto_smooth=True)

    bpy.ops.mesh.primitive_torus_add(major_radius=0.3, minor_radius=0.06,
                                     location=(0.45, 0, 0.5),
                                     rotation=(math.radians(90), 0, 0))
    handle = bpy.context.active_object
    handle.name = "Mug_Handle"
    handle.data.materials.append(bpy.data.materials["Ceramic"])
    return body, handle


create_mug()
