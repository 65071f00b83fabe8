"""Shade smooth, but keep edges sharp over an angle

For machined and turned parts: round faces smooth, corners crisp. Marks sharp edges in the mesh, which
every version reads; before 4.1 that needs auto smooth, and no operator is called.
"""
# words: shade smooth, auto smooth, sharp edges, angle, smooth by angle, normals, faceted, shading, hard edges
# idents: bpy.types.MeshPolygon.use_smooth, bpy.types.MeshEdge.use_edge_sharp, bmesh.types.BMEdge.calc_face_angle
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import pi, radians


def build_smoothing(mesh, degrees=30):
    bm = bmesh.new()
    bm.from_mesh(mesh)
    for face in bm.faces:
        face.smooth = True
    for edge in bm.edges:
        edge.smooth = edge.calc_face_angle(pi) < radians(degrees)  # a rim counts as sharp
    bm.to_mesh(mesh)
    bm.free()
    if bpy.app.version < (4, 1):
        mesh.use_auto_smooth = True
        mesh.auto_smooth_angle = pi  # the marks alone decide


mesh = bpy.data.meshes.new("Drum")
bm = bmesh.new()
bmesh.ops.create_cone(bm, cap_ends=True, segments=48, radius1=0.3, radius2=0.2, depth=0.4)
bm.to_mesh(mesh)
bm.free()
build_smoothing(mesh)
drum = bpy.data.objects.new("Drum", mesh)
drum.location.z = 0.2
bpy.context.collection.objects.link(drum)
