"""Wax, skin, milk: light that goes under the surface

For candles, skin, fruit, jade. Radius is how far red, green and blue light go, in metres when Scale
is 1; the strength is Subsurface before 4.0 and Subsurface Weight since.
"""
# words: subsurface, wax, skin, candle, milk, jade, translucent, fruit, soap, cheese, soft light, SSS, material
# idents: bpy.types.ShaderNodeBsdfPrincipled, bpy.types.ShaderNodeBsdfPrincipled.subsurface_method
# ran: 3.4 4.3 5.2

import bpy


def build_wax(name, color=(0.85, 0.65, 0.4, 1), depth=0.03):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    bsdf = next(n for n in mat.node_tree.nodes if n.type == "BSDF_PRINCIPLED")
    inputs = bsdf.inputs
    inputs["Base Color"].default_value = color
    if "Subsurface Color" in inputs:  # before 4.0
        inputs["Subsurface Color"].default_value = color
    (inputs.get("Subsurface Weight") or inputs["Subsurface"]).default_value = 1.0
    inputs["Subsurface Radius"].default_value = (depth, depth / 2, depth / 4)
    if "Subsurface Scale" in inputs:
        inputs["Subsurface Scale"].default_value = 1.0
    inputs["Roughness"].default_value = 0.35
    return mat


wax = build_wax("Wax")  # mesh.materials.append(wax)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_cube(bm, size=0.6)
bmesh.ops.bevel(bm, geom=bm.edges[:], offset=0.03, segments=3, profile=0.5, affect="EDGES")
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(wax)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
