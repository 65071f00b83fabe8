import bpy

scene = bpy.context.scene
editor = scene.sequence_editor_create()
title = editor.sequences.new_effect(name="Title", type='TEXT', channel=1,
                                    frame_start=1, frame_end=50)
title.text = "Assembly"
title.font_size = 80
scene.render.image_settings.file_format = 'FFMPEG'
scene.render.ffmpeg.format = 'MPEG4'

bpy.ops.object.text_add(location=(0, 0, 0))
text = bpy.context.object
text.data.body = "Assembly"
text.data.extrude = 0.05
text.data.bevel_depth = 0.01
text.data.align_x = 'CENTER'
