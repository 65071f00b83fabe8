"""Panels: inset faces and push them in

For doors, hulls, windows, drawer fronts, sci-fi surfaces. Inset makes a frame within each face, a
negative depth sinks the middle; the same faces stay the middles, so calls can follow each other.
"""
# words: inset, panel, door, recess, frame, window, extrude, sci-fi, plates, drawer front, greeble, coffered
# idents: bmesh.ops.inset_individual, bmesh.ops.subdivide_edges, bmesh.ops.create_cube
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from mathutils import Matrix


def build_panelled_door(name, width=0.8, height=2.0, thick=0.05, cuts=1, border=0.07, sink=0.012):
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Translation((0, 0, height / 2))
                          @ Matrix.Diagonal((width, thick, height, 1)))
    across = [e for e in bm.edges if abs(e.verts[0].co.y - e.verts[1].co.y) < 1e-6]
    bmesh.ops.subdivide_edges(bm, edges=across, cuts=cuts, use_grid_fill=True)
    panels = [f for f in bm.faces if abs(f.normal.y) > 0.9]
    for _ in range(2):  # down in steps, then a raised field
        bmesh.ops.inset_individual(bm, faces=panels, thickness=border / 2, depth=0)
        bmesh.ops.inset_individual(bm, faces=panels, thickness=sink, depth=-sink)
        sink = -sink / 2
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_panelled_door("Door", cuts=2)
