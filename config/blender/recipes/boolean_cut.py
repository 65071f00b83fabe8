"""Boolean cut: subtract a cutter that is not rendered

For holes, slots, windows, recesses. The cutter must be a closed mesh that sticks out of the body
at both ends (coplanar faces fail), and must be hidden from render and viewport.
"""
# words: boolean, difference, cut, hole, subtract, drill, slot, window, carve, cutter, recess
# idents: bpy.types.BooleanModifier, bpy.types.BooleanModifier.operation, bpy.types.Object.hide_render, bpy.types.Object.display_type
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy


def build_cut(body, cutter):
    cut = body.modifiers.new("Cut", "BOOLEAN")
    cut.operation = "DIFFERENCE"
    cut.solver = "EXACT"  # there in every version; FAST became FLOAT in 5.0
    cut.object = cutter
    cutter.parent = body
    cutter.hide_render = True
    cutter.hide_set(True)
    return body


def build_solid(name, primitive, **size):
    bm = bmesh.new()
    primitive(bm, **size)
    mesh = bpy.data.meshes.new(name)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


block = build_solid("Block", bmesh.ops.create_cube, size=0.4)
block.location.z = 0.2
hole = build_solid("Hole", bmesh.ops.create_cone, cap_ends=True, segments=48,
                   radius1=0.14, radius2=0.14, depth=0.6)
build_cut(block, hole)
