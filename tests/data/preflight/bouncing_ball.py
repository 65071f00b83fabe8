import bpy

scene = bpy.context.scene
scene.frame_start = 1
scene.frame_end = 60

bpy.ops.mesh.primitive_uv_sphere_add(radius=0.5, location=(0, 0, 4))
ball = bpy.context.object
ball.name = "Ball"
for frame, z in ((1, 4), (20, 0.5), (40, 3), (60, 0.5)):
    ball.location.z = z
    ball.keyframe_insert(data_path="location", frame=frame)

action = ball.animation_data.action
for fcurve in action.fcurves:
    for point in fcurve.keyframe_points:
        point.interpolation = 'BEZIER'

action.groups.new("Bounce")
floor = bpy.data.meshes.new("Floor")
floor.from_pydata([(-4, -4, 0), (4, -4, 0), (4, 4, 0), (-4, 4, 0)], [], [(0, 1, 2, 3)])
floor_obj = bpy.data.objects.new("Floor", floor)
scene.collection.objects.link(floor_obj)
