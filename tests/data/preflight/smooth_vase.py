import bpy
import bmesh
from math import pi, cos, sin

PROFILE = [(0.3, 0.0), (0.5, 0.3), (0.45, 0.8), (0.2, 1.2), (0.3, 1.4)]


def lathe(profile, steps):
    bm = bmesh.new()
    rings = []
    for r, z in profile:
        ring = [bm.verts.new((r * cos(2 * pi * i / steps), r * sin(2 * pi * i / steps), z))
                for i in range(steps)]
        rings.append(ring)
    for a, b in zip(rings, rings[1:]):
        for i in range(steps):
            j = (i + 1) % steps
            bm.faces.new((a[i], a[j], b[j], b[i]))
    mesh = bpy.data.meshes.new("Vase")
    bm.to_mesh(mesh)
    bm.free()
    return mesh


mesh = lathe(PROFILE, 32)
for poly in mesh.polygons:
    poly.use_smooth = True
mesh.use_auto_smooth = True
mesh.auto_smooth_angle = pi / 6
mesh.calc_normals()
vase = bpy.data.objects.new("Vase", mesh)
bpy.context.collection.objects.link(vase)
sub = vase.modifiers.new("Subdivision", 'SUBSURF')
sub.levels = 2
sub.render_levels = 3
