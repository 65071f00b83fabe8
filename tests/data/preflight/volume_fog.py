import bpy

fog = bpy.data.materials.new("Fog")
fog.use_nodes = True
nodes = fog.node_tree.nodes
nodes.remove(nodes["Principled BSDF"])
volume = nodes.new("ShaderNodeVolumePrincipled")
volume.inputs["Density"].default_value = 0.05
fog.node_tree.links.new(volume.outputs["Volume"], nodes["Material Output"].inputs["Volume"])
density = nodes.new("ShaderNodeTexPointDensity")
hsv = nodes.new("ShaderNodeCombineHSV")
hsv.inputs["S"].default_value = 0.3

bpy.ops.mesh.primitive_cube_add(size=10, location=(0, 0, 5))
domain = bpy.context.object
domain.display_type = 'WIRE'
domain.data.materials.append(fog)
scene = bpy.context.scene
scene.eevee.use_volumetric_shadows = True
scene.eevee.volumetric_tile_size = '4'
scene.eevee.use_volumetric_lights = True
