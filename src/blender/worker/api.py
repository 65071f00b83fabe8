"""All that this Blender offers to Python, by asking it: types, operators, modules, nodes, enums.

What is written is what src/rag/dump.h reads. Nodes, modifiers and such say what they are like only
when there is one of each, so they are made, looked at and taken away again: what the file holds is
the same afterwards. A class that a script registered is told of like Blender's own.
"""

import importlib
import inspect
import json
import os
import time
import types

import bpy

PLAIN = ("subtype", "unit", "is_readonly", "is_required", "is_output", "is_argument_optional",
         "is_library_editable", "is_deprecated", "deprecated_note", "is_hidden", "is_animatable",
         "is_path_supports_blend_relative")
VERSIONS = ("deprecated_version", "deprecated_removal_version")
ENUM_MOST = 400
CHOICES_MOST = 60
TEXT_MOST = 60
MODULES = """
bpy.app bpy.app.handlers bpy.app.timers bpy.app.translations bpy.msgbus bpy.path bpy.props
bpy.utils bpy.utils.previews bpy.utils.units bmesh bmesh.ops bmesh.types bmesh.utils bmesh.geometry
mathutils mathutils.bvhtree mathutils.geometry mathutils.interpolate mathutils.kdtree
mathutils.noise bl_math blf gpu gpu.matrix gpu.select gpu.shader gpu.state gpu.texture gpu.types
gpu.platform gpu.capabilities gpu_extras.batch gpu_extras.presets aud idprop.types imbuf
imbuf.types bpy_extras.anim_utils bpy_extras.bmesh_utils bpy_extras.id_map_utils
bpy_extras.image_utils bpy_extras.io_utils bpy_extras.keyconfig_utils bpy_extras.mesh_utils
bpy_extras.node_shader_utils bpy_extras.node_utils bpy_extras.object_utils
bpy_extras.view3d_utils bpy_extras.wm_utils.progress_report bpy_extras.asset_utils rna_prop_ui
addon_utils""".split()
# These import names from each other: only what a module itself defines counts.
IMPORTERS = ("bpy_extras", "bpy.utils", "bpy.path", "rna_prop_ui", "addon_utils")
OWNERS = ("bpy_types", "_bpy", None, "bpy.utils", "bpy.path")
TREES = (("Shader", "ShaderNodeTree"), ("Geometry", "GeometryNodeTree"),
         ("Compositor", "CompositorNodeTree"), ("Texture", "TextureNodeTree"))
# Settings of every node, which show no other sockets.
COMMON_SETTINGS = ("color_tag", "warning_propagation")


def plain(value):
    """A value as JSON has it."""
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    try:
        if isinstance(value, (set, frozenset)):
            return sorted(map(str, value))
        return [plain(item) for item in value]
    except TypeError:
        return str(value)


def signature(function):
    try:
        return str(inspect.signature(function))
    except (TypeError, ValueError):
        return None


def docstring(thing):
    return inspect.getdoc(thing) or ""


def inner(member):
    return member.__func__ if isinstance(member, (classmethod, staticmethod)) else member


def enum_items(prop):
    """Those that stand in the program, or more if the list is filled as it is asked for."""
    items = getattr(prop, "enum_items_static", None) or prop.enum_items
    return prop.enum_items if len(prop.enum_items) > len(items) else items


def numbers(prop, row):
    if prop.array_length:
        row["len"] = prop.array_length
        row["default"] = plain(prop.default_array)
    else:
        row["default"] = plain(prop.default)
    if prop.type != "BOOLEAN":
        row["min"], row["max"] = plain(prop.hard_min), plain(prop.hard_max)
        row["smin"], row["smax"] = plain(prop.soft_min), plain(prop.soft_max)


def choices(prop, row):
    row["flag"] = bool(prop.is_enum_flag)
    row["items"] = [[item.identifier, item.name, item.description]
                    for item in list(enum_items(prop))[:ENUM_MOST]]
    row["default"] = plain(prop.default_flag) if prop.is_enum_flag else prop.default


