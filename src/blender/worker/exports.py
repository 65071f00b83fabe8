"""Files out of Blender: the .blend itself and every format that this Blender can write."""

import importlib.util
import os
import warnings

import bpy

import scene as scenes
from link import Refused, shorten

SOURCES = ("GENERATED", "FILE", "TILED")
NUMPY = "python3-numpy"
BUILT = "a Blender built with %s (those of Debian are not; those of blender.org are)"

# format: operators, the newest first, each with the settings it needs; what else it takes
SELECTED = {"use_selection": True}
ONLY_SELECTED = {"export_selected_objects": True}
GLTF = {**SELECTED, "export_apply": True}
FORMATS = {
    "glb": ((("export_scene.gltf", {**GLTF, "export_format": "GLB"}),), NUMPY),
    "gltf": ((("export_scene.gltf", {**GLTF, "export_format": "GLTF_SEPARATE"}),), NUMPY),
    "obj": ((("wm.obj_export", ONLY_SELECTED), ("export_scene.obj", SELECTED)), None),
    "stl": ((("wm.stl_export", ONLY_SELECTED), ("export_mesh.stl", SELECTED)), None),
    "ply": ((("wm.ply_export", ONLY_SELECTED), ("export_mesh.ply", SELECTED)), None),
    "fbx": ((("export_scene.fbx", SELECTED),), NUMPY),
    "usd": ((("wm.usd_export", {"selected_objects_only": True}),), BUILT % "USD"),
    "abc": ((("wm.alembic_export", {"selected": True, "as_background_job": False}),),
            BUILT % "Alembic"),
    "dae": ((("wm.collada_export", {"selected": True}),), "a Blender before 5.0 with COLLADA"),
    "x3d": ((("export_scene.x3d", SELECTED),), "a Blender before 4.2, or its X3D extension"),
}


def has_numpy():
    return importlib.util.find_spec("numpy") is not None


def operator(name):
    """The operator and its settings' description, if this Blender has it."""
    module, function = name.split(".")
    try:
        found = getattr(getattr(bpy.ops, module), function)
        return found, found.get_rna_type()
    except (AttributeError, KeyError):
        return None


def writer(name):
    """(operator, settings) for a format, those settings left out that the operator has not."""
    for candidate, settings in FORMATS[name][0]:
        found = operator(candidate)
        if found:
            known = {key: value for key, value in settings.items() if key in found[1].properties}
            return found[0], known
    return None


def what_is_missing(name):
    """What a format needs that is not here, in words; nothing when it can be written."""
    needs = FORMATS[name][1]
    if writer(name) is None:
        return "a Blender that can write it" if needs in (None, NUMPY) else needs
    # The FBX add-on needs numpy from 4.0 on.
    wants_numpy = needs == NUMPY and (name != "fbx" or bpy.app.version >= (4, 0))
    return NUMPY if wants_numpy and not has_numpy() else None


def probe():
    missing = [{"format": name, "needs": what} for name, what in
               ((name, what_is_missing(name)) for name in FORMATS) if what]
    absent = {item["format"] for item in missing}
    return ["blend"] + [name for name in FORMATS if name not in absent], missing


class Selection:
    """Selects what a render would show, for that is what goes out; and puts it back."""

    def __init__(self, scene):
        self.layer = scenes.main_layer(scene)
        self.active = self.layer.objects.active
        self.selected = [item for item in scene.objects if item.select_get(view_layer=self.layer)]
        self.shown = scenes.shown_objects(scene)

    def select(self, items):
        for item in self.layer.objects:
            item.select_set(False, view_layer=self.layer)
        for item in items:
            item.select_set(True, view_layer=self.layer)

    def __enter__(self):
        self.select([item for item in self.shown if item.type not in ("CAMERA", "LIGHT")])
        return self

    def __exit__(self, *error):
        self.select(self.selected)
        self.layer.objects.active = self.active


def clear_place(path):
    """A link that a script has laid there must not lead the writer away."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.lexists(path):
        os.unlink(path)


def files_in(folder):
    """Each file with what changes when it is written."""
    with os.scandir(folder) as items:
        stats = {item.path: item.stat(follow_symlinks=False) for item in items}
    return {path: (stat.st_mtime_ns, stat.st_size, stat.st_ino) for path, stat in stats.items()}


def write(found, path, settings):
    """Lets an operator write `path`; the file, and those beside it that it refers to."""
    clear_place(path)
    folder = os.path.dirname(path)
    before = files_in(folder)
    said = call(found, {"filepath": path, **settings})
    if not os.path.isfile(path) or os.path.getsize(path) == 0:
        raise Refused("Blender wrote nothing to %s" % os.path.basename(path), "failed")
    beside = sorted(name for name, state in files_in(folder).items()
                    if before.get(name) != state and name != path)
    return {"path": path, "bytes": os.path.getsize(path), "files": beside, "warnings": said}


def call(found, settings):
    """Runs a writer; its words of warning, or Refused with what it said."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("default")
        # What Blender's own add-ons will have to change some day is no news to who exports.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            result = found(**settings)
        except RuntimeError as broken:
            raise Refused(shorten(str(broken).strip()), "failed") from None
    if "FINISHED" not in result:
        raise Refused("Blender gave up, and did not say why", "failed")
    return [shorten(str(item.message), 500) for item in said[:20]]


def pack_pictures():
    """Pictures that exist only in memory would be black in the saved file."""
    for image in bpy.data.images:
        if image.is_dirty and not image.packed_file and image.source in SOURCES:
            try:
                image.pack()
            except RuntimeError:
                pass


def save(desk, request):
    pack_pictures()
    return write(bpy.ops.wm.save_as_mainfile, desk.file(request.get("file") or "asset.blend"),
                 {"copy": True, "compress": True, "check_existing": False})


def export(desk, request):
    name = str(request.get("format", ""))
    path = desk.file(request.get("file") or "asset." + name)
    if name == "blend":
        return save(desk, {"file": path})
    if name not in FORMATS:
        raise Refused("there is no format %s; there are blend, %s" % (name, ", ".join(FORMATS)))
    missing = what_is_missing(name)
    if missing:
        raise Refused("%s cannot be written here: it needs %s" % (name, missing))
    with Selection(bpy.context.scene) as selection:
        if not selection.shown:
            raise Refused("there is nothing to export", "nothing")
        return write(writer(name)[0], path, writer(name)[1])
