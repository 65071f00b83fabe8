import bpy

scene = bpy.context.scene
scene.use_nodes = True
tree = scene.node_tree
tree.nodes.clear()

layers = tree.nodes.new('CompositorNodeRLayers')
glare = tree.nodes.new('CompositorNodeGlare')
glare.glare_type = 'FOG_GLOW'
glare.quality = 'HIGH'
glare.threshold = 0.8
balance = tree.nodes.new('CompositorNodeBrightContrast')
balance.inputs['Contrast'].default_value = 5
composite = tree.nodes.new('CompositorNodeComposite')
tree.links.new(layers.outputs['Image'], glare.inputs['Image'])
tree.links.new(glare.outputs['Image'], balance.inputs['Image'])
tree.links.new(balance.outputs['Image'], composite.inputs['Image'])

bpy.ops.mesh.primitive_ico_sphere_add(subdivisions=3, radius=1)
ball = bpy.context.object
glow = bpy.data.materials.new("Glow")
glow.use_nodes = True
nodes = glow.node_tree.nodes
emission = nodes.new('ShaderNodeEmission')
emission.inputs['Strength'].default_value = 12
glow.node_tree.links.new(emission.outputs['Emission'],
                         nodes['Material Output'].inputs['Surface'])
ball.data.materials.append(glow)
