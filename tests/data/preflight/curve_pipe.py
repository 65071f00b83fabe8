import bpy

curve = bpy.data.curves.new("Pipe", type='CURVE')
curve.dimensions = '3D'
curve.resolution_u = 12
curve.bevel_depth = 0.1
curve.bevel_resolution = 4
spline = curve.splines.new('BEZIER')
spline.bezier_points.add(2)
for point, co in zip(spline.bezier_points, [(0, 0, 0), (1, 0, 1), (2, 0, 0)]):
    point.co = co
    point.handle_left_type = 'AUTO'
    point.handle_right_type = 'AUTO'
pipe = bpy.data.objects.new("Pipe", curve)
bpy.context.collection.objects.link(pipe)
bpy.context.view_layer.objects.active = pipe
pipe.select_set(True)
bpy.ops.object.convert(target='MESH', angle=1.2)
pipe = bpy.context.object
bpy.ops.object.shade_smooth(use_auto_smooth=True, auto_smooth_angle=0.7)
