"""Blobs that flow together: metaballs

For clouds, slime, clay figures, droplets. Elements near each other melt; the result is a mesh by
new_from_object. All metaballs whose names differ only in the number after the dot melt together.
"""
# words: metaball, blob, cloud, slime, melt, organic, droplets, clay, liquid, smooth union, foam
# idents: bpy.types.MetaBall, bpy.types.MetaBallElements.new, bpy.types.MetaElement.co, bpy.types.MetaBall.resolution
# ran: 3.4 4.3 5.2

import bpy


def build_blob(name, balls, resolution=0.03):
    """balls: x, y, z, radius."""
    meta = bpy.data.metaballs.new(name)
    meta.resolution = meta.render_resolution = resolution
    for x, y, z, radius in balls:
        element = meta.elements.new()
        element.co, element.radius = (x, y, z), 1.6 * radius  # what is seen is smaller
    soft = bpy.data.objects.new(name + "Meta", meta)
    bpy.context.collection.objects.link(soft)
    depsgraph = bpy.context.evaluated_depsgraph_get()
    mesh = bpy.data.meshes.new_from_object(soft.evaluated_get(depsgraph))
    bpy.data.objects.remove(soft)
    mesh.name = name
    for polygon in mesh.polygons:
        polygon.use_smooth = True
    obj = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(obj)
    return obj


build_blob("Cloud", [(-0.35, 0, 0.2, 0.2), (-0.05, 0.05, 0.3, 0.3), (0.3, 0, 0.22, 0.22), (0.1, -0.15, 0.2, 0.2)])
