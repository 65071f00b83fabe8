import bpy

scene = bpy.context.scene
scene.render.engine = 'BLENDER_EEVEE'
scene.eevee.use_bloom = True
scene.eevee.bloom_intensity = 0.1
scene.eevee.use_ssr = True
scene.eevee.use_ssr_refraction = True
scene.eevee.use_gtao = True
scene.eevee.gtao_distance = 0.5
scene.eevee.use_soft_shadows = True
scene.eevee.taa_render_samples = 64

world = bpy.data.worlds.new("Night")
scene.world = world
world.use_nodes = True
bg = world.node_tree.nodes["Background"]
bg.inputs["Color"].default_value = (0.01, 0.01, 0.03, 1.0)
bg.inputs["Strength"].default_value = 0.3

bpy.ops.mesh.primitive_uv_sphere_add(radius=0.5, location=(0, 0, 1))
bulb = bpy.context.object
mat = bpy.data.materials.new("Glow")
mat.use_nodes = True
principled = mat.node_tree.nodes.get("Principled BSDF")
principled.inputs["Emission"].default_value = (1.0, 0.8, 0.4, 1.0)
principled.inputs["Emission Strength"].default_value = 8.0
bulb.data.materials.append(mat)
