import bpy
import bmesh

mesh = bpy.data.meshes.new("Cushion")
bm = bmesh.new()
bmesh.ops.create_cube(bm, size=1.0)
crease = bm.edges.layers.crease.verify()
for edge in bm.edges:
    edge[crease] = 0.5
bmesh.ops.scale(bm, vec=(1.0, 1.0, 0.3), verts=bm.verts)
bm.to_mesh(mesh)
bm.free()

cushion = bpy.data.objects.new("Cushion", mesh)
bpy.context.collection.objects.link(cushion)
sub = cushion.modifiers.new("Sub", 'SUBSURF')
sub.levels = 3

frame = bpy.data.meshes.new("Frame")
bm = bmesh.new()
bmesh.ops.create_cube(bm, size=1.2)
weight = bm.edges.layers.bevel_weight.new("w")
for edge in bm.edges:
    edge[weight] = 1.0
bm.to_mesh(frame)
bm.free()
frame_obj = bpy.data.objects.new("Frame", frame)
bpy.context.collection.objects.link(frame_obj)
bevel = frame_obj.modifiers.new("Bevel", 'BEVEL')
bevel.limit_method = 'WEIGHT'
for edge in frame.edges:
    edge.crease = 0.2
    edge.bevel_weight = 0.4
