"""Relief by moving vertices along their normals

For bark, crumpled foil, waves, craters, ornaments. The normal is read before the vertex moves, so each
takes part once; the mesh must be finer than the relief.
"""
# words: displace, relief, along normal, noise, crumpled, bark, surface detail, craters, waves, ripples, golf ball
# idents: mathutils.noise.voronoi, bmesh.types.BMVert.normal, bmesh.types.BMesh.normal_update
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from mathutils import noise


def build_relief(name, radius=0.3, depth=0.035, scale=9):
    bm = bmesh.new()
    bmesh.ops.create_icosphere(bm, subdivisions=6, radius=radius)
    bm.normal_update()
    moves = []
    for vert in bm.verts:
        near, _ = noise.voronoi(vert.co * scale)  # distances to the four nearest points
        crater = min(near[0] / 0.55, 1) ** 2
        moves.append(vert.normal * depth * (crater - 1))
    for vert, move in zip(bm.verts, moves):
        vert.co += move
    bmesh.ops.translate(bm, vec=(0, 0, radius), verts=bm.verts)
    for face in bm.faces:
        face.smooth = True
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_relief("Moon")
