"""Worn edges: bare metal where the surface is convex

For used tools, machines, painted crates. Pointiness of the Geometry node is above 0.5 at convex
edges; it works per vertex, in Cycles only, and needs a bevelled, fairly dense mesh.
"""
# words: worn edges, edge wear, scratched paint, pointiness, convex, used, chipped, damaged, metal edges, curvature, material
# idents: bpy.types.ShaderNodeNewGeometry, bpy.types.ShaderNodeValToRGB
# ran: 3.4 4.3 5.2

import bpy


def build_worn_paint(name, paint=(0.02, 0.12, 0.3, 1), metal=(0.6, 0.6, 0.62, 1), wear=0.53):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    geometry = nodes.new("ShaderNodeNewGeometry")
    for socket, flat, edge in (("Base Color", paint, metal), ("Metallic", (0, 0, 0, 1), (1, 1, 1, 1))):
        ramp = nodes.new("ShaderNodeValToRGB")
        first, last = ramp.color_ramp.elements
        first.position, first.color = wear, flat
        last.position, last.color = wear + 0.02, edge
        link(geometry.outputs["Pointiness"], ramp.inputs["Fac"])
        link(ramp.outputs["Color"], bsdf.inputs[socket])
    return mat


paint = build_worn_paint("WornPaint")  # mesh.materials.append(paint)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_cube(bm, size=0.6)
bmesh.ops.subdivide_edges(bm, edges=bm.edges[:], cuts=40, use_grid_fill=True)
bm.normal_update()
sharp = [edge for edge in bm.edges if edge.calc_face_angle() > 1]
bmesh.ops.bevel(bm, geom=sharp, offset=0.012, segments=3, profile=0.5, affect="EDGES")
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(paint)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
