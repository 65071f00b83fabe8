"""What is in the scene: the shapes a render would show, the parts, the tree of objects."""

import array
import math

import bpy
from mathutils import Vector

# Curves, surfaces, texts and metaballs come a second time, as the mesh made of them, and only that
# one has a right box: their own is padded by the radius of points from Blender 4 on.
GEOMETRY = {"MESH", "CURVES", "POINTCLOUD", "VOLUME", "GREASEPENCIL", "GPENCIL"}
NOT_SHAPES = {"CAMERA", "LIGHT", "LIGHT_PROBE", "EMPTY", "ARMATURE", "LATTICE", "SPEAKER"}
PARTS_MAX = 500
LINES_MAX = 400


def main_layer(scene):
    return scene.view_layers[0]


def hidden_collections(collection, hidden=False):
    """The objects that a collection keeps out of renders, and those that some collection shows."""
    hidden = hidden or collection.hide_render
    kept, shown = (set(collection.objects), set()) if hidden else (set(), set(collection.objects))
    for child in collection.children:
        more_kept, more_shown = hidden_collections(child, hidden)
        kept |= more_kept
        shown |= more_shown
    return kept, shown


def shown_objects(scene):
    """What the person sees: visible in the first view layer and not hidden from renders."""
    layer = main_layer(scene)
    kept, shown = hidden_collections(scene.collection)
    return [item for item in scene.objects if not item.hide_render
            and item not in kept - shown and item.visible_get(view_layer=layer)]


