import bpy


def plank(x, height):
    mesh = bpy.data.meshes.new("Plank")
    verts = [(-0.05, -0.01, 0), (0.05, -0.01, 0), (0.05, 0.01, 0), (-0.05, 0.01, 0),
             (-0.05, -0.01, height), (0.05, -0.01, height), (0.05, 0.01, height),
             (-0.05, 0.01, height)]
    faces = [(0, 1, 2, 3), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    mesh.from_pydata(verts, [], faces)
    mesh.update()
    mesh.calc_normals_split()
    colors = mesh.vertex_colors.new(name="Paint")
    for item in colors.data:
        item.color = (0.9, 0.9, 0.85, 1)
    maps = mesh.polygon_layers_int.new(name="side")
    obj = bpy.data.objects.new("Plank", mesh)
    obj.location.x = x
    bpy.context.collection.objects.link(obj)
    obj.face_maps.new(name="front")
    return obj


fence = [plank(i * 0.14, 0.9 + 0.05 * (i % 3)) for i in range(8)]
for item in fence:
    item.data.use_auto_smooth = True
