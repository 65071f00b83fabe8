import bpy
import math

LEG_H = 0.7
TOP = (1.4, 0.8, 0.05)


def wood():
    mat = bpy.data.materials.new("Wood")
    mat.use_nodes = True
    tree = mat.node_tree
    bsdf = tree.nodes["Principled BSDF"]
    coord = tree.nodes.new("ShaderNodeTexCoord")
    mapping = tree.nodes.new("ShaderNodeMapping")
    mapping.inputs["Scale"].default_value = (1, 8, 1)
    wave = tree.nodes.new("ShaderNodeTexWave")
    wave.inputs["Scale"].default_value = 3.0
    wave.inputs["Distortion"].default_value = 4.0
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    tree.links.new(coord.outputs["Object"], mapping.inputs["Vector"])
    tree.links.new(mapping.outputs["Vector"], wave.inputs["Vector"])
    tree.links.new(wave.outputs["Fac"], ramp.inputs["Fac"])
    tree.links.new(ramp.outputs["Color"], bsdf.inputs["Base Color"])
    bsdf.inputs["Specular"].default_value = 0.2
    bsdf.inputs["Sheen"].default_value = 0.1
    return mat


def box(name, size, location, material):
    bpy.ops.mesh.primitive_cube_add(size=1, location=location)
    obj = bpy.context.active_object
    obj.name = name
    obj.scale = size
    bpy.ops.object.transform_apply(location=False, rotation=False, scale=True)
    obj.data.materials.append(material)
    bevel = obj.modifiers.new("Bevel", 'BEVEL')
    bevel.width = 0.01
    bevel.segments = 2
    obj.data.use_auto_smooth = True
    obj.data.auto_smooth_angle = math.radians(30)
    return obj


material = wood()
box("Top", TOP, (0, 0, LEG_H), material)
for x in (-1, 1):
    for y in (-1, 1):
        box("Leg", (0.06, 0.06, LEG_H), (x * 0.6, y * 0.33, LEG_H / 2), material)
