"""Facts for the critic: what a picture does not show, or not for certain.

Level 0 takes boxes, names and counts; level 1 adds the state of every mesh; level 2 which parts
touch. What the time did not allow is said in `skipped`.
"""

import math
import os
import time

import bpy

import contacts
import scene as scenes
from topology import Topology

OBJECTS_MAX = 500
SOLIDS_MAX = 200
TOLERANCE = 0.003  # of the diagonal of everything: nearer than that is touching
COMMON = 0.25      # of the smaller box: from here on an overlap is no joint
POINTS_MAX = 5000
LENGTHS = ((1.0, "%.3g m", 1), (0.001, "%.1f mm", 1000), (0.0, "%.3f mm", 1000))


def length(metres):
    form, factor = next((form, factor) for least, form, factor in LENGTHS if abs(metres) >= least)
    return form % (metres * factor)


def many(count, thing):
    return "%d %s%s" % (count, thing, "" if count == 1 else "s")


def listed(names, most=6):
    return ", ".join(names[:most]) + (" and %d more" % (len(names) - most) if names[most:] else "")


class Facts:
    def __init__(self, scene, budget_ms):
        self.scene = scene
        self.deadline = time.monotonic() + budget_ms / 1000
        self.shown = scenes.shown_objects(scene)
        self.depsgraph = scenes.depsgraph_of(scene)
        self.objects, self.problems, self.skipped, self.groups = [], [], [], []
        self.bounds = {}   # part -> its box
        self.closed = set()
        self.topologies = {}

    def problem(self, part, kind, severity, text):
        self.problems.append({"part": part, "kind": kind, "severity": severity, "text": text})

    def is_late(self, what):
        if time.monotonic() < self.deadline:
            return False
        if what not in self.skipped:
            self.skipped.append(what)
        return True

    def shapes(self):
        """(name, shape), the names made unique in the order of Blender, which does not change."""
        used = {}
        for shape in scenes.shapes(self.depsgraph, self.shown):
            used[shape.name] = used.get(shape.name, 0) + 1
            count = used[shape.name]
            yield shape.name if count == 1 else "%s #%d" % (shape.name, count), shape

    def look(self, level):
        for name, shape in self.shapes():
            self.describe(name, shape)
            if level >= 1 and shape.mesh and not self.is_late("the meshes of some parts"):
                self.mesh(name, shape)
        if len(self.objects) > OBJECTS_MAX:
            self.skipped.append("%d more parts are not listed" % (len(self.objects) - OBJECTS_MAX))
        for item in self.shown:
            self.item(item)
        self.images()
        self.whole()
        if level >= 2:
            self.contacts()

    def describe(self, name, shape):
        item = shape.original
        turned = not is_straight(shape.matrix)
        corners = shape.points(POINTS_MAX) if turned else scenes.finite(shape.corners())
        mesh = shape.mesh
        bounds = scenes.box(corners)
        entry = {
            "name": name, "type": item.type,
            "parent": item.parent.name if item.parent else None,
            "location": list(shape.matrix.translation), "scale": list(shape.matrix.to_scale()),
            "vertices": len(mesh.vertices) if mesh else 0,
            "faces": len(mesh.polygons) if mesh else 0,
            "materials": scenes.materials_of(item),
            "modifiers": ["%s %s" % (part.type, part.name) for part in item.modifiers],
        }
        if bounds:
            self.bounds[name] = bounds
            entry.update(min=list(bounds[0]), max=list(bounds[1]), size=list(bounds[1] - bounds[0]))
        self.objects.append(entry)
        self.geometry(name, shape, bounds)

    def geometry(self, name, shape, bounds):
        if len(scenes.finite(shape.corners())) < 8:
            self.problem(name, "coordinates", "high", "some of its coordinates are not numbers")
        if shape.mesh and not shape.mesh.polygons:
            self.problem(name, "no faces", "medium", "it has no faces and is invisible in a render")
        elif bounds and (bounds[1] - bounds[0]).length == 0:
            self.problem(name, "no size", "high", "it is shrunk to one point")
        if shape.matrix.determinant() < 0:
            self.problem(name, "negative scale", "medium",
                         "its scale is negative, so its faces look inward in most programs")

    def item(self, item):
        if item.type not in ("MESH", "CURVE", "SURFACE", "FONT", "META"):
            return
        slots = [slot.material for slot in item.material_slots]
        if not slots:
            self.problem(item.name, "no material", "medium", "it has no material")
        elif None in slots:
            self.problem(item.name, "empty slot", "medium", "of its %s %d without a material"
                         % (many(len(slots), "material slot"), slots.count(None)))
        scale = [abs(part) for part in item.scale]
        if min(scale) > 0 and max(scale) / min(scale) > 1.01:
            self.problem(item.name, "uneven scale", "low",
                         "its scale (%.3g, %.3g, %.3g) is not applied: bevels and textures "
                         "come out stretched" % tuple(item.scale))

    def images(self):
        for image in bpy.data.images:
            if image.source == "FILE" and image.filepath and not image.packed_file and (
                    not os.path.exists(bpy.path.abspath(image.filepath))):
                self.problem(image.name, "missing image", "high",
                             "the image file %s is not there" % image.filepath)

    def whole(self):
        points = [point for bounds in self.bounds.values() for point in bounds]
        self.box = scenes.box(points)
        if self.box is None:
            return
        size = (self.box[1] - self.box[0]).length
        if size > 1000 or 0 < size < 0.001:
            self.problem(None, "size", "low",
                         "everything together measures %s from corner to corner" % length(size))
        if self.scene.unit_settings.scale_length != 1:
            self.problem(None, "units", "low", "the scene's unit scale is %g, not 1"
                         % self.scene.unit_settings.scale_length)

    def mesh(self, name, shape):
        key = shape.mesh.as_pointer()
        if key not in self.topologies:
            self.topologies[key] = Topology(shape.mesh)
        found = self.topologies[key]
        if found.is_closed:
            self.closed.add(name)
        self.objects[-1]["islands"] = found.islands
        self.objects[-1]["closed"] = found.is_closed
        if not shape.is_copy:
            self.edges(name, found)

    def edges(self, name, found):
        if found.crowded:
            self.problem(name, "non-manifold", "medium",
                         "%s joined by more than two faces" % many(found.crowded, "edge"))
        if found.loose:
            self.problem(name, "loose edges", "low", "%s without a face"
                         % many(found.loose, "edge"))
        if found.open and found.faces:
            self.problem(name, "open edges", "low",
                         "%s with a face on one side only: a hole if the part is solid"
                         % many(found.open, "edge"))
        if found.zero_area:
            self.problem(name, "zero area", "low", "%s without an area"
                         % many(found.zero_area, "face"))
        if found.turned:
            self.problem(name, "turned normals", "medium",
                         "%s between faces that look opposite ways" % many(found.turned, "edge"))
        if found.is_inside_out:
            self.problem(name, "inward normals", "medium", "its faces look inward")

    def contacts(self):
        if self.box is None:
            return
        tolerance = TOLERANCE * (self.box[1] - self.box[0]).length
        solids = self.solids()
        pairs = []
        for index, a in enumerate(solids):
            for b in solids[index + 1:]:
                if not contacts.boxes_touch((a.low, a.high), (b.low, b.high), tolerance):
                    continue
                if self.is_late("the contacts of some parts"):
                    return
                pairs.append(contacts.Pair(a, b, self.closed, tolerance))
        self.groups = contacts.groups([solid.name for solid in solids], pairs)
        self.overlaps(pairs, tolerance)
        self.floating(solids, tolerance)

    def solids(self):
        found, faces = [], 0
        for name, shape in self.shapes():
            if not shape.mesh or not shape.mesh.polygons or name not in self.bounds:
                continue
            faces += len(shape.mesh.polygons)
            if len(found) >= SOLIDS_MAX or faces > contacts.FACES_MAX:
                self.skipped.append("the contacts of %s and later parts" % name)
                break
            if self.is_late("the contacts of some parts"):
                break
            found.append(contacts.Solid(name, shape, self.bounds[name]))
        return found

    def overlaps(self, pairs, tolerance):
        """Parts are joined by running a bit into each other, so only much of it is a problem."""
        joints = {}
        for pair in pairs:
            a, b = pair.a.name, pair.b.name
            if pair.hidden:
                self.problem(pair.hidden, "hidden", "medium", "it lies wholly within %s"
                             % (b if pair.hidden == a else a))
            elif pair.depth > tolerance and contacts.box_share(pair.a, pair.b) > COMMON:
                self.problem(a, "overlap", "medium",
                             "it and %s run %s deep into each other" % (b, length(pair.depth)))
            elif pair.depth > tolerance:
                joints.setdefault(a, []).append((pair.depth, b))
        for name, deep in joints.items():
            others = listed([other for _, other in sorted(deep, reverse=True)])
            self.problem(name, "overlap", "low", "it is joined with %s, up to %s deep"
                         % (others, length(max(deep)[0])))

    def floating(self, solids, tolerance):
        """The largest group is the thing; others may stand beside it, but not hang in the air."""
        if len(self.groups) < 2:
            return
        sizes = {id(group): self.group_size(group) for group in self.groups}
        main = max(self.groups, key=lambda group: sizes[id(group)])
        ground = self.box[0].z
        for group in self.groups:
            if group is main or self.is_late("the gaps around some parts"):
                continue
            distance, other = contacts.gap(solids, set(group))
            low = min(self.bounds[name][0].z for name in group)
            if low <= ground + tolerance:
                self.problem(group[0], "apart", "low", "%s stands %s apart from %s"
                             % (listed(group), length(distance), other))
            else:
                self.problem(group[0], "floating", "high",
                             "%s touches nothing: %s from %s, the nearest part"
                             % (listed(group), length(distance), other))

    def group_size(self, group):
        bounds = scenes.box([point for name in group for point in self.bounds[name]])
        return (bounds[1] - bounds[0]).length


def is_straight(matrix):
    """Is each axis turned onto an axis? Then the corners of the box stay the corners."""
    return all(sum(abs(part) > 1e-6 for part in row) <= 1 for row in matrix.to_3x3())


def facts(desk, request):
    start = time.monotonic()
    found = Facts(bpy.context.scene, request.get("budget_ms") or math.inf)
    found.look(int(request.get("level", 2)))
    low, high = found.box if found.box else (None, None)
    order = {"high": 0, "medium": 1, "low": 2}
    return {
        "objects": found.objects[:OBJECTS_MAX],
        "groups": found.groups,
        "problems": sorted(found.problems, key=lambda item: order[item["severity"]]),
        "min": low and list(low),
        "max": high and list(high),
        "size": list(high - low) if found.box else None,
        "faces": sum(part["faces"] for part in found.objects),
        "vertices": sum(part["vertices"] for part in found.objects),
        "skipped": found.skipped,
        "ms": round((time.monotonic() - start) * 1000),
    }
