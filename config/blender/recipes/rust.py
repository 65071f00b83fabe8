"""Rust: one mask drives colour, metallic and roughness

For old iron, dirt, patina, peeled paint. One noise decides what is rust; three colour ramps with the
same sharp edge make of it the colours, no metal, and a rough surface.
"""
# words: rust, dirt, patina, corrosion, old iron, weathered, grunge, aged, stains, peeling paint, mask, material
# idents: bpy.types.ShaderNodeTexNoise, bpy.types.ShaderNodeValToRGB, bpy.types.ColorRampElement.position
# ran: 3.4 4.3 5.2

import bpy


def build_rust(name, amount=0.5, metal=(0.35, 0.36, 0.38, 1), rust=(0.23, 0.07, 0.02, 1)):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    place, noise = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeTexNoise")
    for socket, value in (("Scale", 5), ("Detail", 12), ("Roughness", 0.7)):
        noise.inputs[socket].default_value = value
    link(place.outputs["Object"], noise.inputs["Vector"])
    for socket, clean, rusty in (("Base Color", metal, rust), ("Metallic", (1, 1, 1, 1), (0, 0, 0, 1)),
                                 ("Roughness", (0.3, 0.3, 0.3, 1), (1, 1, 1, 1))):
        ramp = nodes.new("ShaderNodeValToRGB")
        first, last = ramp.color_ramp.elements
        first.position, first.color = 0.98 - amount, clean
        last.position, last.color = 1.02 - amount, rusty
        link(noise.outputs["Fac"], ramp.inputs["Fac"])
        link(ramp.outputs["Color"], bsdf.inputs[socket])
    return mat


rust = build_rust("RustyIron")  # mesh.materials.append(rust)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_cube(bm, size=0.6)
bmesh.ops.bevel(bm, geom=bm.edges[:], offset=0.03, segments=3, profile=0.5, affect="EDGES")
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(rust)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
