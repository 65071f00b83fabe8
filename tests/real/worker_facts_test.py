#!/usr/bin/env python3
"""Facts about scenes, parameters of scripts, in a real Blender: $LL3M_BLENDER, or `blender`."""

import os
import subprocess
import sys

sys.dont_write_bytecode = True  # the source tree may be read-only

import worker_driver
from worker_driver import CUBE, RED, WithWorker


BAD_SCENE = RED + """
import bmesh
RED = red()
def mesh(name, verts, faces, **change):
    data = bpy.data.meshes.new(name)
    data.from_pydata(verts, [], faces)
    data.materials.append(RED)
    return place(bpy.data.objects.new(name, data), **change)
def place(item, **change):
    bpy.context.collection.objects.link(item)
    for key, value in change.items():
        setattr(item, key, value)
    return item
def cube(name, size=2, **change):
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=size)
    data = bpy.data.meshes.new(name)
    bm.to_mesh(data)
    bm.free()
    data.materials.append(RED)
    return place(bpy.data.objects.new(name, data), **change)

cube("Base")
cube("On top", size=1, location=(-0.5, -0.5, 1.5))
cube("Pushed in", location=(1.1, 1.1, 0.4))
cube("Floating", size=1, location=(0, 0, 6))
cube("Beside", location=(9, 0, 0))
cube("Within", size=0.5, location=(-0.2, -0.2, 0))
cube("Mirrored", location=(0, -2, 0), scale=(-1, 1, 1))
cube("Stretched", location=(-2, 0, 0), scale=(1, 1, 0.5))
inward = cube("Inward", location=(0, -4, 0))
inward.data.flip_normals()
turned = cube("Turned", location=(0, -6, 0))
turned.data.polygons[0].flip()
fin = ((0, -7, 0), (0, -7, 1), (1, -7, 0), (-1, -7, 0), (0, -8, 0))
mesh("Fin", fin, ((0, 1, 2), (0, 1, 3), (0, 1, 4)))
mesh("Flat", ((0, -7, 0), (0, -8, 0), (0, -9, 0), (1, -7, 0)), ((0, 1, 2), (1, 0, 3)))
empty = cube("Empty slot", location=(-4, 0, 0))
empty.data.materials[0] = None
bare = cube("Bare", location=(-6, 0, 0))
bare.data.materials.clear()
mesh("Points", ((0, 0, 1),), ())
image = bpy.data.images.new("Lost", 4, 4)
image.source = 'FILE'
image.filepath = "/nowhere/lost.png"
"""


