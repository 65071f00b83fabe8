import bpy

CAR_RED = (0.6, 0.02, 0.02, 1.0)


def make_paint():
    mat = bpy.data.materials.new(name="CarPaint")
    mat.use_nodes = True
    for node in mat.node_tree.nodes:
        if node.type == 'BSDF_PRINCIPLED':
            node.inputs['Base Color'].default_value = CAR_RED
            node.inputs['Metallic'].default_value = 0.4
            node.inputs['Clearcoat'].default_value = 1.0
            node.inputs['Clearcoat Roughness'].default_value = 0.03
            node.inputs['Anisotropic Rotation'].default_value = 0.0
            node.inputs['Sheen Tint'].default_value = 0.5
    return mat


def make_body():
    bpy.ops.mesh.primitive_cube_add(size=2, location=(0, 0, 0.8))
    body = bpy.context.object
    body.scale = (2.0, 0.9, 0.5)
    bpy.ops.object.modifier_add(type='SUBSURF')
    body.modifiers["Subdivision"].levels = 2
    body.modifiers["Subdivision"].render_levels = 3
    bpy.ops.object.shade_smooth()
    bpy.context.object.data.use_auto_smooth = True
    bpy.context.object.data.auto_smooth_angle = 0.5236
    body.data.materials.append(make_paint())
    return body


def make_wheel(x, y):
    bpy.ops.mesh.primitive_torus_add(location=(x, y, 0.35), rotation=(1.5708, 0, 0),
                                     major_radius=0.3, minor_radius=0.1)
    return bpy.context.object


make_body()
for x in (-1.2, 1.2):
    for y in (-0.9, 0.9):
        make_wheel(x, y)
