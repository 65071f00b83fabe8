import bpy
import math


def hex_tile(radius):
    mesh = bpy.data.meshes.new("Tile")
    verts = [(radius * math.cos(math.radians(60 * i)), radius * math.sin(math.radians(60 * i)), 0)
             for i in range(6)]
    mesh.from_pydata(verts, [], [tuple(range(6))])
    mesh.validate()
    mesh.calc_normals()
    return mesh


tile = hex_tile(0.5)
for row in range(4):
    for column in range(4):
        obj = bpy.data.objects.new("Tile", tile)
        obj.location = (column * 0.8, row * 0.9 + (column % 2) * 0.45, 0)
        bpy.context.scene.collection.objects.link(obj)
        solid = obj.modifiers.new("Solid", 'SOLIDIFY')
        solid.thickness = 0.08
        solid.use_even_offset = True
mat = bpy.data.materials.new("Tile")
mat.use_nodes = True
bsdf = mat.node_tree.nodes["Principled BSDF"]
bsdf.inputs["Specular"].default_value = 0.7
bsdf.inputs["Transmission Roughness"].default_value = 0.1
tile.materials.append(mat)
