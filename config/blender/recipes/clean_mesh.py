"""Clean a mesh: weld, close holes, turn faces outwards

For meshes put together from pieces or points. remove_doubles merges near vertices, holes_fill closes rims
(sides 0: of any length), recalc_face_normals turns inside-out faces.
"""
# words: clean, repair, merge by distance, remove doubles, weld, fill holes, flipped normals, inside out, recalculate normals, manifold, duplicate vertices
# idents: bmesh.ops.remove_doubles, bmesh.ops.holes_fill, bmesh.ops.recalc_face_normals, bmesh.ops.dissolve_degenerate
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy


def build_cleaned(mesh, distance=1e-4):
    bm = bmesh.new()
    bm.from_mesh(mesh)
    bmesh.ops.remove_doubles(bm, verts=bm.verts, dist=distance)
    bmesh.ops.dissolve_degenerate(bm, edges=bm.edges, dist=distance)
    bmesh.ops.holes_fill(bm, edges=bm.edges, sides=0)
    bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
    bm.to_mesh(mesh)
    bm.free()
    return mesh


a, b, c, d = (0, 0, 0.5), (0.4, 0, 0), (-0.2, 0.35, 0), (-0.2, -0.35, 0)
mesh = bpy.data.meshes.new("Pyramid")
mesh.from_pydata([a, b, c, a, d, c, a, b, d], [], [(0, 1, 2), (3, 4, 5), (6, 7, 8)])  # loose, no floor
build_cleaned(mesh)
bpy.context.collection.objects.link(bpy.data.objects.new("Pyramid", mesh))
