"""A scene of our own around the objects of the user's: camera, world and light, taken down after.

The user's scene is only looked at. What is made here is counted, and all of it is gone in the end.
"""

import math

import bpy

import fit
import scene as scenes

PREFIX = "ll3m studio "
SKY = ((0.8, 0.82, 0.85, 1.0), 0.55)
SUNS = (  # name, strength, rotation in degrees
    ("key", 2.6, (50, 0, 35)),
    ("fill", 1.0, (60, 0, -60)),
    ("rim", 1.2, (-55, 0, 160)),
)
DIMMED = 0.35  # of our light beside lamps that belong to the thing
POINTS_MAX = 8000
FROM_BOXES = 300  # shapes from which on the corners of their boxes have to do


def glows(item):
    """Does a material of the object give light?"""
    for slot in item.material_slots:
        nodes = slot.material.node_tree.nodes if slot.material and slot.material.node_tree else ()
        for node in nodes:
            if node.type == "EMISSION":
                return True
            strength = node.inputs.get("Emission Strength")
            color = node.inputs.get("Emission Color") or node.inputs.get("Emission")
            if strength and color and strength.default_value > 0 and (
                    color.is_linked or max(color.default_value[:3]) > 0):
                return True
    return False


def choose_light(wanted, shown):
    """neutral: ours alone; scene: the user's alone; mixed: ours dimmed, beside lamps of the thing.

    Suns are stage light: they are left out of a mixed picture, and alone they do not ask for one.
    """
    lights = [item for item in shown if item.type == "LIGHT"]
    is_lit = lights or any(map(glows, shown))
    if wanted == "neutral" or not is_lit:
        return "neutral"
    if wanted == "scene":
        return "scene"
    lamps = [item for item in lights if item.data.type != "SUN"]
    return "mixed" if lamps or any(map(glows, shown)) else "neutral"


def keep_lights(item, light):
    if item.type != "LIGHT":
        return True
    return light == "scene" or light == "mixed" and item.data.type != "SUN"


class Studio:
    def __init__(self, source, light, size_px, leave_out=()):
        self.shown = scenes.shown_objects(source)
        self.light = choose_light(light, self.shown)
        self.made = []
        self.scene = bpy.data.scenes.new(PREFIX + "scene")
        try:
            self._furnish(source, size_px, leave_out)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        bpy.data.scenes.remove(self.scene)
        for collection, item in reversed(self.made):
            collection.remove(item)

    def _new(self, collection, *args):
        item = collection.new(*args)
        self.made.append((collection, item))
        return item

    def _furnish(self, source, size_px, leave_out):
        for item in self.shown:
            if (item.type != "CAMERA" and item.type not in leave_out
                    and keep_lights(item, self.light)):
                self.scene.collection.objects.link(item)
        data = self._new(bpy.data.cameras, PREFIX + "camera")
        data.sensor_fit = "AUTO"
        data.angle = fit.ANGLE
        self.camera = self._add(data)
        self.scene.camera = self.camera
        if self.light == "scene" and source.world:
            self.scene.world = source.world
        else:
            self._light(DIMMED if self.light == "mixed" else 1.0)
        self._settle(source, size_px)

    def _add(self, data):
        item = self._new(bpy.data.objects, data.name, data)
        self.scene.collection.objects.link(item)
        return item

    def _light(self, share):
        world = self._new(bpy.data.worlds, PREFIX + "world")
        world.color = [part * SKY[1] for part in SKY[0][:3]]  # what Workbench shows of it
        if bpy.app.version < (5, 0):
            world.use_nodes = True
        sky = next(node for node in world.node_tree.nodes if node.type == "BACKGROUND")
        sky.inputs[0].default_value = SKY[0]
        sky.inputs[1].default_value = SKY[1] * share
        self.scene.world = world
        if self.light == "scene":
            return
        for name, strength, rotation in SUNS:
            sun = self._new(bpy.data.lights, PREFIX + name, "SUN")
            sun.energy = strength * share
            sun.angle = math.radians(12)
            self._add(sun).rotation_euler = [math.radians(part) for part in rotation]

    def _settle(self, source, size_px):
        self.scene.frame_set(source.frame_current)
        self.scene.view_settings.view_transform = "Standard"
        render = self.scene.render
        render.resolution_x = render.resolution_y = size_px
        render.resolution_percentage = 100
        render.use_compositing = render.use_sequencer = False
        render.dither_intensity = 0
        render.image_settings.file_format = "PNG"
        render.image_settings.color_mode = "RGB"
        render.image_settings.compression = 15
        for setting in render.bl_rna.properties.keys():
            if setting.startswith("use_stamp"):
                setattr(render, setting, False)  # the date would make each file another one
        self.depsgraph = scenes.depsgraph_of(self.scene)

    def points(self):
        """World points around everything visible, as few as give the same pictures."""
        count = sum(1 for shape in scenes.shapes(self.depsgraph, self.shown))
        points = []
        for shape in scenes.shapes(self.depsgraph, self.shown):
            points += (shape.points(max(64, POINTS_MAX // count)) if count <= FROM_BOXES
                       else scenes.finite(shape.corners()))
        return points

    def aim(self, points, azimuth, elevation):
        """Places the camera; what it did, for whoever wants to project a point themselves."""
        matrix, near, far = fit.camera(points, azimuth, elevation)
        self.camera.matrix_world = matrix
        self.camera.data.clip_start = near
        self.camera.data.clip_end = far
        return {"matrix": [list(row) for row in matrix], "angle": fit.ANGLE, "near": near,
                "far": far, "azimuth": azimuth, "elevation": elevation}
