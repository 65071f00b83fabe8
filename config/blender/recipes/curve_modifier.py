"""Bend a mesh along a path: Array and Curve modifiers

For fences, tracks, tank treads, bead necklaces on any path. The piece lies along +X, the array repeats it
by its own length, the curve bends the row. Mesh and curve keep their origins at one place.
"""
# words: curve modifier, follow path, along curve, track, rails, fence, array along path, deform, conveyor, beads
# idents: bpy.types.CurveModifier, bpy.types.CurveModifier.deform_axis, bpy.types.ArrayModifier.fit_type
# ran: 3.4 4.3 5.2

import bpy


def build_along_path(obj, path):
    row = obj.modifiers.new("Row", "ARRAY")
    row.fit_type = "FIT_CURVE"
    row.curve = path
    bend = obj.modifiers.new("Bend", "CURVE")
    bend.object = path
    bend.deform_axis = "POS_X"
    return obj


path = bpy.data.objects.new("Path", bpy.data.curves.new("Path", "CURVE"))
path.data.dimensions = "3D"
spline = path.data.splines.new("BEZIER")
spline.bezier_points.add(2)
for knot, co in zip(spline.bezier_points, ((-0.8, 0, 0), (0, 0.4, 0), (0.8, -0.3, 0))):
    knot.co, knot.handle_left_type, knot.handle_right_type = co, "AUTO", "AUTO"
picket = [(x, 0, z) for x, z in ((0, 0), (0.07, 0), (0.07, 0.3), (0.035, 0.36), (0, 0.3))]
rail = [(x, 0.012, z) for z in (0.08, 0.13) for x in (0, 0.09)]
mesh = bpy.data.meshes.new("Fence")
mesh.from_pydata(picket + rail, [], [(0, 1, 2, 3, 4), (5, 6, 8, 7)])
fence = bpy.data.objects.new("Fence", mesh)
for obj in (path, fence):
    bpy.context.collection.objects.link(obj)
build_along_path(fence, path).modifiers.new("Thick", "SOLIDIFY").thickness = 0.012
