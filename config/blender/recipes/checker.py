"""Checker pattern

For floors, flags, chess boards, test patterns. Fields are measured in the object's own metres; the
grid is moved by half a field, since fields that end in the surface flicker.
"""
# words: checker, chess board, tiles, floor, pattern, squares, checkerboard, two colors, procedural, material
# idents: bpy.types.ShaderNodeTexChecker, bpy.types.ShaderNodeMapping, bpy.types.ShaderNodeTexCoord
# ran: 3.4 4.3 5.2

import bpy


def build_checker(name, field=0.075, one=(0.02, 0.02, 0.02, 1), two=(0.8, 0.78, 0.72, 1)):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    place = nodes.new("ShaderNodeTexCoord")
    shift = nodes.new("ShaderNodeMapping")
    shift.inputs["Location"].default_value = [field / 2] * 3
    checker = nodes.new("ShaderNodeTexChecker")
    checker.inputs["Scale"].default_value = 1 / field
    checker.inputs["Color1"].default_value = one
    checker.inputs["Color2"].default_value = two
    link(place.outputs["Object"], shift.inputs["Vector"])
    link(shift.outputs["Vector"], checker.inputs["Vector"])
    link(checker.outputs["Color"], bsdf.inputs["Base Color"])
    return mat


checker = build_checker("Checker")  # mesh.materials.append(checker)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_cube(bm, size=0.6)
bmesh.ops.bevel(bm, geom=bm.edges[:], offset=0.03, segments=3, profile=0.5, affect="EDGES")
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(checker)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
