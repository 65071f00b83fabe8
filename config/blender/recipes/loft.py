"""Loft: a skin between cross-sections

For hulls, fuselages, handles, shoes, vases with changing section. All sections have the same number
of points, in the same turning direction; caps close the two ends.
"""
# words: loft, skin, cross section, profiles, bridge, blend shapes, fuselage, square to round, transition
# idents: bpy.types.Mesh.from_pydata, bpy.types.MeshPolygon.use_smooth
# ran: 3.4 4.3 5.2
# closed: yes

import bpy
from math import cos, sin, tau


def build_loft(name, sections):
    count = len(sections[0])
    verts = [point for section in sections for point in section]
    faces = [(k + i, k + (i + 1) % count, k + count + (i + 1) % count, k + count + i)
             for k in range(0, len(verts) - count, count) for i in range(count)]
    faces += [tuple(reversed(range(count))), tuple(range(len(verts) - count, len(verts)))]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    for face in mesh.polygons[:-2]:
        face.use_smooth = True
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


def section(z, radius, square, count=64):
    """From circle (square 0) to nearly a square (1): a superellipse."""
    power = 2 / (2 + 8 * square)
    def bend(v):
        return (1 if v > 0 else -1) * abs(v) ** power
    return [(radius * bend(cos(tau * i / count)), radius * bend(sin(tau * i / count)), z)
            for i in range(count)]


build_loft("Vase", [section(0.6 * t, 0.14 + 0.08 * sin(6 * t), 1 - t) for t in (i / 30 for i in range(31))])
