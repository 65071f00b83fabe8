import bpy

bpy.ops.mesh.primitive_ico_sphere_add(subdivisions=5, radius=1.0)
rock = bpy.context.object
rock.name = "Rock"
texture = bpy.data.textures.new("RockNoise", type='MUSGRAVE')
texture.noise_scale = 0.8
displace = rock.modifiers.new("Displace", 'DISPLACE')
displace.texture = texture
displace.strength = 0.3
sub = rock.modifiers.new("Subdivision", 'SUBSURF')
rock.cycles.use_adaptive_subdivision = True
bpy.context.scene.render.engine = 'CYCLES'
bpy.context.scene.cycles.feature_set = 'EXPERIMENTAL'
bpy.context.scene.cycles.samples = 64

stone = bpy.data.materials.new("Stone")
stone.use_nodes = True
stone.cycles.displacement_method = 'BOTH'
node = stone.node_tree.nodes["Principled BSDF"]
node.inputs["Base Color"].default_value = (0.25, 0.22, 0.2, 1)
node.inputs["Specular"].default_value = 0.1
rock.data.materials.append(stone)
rock.data.use_auto_smooth = True
