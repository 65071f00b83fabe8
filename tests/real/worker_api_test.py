#!/usr/bin/env python3
"""The worker tells what this Blender's Python offers, and leaves the file as it found it."""

import json
import sys

sys.dont_write_bytecode = True  # the source tree may be read-only

import worker_driver
from worker_driver import CUBE, RED, WithWorker

BUILD = RED + CUBE + """
bpy.context.object.data.materials.append(red())
"""


class Api(WithWorker):
    def api(self):
        with open(self.ask_ok("api")["path"], encoding="utf-8") as file:
            return json.load(file)

    def test_types_operators_modules_and_nodes_are_told(self):
        told = self.api()
        mesh = {prop["id"]: prop for prop in told["types"]["Mesh"]["props"]}
        self.assertEqual(told["version_string"], self.worker.hello["version"])
        self.assertEqual(told["types"]["Mesh"]["base"], "ID")
        self.assertEqual((mesh["polygons"]["fixed"], mesh["polygons"]["srna"]),
                         ("MeshPolygon", "MeshPolygons"))
        self.assertIn("mesh.primitive_cube_add", told["ops"])
        self.assertIn("radius1", told["py"]["bmesh.ops.create_cone"]["doc"])
        self.assertIn("Base Color", [
            socket["name"] for socket in told["nodes"]["ShaderNodeBsdfPrincipled"]["in"]])
        self.assertIn("BevelModifier", [row[4] for row in told["enum_class"] if row[1] == "BEVEL"])
        self.assertIn("active_object", told["context"])

    def test_no_property_is_beyond_reading(self):
        broken = [(name, prop["id"], prop["err"]) for name, row in self.api()["types"].items()
                  for prop in row["props"] if "err" in prop]
        self.assertEqual(broken, [])

    def test_the_file_stays_as_it_was(self):
        self.run_ok(BUILD)
        before, saved = self.ask_ok("tree"), self.ask_ok("save", file="before.blend")
        self.api()
        after, again = self.ask_ok("tree"), self.ask_ok("save", file="after.blend")
        self.assertEqual(before["objects"], after["objects"])
        self.assertEqual(before["materials"], after["materials"])
        self.assertLess(abs(saved["bytes"] - again["bytes"]), 4096)

    def test_it_can_be_asked_again_after_a_script(self):
        first = self.api()
        self.run_ok(BUILD)
        second = self.api()
        self.assertEqual(sorted(first["nodes"]), sorted(second["nodes"]))
        self.assertEqual(first["enum_class"], second["enum_class"])


if __name__ == "__main__":
    worker_driver.main()