def references(prop, row):
    row["fixed"] = prop.fixed_type.identifier if prop.fixed_type else None
    if prop.type == "COLLECTION" and prop.srna:
        row["srna"] = prop.srna.identifier


def text(prop, row):
    row["default"] = prop.default


DETAILS = {"INT": numbers, "FLOAT": numbers, "BOOLEAN": numbers, "STRING": text, "ENUM": choices,
           "POINTER": references, "COLLECTION": references}


def property_row(prop):
    row = {"id": prop.identifier, "name": prop.name, "desc": prop.description, "type": prop.type}
    for key in PLAIN:
        value = getattr(prop, key, False)
        if value not in (False, "", "NONE"):
            row[key] = plain(value)
    for key in VERSIONS:
        value = plain(getattr(prop, key, None))
        if value and any(value if isinstance(value, list) else [value]):
            row[key] = value
    try:
        DETAILS[prop.type](prop, row)
    except Exception as broken:  # one property that cannot be read is no reason to read none
        row["err"] = repr(broken)
    return row


def function_row(function):
    return {"id": function.identifier, "desc": function.description,
            "params": [property_row(param) for param in function.parameters]}


def type_row(rna):
    base = rna.base
    inherited = set(base.properties.keys()) | {"rna_type"} if base else {"rna_type"}
    functions = set(base.functions.keys()) if base else set()
    return {"name": rna.name, "desc": rna.description, "base": base.identifier if base else None,
            "props": [property_row(p) for p in rna.properties if p.identifier not in inherited],
            "funcs": [function_row(f) for f in rna.functions if f.identifier not in functions],
            "py": [], "nested": rna.nested.identifier if rna.nested else None}


def is_member(value):
    return (isinstance(value, (types.FunctionType, classmethod, staticmethod, property))
            or inspect.isroutine(value) or inspect.isdatadescriptor(value))


def python_rows(cls, row):
    """What a class of bpy.types has that RNA knows nothing of."""
    known = {member["id"] for member in row["props"] + row["funcs"]}
    return [{"id": name, "doc": docstring(inner(value)), "kind": type(value).__name__,
             "sig": None if isinstance(value, property) else signature(inner(value))}
            for name, value in vars(cls).items()
            if not name.startswith("_") and name not in known and is_member(value)]


def add_reachable(rows, rna):
    """Types that properties lead to and bpy.types does not list: BlendDataMeshes and such."""
    for prop in rna.properties:
        for found in (getattr(prop, "fixed_type", None), getattr(prop, "srna", None)):
            if found and found.identifier not in rows:
                rows[found.identifier] = type_row(found)
                add_reachable(rows, found)


def add_bases(rows):
    """The classes that are written in C and that RNA does not describe."""
    for name in ("bpy_struct", "bpy_prop_collection", "bpy_prop_array"):
        cls = getattr(bpy.types, name, None)
        if cls is None:
            continue
        members = [{"id": key, "sig": None, "doc": docstring(value), "kind": type(value).__name__}
                   for key, value in vars(cls).items() if not key.startswith("_")]
        row = rows.setdefault(name, {"name": name, "desc": docstring(cls), "base": None,
                                     "props": [], "funcs": [], "nested": None})
        row["py"] = members


def type_rows():
    rows = {}
    for name in dir(bpy.types):
        cls = getattr(bpy.types, name, None)
        rna = getattr(cls, "bl_rna", None)
        if rna is None or name.startswith("__"):
            continue
        rows[name] = type_row(rna)
        rows[name]["py"] = python_rows(cls, rows[name])
    for name in list(rows):
        cls = getattr(bpy.types, name, None)
        if cls:
            add_reachable(rows, cls.bl_rna)
    add_bases(rows)
    return rows


