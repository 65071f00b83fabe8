"""Open box with walls, and a lid that opens

For chests, drawers, tins, crates. The walls have thickness because the inside is a second box,
joined to the first at the rim; the lid's origin is its back edge, so it turns like on hinges.
"""
# words: box, lid, chest, crate, drawer, container, open box, tin, case, hinged, walls, trunk
# idents: bpy.types.Mesh.from_pydata, bpy.types.Object.rotation_euler
# ran: 3.4 4.3 5.2
# closed: yes

import bpy
from math import radians


def build_chest(name, width, depth, height, wall=0.02, opening=60):
    link = bpy.context.collection.objects.link
    x, y, w = width / 2, depth / 2, wall
    loops = [(x, y, 0), (x, y, height), (x - w, y - w, height), (x - w, y - w, w)]
    verts = [(sx * a, sy * b, z) for a, b, z in loops
             for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    faces = [(4 * k + i, 4 * k + (i + 1) % 4, 4 * k + 4 + (i + 1) % 4, 4 * k + 4 + i)
             for k in range(3) for i in range(4)]
    faces += [(3, 2, 1, 0), (12, 13, 14, 15)]  # bottom, and floor inside
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    box = bpy.data.objects.new(name, mesh)
    link(box)
    mesh = bpy.data.meshes.new(name + "Lid")
    verts = [(sx * x, v, z) for z in (0, wall) for sx, v in ((-1, -depth), (1, -depth), (1, 0), (-1, 0))]
    faces = [(i, (i + 1) % 4, 4 + (i + 1) % 4, 4 + i) for i in range(4)]
    mesh.from_pydata(verts, [], faces + [(3, 2, 1, 0), (4, 5, 6, 7)])
    lid = bpy.data.objects.new(name + "Lid", mesh)
    lid.parent, lid.location = box, (0, y, height)
    lid.rotation_euler.x = -radians(opening)
    link(lid)
    return box


build_chest("Chest", 0.5, 0.35, 0.25)
