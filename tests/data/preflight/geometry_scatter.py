import bpy


def build_group():
    group = bpy.data.node_groups.new("Scatter", 'GeometryNodeTree')
    group.inputs.new('NodeSocketGeometry', "Geometry")
    group.inputs.new('NodeSocketFloat', "Density")
    group.outputs.new('NodeSocketGeometry', "Geometry")
    nodes = group.nodes
    links = group.links
    node_in = nodes.new('NodeGroupInput')
    node_out = nodes.new('NodeGroupOutput')
    scatter = nodes.new('GeometryNodeDistributePointsOnFaces')
    instance = nodes.new('GeometryNodeInstanceOnPoints')
    cone = nodes.new('GeometryNodeMeshCone')
    cone.inputs['Radius Bottom'].default_value = 0.05
    cone.inputs['Depth'].default_value = 0.2
    links.new(node_in.outputs[0], scatter.inputs['Mesh'])
    links.new(scatter.outputs['Points'], instance.inputs['Points'])
    links.new(cone.outputs['Mesh'], instance.inputs['Instance'])
    links.new(instance.outputs['Instances'], node_out.inputs[0])
    return group


bpy.ops.mesh.primitive_grid_add(x_subdivisions=20, y_subdivisions=20, size=4)
ground = bpy.context.active_object
mod = ground.modifiers.new(name="Scatter", type='NODES')
mod.node_group = build_group()