def operator_rows():
    rows = {}
    for module in dir(bpy.ops):
        for name in dir(getattr(bpy.ops, module)) if not module.startswith("_") else ():
            if name.startswith("_"):
                continue
            try:
                rna = getattr(getattr(bpy.ops, module), name).get_rna_type()
            except (AttributeError, KeyError):
                continue
            rows["%s.%s" % (module, name)] = {
                "name": rna.name, "desc": rna.description,
                "params": [property_row(p) for p in rna.properties if p.identifier != "rna_type"]}
    return rows


def python_row(thing):
    row = {"kind": type(thing).__name__, "doc": docstring(thing),
           "sig": signature(thing) if callable(thing) else None}
    if inspect.isclass(thing):
        row["members"] = [
            {"id": name, "doc": docstring(inner(value)), "kind": type(value).__name__,
             "sig": signature(inner(value)) if callable(inner(value)) else None}
            for name, value in vars(thing).items() if not name.startswith("_")]
    return row


def find_module(name):
    """Some modules are only attributes of others."""
    try:
        return importlib.import_module(name)
    except ImportError:
        pass
    parent, _, last = name.rpartition(".")
    owner = find_module(parent) if parent else None
    return getattr(owner, last, None)


def is_its_own(module, thing):
    owner = getattr(thing, "__module__", None)
    return not module.startswith(IMPORTERS) or owner in OWNERS + (module,)


def module_rows(name, module):
    rows = {name: {"kind": "module", "doc": docstring(module), "sig": None}}
    for key in dir(module):
        if key.startswith("_"):
            continue
        try:
            thing = getattr(module, key)
        except Exception:  # what cannot be had here is nothing to tell of
            continue
        full = "%s.%s" % (name, key)
        if isinstance(thing, types.ModuleType):
            continue
        if name == "bmesh.ops":
            rows[full] = {"kind": "function", "doc": thing.__doc__ or "", "sig": None}
        elif callable(thing) and is_its_own(name, thing):
            rows[full] = python_row(thing)
        elif not callable(thing) and name.startswith("bpy.app"):
            rows[full] = {"kind": type(thing).__name__, "doc": "", "sig": None}
    return rows


def python_modules():
    rows = {}
    for name in MODULES:
        module = find_module(name)
        if module is not None:
            rows.update(module_rows(name, module))
    return rows


def socket_row(socket):
    row = {"name": socket.name, "id": socket.identifier, "type": socket.type,
           "cls": socket.bl_idname, "enabled": socket.enabled}
    if hasattr(socket, "default_value"):
        value = plain(socket.default_value)
        if not isinstance(value, str) or len(value) < TEXT_MOST:
            row["default"] = value
    if getattr(socket, "is_multi_input", False):
        row["multi"] = True
    if getattr(socket, "description", ""):
        row["desc"] = socket.description
    return row


def shown(sockets):
    return [socket.name for socket in sockets if socket.enabled]


def is_setting(prop):
    return (prop.type == "ENUM" and not prop.is_readonly and not prop.is_enum_flag
            and prop.identifier not in COMMON_SETTINGS
            and prop.identifier not in bpy.types.Node.bl_rna.properties)


def variant_rows(node):
    """Which sockets a node shows for each choice of each of its settings."""
    rows = {}
    for prop in filter(is_setting, node.bl_rna.properties):
        for item in list(prop.enum_items)[:CHOICES_MOST]:
            try:
                setattr(node, prop.identifier, item.identifier)
            except (AttributeError, TypeError):
                continue
            rows["%s=%s" % (prop.identifier, item.identifier)] = [
                shown(node.inputs), shown(node.outputs)]
        try:
            setattr(node, prop.identifier, prop.default)
        except (AttributeError, TypeError):
            pass
    return rows


def node_trees():
    trees = []
    for key, kind in TREES:
        try:
            trees.append((key, bpy.data.node_groups.new("t" + key, kind)))
        except (RuntimeError, TypeError):
            pass
    owners = (("ShaderMat", bpy.data.materials.new("m")),
              ("ShaderLight", bpy.data.lights.new("l", "POINT")),
              ("ShaderWorld", bpy.data.worlds.new("w")))
    for key, owner in owners:
        if owner.node_tree is None:  # asking for what is there already warns from 5.0 on
            owner.use_nodes = True
        trees.append((key, owner.node_tree))
    return trees


