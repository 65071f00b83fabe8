"""Honeycomb panel: inset hexagons and Solidify

For grilles, speakers, radiators, combs. Rows are shifted by half a cell; inset_individual shrinks
each cell, deleting its middle leaves the wall.
"""
# words: honeycomb, hexagon, grid, grille, mesh panel, perforated, speaker, radiator, inset, pattern of holes
# idents: bmesh.ops.inset_individual, bmesh.ops.remove_doubles, bmesh.ops.delete, bpy.types.SolidifyModifier
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import cos, sin, sqrt, tau


def build_honeycomb(name, columns=9, rows=8, cell=0.04, wall=0.005, depth=0.02):
    bm = bmesh.new()
    for row in range(rows):
        for column in range(columns):
            x = (column - columns / 2 + 0.25 + row % 2 / 2) * sqrt(3) * cell
            z = (row * 1.5 + 1) * cell
            bm.faces.new([bm.verts.new((x + cell * sin(tau * i / 6), 0, z + cell * cos(tau * i / 6)))
                          for i in range(6)])
    bmesh.ops.remove_doubles(bm, verts=bm.verts, dist=cell / 100)
    cells = bm.faces[:]
    bmesh.ops.inset_individual(bm, faces=cells, thickness=wall / 2)
    bmesh.ops.delete(bm, geom=cells, context="FACES")  # the originals are the middles now
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    thick = obj.modifiers.new("Depth", "SOLIDIFY")
    thick.thickness, thick.offset = depth, 0
    return obj


build_honeycomb("Grille")
