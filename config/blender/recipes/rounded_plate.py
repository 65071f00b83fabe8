"""Plate with rounded corners: outline, face, extrude

For phones, signs, cutting boards, table tops, any flat shape from an outline. extrude_face_region
leaves the first face in place, so the body is closed; the outline runs counter-clockwise.
"""
# words: plate, rounded rectangle, rounded corners, outline, extrude, slab, board, sign, phone, tablet, flat shape
# idents: bmesh.ops.extrude_face_region, bmesh.ops.translate, bmesh.ops.bevel
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import cos, pi, sin


def build_plate(name, width, depth, height, radius, steps=8):
    bm = bmesh.new()
    x, y = width / 2 - radius, depth / 2 - radius
    outline = []
    for corner, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        for i in range(steps + 1):
            a = (corner + i / steps) * pi / 2
            outline.append(bm.verts.new((sx * x + radius * cos(a), sy * y + radius * sin(a), 0)))
    bottom = bm.faces.new(outline)
    top = bmesh.ops.extrude_face_region(bm, geom=[bottom])["geom"]
    verts = [v for v in top if isinstance(v, bmesh.types.BMVert)]
    bmesh.ops.translate(bm, vec=(0, 0, height), verts=verts)
    rims = [e for e in bm.edges if abs(e.verts[0].co.z - e.verts[1].co.z) < 1e-6]
    bmesh.ops.bevel(bm, geom=rims, offset=height / 6, segments=3, profile=0.5, affect="EDGES")
    bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_plate("Board", 0.4, 0.25, 0.03, 0.05)
