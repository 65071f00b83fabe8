import bpy


def rust_material():
    mat = bpy.data.materials.new(name="Rust")
    mat.use_nodes = True
    nodes = mat.node_tree.nodes
    links = mat.node_tree.links
    nodes.clear()

    output = nodes.new(type='ShaderNodeOutputMaterial')
    bsdf = nodes.new(type='ShaderNodeBsdfPrincipled')
    musgrave = nodes.new(type='ShaderNodeTexMusgrave')
    musgrave.inputs['Scale'].default_value = 8.0
    musgrave.inputs['Detail'].default_value = 10.0
    ramp = nodes.new(type='ShaderNodeValToRGB')
    ramp.color_ramp.elements[0].color = (0.2, 0.05, 0.02, 1)
    ramp.color_ramp.elements[1].color = (0.45, 0.18, 0.06, 1)
    mix = nodes.new(type='ShaderNodeMixRGB')
    mix.blend_type = 'MULTIPLY'
    mix.inputs['Fac'].default_value = 0.5
    mix.inputs['Color2'].default_value = (0.6, 0.4, 0.3, 1)

    links.new(musgrave.outputs['Fac'], ramp.inputs['Fac'])
    links.new(ramp.outputs['Color'], mix.inputs['Color1'])
    links.new(mix.outputs['Color'], bsdf.inputs['Base Color'])
    bsdf.inputs['Metallic'].default_value = 0.7
    bsdf.inputs['Specular'].default_value = 0.3
    links.new(bsdf.outputs['BSDF'], output.inputs['Surface'])
    return mat


bpy.ops.mesh.primitive_cylinder_add(radius=1, depth=2.6, location=(0, 0, 1.3))
barrel = bpy.context.active_object
barrel.name = "Barrel"
barrel.data.materials.append(rust_material())
barrel.data.use_auto_smooth = True
