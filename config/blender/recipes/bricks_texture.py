"""Brick pattern as a material, with sunken joints

For walls that are seen from far: no geometry. The brick texture lies in X and Y, so Mapping stands it
up for a wall that faces -Y; its Fac output is the joint, and becomes the bump.
"""
# words: brick, wall, texture, masonry, mortar, joints, tiles, paving, facade, house, procedural, bump, material
# idents: bpy.types.ShaderNodeTexBrick, bpy.types.ShaderNodeTexBrick.offset, bpy.types.ShaderNodeBump.invert
# ran: 3.4 4.3 5.2

import bpy
from math import pi


def build_brick_material(name, length=0.2, height=0.06, joint=0.008):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    place, stand, brick, bump = [nodes.new("ShaderNode" + kind) for kind in (
        "TexCoord", "Mapping", "TexBrick", "Bump")]
    stand.inputs["Rotation"].default_value = (-pi / 2, 0, 0)  # Z becomes the texture's Y
    for socket, value in (("Color1", (0.35, 0.09, 0.05, 1)), ("Color2", (0.2, 0.05, 0.03, 1)),
                          ("Mortar", (0.5, 0.48, 0.44, 1)), ("Scale", 1), ("Brick Width", length),
                          ("Row Height", height), ("Mortar Size", joint / 2)):
        brick.inputs[socket].default_value = value
    bump.invert = True  # Fac is 1 in the joint
    bump.inputs["Distance"].default_value = joint
    link(place.outputs["Object"], stand.inputs["Vector"])
    link(stand.outputs["Vector"], brick.inputs["Vector"])
    link(brick.outputs["Color"], bsdf.inputs["Base Color"])
    link(brick.outputs["Fac"], bump.inputs["Height"])
    link(bump.outputs["Normal"], bsdf.inputs["Normal"])
    return mat


bricks = build_brick_material("Bricks")  # mesh.materials.append(bricks)
# For the picture:
import bmesh
from math import pi
from mathutils import Matrix

bm = bmesh.new()
bmesh.ops.create_grid(bm, x_segments=40, y_segments=40, size=0.3, matrix=Matrix.Rotation(pi / 2, 4, "X"))
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(bricks)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
