"""Lattice of struts: Wireframe modifier

For cages, baskets, fences, trusses, geodesic domes. Every edge of a plain mesh becomes a strut;
use_replace drops the faces. Switch use_even_offset off on sharp shapes, or the struts grow spikes.
"""
# words: wireframe, cage, lattice, basket, truss, struts, grid, geodesic dome, fence, net
# idents: bpy.types.WireframeModifier, bpy.types.WireframeModifier.use_replace, bmesh.ops.create_icosphere
# ran: 3.4 4.3 5.2

import bmesh
import bpy


def build_cage(name, radius, strut=0.02):
    bm = bmesh.new()
    bmesh.ops.create_icosphere(bm, subdivisions=2, radius=radius)
    below = [v for v in bm.verts if v.co.z < -0.01]
    bmesh.ops.delete(bm, geom=below, context="VERTS")
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    wire = obj.modifiers.new("Struts", "WIREFRAME")
    wire.thickness = strut
    wire.use_replace = True
    wire.use_boundary = True
    wire.use_even_offset = False
    return obj


build_cage("Dome", 0.5)
