import bpy

bpy.ops.mesh.primitive_uv_sphere_add(segments=32, ring_count=16, radius=1)
ball = bpy.context.active_object
bpy.ops.object.particle_system_add()
settings = ball.particle_systems[0].settings
settings.type = 'HAIR'
settings.count = 500
settings.hair_length = 0.3
settings.child_type = 'INTERPOLATED'
settings.rendered_child_count = 20

mat = bpy.data.materials.new("Velvet")
mat.use_nodes = True
nodes = mat.node_tree.nodes
velvet = nodes.new("ShaderNodeBsdfVelvet")
velvet.inputs["Color"].default_value = (0.6, 0.1, 0.2, 1)
velvet.inputs["Sigma"].default_value = 0.5
out = nodes.get("Material Output")
mat.node_tree.links.new(velvet.outputs["BSDF"], out.inputs["Surface"])
ball.data.materials.append(mat)
