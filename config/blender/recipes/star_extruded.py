"""Star or any polygon with a raised middle

For stars, badges, cookies, snowflakes, keys: outer and inner radius take turns, the middle is one vertex.
Both sides are fans of triangles, so concave outlines are no trouble.
"""
# words: star, badge, polygon, ornament, christmas, concave outline, medal, cookie, snowflake, flat ornament
# idents: bpy.types.Mesh.from_pydata
# ran: 3.4 4.3 5.2
# closed: yes

import bpy
from math import cos, sin, tau


def build_star(name, points=5, radius=0.3, inner=0.4, thick=0.1):
    count = 2 * points
    verts = []
    for i in range(count):
        a, r = tau * i / count, radius * (inner if i % 2 else 1)
        verts.append((r * sin(a), 0, r * cos(a)))
    front, back = count, count + 1
    verts += [(0, -thick / 2, 0), (0, thick / 2, 0)]
    faces = []
    for i in range(count):
        n = (i + 1) % count
        faces += [(i, front, n), (n, back, i)]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    obj = bpy.data.objects.new(name, mesh)
    obj.location.z = radius
    bpy.context.collection.objects.link(obj)
    return obj


build_star("Star")
