"""Several materials on one mesh, by face

For dice, houses, labels, coloured tops. Each material is a slot of the mesh; a face's material_index
is the slot's number. Bmesh faces have the same property.
"""
# words: material index, slots, several materials, per face, faces, assign material, multi material, label, two colors
# idents: bpy.types.MeshPolygon.material_index, bpy.types.IDMaterials.append, bpy.types.MeshPolygon.normal
# ran: 3.4 4.3 5.2

import bmesh
import bpy


def build_face_materials(mesh, colors, choose):
    """choose(polygon) gives the number of a colour."""
    for i, color in enumerate(colors):
        mat = bpy.data.materials.new("%s%d" % (mesh.name, i))
        if not mat.node_tree:  # before 5.0
            mat.use_nodes = True
        bsdf = next(n for n in mat.node_tree.nodes if n.type == "BSDF_PRINCIPLED")
        bsdf.inputs["Base Color"].default_value = color
        mesh.materials.append(mat)
    for polygon in mesh.polygons:
        polygon.material_index = choose(polygon)


bm = bmesh.new()
bmesh.ops.create_icosphere(bm, subdivisions=3, radius=0.3)
mesh = bpy.data.meshes.new("Ball")
bm.to_mesh(mesh)
bm.free()
build_face_materials(mesh, [(0.8, 0.1, 0.05, 1), (0.9, 0.85, 0.75, 1), (0.05, 0.15, 0.5, 1)],
                     lambda polygon: 0 if polygon.center.z > 0.1 else 2 if polygon.center.z < -0.1 else 1)
ball = bpy.data.objects.new("Ball", mesh)
ball.location.z = 0.3
bpy.context.collection.objects.link(ball)
