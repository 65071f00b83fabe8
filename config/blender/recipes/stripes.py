"""Stripes, dots and other patterns by arithmetic

For awnings, socks, road marks, candy. Math nodes on one coordinate: times the number of stripes,
FRACT, GREATER_THAN gives 0 or 1; the same trick in two axes gives checks.
"""
# words: stripes, striped, bands, lines, candy, barber pole, road marking, pattern, math node, fraction, zebra, material
# idents: bpy.types.ShaderNodeMath.operation, bpy.types.ShaderNodeValToRGB, bpy.types.ShaderNodeSeparateXYZ
# ran: 3.4 4.3 5.2

import bpy


def build_stripes(name, one, two, per_metre=8, tilt=0.5):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    nodes, link = mat.node_tree.nodes, mat.node_tree.links.new
    bsdf = next(n for n in nodes if n.type == "BSDF_PRINCIPLED")
    place, split = nodes.new("ShaderNodeTexCoord"), nodes.new("ShaderNodeSeparateXYZ")
    link(place.outputs["Object"], split.inputs["Vector"])

    def math(operation, a, b):
        node = nodes.new("ShaderNodeMath")
        node.operation = operation
        for socket, value in zip(node.inputs, (a, b)):
            if isinstance(value, (int, float)):
                socket.default_value = value
            else:
                link(value, socket)
        return node.outputs["Value"]

    slope = math("ADD", split.outputs["Z"], math("MULTIPLY", split.outputs["X"], tilt))
    mask = math("GREATER_THAN", math("FRACT", math("MULTIPLY", slope, per_metre), 0), 0.5)
    ramp = nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].color, ramp.color_ramp.elements[1].color = one, two
    link(mask, ramp.inputs["Fac"])
    link(ramp.outputs["Color"], bsdf.inputs["Base Color"])
    return mat


candy = build_stripes("Candy", (0.9, 0.9, 0.88, 1), (0.75, 0.02, 0.03, 1))
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(candy)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
