#!/usr/bin/env python3
"""Cut a small dump of the API out of a whole one: cut.py WHOLE.json SMALL.json

What tests of src/rag ask about, and what those things need to be understood. Long enums are cut short.
"""
import json
import sys

CLASSES = """
bpy_struct bpy_prop_collection ID Object Mesh MeshVertex MeshVertices MeshEdge MeshPolygon MeshPolygons Material Scene Context
BlendData BlendDataMeshes BlendDataObjects BlendDataMaterials Collection CollectionObjects LayerObjects ViewLayer
Modifier BevelModifier SubsurfModifier SolidifyModifier ObjectModifiers Constraint CopyLocationConstraint
Node NodeInternal ShaderNode ShaderNodeBsdfPrincipled ShaderNodeMix ShaderNodeTexNoise Nodes NodeLinks NodeTree NodeSocket
NodeSocketStandard NodeSocketFloat NodeSocketColor NodeInputs
Light PointLight RenderSettings ImageFormatSettings Panel VIEW3D_PT_tools_active UILayout
""".split()
OPERATORS = """mesh.primitive_cube_add mesh.primitive_uv_sphere_add mesh.bevel object.modifier_add object.modifier_apply
object.shade_smooth object.select_all transform.translate""".split()
PYTHON = """bmesh bmesh.new bmesh.ops bmesh.ops.create_cone bmesh.ops.bevel bmesh.types bmesh.types.BMesh bmesh.types.BMVertSeq
mathutils mathutils.Vector mathutils.Matrix bpy_extras.object_utils bpy_extras.object_utils.object_data_add bpy.app
bpy.app.version""".split()
FEW = 9  # members of a class, enum values and such that are kept besides those below
WHOLE = {"Mesh", "BevelModifier", "ObjectModifiers", "ShaderNodeBsdfPrincipled", "BlendDataMeshes", "ShaderNodeMix"}
MADE = {"BEVEL", "SUBSURF", "SOLIDIFY"}  # enum values that make a class above
DROPPED = {"is_animatable", "unit", "is_library_editable", "smin", "smax"}
KEPT = {"name", "location", "rotation_euler", "data", "modifiers", "material_slots", "engine", "image_settings",
        "resolution_x", "filepath", "objects", "render", "cycles", "eevee", "parent", "matrix_world",
        "film_transparent", "select_set", "scale", "constraints", "users_collection",
        "meshes", "materials", "scene", "object", "normal", "use_nodes", "node_tree", "nodes", "links", "inputs", "new",
        "append", "get", "foreach_set", "verts", "from_mesh", "to_mesh", "normalize", "color", "energy", "type",
        "default_value", "keyframe_insert", "view_layer", "is_active_output", "diffuse_color", "file_format"}


def short(members, most=FEW):
    kept = [m for m in members if m["id"] in KEPT]
    return [m for m in members if m in kept or len(kept) + members.index(m) < most]


def enums(value):
    if isinstance(value, dict):
        if isinstance(value.get("items"), list):
            value["items"] = [item for i, item in enumerate(value["items"]) if i < FEW or item[0] in MADE]
        return {k: enums(v) for k, v in value.items() if k not in DROPPED}
    return [enums(v) for v in value] if isinstance(value, list) else value


def main():
    whole = json.load(open(sys.argv[1]))
    small = {k: whole[k] for k in ("version", "version_string", "build_hash", "context")}
    small["types"] = {n: enums(whole["types"][n]) for n in CLASSES if n in whole["types"]}
    for name, row in small["types"].items():
        for part in ("props", "funcs", "py") if name not in WHOLE else ():
            row[part] = short(row[part])
        for member in row["py"]:
            member["doc"] = member["doc"][:160]
    small["ops"] = {n: enums(whole["ops"][n]) for n in OPERATORS}
    small["py"] = {n: whole["py"][n] for n in PYTHON}
    for row in small["py"].values():
        row["doc"] = row["doc"][:600]
        row["members"] = short(row["members"]) if "members" in row else None
        for member in row["members"] or []:
            member["doc"] = member["doc"][:300]
    small["py"] = {n: {k: v for k, v in row.items() if v is not None or k == "sig"} for n, row in small["py"].items()}
    small["nodes"] = {n: whole["nodes"][n] for n in CLASSES if n in whole["nodes"]}
    small["enum_class"] = [row for row in whole["enum_class"] if row[4] in CLASSES]
    small["templates"] = {}
    with open(sys.argv[2], "w") as out:
        lines = json.dumps(small, separators=(",", ":"), ensure_ascii=False).replace('},{"id"', '},\n{"id"')
        out.write(lines + "\n")


main()
