"""Wheel with rim, hub and spokes in one mesh

For wheels of carts, bicycles, steering wheels, valve wheels. The matrix of a primitive places
it; spokes reach into rim and hub so that nothing floats.
"""
# words: wheel, spokes, rim, tyre, hub, cart, bicycle, steering wheel, valve, radial
# idents: bmesh.ops.create_cone, bmesh.ops.create_circle, bmesh.ops.spin, mathutils.Matrix.Rotation
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import pi, tau
from mathutils import Matrix


def build_wheel(name, radius=0.4, tube=0.035, spokes=10):
    bm = bmesh.new()
    rod = dict(cap_ends=True, segments=16)
    ring = bmesh.ops.create_circle(bm, segments=12, radius=tube, matrix=Matrix.Translation(
        (radius - tube, 0, 0)) @ Matrix.Rotation(pi / 2, 4, "X"))["verts"]
    bmesh.ops.spin(bm, geom=ring + bm.edges[:], axis=(0, 0, 1), angle=tau, steps=64, use_merge=True)
    bmesh.ops.create_cone(bm, radius1=2 * tube, radius2=2 * tube, depth=5 * tube, **rod)
    for i in range(spokes):
        turn = Matrix.Rotation(tau * i / spokes, 4, "Z") @ Matrix.Rotation(pi / 2, 4, "Y")
        bmesh.ops.create_cone(bm, radius1=tube / 2, radius2=tube / 3, depth=radius - tube,
                              matrix=turn @ Matrix.Translation((0, 0, radius / 2)), **rod)
    bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    obj.rotation_euler.x, obj.location.z = pi / 2, radius  # upright, on the ground
    bpy.context.collection.objects.link(obj)
    return obj


build_wheel("Wheel")
