import bpy

scene = bpy.context.scene
scene.render.engine = 'BLENDER_EEVEE'
eevee = scene.eevee
eevee.use_ssr = True
eevee.ssr_quality = 1.0
eevee.shadow_cube_size = '1024'
eevee.shadow_cascade_size = '2048'
eevee.use_volumetric_lights = True
eevee.gi_cubemap_resolution = '512'

bpy.ops.object.lightprobe_add(type='CUBEMAP', location=(0, 0, 1))
probe = bpy.context.object
probe.data.influence_distance = 5
bpy.ops.object.lightprobe_add(type='GRID', location=(0, 0, 1))
grid = bpy.context.object
grid.scale = (4, 4, 2)

bpy.ops.mesh.primitive_plane_add(size=8)
floor = bpy.context.object
mirror = bpy.data.materials.new("Mirror")
mirror.use_nodes = True
mirror.use_screen_refraction = True
shader = mirror.node_tree.nodes['Principled BSDF']
shader.inputs['Metallic'].default_value = 1.0
shader.inputs['Roughness'].default_value = 0.02
floor.data.materials.append(mirror)
