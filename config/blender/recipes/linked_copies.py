"""Many objects that share one mesh

For chairs in a hall, screws, street lamps, columns. A new object with the same data costs no geometry,
and a change of the mesh or its material changes all of them.
"""
# words: instances, linked duplicate, copies, shared mesh, repeat, duplicate object, columns, rows, many
# idents: bpy.types.BlendDataObjects.new, bpy.types.ID.copy, bpy.types.Object.data
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from math import cos, sin, tau


def build_copies(mesh, places, parent=None):
    """places: location and turn about Z."""
    copies = []
    for location, turn in places:
        obj = bpy.data.objects.new(mesh.name, mesh)  # a full copy would be mesh.copy()
        obj.location = location
        obj.rotation_euler.z = turn
        obj.parent = parent
        bpy.context.collection.objects.link(obj)
        copies.append(obj)
    return copies


mesh = bpy.data.meshes.new("Column")
bm = bmesh.new()
for z, radius, depth in ((0.05, 0.12, 0.1), (0.5, 0.08, 0.8), (0.95, 0.12, 0.1)):
    made = bmesh.ops.create_cone(bm, cap_ends=True, segments=24, radius1=radius, radius2=radius, depth=depth)
    bmesh.ops.translate(bm, vec=(0, 0, z), verts=made["verts"])
bm.to_mesh(mesh)
bm.free()
turns = [tau * i / 10 for i in range(10)]
build_copies(mesh, [((cos(a), sin(a), 0), a) for a in turns])
