"""Limb: rings along a bent line, with changing radius

For tentacles, horns, tails, trunks, spouts, arms. Each ring turns on from the one before, so
the tube never twists; unlike a bevelled curve the result is one closed mesh.
"""
# words: tentacle, horn, tail, trunk, limb, arm, spout, taper, along a line, tusk, bent cone, tube mesh
# idents: mathutils.Vector.rotation_difference, mathutils.Quaternion, bpy.types.Mesh.from_pydata
# ran: 3.4 4.3 5.2
# closed: yes

import bpy
from math import cos, sin, tau
from mathutils import Quaternion, Vector


def build_limb(name, points, radii, sides=16):
    points = [Vector(p) for p in points]
    verts, faces, turn, last = [], [], Quaternion(), Vector((0, 0, 1))
    for i, (point, radius) in enumerate(zip(points, radii)):
        way = points[min(i + 1, len(points) - 1)] - points[max(i - 1, 0)]
        turn = last.rotation_difference(way) @ turn
        last = way
        for j in range(sides):
            a = tau * j / sides
            verts.append(point + turn @ Vector((radius * cos(a), radius * sin(a), 0)))
            if i:
                k, n = (i - 1) * sides, (j + 1) % sides
                faces.append((k + j, k + n, k + n + sides, k + j + sides))
    faces += [tuple(reversed(range(sides))), tuple(range(len(verts) - sides, len(verts)))]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    for face in mesh.polygons:
        face.use_smooth = len(face.vertices) == 4
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


steps = [i / 40 for i in range(41)]
build_limb("Horn", [(0.3 * sin(5 * t) * t, 0, 0.6 * t) for t in steps], [0.1 * (1 - 0.95 * t) for t in steps])
