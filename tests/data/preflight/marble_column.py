import bpy
import random

random.seed(3)


def marble(name="Marble"):
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    tree = material.node_tree
    principled = next(n for n in tree.nodes if n.type == 'BSDF_PRINCIPLED')
    noise = tree.nodes.new('ShaderNodeTexNoise')
    noise.inputs['Scale'].default_value = 2.5
    noise.inputs['Detail'].default_value = 12
    separate = tree.nodes.new('ShaderNodeSeparateRGB')
    combine = tree.nodes.new('ShaderNodeCombineRGB')
    tree.links.new(noise.outputs['Color'], separate.inputs['Image'])
    tree.links.new(separate.outputs['R'], combine.inputs['R'])
    tree.links.new(separate.outputs['R'], combine.inputs['G'])
    tree.links.new(separate.outputs['R'], combine.inputs['B'])
    tree.links.new(combine.outputs['Image'], principled.inputs['Base Color'])
    principled.inputs['Subsurface'].default_value = 0.1
    principled.inputs['Subsurface Color'].default_value = (0.9, 0.85, 0.8, 1)
    principled.inputs['Specular'].default_value = 0.6
    return material


stone = marble()
bpy.ops.mesh.primitive_cylinder_add(vertices=24, radius=0.5, depth=4, location=(0, 0, 2))
shaft = bpy.context.object
shaft.data.materials.append(stone)
for z in (0, 4):
    bpy.ops.mesh.primitive_cube_add(size=1.4, location=(0, 0, z))
    slab = bpy.context.object
    slab.scale.z = 0.2
    slab.data.materials.append(stone)
    for polygon in slab.data.polygons:
        polygon.use_smooth = False
