"""Terrain: a grid lifted by noise

For hills, dunes, sea beds, snow. mathutils.noise.fractal needs no texture and gives the same land
each time; move the sample point to get another. Falling off at the rim makes an island.
"""
# words: terrain, landscape, hills, mountains, ground, heightmap, island, dunes, noise, displacement, snow
# idents: mathutils.noise.fractal, bmesh.ops.create_grid, mathutils.noise.hetero_terrain
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from mathutils import Vector, noise


def build_terrain(name, size=4, height=0.7, detail=120, place=(5, 2, 8)):
    bm = bmesh.new()
    bmesh.ops.create_grid(bm, x_segments=detail, y_segments=detail, size=size / 2)
    for vert in bm.verts:
        sample = Vector(place) + vert.co * (2.5 / size)
        land = noise.fractal(sample, 1.2, 2.0, 6)  # roughness, gap between octaves, octaves
        rim = max(0, 1 - (2 * vert.co.length / size) ** 4)
        vert.co.z = max(0, height * rim * (0.35 + land))
    for face in bm.faces:
        face.smooth = True
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_terrain("Island")