class Facts(WithWorker):
    def test_planted_defects_are_found_and_nothing_else(self):
        self.run_ok(BAD_SCENE)
        reply = self.ask_ok("facts", level=2)
        found = {(item["part"], item["kind"]) for item in reply["problems"]
                 if item["kind"] != "open edges"}
        expected = {
            ("Base", "overlap"), ("Floating", "floating"), ("Beside", "apart"),
            ("Within", "hidden"), ("Mirrored", "negative scale"), ("Stretched", "uneven scale"),
            ("Inward", "inward normals"), ("Turned", "turned normals"), ("Fin", "non-manifold"),
            ("Flat", "zero area"), ("Empty slot", "empty slot"), ("Bare", "no material"),
            ("Points", "no faces"), ("Lost", "missing image"),
        }
        self.assertEqual(expected, found)
        self.assertEqual([], reply["skipped"])
        floating = next(item for item in reply["problems"] if item["kind"] == "floating")
        self.assertEqual("high", floating["severity"])
        self.assertIn("3.5 m", floating["text"])

    def test_a_sound_thing_has_no_problems(self):
        self.run_ok(RED + """
made = red()
for z, size in ((0, 2), (1.5, 1)):
    bpy.ops.mesh.primitive_cube_add(size=size, location=(0, 0, z))
    bpy.context.object.data.materials.append(made)
bpy.ops.mesh.primitive_uv_sphere_add(radius=0.5, location=(0, 0, 2.5))
bpy.context.object.data.materials.append(made)
""")
        reply = self.ask_ok("facts", level=2)
        self.assertEqual([], reply["problems"])
        self.assertEqual([["Cube", "Cube.001", "Sphere"]], reply["groups"])

    def test_sizes_are_those_of_the_evaluated_thing(self):
        self.run_ok("""
import bpy, math
bpy.ops.mesh.primitive_cube_add(size=1, location=(1, 2, 3), rotation=(0, 0, math.pi / 4))
cube = bpy.context.object
array = cube.modifiers.new("Array", 'ARRAY')
array.count = 3
cube.parent = bpy.data.objects.new("Root", None)
bpy.context.collection.objects.link(cube.parent)
""")
        reply = self.ask_ok("facts", level=0)
        part = next(item for item in reply["objects"] if item["name"] == "Cube")
        self.assertEqual(("Root", 18, 24, ["ARRAY Array"]), (
            part["parent"], part["faces"], part["vertices"], part["modifiers"]))
        side = 4 * 0.5 ** 0.5
        for value, want in zip(reply["size"], (side, side, 1)):
            self.assertAlmostEqual(want, value, 4)
        self.assertAlmostEqual(2.5, reply["min"][2], 4)

    def test_levels_and_budget_limit_the_work(self):
        self.run_ok(BAD_SCENE)
        kinds = {item["kind"] for item in self.ask_ok("facts", level=0)["problems"]}
        self.assertIn("negative scale", kinds)
        self.assertFalse(kinds & {"non-manifold", "floating"})
        kinds = {item["kind"] for item in self.ask_ok("facts", level=1)["problems"]}
        self.assertIn("non-manifold", kinds)
        self.assertNotIn("floating", kinds)
        reply = self.ask_ok("facts", level=2, budget_ms=0.001)
        self.assertTrue(reply["skipped"])
        self.assertLess(reply["ms"], 1000)

    def test_an_empty_scene_has_facts_too(self):
        self.run_ok("pass")
        reply = self.ask_ok("facts")
        self.assertEqual(([], [], None), (reply["objects"], reply["problems"], reply["size"]))

    def test_the_tree_shows_parents_modifiers_and_nodes(self):
        self.run_ok(RED + CUBE + """
cube = bpy.context.object
cube.data.materials.append(red())
cube.modifiers.new("Round", 'BEVEL').width = 0.25
bpy.ops.object.empty_add()
cube.parent = bpy.context.object
""")
        reply = self.ask_ok("tree")
        cube = next(item for item in reply["objects"] if item["name"] == "Cube")
        self.assertEqual(("Empty", ["Red"]), (cube["parent"], cube["materials"]))
        self.assertIn("width = 0.25", cube["modifiers"][0]["settings"])
        lines = reply["materials"][0]["lines"]
        self.assertIn("Principled BSDF: Base Color (0.8, 0, 0, 1)", lines)
        self.assertIn("Principled BSDF.BSDF -> Material Output.Surface", lines)


SCRIPT = '''"""Ein Stuhl, h\u00f6lzern."""
import bpy, math
from math import radians

# legs
LEG_H = 0.45   # m 0.1..0.6   height of a leg
LEG_N = 4  # 3..8
TILT = radians(7.5)  # -10..10   outwards
OPEN = True

# \u00e4u\u00dfere Form
NAME = "st\u00fchl"; BACK = -0.5 * math.pi   # \u00b0
SEAT = (0.4,
        0.4,   # not this
        -.04)  # m   size of the seat
W\u00d6OD = (0.5, 0.3, .1, 1.0)   # color   oak
TINT = "#aa5500"  # color
LEGS = "round"  # one of: round, square,  turned legs
SIDES = 6   # one of: 3, 4, 6
A, B = 1, 2.5   # cm
typed: float = 1e-3   # m 1e-4 .. 1e-2
PROFILE = [(0, 1), (2, 3)]
COMPUTED = LEG_H * 2
TWICE = 1
TWICE = 2

def build_leg(index):
    """One leg.

    More."""
    for i in range(LEG_N):
        bpy.ops.mesh.primitive_cube_add(size=LEG_H)
    return math.sin(index)

def main():
    build_leg(0)
'''


