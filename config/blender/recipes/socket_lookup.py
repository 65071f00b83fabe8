"""Node sockets by any of their names, across versions

For scripts that set many sockets of the Principled node. Names changed in 4.0 (Specular, Transmission,
Clearcoat, Sheen, Emission); a number would silently hit another socket.
"""
# words: socket, node input, not found, KeyError, renamed, version, Specular IOR Level, compatibility, principled inputs, fallback
# idents: bpy.types.NodeInputs, bpy.types.NodeSocket.name, bpy.types.ShaderNodeBsdfPrincipled
# ran: 3.4 4.3 5.2

import bpy

NAMES = {  # now: before 4.0
    "Specular IOR Level": "Specular",
    "Transmission Weight": "Transmission",
    "Coat Weight": "Clearcoat",
    "Coat Roughness": "Clearcoat Roughness",
    "Sheen Weight": "Sheen",
    "Subsurface Weight": "Subsurface",
    "Emission Color": "Emission",
}


def build_material(name, **values):
    """Sockets as keywords, spaces as underscores: Base_Color, Coat_Weight."""
    mat = bpy.data.materials.new(name)
    if not mat.node_tree:  # before 5.0
        mat.use_nodes = True
    bsdf = next(n for n in mat.node_tree.nodes if n.type == "BSDF_PRINCIPLED")
    for key, value in values.items():
        key = key.replace("_", " ")
        socket = bsdf.inputs.get(key) or bsdf.inputs[NAMES.get(key, key)]
        socket.default_value = value
    return mat


pearl = build_material("Pearl", Base_Color=(0.5, 0.36, 0.34, 1), Roughness=0.2, Coat_Weight=1.0,
                       Sheen_Weight=0.3, Specular_IOR_Level=0.8)
# For the picture:
import bmesh

mesh = bpy.data.meshes.new("Pearls")
bm = bmesh.new()
bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=0.3)
for face in bm.faces:
    face.smooth = True
bm.to_mesh(mesh)
bm.free()
mesh.materials.append(pearl)
obj = bpy.data.objects.new("Pearls", mesh)
obj.location.z = 0.3
bpy.context.collection.objects.link(obj)
