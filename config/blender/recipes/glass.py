"""Glass, clear or tinted

For windows, bottles, lenses, ice. The object needs a closed body with real wall thickness; the
socket is Transmission before 4.0 and Transmission Weight since. Tint with the base colour.
"""
# words: glass, transparent, clear, transmission, refraction, IOR, window, bottle, ice, water, lens, crystal, material
# idents: bpy.types.ShaderNodeBsdfPrincipled, bpy.types.Material.node_tree
# ran: 3.4 4.3 5.2
# closed: yes

import bpy


def build_glass(name, color=(1, 1, 1, 1), roughness=0.0, ior=1.45):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    bsdf = next(n for n in mat.node_tree.nodes if n.type == "BSDF_PRINCIPLED")
    inputs = bsdf.inputs
    inputs["Base Color"].default_value = color
    inputs["Roughness"].default_value = roughness
    inputs["IOR"].default_value = ior  # water 1.33, diamond 2.4
    (inputs.get("Transmission Weight") or inputs["Transmission"]).default_value = 1.0
    return mat


glass = build_glass("Glass", (0.8, 0.95, 0.9, 1))  # mesh.materials.append(glass)
# For the picture:
import bmesh
from math import tau

profile = [(0, 0), (0.2, 0), (0.26, 0.15), (0.2, 0.4), (0.1, 0.5), (0.12, 0.6), (0.11, 0.6), (0.09, 0.5),
           (0.19, 0.39), (0.25, 0.15), (0.19, 0.03), (0, 0.03)]
bm = bmesh.new()
verts = [bm.verts.new((r, 0, z)) for r, z in profile]
edges = [bm.edges.new(pair) for pair in zip(verts, verts[1:])]
bmesh.ops.spin(bm, geom=verts + edges, axis=(0, 0, 1), angle=tau, steps=64, use_merge=True)
bmesh.ops.remove_doubles(bm, verts=bm.verts, dist=1e-5)
bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Vase")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(glass)
bpy.context.collection.objects.link(bpy.data.objects.new("Vase", mesh))
