"""Lumps by the Displace modifier and a texture

For bark, lumpy bodies, waves, crumpled things that stay editable. Textures are made in bpy.data.textures;
mid_level 0.5 pushes in as much as out; the mesh must be fine enough for the lumps.
"""
# words: displace, texture, lumpy, bumps, push in and out, clouds, strength, surface detail, dough, coral, cactus
# idents: bpy.types.DisplaceModifier, bpy.types.DisplaceModifier.strength, bpy.types.BlendDataTextures.new, bpy.types.CloudsTexture.noise_scale
# ran: 3.4 4.3 5.2
# closed: yes

import bmesh
import bpy


def build_lumps(obj, size, strength):
    texture = bpy.data.textures.new(obj.name + "Lumps", "CLOUDS")  # or VORONOI, WOOD, MARBLE
    texture.noise_scale = size
    lumps = obj.modifiers.new("Lumps", "DISPLACE")
    lumps.texture = texture
    lumps.texture_coords = "LOCAL"
    lumps.strength = strength
    lumps.mid_level = 0.5
    return obj


mesh = bpy.data.meshes.new("Potato")
bm = bmesh.new()
bmesh.ops.create_icosphere(bm, subdivisions=6, radius=0.25)
bmesh.ops.scale(bm, vec=(1.3, 1, 0.8), verts=bm.verts)
for face in bm.faces:
    face.smooth = True
bm.to_mesh(mesh)
bm.free()
potato = bpy.data.objects.new("Potato", mesh)
potato.location.z = 0.2
bpy.context.collection.objects.link(potato)
build_lumps(potato, size=0.2, strength=0.12)