class Parameters(WithWorker):
    def params(self, script=SCRIPT):
        return self.ask_ok("params", script=script)

    def test_spans_hold_exactly_the_text_of_the_value(self):
        for newline in ("\n", "\r\n", "\r"):
            script = SCRIPT.replace("\n", newline)
            lines = script.encode().splitlines(True)
            found = self.params(script)["params"]
            self.assertGreater(len(found), 10)
            for item in found:
                first, last = item["line"] - 1, item["end_line"] - 1
                rows = [bytearray(row) for row in lines[first:last + 1]]
                del rows[-1][item["end_column"]:]
                del rows[0][:item["column"]]
                self.assertEqual(item["text"], b"".join(rows).decode(), item["name"])
                self.assertTrue(item["text"])

    def test_comments_say_unit_range_color_and_choices(self):
        found = {item["name"]: item for item in self.params()["params"]}
        def facts(name, *keys):
            return tuple(found[name][key] for key in keys)
        self.assertEqual(("number", 0.45, "m", 0.1, 0.6, "height of a leg"),
                         facts("LEG_H", "kind", "value", "unit", "min", "max", "comment"))
        self.assertEqual((4, None, 3, 8), facts("LEG_N", "value", "unit", "min", "max"))
        self.assertEqual((7.5, "7.5", "deg", -10, 10, "outwards"),
                         facts("TILT", "value", "text", "unit", "min", "max", "comment"))
        self.assertEqual(("switch", True), facts("OPEN", "kind", "value"))
        self.assertEqual(("text", "st\u00fchl"), facts("NAME", "kind", "value"))
        self.assertEqual(("vector", [0.4, 0.4, -0.04], "m", "size of the seat"),
                         facts("SEAT", "kind", "value", "unit", "comment"))
        self.assertEqual(("color", "oak"), facts("W\u00d6OD", "kind", "comment"))
        self.assertEqual(("color", "#aa5500"), facts("TINT", "kind", "value"))
        self.assertEqual(("choice", ["round", "square"], "turned legs"),
                         facts("LEGS", "kind", "choices", "comment"))
        self.assertEqual(("choice", 6, ["3", "4", "6"]), facts("SIDES", "kind", "value", "choices"))
        self.assertEqual((2.5, "cm"), facts("B", "value", "unit"))
        self.assertEqual((0.001, 0.0001, 0.01), facts("typed", "value", "min", "max"))
        self.assertEqual(("legs", "\u00e4u\u00dfere Form"),
                         (found["LEG_N"]["group"], found["SEAT"]["group"]))
        uses = [i for i, line in enumerate(SCRIPT.split("\n"), 1) if "LEG_H" in line]
        self.assertEqual(uses[1:], found["LEG_H"]["uses"])
        self.assertFalse({"PROFILE", "COMPUTED", "TWICE"} & set(found))

    def test_functions_and_operations_are_counted(self):
        reply = self.params()
        leg = reply["functions"][0]
        self.assertEqual(("build_leg", "One leg."), (leg["name"], leg["doc"]))
        operations = reply["operations"]
        self.assertEqual((2, 1, 1), (operations["complex"], operations["simple"],
                                     operations["loops"]))
        self.assertEqual({"loops that build": 1, "parametric math": 1, "primitives": 1},
                         operations["classes"])

    def test_a_bad_script_has_no_parameters_but_an_error(self):
        reply = self.worker.ask("params", script="A = (\n")
        self.assertEqual((False, "syntax"), (reply["ok"], reply["error"]["kind"]))

    def test_the_syntax_of_a_script_comes_as_a_list_from_the_leaves_up(self):
        nodes = self.ask_ok("names", script=SCRIPT)["tree"]["nodes"]
        self.assertEqual("block", nodes[-1][0])
        parts = [part for number, node in enumerate(nodes) for part in node[4:] if part < number]
        self.assertEqual(list(range(len(nodes) - 1)), sorted(parts))

    def test_the_place_of_an_attribute_is_that_of_its_own_name(self):
        nodes = self.ask_ok("names", script="import bpy\nbpy.data.\\\n   meshes\n")["tree"]["nodes"]
        self.assertIn(["attribute", 3, 3, "meshes"], [node[:4] for node in nodes])

    def test_a_script_nested_too_deep_has_no_nodes_and_is_no_mistake(self):
        tree = self.ask_ok("names", script="x = " + "[" * 190 + "]" * 190 + "\n")["tree"]
        self.assertEqual([], tree["nodes"])
        self.assertIn("150", tree["passed_over"])

    def test_the_manual_has_the_table_of_operations(self):
        folder = os.path.dirname(worker_driver.MAIN)
        table = subprocess.run([sys.executable, os.path.join(folder, "operations.py")],
                               stdout=subprocess.PIPE, check=True).stdout.decode()
        with open(os.path.join(worker_driver.HERE, "..", "..", "doc", "worker.md"),
                  encoding="utf-8") as file:
            self.assertIn(table.strip(), file.read())


if __name__ == "__main__":
    worker_driver.main()
