"""Colours stored in the mesh: a colour attribute

For painted toys, terrain by height, low poly art. color_attributes replaces vertex_colors; POINT is a
colour a vertex, CORNER one a face corner. The Attribute node finds it by name.
"""
# words: vertex color, color attribute, painted, per vertex, low poly, attribute node, rainbow, paint, material
# idents: bpy.types.ShaderNodeAttribute, bpy.types.ShaderNodeAttribute.attribute_name, bpy.types.Mesh.color_attributes
# ran: 3.4 4.3 5.2

import bpy


def build_vertex_paint(name, mesh, color_at):
    """color_at(co) gives red, green, blue, alpha."""
    layer = mesh.color_attributes.new(name, "FLOAT_COLOR", "POINT")
    for vertex, item in zip(mesh.vertices, layer.data):
        item.color = color_at(vertex.co)
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    attribute = nodes.new("ShaderNodeAttribute")
    attribute.attribute_name = name
    link(attribute.outputs["Color"], bsdf.inputs["Base Color"])
    mesh.materials.append(mat)
    return mat


# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_icosphere(bm, subdivisions=4, radius=0.3)
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
build_vertex_paint("Paint", mesh, lambda co: (*[0.35 + v for v in co], 1))
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