def node_row(name, trees):
    row = None
    for key, tree in trees:
        try:
            node = tree.nodes.new(name)
        except (RuntimeError, TypeError):
            continue
        if row is None:
            row = {"label": node.bl_label, "in": [socket_row(s) for s in node.inputs],
                   "out": [socket_row(s) for s in node.outputs], "trees": []}
            row["variants"] = variant_rows(node)
        row["trees"].append(key)
        try:
            tree.nodes.remove(node)
        except RuntimeError:
            pass
    return row


def is_node(name):
    cls = getattr(bpy.types, name, None)
    return inspect.isclass(cls) and issubclass(cls, bpy.types.Node)


def node_rows():
    trees = node_trees()
    rows = {name: node_row(name, trees) for name in dir(bpy.types) if is_node(name)}
    return {name: row for name, row in rows.items() if row}


def made_rows(kind, owner, make, undo):
    """Which class each value of an enum makes, by making one of each."""
    rows = []
    for item in owner.bl_rna.properties["type"].enum_items:
        try:
            made = make(item.identifier)
        except (RuntimeError, TypeError):
            continue
        if made is None:
            continue
        rows.append([kind, item.identifier, item.name, item.description, type(made).__name__])
        undo(made)
    return rows


def stroke_object():
    """Grease pencil has modifiers of its own, and was called otherwise in each version."""
    for name in ("grease_pencils_v3", "grease_pencils"):
        try:
            return bpy.data.objects.new("s", getattr(bpy.data, name).new("s"))
        except (AttributeError, TypeError, RuntimeError):
            pass
    return None


def enum_classes():
    data = bpy.data
    thing = data.objects.new("o", data.meshes.new("o"))
    strokes = stroke_object()
    rows = []
    for owner in filter(None, (thing, strokes)):
        rows += made_rows("modifier", bpy.types.Modifier,
                          lambda kind: owner.modifiers.new("x", kind), owner.modifiers.remove)
    return (rows
            + made_rows("constraint", bpy.types.Constraint, thing.constraints.new,
                        thing.constraints.remove)
            + made_rows("light", bpy.types.Light, lambda kind: data.lights.new("x", kind),
                        data.lights.remove)
            + made_rows("texture", bpy.types.Texture, lambda kind: data.textures.new("x", kind),
                        data.textures.remove))


def all_data():
    """Everything in the file, by address: names may change hands."""
    for prop in bpy.data.bl_rna.properties:
        if prop.type == "COLLECTION":
            for block in getattr(bpy.data, prop.identifier):
                if isinstance(block, bpy.types.ID):
                    yield block


class Tidy:
    """What was not there before is gone afterwards."""

    def __enter__(self):
        self.before = {block.as_pointer() for block in all_data()}

    def __exit__(self, *_):
        new = [block for block in all_data() if block.as_pointer() not in self.before]
        bpy.data.batch_remove(new)


def describe():
    build = bpy.app.build_hash
    whole = {"version": list(bpy.app.version), "version_string": bpy.app.version_string,
             "build_hash": build.decode() if isinstance(build, bytes) else str(build),
             "types": type_rows(), "ops": operator_rows(), "py": python_modules()}
    with Tidy():
        whole["nodes"] = node_rows()
        whole["enum_class"] = enum_classes()
    whole["context"] = sorted(set(dir(bpy.context)))
    whole["data_alias"] = {
        prop.identifier: prop.srna.identifier for prop in bpy.types.BlendData.bl_rna.properties
        if prop.type == "COLLECTION" and prop.srna}
    return whole


def api(desk, request):
    begun = time.monotonic()
    path = desk.file(request.get("file") or "api.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(describe(), file)
    return {"path": path, "bytes": os.path.getsize(path), "files": [], "warnings": [],
            "ms": round((time.monotonic() - begun) * 1000)}
