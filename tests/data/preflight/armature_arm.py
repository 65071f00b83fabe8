import bpy

bpy.ops.object.armature_add(enter_editmode=True)
rig = bpy.context.object
rig.name = "ArmRig"
bones = rig.data.edit_bones
upper = bones[0]
upper.name = "upper"
lower = bones.new("lower")
lower.head = upper.tail
lower.tail = (0, 0, 2)
lower.parent = upper
lower.use_connect = True
lower.layers[1] = True
bpy.ops.object.mode_set(mode='OBJECT')

rig.data.layers[1] = True
group = rig.pose.bone_groups.new(name="Arm")
group.color_set = 'THEME01'
for bone in rig.pose.bones:
    bone.bone_group = group
ik = rig.pose.bones["lower"].constraints.new('IK')
ik.chain_count = 2
