"""Limit a modifier to a part: vertex groups

For bevels, displacement or smoothing on some of the mesh only. A group is made on the object, filled
by vertex numbers, and named in the modifier.
"""
# words: vertex group, weight, limit modifier, only part, mask, selected vertices, weights, partial
# idents: bpy.types.VertexGroups.new, bpy.types.VertexGroup.add, bpy.types.SolidifyModifier.vertex_group, bpy.types.BevelModifier.vertex_group
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy


def build_group(obj, name, weight_at):
    """weight_at(co): 0 to 1."""
    group = obj.vertex_groups.new(name=name)
    for vertex in obj.data.vertices:
        weight = weight_at(vertex.co)
        if weight > 0:
            group.add([vertex.index], weight, "REPLACE")
    return group


mesh = bpy.data.meshes.new("Soap")
bm = bmesh.new()
bmesh.ops.create_cube(bm, size=0.4)
bm.to_mesh(mesh)
bm.free()
soap = bpy.data.objects.new("Soap", mesh)
soap.location.z = 0.2
bpy.context.collection.objects.link(soap)
build_group(soap, "Upper", lambda co: 1.0 if co.z > 0 else 0.0)
bevel = soap.modifiers.new("Round", "BEVEL")
bevel.width, bevel.segments = 0.12, 8
bevel.limit_method, bevel.vertex_group = "VGROUP", "Upper"
