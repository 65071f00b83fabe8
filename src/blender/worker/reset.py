"""What a script may change in Blender for itself, but not for the next script.

An empty file takes the scene away in some milliseconds. Handlers, classes and properties belong to
the process and outlive it; those are put back one by one.
"""

import functools

import bpy

REGISTERED = (
    "AddonPreferences", "AssetShelf", "FileHandler", "Gizmo", "GizmoGroup", "Header",
    "KeyingSetInfo", "Macro", "Menu", "Node", "NodeSocket", "NodeTree", "Operator", "Panel",
    "PropertyGroup", "RenderEngine", "UIList",
)
WITH_PROPERTIES = ("Bone", "PoseBone", "ViewLayer", "Window", "Node", "Modifier", "PropertyGroup")


def empty_file():
    """One scene, nothing in it, and settings that let a script of its own render."""
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    cycles = getattr(bpy.context.scene, "cycles", None)
    if cycles is not None and not has_denoiser():
        # The factory setting denoises, and every render fails in a Blender built without.
        cycles.use_denoising = False
        for layer in bpy.context.scene.view_layers:
            layer.cycles.use_denoising = False


@functools.cache
def has_denoiser():
    """Whether Cycles was built with one: there is no list of them, only a wrong name fails."""
    try:
        bpy.context.scene.cycles.denoiser = "OPENIMAGEDENOISE"
    except (AttributeError, TypeError):
        return False
    return True


def handler_lists():
    return [part for part in map(bpy.app.handlers.__getattribute__, dir(bpy.app.handlers))
            if isinstance(part, list)]


def registered_classes():
    """Those written in Python. Blender's own get a class as soon as somebody asks for it, and to
    unregister one of those crashes 4.3 when it is asked for the next time."""
    kinds = [getattr(bpy.types, name) for name in REGISTERED if hasattr(bpy.types, name)]
    return [cls for kind in kinds for cls in kind.__subclasses__() if cls.__module__ != "bpy.types"]


def extensible_types():
    types = list(bpy.types.ID.__subclasses__())
    return types + [getattr(bpy.types, name) for name in WITH_PROPERTIES]


class Blender:
    """Blender's own process-wide state as it was before the first script."""

    def __init__(self):
        self.handlers = [(part, part[:]) for part in handler_lists()]
        self.classes = set(registered_classes())
        self.types = [(kind, set(vars(kind)), set(kind.bl_rna.properties.keys()))
                      for kind in extensible_types()]
        self.drivers = dict(bpy.app.driver_namespace)
        self.addons = set(bpy.context.preferences.addons.keys())

    def calm(self):
        """After a run: nothing of the script's is called any more, what it built stays.

        Timers need no care: Blender calls them between jobs of its own loop, and we never return.
        Says what cannot be put back: Cycles, turned off and on again, takes Blender down with it.
        """
        for part, kept in self.handlers:
            part[:] = kept
        if set(bpy.context.preferences.addons.keys()) != self.addons:
            return "the script turned an add-on on or off"
        return None

    def clear(self):
        """Before a run: an empty file in a Blender that has never heard of the script before."""
        self.calm()
        self._drop_properties()
        empty_file()
        self._drop_classes()
        bpy.app.driver_namespace.clear()
        bpy.app.driver_namespace.update(self.drivers)

    def _drop_properties(self):
        for kind, names, properties in self.types:
            new = set(kind.bl_rna.properties.keys()) - properties | set(vars(kind)) - names
            for name in new:
                try:
                    delattr(kind, name)
                except (AttributeError, TypeError, RuntimeError):
                    pass

    def _drop_classes(self):
        """The newest first: a panel goes before the property group that it shows."""
        for cls in reversed([cls for cls in registered_classes() if cls not in self.classes]):
            try:
                bpy.utils.unregister_class(cls)
            except (RuntimeError, ValueError):
                pass
