"""Wall with an arched opening, without a boolean

For gates, windows, bridges, arcades. The outline goes round the arch, one n-gon is extruded: cleaner
than a cut, and a constant changes the whole. Rows of it make an arcade.
"""
# words: arch, gate, opening, window, door, wall, bridge, arcade, vault, portal, n-gon, church
# idents: bmesh.ops.extrude_face_region, bmesh.ops.recalc_face_normals, bmesh.ops.translate
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import cos, pi, sin


def build_arch(name, width=1.6, height=2.0, depth=0.4, opening=1.0, spring=1.0, steps=24):
    """spring: height at which the half circle begins."""
    x, r = width / 2, opening / 2
    outline = [(x, 0), (x, height), (-x, height), (-x, 0), (-r, 0)]
    outline += [(-r * cos(pi * i / steps), spring + r * sin(pi * i / steps)) for i in range(steps + 1)]
    outline.append((r, 0))
    bm = bmesh.new()
    front = bm.faces.new([bm.verts.new((x, -depth / 2, z)) for x, z in outline])
    back = bmesh.ops.extrude_face_region(bm, geom=[front])["geom"]
    verts = [v for v in back if isinstance(v, bmesh.types.BMVert)]
    bmesh.ops.translate(bm, vec=(0, depth, 0), verts=verts)
    bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_arch("Gate")
