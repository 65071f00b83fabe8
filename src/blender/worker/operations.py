"""What a script does, in the classes of the LL3M paper's measure: complex and simple operations.

A class is a row: its name, its kind, and what belongs to it. A call belongs to the first row with a
pattern that fits its dotted name (`*` stands for anything, a dot in front for any object); an
assignment is looked up by the end of its target in the same way. `python3 operations.py` prints the
table as it stands in doc/worker.md.
"""

import ast
import fnmatch

COMPLEX, SIMPLE = "complex", "simple"

CALLS = (
    ("bmesh edits", COMPLEX, (
        "bmesh.ops.*", "bmesh.utils.*", ".verts.new", ".edges.new", ".faces.new", ".from_pydata")),
    ("extrude, bevel, inset, subdivide", COMPLEX, (
        "bpy.ops.mesh.extrude*", "bpy.ops.mesh.bevel", "bpy.ops.mesh.inset",
        "bpy.ops.mesh.subdivide*", "bpy.ops.mesh.spin", "bpy.ops.mesh.screw",
        "bpy.ops.mesh.solidify", "bpy.ops.mesh.wireframe", "bpy.ops.mesh.loopcut*")),
    ("booleans and cuts", COMPLEX, (
        "bpy.ops.mesh.intersect*", "bpy.ops.mesh.bisect", "bpy.ops.mesh.knife*",
        "bpy.ops.object.boolean*")),
    ("modifiers", COMPLEX, (".modifiers.new", "bpy.ops.object.modifier_*")),
    ("primitives", SIMPLE, (
        "bpy.ops.mesh.primitive_*", "bpy.ops.curve.primitive_*", "bpy.ops.surface.primitive_*",
        "bpy.ops.object.*_add")),
    ("other mesh operators", COMPLEX, (
        "bpy.ops.mesh.*", "bpy.ops.sculpt.*", "bpy.ops.object.*remesh", "bpy.ops.object.convert",
        "bpy.ops.object.join")),
    ("curves and text", COMPLEX, (
        ".splines.new", ".points.add", ".bezier_points.add", "bpy.data.curves.new",
        "bpy.ops.curve.*", "bpy.data.hair_curves.new", "bpy.data.metaballs.new")),
    ("node graphs", COMPLEX, (
        ".nodes.new", ".links.new", "bpy.data.node_groups.new", ".interface.new_socket",
        ".color_ramp.elements.new")),
    ("UV and textures", COMPLEX, (".uv_layers.new", "bpy.ops.uv.*", "bpy.data.images.new")),
    ("constraints, drivers, rigs", COMPLEX, (
        ".constraints.new", ".driver_add", ".edit_bones.new", ".vertex_groups.new",
        ".shape_key_add", ".keyframe_insert")),
    ("parametric math", COMPLEX, (
        "math.sin", "math.cos", "math.tan", "math.a*", "math.sqrt", "math.pow", "math.exp",
        "math.hypot", "random.*", "noise.*", "mathutils.noise.*", ".lerp", ".slerp")),
    ("objects, meshes, materials", SIMPLE, (
        "bpy.data.*.new", ".objects.link", ".children.link", ".materials.append")),
    ("transforms", SIMPLE, (
        "bpy.ops.transform.*", "bpy.ops.object.transform_apply", "bpy.ops.object.shade_*",
        "bpy.ops.object.origin_set", "bpy.ops.object.parent_set", "bpy.ops.object.duplicate*")),
    ("other operators", SIMPLE, ("bpy.ops.*",)),
)
ASSIGNMENTS = (
    ("transforms", SIMPLE, (
        ".location", ".scale", ".rotation_*", ".dimensions", ".matrix_world", ".matrix_local",
        ".parent", ".location.?", ".scale.?", ".rotation_euler.?")),
    ("colors and values", SIMPLE, (
        ".default_value", ".diffuse_color", ".color", ".metallic", ".roughness", ".energy",
        ".use_smooth", ".material_index")),
)
VERBS = ("add", "build", "create", "make", "place")
LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def dotted(node):
    """`a.b["x"].c` as a.b.c; something that has no name, as a dot in front."""
    parts = []
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    parts.append(node.id if isinstance(node, ast.Name) else "")
    return ".".join(reversed(parts))


def fits(name, pattern):
    return fnmatch.fnmatchcase("." + name, "*" + pattern if pattern[0] == "." else "." + pattern)


def class_of(name, table):
    for title, kind, patterns in table:
        if any(fits(name, pattern) for pattern in patterns):
            return title, kind
    return None


def operations_in(tree):
    """(class, kind) for each operation written in the script."""
    for node in ast.walk(tree):
        found = None
        if isinstance(node, ast.Call):
            found = class_of(dotted(node.func), CALLS)
        elif isinstance(node, (ast.Assign, ast.AugAssign)):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            found = class_of(dotted(target), ASSIGNMENTS)
        elif isinstance(node, LOOPS) and any(builds(part) for part in ast.walk(node)):
            found = ("loops that build", COMPLEX)
        if found:
            yield found


def builds(node):
    """Does a call make something, directly or in a function of the script's own?"""
    if not isinstance(node, ast.Call):
        return False
    found = class_of(dotted(node.func), CALLS)
    if found:
        return found[0] != "parametric math"
    return isinstance(node.func, ast.Name) and node.func.id.startswith(VERBS)


def count(tree):
    """How many of each kind and class, as written: a loop's body counts once, and the loop too."""
    kinds, classes = {COMPLEX: 0, SIMPLE: 0}, {}
    for title, kind in operations_in(tree):
        kinds[kind] += 1
        classes[title] = classes.get(title, 0) + 1
    loops = sum(isinstance(node, LOOPS) for node in ast.walk(tree))
    functions = sum(isinstance(node, ast.FunctionDef) for node in ast.walk(tree))
    return {**kinds, "loops": loops, "functions": functions, "classes": classes}


def rows():
    for title, kind, patterns in CALLS:
        yield title, kind, "calls", patterns
    yield ("loops that build", COMPLEX, "loops",
           ("a for, while or comprehension with a call of the rows above but math",
            "or of a function named " + ", ".join(verb + "..." for verb in VERBS)))
    for title, kind, patterns in ASSIGNMENTS:
        yield title, kind, "assignments", patterns


def table():
    lines = ["| class | kind | counted | what belongs to it |", "|---|---|---|---|"]
    for title, kind, what, patterns in rows():
        shown = ", ".join(patterns) if what == "loops" else ", ".join("`%s`" % p for p in patterns)
        lines.append("| %s | %s | %s | %s |" % (title, kind, what, shown))
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
