"""Pictures of what was built, from cameras that fit, by an engine that works here."""

import ctypes
import os
import re
import struct
import sys
import time

import bpy

import fit
import reset
from link import Refused, shorten
from studio import Studio

SIZE_MAX = 4096
GREASE = ("GREASEPENCIL", "GPENCIL")  # drawn by OpenGL, whatever the engine

# engine first tried, pixels, samples, noise at which to stop, seconds for a picture, denoise
QUALITIES = {
    "clay": ("BLENDER_WORKBENCH", 384, 1, 0, 2, False),
    "draft": ("CYCLES", 384, 4, 0, 2, False),
    "critic": ("CYCLES", 512, 12, 0.05, 3, False),
    "final": ("CYCLES", 1024, 128, 0.01, 60, True),
}
ENGINES = ("CYCLES", "BLENDER_WORKBENCH", "BLENDER_EEVEE_NEXT", "BLENDER_EEVEE")
AA = ((1, "OFF"), (5, "5"), (8, "8"), (16, "16"), (32, "32"))


def has_opengl():
    """Without these Blender may not fail to draw but leave: from 4 on, the process is gone."""
    if not sys.platform.startswith("linux"):
        return True
    return has_library("libEGL.so.1") and (
        has_library("libGL.so.1") or has_library("libOpenGL.so.0"))


