"""Cushion: a fine box, inflated in the middle

For pillows, cushions, bags, mattresses. Height is a product of two bows, so it is full inside and a
thin seam at the rim; between the corners the outline is drawn in, as in a real cushion.
"""
# words: cushion, pillow, inflated, soft, bag, mattress, upholstery, seat, sofa, puffy
# idents: bmesh.ops.create_cube, bmesh.ops.subdivide_edges
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy


def build_cushion(name, size=0.45, height=0.16, cuts=27):
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=2)
    bmesh.ops.subdivide_edges(bm, edges=bm.edges[:], cuts=cuts, use_grid_fill=True)
    for vert in bm.verts:
        x, y, z = vert.co
        puff = (max(0, 1 - x ** 4) * max(0, 1 - y ** 4)) ** 0.6
        vert.co.x = size / 2 * x * (1 - 0.1 * (1 - y * y) * abs(x))
        vert.co.y = size / 2 * y * (1 - 0.1 * (1 - x * x) * abs(y))
        vert.co.z = height / 2 * (1 + z * (0.06 + 0.94 * puff))
    for face in bm.faces:
        face.smooth = True
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_cushion("Cushion")
