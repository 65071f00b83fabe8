"""Hollow vessel: outer profile down, inner profile up

For cups, pots, vases, bottles that are looked into or made of glass. The inner wall is the outer one
moved inwards; one lathe of both gives a closed body with real thickness.
"""
# words: hollow, cup, mug, pot, vessel, vase, wall thickness, inner wall, glass, bucket, jar, tumbler
# idents: bmesh.ops.spin, bmesh.ops.remove_doubles, bmesh.ops.recalc_face_normals
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import tau


def build_vessel(name, outline, wall=0.008, steps=64):
    """The outline goes from the foot's rim (radius, height) up to the mouth."""
    inner = [(r - wall, max(z, 2 * wall)) for r, z in reversed(outline)]
    lip = [(outline[-1][0] - wall / 2, outline[-1][1] + wall / 2)]
    profile = [(0, 0), *outline, *lip, *inner, (0, 2 * wall)]
    bm = bmesh.new()
    verts = [bm.verts.new((r, 0, z)) for r, z in profile]
    edges = [bm.edges.new(pair) for pair in zip(verts, verts[1:])]
    bmesh.ops.spin(bm, geom=verts + edges, axis=(0, 0, 1), angle=tau, steps=steps, use_merge=True)
    bmesh.ops.remove_doubles(bm, verts=bm.verts, dist=1e-5)
    bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
    for face in bm.faces:
        face.smooth = True
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_vessel("Cup", [(0.06, 0), (0.07, 0.01), (0.095, 0.06), (0.105, 0.12), (0.11, 0.17)])
