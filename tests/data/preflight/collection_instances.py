import bpy

leaves = bpy.data.collections.new("Leaves")
bpy.context.scene.collection.children.link(leaves)
for i in range(3):
    bpy.ops.mesh.primitive_plane_add(size=0.2 + 0.05 * i, location=(10 + i, 0, 0))
    leaf = bpy.context.object
    for owner in leaf.users_collection:
        owner.objects.unlink(leaf)
    leaves.objects.link(leaf)

group = bpy.data.node_groups.new("Foliage", 'GeometryNodeTree')
group.inputs.new('NodeSocketGeometry', 'Geometry')
group.outputs.new('NodeSocketGeometry', 'Geometry')
info = group.nodes.new('GeometryNodeCollectionInfo')
info.inputs['Collection'].default_value = leaves
info.inputs['Separate Children'].default_value = True
points = group.nodes.new('GeometryNodeDistributePointsOnFaces')
place = group.nodes.new('GeometryNodeInstanceOnPoints')
start = group.nodes.new('NodeGroupInput')
end = group.nodes.new('NodeGroupOutput')
group.links.new(start.outputs[0], points.inputs['Mesh'])
group.links.new(points.outputs['Points'], place.inputs['Points'])
group.links.new(info.outputs['Geometry'], place.inputs['Instance'])
group.links.new(place.outputs['Instances'], end.inputs[0])

bpy.ops.mesh.primitive_ico_sphere_add(radius=1.5, location=(0, 0, 3))
crown = bpy.context.object
modifier = crown.modifiers.new("Foliage", 'NODES')
modifier.node_group = group
