"""An empty as the root of a moving assembly

For lamps with joints, cranes, robots, carts. Each joint is an empty at its axle; what hangs on it is
its child, placed relative to it, so turning the empty turns all that follows.
"""
# words: empty, hierarchy, joint, rig, parent, articulated, arm, crane, robot, pivot, assembly, root
# idents: bpy.types.Object.empty_display_type, bpy.types.Object.empty_display_size, bpy.types.Object.parent
# ran: 3.4 4.3 5.2

import bmesh
import bpy
from math import radians
from mathutils import Matrix


def build_joint(name, parent, location, degrees):
    joint = bpy.data.objects.new(name, None)
    joint.empty_display_type, joint.empty_display_size = "PLAIN_AXES", 0.05
    joint.parent = parent
    joint.location = location  # from the parent's origin
    joint.rotation_euler.y = radians(degrees)
    bpy.context.collection.objects.link(joint)
    return joint


def build_bar(name, joint, length, radius=0.02):
    mesh = bpy.data.meshes.new(name)
    bm = bmesh.new()
    bmesh.ops.create_cone(bm, cap_ends=True, segments=24, radius1=radius, radius2=radius,
                          depth=length + radius, matrix=Matrix.Translation((0, 0, length / 2)))
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    obj.parent = joint
    bpy.context.collection.objects.link(obj)


joint = None
for name, length, degrees in (("Base", 0.3, 0), ("Elbow", 0.4, 35), ("Wrist", 0.3, 80)):
    joint = build_joint(name, joint, (0, 0, last if joint else 0.01), degrees)
    build_bar(name + "Bar", joint, length)
    last = length
