"""Turn things towards a point

For spikes, thorns, lamps, arrows, rays. to_track_quat turns an axis of the object into a direction; its
second letter is what stays up. A TRACK_TO constraint does the same and keeps following.
"""
# words: look at, point at, aim, track to, direction, face towards, rotate towards, spikes, rays, normal, orientation
# idents: mathutils.Vector.to_track_quat, bpy.types.Object.rotation_quaternion, bpy.types.Object.rotation_mode
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from math import cos, pi, sin, sqrt
from mathutils import Vector


def build_aim(obj, direction, axis="Z", up="Y"):
    obj.rotation_mode = "QUATERNION"
    obj.rotation_quaternion = Vector(direction).to_track_quat(axis, up)
    return obj


mesh = bpy.data.meshes.new("Spike")
bm = bmesh.new()
made = bmesh.ops.create_cone(bm, cap_ends=True, segments=12, radius1=0.03, radius2=0.001, depth=0.2)
bmesh.ops.translate(bm, vec=(0, 0, 0.1), verts=made["verts"])  # the origin is its foot
bm.to_mesh(mesh)
bm.free()
for i in range(60):
    z, a = 1 - (i + 0.5) / 30, i * pi * (3 - sqrt(5))
    out = Vector((sqrt(1 - z * z) * cos(a), sqrt(1 - z * z) * sin(a), z))
    spike = bpy.data.objects.new("Spike", mesh)
    spike.location = Vector((0, 0, 0.4)) + 0.19 * out
    bpy.context.collection.objects.link(spike)
    build_aim(spike, out)
# For the picture:
core = bpy.data.meshes.new("Core")
bm = bmesh.new()
bmesh.ops.create_icosphere(bm, subdivisions=4, radius=0.2)
bm.to_mesh(core)
bm.free()
ball = bpy.data.objects.new("Core", core)
ball.location.z = 0.4
bpy.context.collection.objects.link(ball)
