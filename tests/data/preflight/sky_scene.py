import bpy
import math

world = bpy.context.scene.world
if world is None:
    world = bpy.data.worlds.new("World")
    bpy.context.scene.world = world
world.use_nodes = True
nodes = world.node_tree.nodes
links = world.node_tree.links
sky = nodes.new('ShaderNodeTexSky')
sky.sky_type = 'NISHITA'
sky.sun_elevation = math.radians(25)
sky.sun_rotation = math.radians(120)
sky.dust_density = 2.0
background = nodes.get('Background')
links.new(sky.outputs['Color'], background.inputs['Color'])
background.inputs['Strength'].default_value = 0.4

bpy.ops.mesh.primitive_plane_add(size=20)
ground = bpy.context.object
grass = bpy.data.materials.new('Grass')
grass.use_nodes = True
grass.node_tree.nodes['Principled BSDF'].inputs['Base Color'].default_value = (0.1, 0.3, 0.05, 1)
grass.node_tree.nodes['Principled BSDF'].inputs['Specular'].default_value = 0.1
ground.data.materials.append(grass)
