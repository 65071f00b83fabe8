"""Plastic or lacquer: a clear coat over a colour

For toys, appliances, car bodies, lacquered wood. The coat has its own roughness; its sockets are
Clearcoat before 4.0 and Coat Weight since, so look them up with a fallback.
"""
# words: plastic, glossy, lacquer, paint, clearcoat, coat, toy, appliance, shiny, car paint, varnish, enamel, material
# idents: bpy.types.ShaderNodeBsdfPrincipled, bpy.types.NodeSocketFloatFactor.default_value
# ran: 3.4 4.3 5.2

import bpy


def build_plastic(name, color, roughness=0.4, coat=0.6):
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    bsdf = next(n for n in mat.node_tree.nodes if n.type == "BSDF_PRINCIPLED")
    values = {
        ("Base Color",): color,
        ("Roughness",): roughness,
        ("Coat Weight", "Clearcoat"): coat,
        ("Coat Roughness", "Clearcoat Roughness"): 0.05,
    }
    for names, value in values.items():
        socket = next(s for s in map(bsdf.inputs.get, names) if s)
        socket.default_value = value
    return mat


plastic = build_plastic("RedPlastic", (0.7, 0.03, 0.02, 1))  # mesh.materials.append(plastic)
# For the picture:
import bmesh

bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
mesh = bpy.data.meshes.new("Sample")
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(plastic)
obj = bpy.data.objects.new("Sample", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
