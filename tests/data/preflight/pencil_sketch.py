import bpy

bpy.ops.object.gpencil_add(type='EMPTY', location=(0, 0, 0))
sketch = bpy.context.object
sketch.name = "Sketch"
layer = sketch.data.layers.new("Lines")
frame = layer.frames.new(1)
stroke = frame.strokes.new()
stroke.line_width = 12
stroke.points.add(5)
for i, point in enumerate(stroke.points):
    point.co = (i * 0.3, 0, (i % 2) * 0.3)

ink = bpy.data.materials.new("Ink")
bpy.data.materials.create_gpencil_data(ink)
ink.grease_pencil.color = (0.05, 0.05, 0.1, 1)
sketch.data.materials.append(ink)
thick = sketch.grease_pencil_modifiers.new("Thick", 'GP_THICK')
thick.thickness_factor = 2
