"""Collections: groups of objects in the outliner

For assets of many parts, and for hiding or instancing groups. A collection must be linked below the
scene's own, or nothing in it is seen; an object may be in several.
"""
# words: collection, group, organise, outliner, layers, folder, hierarchy, instance collection, link, unlink
# idents: bpy.types.BlendDataCollections.new, bpy.types.CollectionChildren.link, bpy.types.Object.instance_collection, bpy.types.Object.instance_type
# ran: 3.4 4.3 5.2

import bmesh
import bpy


def build_collection(name, objects, parent=None):
    collection = bpy.data.collections.new(name)
    (parent or bpy.context.scene.collection).children.link(collection)
    for obj in objects:
        for old in obj.users_collection:
            old.objects.unlink(obj)
        collection.objects.link(obj)
    return collection


def build_instance(collection, location):
    """The whole group once more, at no cost."""
    obj = bpy.data.objects.new(collection.name + "Copy", None)
    obj.instance_type = "COLLECTION"
    obj.instance_collection = collection
    obj.location = location
    bpy.context.scene.collection.objects.link(obj)
    return obj


# For the picture:
def ball(name, radius, z):
    mesh = bpy.data.meshes.new(name)
    bm = bmesh.new()
    bmesh.ops.create_icosphere(bm, subdivisions=4, radius=radius)
    bm.to_mesh(mesh)
    bm.free()
    obj = bpy.data.objects.new(name, mesh)
    obj.location.z = z
    return obj


snowman = build_collection("Snowman", [ball("Belly", 0.2, 0.2), ball("Chest", 0.14, 0.48), ball("Head", 0.1, 0.68)])
build_instance(snowman, (0.6, 0.2, 0))