class Shape:
    """One visible geometry. Only good until the next step of `shapes`: Blender reuses instances."""

    def __init__(self, instance, owner):
        self.evaluated = instance.object
        self.original = instance.object.original
        self.matrix = instance.matrix_world.copy()
        self.owner = owner
        self.is_copy = self.original != owner
        self.mesh = self.evaluated.data if self.evaluated.type == "MESH" else None
        self.name = "%s/%s" % (owner.name, self.original.name) if self.is_copy else owner.name

    def corners(self):
        return [self.matrix @ Vector(corner) for corner in self.evaluated.bound_box]

    def points(self, most):
        """World points that enclose it: its vertices, or some of them and the outermost."""
        if self.mesh is None or not self.mesh.vertices:
            return finite(self.corners()) if self.mesh is None else []
        flat = array.array("f", bytes(12 * len(self.mesh.vertices)))
        self.mesh.vertices.foreach_get("co", flat)
        chosen = range(0, len(flat) // 3, max(1, len(flat) // 3 // max(1, most)))
        outermost = {pick for axis in range(3) for pick in extremes(flat[axis::3])}
        return finite(self.matrix @ Vector(flat[3 * i:3 * i + 3]) for i in {*chosen, *outermost})


def extremes(column):
    return column.index(min(column)) if min(column) in column else 0, \
        column.index(max(column)) if max(column) in column else 0


def finite(points):
    return [point for point in points if math.isfinite(point.x + point.y + point.z)]


def shapes(depsgraph, shown):
    """Every shape among the objects in `shown`, instances included."""
    shown = set(shown)
    for instance in depsgraph.object_instances:
        item = instance.object
        if item.type not in GEOMETRY or not instance.show_self or item.original.hide_render:
            continue
        owner = instance.parent.original if instance.is_instance else item.original
        if owner in shown:
            yield Shape(instance, owner)


def depsgraph_of(scene):
    layer = main_layer(scene)
    layer.update()
    return layer.depsgraph


def box(points):
    """The corners (lowest, highest) around points, or nothing around none."""
    if not points:
        return None
    return (Vector([min(p[i] for p in points) for i in range(3)]),
            Vector([max(p[i] for p in points) for i in range(3)]))


def materials_of(item):
    return [slot.material.name for slot in item.material_slots if slot.material]


def summary(scene, lines):
    """What a run has built: counts, parts, and why there is nothing if there is nothing."""
    shown = shown_objects(scene)
    faces, total, bounds, is_broken = {}, 0, [], False
    for shape in shapes(depsgraph_of(scene), shown):
        count = len(shape.mesh.polygons) if shape.mesh else 0
        total += count
        faces[shape.owner.name] = faces.get(shape.owner.name, 0) + count
        corners = shape.corners()
        bounds += finite(corners)
        is_broken |= len(finite(corners)) < len(corners)
    why = nothing_why(scene, shown, faces, total, box(bounds), is_broken)
    return {"objects": len(scene.objects), "faces": total, "nothing": why is not None,
            "nothing_why": why, "parts": parts(scene, faces, lines)}


def parts(scene, faces, lines):
    """What the scene is made of; `line` and `end_line` are where the script made it."""
    return [{
        "name": item.name,
        "type": item.type,
        "faces": faces.get(item.name, 0),
        "parent": item.parent.name if item.parent else None,
        "materials": materials_of(item),
        **dict(zip(("line", "end_line"), lines.get(item.as_pointer()) or ())),
    } for item in scene.objects[:PARTS_MAX]]


def nothing_why(scene, shown, shapes_seen, faces, bounds, is_broken):
    kinds = {item.type for item in scene.objects}
    if not kinds:
        return "the script made no object, or linked none to the scene"
    if kinds <= NOT_SHAPES and not shapes_seen:
        return "there are only objects without a surface: " + ", ".join(sorted(kinds)).lower()
    if not shown:
        return "every object is hidden"
    if is_broken and bounds is None:
        return "the coordinates are not numbers (NaN or infinite)"
    if not shapes_seen or bounds is None:
        return "no visible object has a shape"
    if not faces and not kinds & {"CURVES", "POINTCLOUD", "VOLUME", "GREASEPENCIL", "GPENCIL"}:
        return "the meshes have no faces"
    size = (bounds[1] - bounds[0]).length
    if size == 0:
        return "everything is shrunk to one point"
    if size > 1e5:
        return "it is %.3g m large" % size
    return None


def text_of(value):
    if isinstance(value, float):
        return "%.4g" % value
    if isinstance(value, bpy.types.ID):
        return value.name
    if hasattr(value, "__len__") and not isinstance(value, str):
        return "(%s)" % ", ".join(text_of(part) for part in list(value)[:16])
    return str(value)[:200]


def settings_of(thing, base):
    """Settings that are not as Blender describes their default, as `name = value`."""
    known = set(base.bl_rna.properties.keys())
    lines = []
    for prop in thing.bl_rna.properties:
        if prop.identifier in known or prop.is_readonly or prop.type == "COLLECTION":
            continue
        value = getattr(thing, prop.identifier)
        if value is not None and not is_default(prop, value):
            lines.append("%s = %s" % (prop.identifier, text_of(value)))
    return lines


def is_default(prop, value):
    if prop.type == "POINTER" or not hasattr(prop, "default"):
        return False
    if getattr(prop, "is_array", False):
        return list(value) == list(prop.default_array)
    return value == prop.default


class Defaults:
    """What stands in the sockets of a new node of each type, learned by making one."""

    def __init__(self):
        self.known = {}

    def of(self, node, tree):
        if node.bl_idname not in self.known:
            self.known[node.bl_idname] = self._learn(node.bl_idname, tree.bl_idname)
        return self.known[node.bl_idname]

    @staticmethod
    def _learn(node_type, tree_type):
        scratch = bpy.data.node_groups.new("ll3m scratch", tree_type)
        try:
            return [text_of(getattr(socket, "default_value", None))
                    for socket in scratch.nodes.new(node_type).inputs]
        except RuntimeError:
            return []
        finally:
            bpy.data.node_groups.remove(scratch)


def set_sockets(node, defaults):
    """What was written into the sockets of a node, as `name value`."""
    for index, socket in enumerate(node.inputs):
        value = getattr(socket, "default_value", None)
        if value is not None and socket.enabled and not socket.is_linked:
            text = text_of(value)
            if index >= len(defaults) or text != defaults[index]:
                yield "%s %s" % (socket.name, text)


def node_lines(tree, defaults):
    """A node tree as lines: the nodes with what was set in them, then what goes where."""
    lines = []
    for node in list(tree.nodes)[:LINES_MAX]:
        label = "" if node.name.split(".")[0] == node.bl_label else " (%s)" % node.bl_label
        sockets = ", ".join(set_sockets(node, defaults.of(node, tree)))
        lines.append("%s%s%s" % (node.name, label, sockets and ": " + sockets))
    for link in list(tree.links)[:LINES_MAX]:
        lines.append("%s.%s -> %s.%s" % (link.from_node.name, link.from_socket.name,
                                         link.to_node.name, link.to_socket.name))
    return lines


def tree(desk, request):
    """The hierarchy for the inspector: objects, modifiers with settings, materials as lines."""
    scene = bpy.context.scene
    shown = set(shown_objects(scene))
    used = {slot.material for item in scene.objects for slot in item.material_slots} - {None}
    defaults = Defaults()
    return {
        "objects": [{
            "name": item.name,
            "type": item.type,
            "parent": item.parent.name if item.parent else None,
            "collections": [part.name for part in item.users_collection],
            "visible": item in shown,
            "materials": materials_of(item),
            "modifiers": [{"name": part.name, "type": part.type,
                           "settings": settings_of(part, bpy.types.Modifier)}
                          for part in item.modifiers],
        } for item in scene.objects[:PARTS_MAX]],
        "materials": [{"name": item.name,
                       "lines": node_lines(item.node_tree, defaults) if item.node_tree else []}
                      for item in sorted(used, key=lambda part: part.name)[:PARTS_MAX]],
    }
