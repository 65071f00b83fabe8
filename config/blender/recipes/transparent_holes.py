"""Transparency by alpha: holes, lace, fading

For nets, lace, perforated sheets, ghosts. Alpha 0 is nothing at all, unlike glass, which refracts.
Cycles needs nothing else; EEVEE before 4.2 also needs blend_method.
"""
# words: transparent, alpha, holes, lace, net, cutout, perforated, see through, invisible, veil, fade, material
# idents: bpy.types.ShaderNodeMath, bpy.types.Material.blend_method, bpy.types.ShaderNodeTexVoronoi
# ran: 3.4 4.3 5.2

import bpy


def build_lace(name, color=(0.9, 0.88, 0.82, 1), scale=16, hole=0.34):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    bsdf.inputs["Base Color"].default_value = color
    place = nodes.new("ShaderNodeTexCoord")
    cells = nodes.new("ShaderNodeTexVoronoi")
    cells.inputs["Scale"].default_value = scale
    cells.inputs["Randomness"].default_value = 0.2
    solid = nodes.new("ShaderNodeMath")
    solid.operation = "GREATER_THAN"
    solid.inputs[1].default_value = hole
    link(place.outputs["Object"], cells.inputs["Vector"])
    link(cells.outputs["Distance"], solid.inputs[0])
    link(solid.outputs["Value"], bsdf.inputs["Alpha"])
    mat.blend_method = "HASHED"
    return mat


lace = build_lace("Lace")  # mesh.materials.append(lace)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(lace)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