def has_library(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


HAS_OPENGL = has_opengl()


def engines():
    """The engines that can work here; only a wrong name makes Blender list them all."""
    try:
        bpy.context.scene.render.engine = "?"
    except TypeError as answer:
        known = re.findall(r"'([A-Z_]+)'", str(answer).split("not found in")[-1])
        return [name for name in ENGINES if name in known and (name == "CYCLES" or HAS_OPENGL)]
    return []


def set_cycles(scene, samples, noise, limit_s, denoise):
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.seed = 0
    cycles.samples = max(2, samples)
    cycles.use_adaptive_sampling = noise > 0
    cycles.adaptive_threshold = noise
    cycles.time_limit = limit_s
    cycles.use_denoising = denoise
    cycles.max_bounces = cycles.transmission_bounces = 6
    cycles.diffuse_bounces, cycles.glossy_bounces = 2, 3
    cycles.caustics_reflective = cycles.caustics_refractive = False
    scene.render.use_persistent_data = True


def set_workbench(scene, samples):
    display = scene.display
    display.render_aa = next((name for least, name in AA if samples <= least), "32")
    display.shading.light = "STUDIO"
    display.shading.color_type = "MATERIAL"
    display.shading.show_cavity = True


def set_engine(scene, engine, quality, limit_s):
    _, _, samples, noise, most_s, denoise = QUALITIES[quality]
    scene.render.engine = engine
    if engine == "CYCLES":
        set_cycles(scene, samples, noise, max(0.1, min(most_s, limit_s)),
                   denoise and reset.has_denoiser())
    elif engine == "BLENDER_WORKBENCH":
        set_workbench(scene, samples)
    else:
        scene.eevee.taa_render_samples = samples


def candidates(quality):
    """Engines in the order of trying: the one of the quality, then whatever works."""
    first = QUALITIES[quality][0]
    return sorted(engines(), key=lambda name: (name != first, ENGINES.index(name)))


class Colors:
    """Workbench shows a material's viewport colour; for its pictures that is the real one."""

    def __init__(self, objects, quality):
        self.kept = []
        if candidates(quality)[:1] != ["BLENDER_WORKBENCH"]:
            return
        for material in {slot.material for item in objects for slot in item.material_slots}:
            color = base_color(material) if material else None
            if color:
                self.kept.append((material, tuple(material.diffuse_color)))
                material.diffuse_color = color

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for material, color in self.kept:
            material.diffuse_color = color


def base_color(material):
    nodes = material.node_tree.nodes if material.node_tree else ()
    socket = next((node.inputs.get("Base Color") or node.inputs.get("Color") for node in nodes
                   if node.type in ("BSDF_PRINCIPLED", "BSDF_DIFFUSE", "BSDF_GLOSSY", "EMISSION")),
                  None)
    return color_before(socket, 8) if socket else None


def color_before(socket, steps):
    """The colour that comes into a socket, of a ramp the mean; nothing when it takes a render."""
    if not socket.is_linked:
        value = getattr(socket, "default_value", None)
        return tuple(value) if socket.type == "RGBA" else None
    node = socket.links[0].from_node
    if node.type == "VALTORGB":
        colors = [tuple(element.color) for element in node.color_ramp.elements]
        return tuple(sum(part) / len(colors) for part in zip(*colors))
    if node.type == "RGB":
        return tuple(node.outputs[0].default_value)
    found = (color_before(part, steps - 1) for part in node.inputs if part.type == "RGBA" and steps)
    return next((color for color in found if color), None)


def wanted_views(request):
    """(name, azimuth, elevation) for each, and a line for each that nobody knows."""
    wanted, unknown = [], []
    for view in request.get("views") or fit.DEFAULT_VIEWS:
        name = view.get("name", "view") if isinstance(view, dict) else str(view)
        angles = fit.VIEWS.get(name, (None, None))
        if isinstance(view, dict):
            angles = (view.get("azimuth", angles[0]), view.get("elevation", angles[1]))
        if None in angles:
            unknown.append("there is no view %s; there are %s" % (name, ", ".join(fit.VIEWS)))
        else:
            wanted.append((name, *angles))
    if not wanted:
        wanted = [(name, *fit.VIEWS[name]) for name in fit.DEFAULT_VIEWS]
    return wanted, unknown


def file_name(request, view):
    return re.sub(r"[^\w.-]", "_", "%s%s.png" % (request.get("prefix") or "", view), flags=re.ASCII)


def draw(scene, path):
    """True when the picture is there."""
    if os.path.lexists(path):
        os.unlink(path)
    scene.render.filepath = path
    bpy.ops.render.render(write_still=True, scene=scene.name)
    if not os.path.isfile(path):
        return False
    drop_texts(path)
    return True


def drop_texts(path):
    """Takes out of a PNG what Cycles writes of its times: the same picture is the same file."""
    with open(path, "rb") as file:
        data = file.read()
    kept, at = [data[:8]], 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind != b"tEXt":
            kept.append(data[at:at + size + 12])
        at += size + 12
    with open(path, "wb") as file:
        file.write(b"".join(kept))


class Shooting:
    """One job: its views one after the other, the engine being changed when it does not work."""

    def __init__(self, desk, request, studio, deadline):
        self.desk, self.request, self.studio = desk, request, studio
        self.quality = quality_of(request)
        self.engines = candidates(self.quality)
        self.deadline = deadline
        self.points = studio.points()
        self.done, self.skipped = [], []
        if not self.points:
            raise Refused("there is nothing to see", "nothing")
        if not self.engines:
            raise Refused("no render engine works here: install libegl1, libgl1, libgl1-mesa-dri")

    def shoot(self, views):
        for index, view in enumerate(views):
            left_s = self.deadline - time.monotonic()
            if left_s <= 0:
                self.skipped += ["no time was left for " + name for name, _, _ in views[index:]]
                return
            self.one(view, left_s / (len(views) - index))

    def one(self, view, limit_s):
        name, azimuth, elevation = view
        start = time.monotonic()
        path = self.desk.file(file_name(self.request, name))
        camera = self.studio.aim(self.points, azimuth, elevation)
        self.draw(path, limit_s)
        size = self.studio.scene.render.resolution_x
        shot = {"view": name, "path": path, "width": size, "height": size,
                "ms": round((time.monotonic() - start) * 1000)}
        self.desk.event(self.request, "view", **shot)
        self.done.append({**shot, "camera": camera})

    def draw(self, path, limit_s):
        while True:
            set_engine(self.studio.scene, self.engines[0], self.quality, limit_s)
            try:
                if draw(self.studio.scene, path):
                    return
                problem = "no picture was written"
            except RuntimeError as broken:
                problem = shorten(str(broken).strip(), 500)
            self.skipped.append("%s does not work: %s" % (self.engines.pop(0), problem))
            if not self.engines:
                raise Refused("no engine could draw: " + "; ".join(self.skipped))


def quality_of(request):
    quality = request.get("quality")
    return quality if quality in QUALITIES else "draft"


def drop_result(before):
    """Blender keeps the last picture as an image of the file; it is none of the user's."""
    for image in [image for image in bpy.data.images if image not in before]:
        bpy.data.images.remove(image)


def views(desk, request):
    start = time.monotonic()
    wanted, unknown = wanted_views(request)
    quality = quality_of(request)
    size = int(request.get("size_px") or QUALITIES[quality][1])
    images = set(bpy.data.images)
    deadline = start + (request.get("limit_ms") or 600000) / 1000
    try:
        with Studio(bpy.context.scene, request.get("light"), max(16, min(size, SIZE_MAX)),
                    () if HAS_OPENGL else GREASE) as studio, Colors(studio.shown, quality):
            shooting = Shooting(desk, request, studio, deadline)
            shooting.shoot(wanted)
            light = studio.light
    finally:
        drop_result(images)
    return {"engine": shooting.engines[0], "light": light, "views": shooting.done,
            "skipped": unknown + shooting.skipped, "ms": round((time.monotonic() - start) * 1000)}
