"""Rock: a ball cut by planes and roughened by noise

For stones, boulders, asteroids, coal. Cutting a ball by a few random planes gives the broken
faces that noise alone does not; another seed is another rock.
"""
# words: rock, stone, boulder, pebble, asteroid, coal, noise, displace, rough, crystal, cliff
# idents: mathutils.noise.fractal, bmesh.ops.create_icosphere, mathutils.Vector.dot
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy
from mathutils import Vector, noise
from random import Random


def build_rock(name, radius=0.3, seed=2, cuts=14):
    random = Random(seed)
    planes = [(Vector([random.gauss(0, 1) for _ in "xyz"]).normalized(),
               random.uniform(0.65, 0.95)) for _ in range(cuts)]
    shift = Vector((seed * 10.0, 0, 0))
    bm = bmesh.new()
    bmesh.ops.create_icosphere(bm, subdivisions=5, radius=1)
    for vert in bm.verts:
        for normal, distance in planes:
            over = vert.co.dot(normal) - distance
            if over > 0:
                vert.co -= normal * over  # flatten what sticks out
        vert.co *= 1 + 0.07 * noise.fractal(vert.co * 2.5 + shift, 0.9, 2.0, 5)
        vert.co.z *= 0.75
    bmesh.ops.scale(bm, vec=(radius, radius, radius), verts=bm.verts)
    lowest = min(vert.co.z for vert in bm.verts)
    bmesh.ops.translate(bm, vec=(0, 0, -lowest), verts=bm.verts)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_rock("Rock")
