"""Cells with cracks: Voronoi distance to edge

For paving, dry earth, giraffe fur, stained glass, scales. The distance to the nearest cell border, cut by
a steep colour ramp, is the crack, both as colour and as bump.
"""
# words: cracks, cracked, cells, voronoi, distance to edge, paving, cobblestone, dry earth, mosaic, scales, giraffe, tiles, lava, material
# idents: bpy.types.ShaderNodeTexVoronoi.feature, bpy.types.ShaderNodeTexVoronoi, bpy.types.ShaderNodeBump
# ran: 3.4 4.3 5.2

import bpy


def build_cracked(name, stone=(0.4, 0.34, 0.27, 1), crack=(0.03, 0.025, 0.02, 1), cells=9, width=0.06):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    bsdf.inputs["Roughness"].default_value = 0.9
    place, voronoi, ramp, bump = [nodes.new("ShaderNode" + kind) for kind in (
        "TexCoord", "TexVoronoi", "ValToRGB", "Bump")]
    voronoi.feature = "DISTANCE_TO_EDGE"
    voronoi.inputs["Scale"].default_value = cells  # a metre
    first, last = ramp.color_ramp.elements
    first.position, first.color = width / 3, crack
    last.position, last.color = width, stone
    bump.inputs["Distance"].default_value = 0.02
    link(place.outputs["Object"], voronoi.inputs["Vector"])
    link(voronoi.outputs["Distance"], ramp.inputs["Fac"])
    link(ramp.outputs["Color"], bsdf.inputs["Base Color"])
    link(ramp.outputs["Color"], bump.inputs["Height"])
    link(bump.outputs["Normal"], bsdf.inputs["Normal"])
    return mat


stone = build_cracked("DryEarth")  # mesh.materials.append(stone)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(stone)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
