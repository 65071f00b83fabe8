"""Bump: small relief without geometry

For hammered copper, orange peel, leather, plaster. A texture's value is the height; Distance is in
metres, Strength at most 1. The outline stays smooth: real relief needs displaced vertices.
"""
# words: bump, relief, hammered, leather, dents, rough surface, voronoi, normal, plaster, orange peel, dimples, material
# idents: bpy.types.ShaderNodeBump, bpy.types.ShaderNodeTexVoronoi, bpy.types.ShaderNodeTexVoronoi.feature
# ran: 3.4 4.3 5.2

import bpy


def build_hammered(name, color=(0.72, 0.32, 0.16, 1), dents=18, depth=0.012):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    bsdf.inputs["Base Color"].default_value = color
    bsdf.inputs["Metallic"].default_value = 1.0
    bsdf.inputs["Roughness"].default_value = 0.25
    place = nodes.new("ShaderNodeTexCoord")
    cells = nodes.new("ShaderNodeTexVoronoi")
    cells.feature = "SMOOTH_F1"
    cells.inputs["Scale"].default_value = dents  # a metre
    bump = nodes.new("ShaderNodeBump")
    bump.inputs["Distance"].default_value = depth
    link(place.outputs["Object"], cells.inputs["Vector"])
    link(cells.outputs["Distance"], bump.inputs["Height"])
    link(bump.outputs["Normal"], bsdf.inputs["Normal"])
    return mat


copper = build_hammered("Copper")  # mesh.materials.append(copper)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(copper)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
