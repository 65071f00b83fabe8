import bpy
import os
import tempfile

folder = tempfile.mkdtemp()
for x in range(3):
    bpy.ops.mesh.primitive_cube_add(size=0.5, location=(x, 0, 0))
    cube = bpy.context.object
    cube.name = "Brick.%d" % x

bpy.ops.object.select_all(action='SELECT')
bpy.ops.export_scene.obj(filepath=os.path.join(folder, "bricks.obj"), use_selection=True)
bpy.ops.export_mesh.stl(filepath=os.path.join(folder, "bricks.stl"), use_selection=True)
bpy.ops.export_mesh.ply(filepath=os.path.join(folder, "bricks.ply"))
print("exported to", folder)
