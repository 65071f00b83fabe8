"""UV map by arithmetic: box projection

For image textures and patterns in UV space without an unwrap operator. Each face takes the two axes it
looks along least; the values are metres, so the texture has the same size everywhere.
"""
# words: UV, unwrap, uv map, box projection, cube projection, texture coordinates, image texture, planar, layers
# idents: bpy.types.UVLoopLayers.new, bpy.types.MeshUVLoop.uv, bpy.types.ShaderNodeUVMap, bpy.types.MeshPolygon.loop_indices
# ran: 3.4 4.3 5.2

import bmesh
import bpy


def build_box_uv(mesh, name="UVMap", metres=1.0):
    layer = mesh.uv_layers.new(name=name)
    for polygon in mesh.polygons:
        normal = [abs(v) for v in polygon.normal]
        away = normal.index(max(normal))
        u, v = [axis for axis in range(3) if axis != away]
        for loop in polygon.loop_indices:
            co = mesh.vertices[mesh.loops[loop].vertex_index].co
            layer.data[loop].uv = (co[u] / metres, co[v] / metres)
    return layer


mesh = bpy.data.meshes.new("Crate")
bm = bmesh.new()
bmesh.ops.create_cube(bm, size=0.4)
bm.to_mesh(mesh)
bm.free()
build_box_uv(mesh, metres=0.4)
# For the picture:
mat = bpy.data.materials.new("Grid")
if not mat.node_tree:
    mat.use_nodes = True
nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
image = bpy.data.images.new("Grid", 64, 64)
image.generated_type = "COLOR_GRID"
picture = nodes.new("ShaderNodeTexImage")
picture.image = image
bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
link(picture.outputs["Color"], bsdf.inputs["Base Color"])
mesh.materials.append(mat)
crate = bpy.data.objects.new("Crate", mesh)
crate.location.z = 0.2
bpy.context.collection.objects.link(crate)
