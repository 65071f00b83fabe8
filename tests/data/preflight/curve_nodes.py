import bpy

tree = bpy.data.node_groups.new("Rope", 'GeometryNodeTree')
tree.outputs.new('NodeSocketGeometry', 'Geometry')
out = tree.nodes.new('NodeGroupOutput')
line = tree.nodes.new('GeometryNodeCurvePrimitiveLine')
line.inputs['End'].default_value = (0, 0, 3)
resample = tree.nodes.new('GeometryNodeResampleCurve')
resample.mode = 'COUNT'
resample.inputs['Count'].default_value = 40
circle = tree.nodes.new('GeometryNodeCurvePrimitiveCircle')
circle.inputs['Radius'].default_value = 0.05
sweep = tree.nodes.new('GeometryNodeCurveToMesh')
fillet = tree.nodes.new('GeometryNodeFilletCurve')
fillet.mode = 'POLY'
capture = tree.nodes.new('GeometryNodeCaptureAttribute')
capture.data_type = 'FLOAT'
tree.links.new(line.outputs['Curve'], resample.inputs['Curve'])
tree.links.new(resample.outputs['Curve'], sweep.inputs['Curve'])
tree.links.new(circle.outputs['Curve'], sweep.inputs['Profile Curve'])
tree.links.new(sweep.outputs['Mesh'], out.inputs[0])

holder = bpy.data.objects.new("Rope", bpy.data.meshes.new("Rope"))
bpy.context.collection.objects.link(holder)
holder.modifiers.new("Rope", 'NODES').node_group = tree
