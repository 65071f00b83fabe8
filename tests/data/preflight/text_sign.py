import bpy
import bgl
import blf

font = bpy.data.curves.new(name="SignText", type='FONT')
font.body = "OPEN"
font.extrude = 0.04
font.bevel_depth = 0.01
sign = bpy.data.objects.new("Sign", font)
bpy.context.collection.objects.link(sign)
neon = bpy.data.materials.new("Neon")
neon.use_nodes = True
tree = neon.node_tree
shader = tree.nodes.get("Principled BSDF")
shader.inputs.get("Emission").default_value = (1, 0.1, 0.3, 1)
shader.inputs["Emission Strength"].default_value = 15
neon.shadow_method = 'NONE'
font.materials.append(neon)
