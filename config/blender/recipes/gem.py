"""Cut gem from a convex hull

For diamonds, crystals, faceted knobs, low poly drops. Give only the corners; convex_hull finds the flat
facets. Points inside the hull are returned as unused and must go.
"""
# words: gem, diamond, crystal, jewel, facets, convex hull, brilliant, faceted, low poly, ring stone
# idents: bmesh.ops.convex_hull, bmesh.ops.delete, bmesh.ops.dissolve_limit
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import cos, sin, tau


def build_gem(name, radius=0.2, sides=8):
    bm = bmesh.new()
    rings = [(0.55, 0.35, 0.5), (0.85, 0.18, 0), (1, 0, 0.5), (0.5, -0.45, 0)]  # width, z, turn
    for width, z, turn in rings:
        for i in range(sides):
            a = tau * (i + turn) / sides
            bm.verts.new((radius * width * cos(a), radius * width * sin(a), radius * z))
    bm.verts.new((0, 0, -0.9 * radius))
    made = bmesh.ops.convex_hull(bm, input=bm.verts)
    bmesh.ops.delete(bm, geom=made["geom_unused"] + made["geom_interior"], context="VERTS")
    bmesh.ops.dissolve_limit(bm, angle_limit=0.02, verts=bm.verts, edges=bm.edges)
    bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    obj.location.z = 0.9 * radius
    bpy.context.collection.objects.link(obj)
    return obj


build_gem("Gem")
