"""Symmetric body from one half: Mirror with merge and clipping

For masks, vehicles, shields, figures. Model x >= 0 only; points with x = 0 weld to their mirror
image. Subdivision comes after the mirror, or the seam shows.
"""
# words: mirror, symmetry, half, merge, clipping, seam, body, mask, shield, face, vehicle, hull, boat
# idents: bpy.types.MirrorModifier.use_clip, bpy.types.MirrorModifier.merge_threshold, bpy.types.SubsurfModifier.levels
# ran: 3.4 4.3 5.2

import bpy


def build_symmetric(name, verts, faces, levels=2):
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    for face in mesh.polygons:
        face.use_smooth = True
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    mirror = obj.modifiers.new("Mirror", "MIRROR")
    mirror.use_clip = True
    mirror.merge_threshold = 1e-4
    smooth = obj.modifiers.new("Smooth", "SUBSURF")
    smooth.levels = smooth.render_levels = levels
    obj.modifiers.new("Wall", "SOLIDIFY").thickness = 0.02
    return obj


rows = [(0.02, -0.9, 0.35), (0.22, -0.45, 0.12), (0.27, 0, 0.06), (0.24, 0.45, 0.08), (0.18, 0.75, 0.14)]
hull = [p for half, y, keel in rows
        for p in ((0, y, keel), (half * 0.7, y, keel + 0.06), (half, y, max(0.32, keel + 0.1)))]
build_symmetric("Hull", hull, [(k, k + 1, k + 4, k + 3) for i in range(4) for k in (3 * i, 3 * i + 1)]
                + [(12, 13, 14)])
