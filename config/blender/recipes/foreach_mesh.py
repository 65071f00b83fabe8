"""Big mesh from flat lists: foreach_set

For ten thousands of points: waves, height fields, point data. foreach_set copies a whole list at once, far
faster than a loop over vertices; call update() afterwards.
"""
# words: foreach_set, fast, many vertices, flat list, height field, waves, ripples, big mesh, performance, coordinates
# idents: bpy.types.bpy_prop_collection.foreach_set, bpy.types.Mesh.update, bmesh.ops.create_grid
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from math import cos, exp, hypot


def build_ripples(name, size=1.0, cuts=180, waves=12, height=0.06):
    bm = bmesh.new()
    bmesh.ops.create_grid(bm, x_segments=cuts, y_segments=cuts, size=size / 2)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    flat = [0.0] * (3 * len(mesh.vertices))
    mesh.vertices.foreach_get("co", flat)  # x, y, z, x, y, z, ...
    for i in range(0, len(flat), 3):
        r = hypot(flat[i], flat[i + 1]) / size
        flat[i + 2] = height * (1 + cos(6.28 * waves * r) * exp(-3 * r))
    mesh.vertices.foreach_set("co", flat)
    mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    mesh.update()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_ripples("Ripples")
