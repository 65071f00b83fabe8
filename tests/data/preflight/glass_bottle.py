import bpy


class GlassBottle:
    def __init__(self, height=2.0, radius=0.4):
        self.height = height
        self.radius = radius

    def make_glass(self):
        mat = bpy.data.materials.new("Glass")
        mat.use_nodes = True
        mat.blend_method = 'BLEND'
        mat.shadow_method = 'HASHED'
        nodes = mat.node_tree.nodes
        bsdf = nodes.get("Principled BSDF")
        if bsdf:
            bsdf.inputs["Transmission"].default_value = 1.0
            bsdf.inputs["IOR"].default_value = 1.45
            bsdf.inputs["Roughness"].default_value = 0.0
        return mat

    def build(self):
        bpy.ops.mesh.primitive_cylinder_add(vertices=64, radius=self.radius,
                                            depth=self.height)
        body = bpy.context.object
        body.data.materials.append(self.make_glass())
        bpy.ops.mesh.primitive_cylinder_add(vertices=64, radius=self.radius * 0.4,
                                            depth=0.5,
                                            location=(0, 0, self.height / 2 + 0.25))
        neck = bpy.context.object
        union = body.modifiers.new("Neck", 'BOOLEAN')
        union.object = neck
        union.operation = 'UNION'
        union.solver = 'FAST'
        neck.hide_render = True
        return body


bottle = GlassBottle().build()
bottle.location.z = 1.0
