"""Lathe: turn a profile round the Z axis into one mesh

For vases, bottles, bowls, knobs, balusters. Profile points are (radius, height); a profile that
starts and ends at radius 0 gives a closed body, as remove_doubles welds the points on the axis.
"""
# words: lathe, revolve, spin, turned, profile, vase, bowl, knob, baluster, pawn, rotational
# idents: bmesh.ops.spin, bmesh.ops.remove_doubles, bmesh.ops.recalc_face_normals
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import tau


def build_lathe(name, profile, steps=48):
    bm = bmesh.new()
    verts = [bm.verts.new((r, 0, z)) for r, z in profile]
    edges = [bm.edges.new(pair) for pair in zip(verts, verts[1:])]
    bmesh.ops.spin(bm, geom=verts + edges, cent=(0, 0, 0), axis=(0, 0, 1),
                   angle=tau, steps=steps, use_merge=True)
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


build_lathe("Pawn", [(0, 0), (0.16, 0), (0.17, 0.04), (0.12, 0.08), (0.06, 0.2), (0.05, 0.32),
                     (0.1, 0.35), (0.05, 0.37), (0.1, 0.43), (0.1, 0.49), (0.06, 0.54), (0, 0.56)])
