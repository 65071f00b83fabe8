"""Scatter copies on a surface, seeded

For stones, trees, bolts, sprinkles on any mesh. Triangles are drawn by area, points lie evenly in
them, copies stand on the normal and share one mesh. The generator has its own seed.
"""
# words: scatter, distribute, random, surface, points on faces, instances, stones, trees, sprinkles, seed
# idents: bpy.types.Mesh.calc_loop_triangles, bpy.types.MeshLoopTriangle.area, mathutils.Vector.to_track_quat
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from random import Random


def build_scatter(target, mesh, count, seed=1):
    random = Random(seed)
    surface = target.data
    surface.calc_loop_triangles()
    triangles = surface.loop_triangles
    for tri in random.choices(triangles, [t.area for t in triangles], k=count):
        a, b, c = (surface.vertices[i].co for i in tri.vertices)
        u, v = random.random(), random.random()
        if u + v > 1:
            u, v = 1 - u, 1 - v
        obj = bpy.data.objects.new(mesh.name, mesh)
        obj.location = a + u * (b - a) + v * (c - a)
        obj.rotation_mode = "QUATERNION"
        obj.rotation_quaternion = tri.normal.to_track_quat("Z", "Y")
        obj.scale = [random.uniform(0.6, 1.3)] * 3
        obj.parent = target
        bpy.context.collection.objects.link(obj)


def add_ball(name, radius):
    mesh = bpy.data.meshes.new(name)
    bm = bmesh.new()
    bmesh.ops.create_icosphere(bm, subdivisions=3, radius=radius)
    bm.to_mesh(mesh)
    bm.free()
    return mesh


ground = bpy.data.objects.new("Ground", add_ball("Ground", 0.5))
ground.location.z = 0.5
bpy.context.collection.objects.link(ground)
build_scatter(ground, add_ball("Pebble", 0.03), 150)
