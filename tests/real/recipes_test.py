#!/usr/bin/env python3
"""Every modelling recipe, in a real Blender: $LL3M_BLENDER, or `blender`.

With $LL3M_PICTURES set, a picture of each is left in that folder: what the sheet in doc/ is made of.
"""

import glob
import os
import re
import shutil
import sys

sys.dont_write_bytecode = True  # the source tree may be read-only

import worker_driver
from worker_driver import HERE, WithWorker

FOLDER = os.path.join(HERE, "..", "..", "config", "blender", "recipes")
PICTURES = os.environ.get("LL3M_PICTURES")
LONGEST_MS = 5000
SMALLEST_M, LARGEST_M, MOST_FACES = 0.05, 20, 150000

# A stand-in where the recipe leaves the material to whoever copies it.
PAINT = """
import bpy
clay = bpy.data.materials.new("Clay")
if not clay.node_tree:
    clay.use_nodes = True
clay.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (.55, .42, .3, 1)
for data in [*bpy.data.meshes, *bpy.data.curves]:
    if not data.materials:
        data.materials.append(clay)
"""


def read(path):
    """(text, header) of a recipe."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return text, dict(re.findall(r"^# ([a-z]+): (.*)$", text, re.M))


class Recipes(WithWorker):
    def each(self):
        only = os.environ.get("LL3M_RECIPES", "").split()
        for path in sorted(glob.glob(os.path.join(FOLDER, "*.py"))):
            name = os.path.basename(path)[:-3]
            if not only or name in only:
                yield name, *read(path)

    def here(self):
        return ".".join(self.worker.hello["version"].split(".")[:2])

    def test_each_builds_something_of_real_size(self):
        for name, text, header in self.each():
            with self.subTest(name):
                self.check(name, text, header)
                if PICTURES:
                    self.draw(name, text)

    def check(self, name, text, header):
        reply = self.run_ok(text, name=name + ".py")
        self.assertEqual([], reply["warnings"])
        self.assertFalse(reply["nothing"], reply)
        self.assertLess(reply["ms"], LONGEST_MS)
        facts = self.ask_ok("facts")
        self.assertTrue(0 < facts["faces"] < MOST_FACES, facts["faces"])
        self.assertTrue(SMALLEST_M <= max(facts["size"]) <= LARGEST_M, facts["size"])
        self.assertEqual([], [problem for problem in facts["problems"] if self.is_bad(problem)])
        if header.get("closed"):
            self.assertEqual([], [part["name"] for part in facts["objects"]
                                  if part.get("closed") is False])

    def draw(self, name, text):
        self.run_ok(text + PAINT)
        reply = self.ask_ok("views", views=["three-quarter-right"], quality="critic", size_px=256)
        os.makedirs(PICTURES, exist_ok=True)
        shutil.copy(reply["views"][0]["path"], os.path.join(PICTURES, name + ".png"))

    @staticmethod
    def is_bad(problem):
        return problem["severity"] == "high" or problem["kind"] in (
            "inward normals", "turned normals", "non-manifold", "negative scale", "empty slot")

    def test_each_names_the_version_it_runs_in(self):
        """Unless nobody has run any of them there yet."""
        named = {name: header["ran"].split() for name, _, header in self.each()}
        if any(self.here() in versions for versions in named.values()):
            self.assertEqual([], [name for name in named if self.here() not in named[name]])


if __name__ == "__main__":
    worker_driver.main()
