"""Geometry nodes: points on faces, instances on points

For dense sprinkles, moss, gravel, studs. A group's sockets are made by tree.interface since 4.0 and by
tree.inputs before; nodes are linked as in materials. Python needs no operator for it.
"""
# words: geometry nodes, node group, distribute points, instance on points, sprinkles, density, modifier, interface, new_socket, procedural, scatter
# idents: bpy.types.NodesModifier, bpy.types.GeometryNodeDistributePointsOnFaces, bpy.types.GeometryNodeInstanceOnPoints, bpy.types.GeometryNodeJoinGeometry
# ran: 3.4 4.3 5.2

import bpy


def build_sprinkles(obj, density=400, radius=0.012):
    tree = bpy.data.node_groups.new("Sprinkles", "GeometryNodeTree")
    if bpy.app.version < (4, 0):
        tree.inputs.new("NodeSocketGeometry", "Geometry")
        tree.outputs.new("NodeSocketGeometry", "Geometry")
    else:
        for way in ("INPUT", "OUTPUT"):
            tree.interface.new_socket("Geometry", in_out=way, socket_type="NodeSocketGeometry")
    start, end, points, copies, ball, join = [tree.nodes.new(kind) for kind in (
        "NodeGroupInput", "NodeGroupOutput", "GeometryNodeDistributePointsOnFaces",
        "GeometryNodeInstanceOnPoints", "GeometryNodeMeshIcoSphere", "GeometryNodeJoinGeometry")]
    points.inputs["Density"].default_value = density  # a square metre
    ball.inputs["Radius"].default_value = radius
    link = tree.links.new
    link(start.outputs[0], points.inputs["Mesh"])
    link(points.outputs["Points"], copies.inputs["Points"])
    link(ball.outputs["Mesh"], copies.inputs["Instance"])
    link(start.outputs[0], join.inputs[0])
    link(copies.outputs["Instances"], join.inputs[0])
    link(join.outputs[0], end.inputs[0])
    obj.modifiers.new("Sprinkles", "NODES").node_group = tree
    return obj


# For the picture:
import bmesh

mesh = bpy.data.meshes.new("Bun")
bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=48, v_segments=24, radius=0.25)
bm.to_mesh(mesh)
bm.free()
bun = bpy.data.objects.new("Bun", mesh)
bun.location.z = 0.25
bpy.context.collection.objects.link(bun)
build_sprinkles(bun)
