#!/usr/bin/env python3
"""Thirty scripts written for Blender 3.4: what `ll3m docs check` says of them, and what the Blender here does.

Each script runs until it raises; what raised is taken out, and it runs again until nothing raises. So
all lines are known that fail here, and pre-flight has to have told of nearly all of them, and of no other.
"""

import ast
import json
import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True  # the source tree may be read-only

import worker_driver
from worker_driver import WithWorker

SCRIPTS = os.path.join(worker_driver.HERE, "..", "data", "preflight")
LL3M = os.path.join(os.getcwd(), "ll3m")
RECIPES = os.path.join(worker_driver.HERE, "..", "..", "config", "blender", "recipes")
WORDS_MAX = 60
ROUNDS_MAX = 40
CAUGHT_LEAST = 0.9

# What comes of a statement that was taken out, not of Blender's API.
LATER = ("NameError", "UnboundLocalError", "IndexError")


def paths():
    return [os.path.join(SCRIPTS, name) for name in sorted(os.listdir(SCRIPTS))
            if name.endswith(".py")]


def below(folders):
    return [os.path.join(place, name) for folder in folders
            for place, _, names in sorted(os.walk(folder))
            for name in sorted(names) if name.endswith(".py")]


def innermost(tree, line):
    """The smallest statement that has this line."""
    found = None
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno:
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                if found is None or node.lineno >= found.lineno:
                    found = node
    return found


def without(script, line):
    """The script, a statement of it being `pass`; all lines stay where they are."""
    node = innermost(ast.parse(script), line)
    lines = script.split("\n")
    rest = node.end_lineno - node.lineno
    lines[node.lineno - 1:node.end_lineno] = [" " * node.col_offset + "pass"] + [""] * rest
    return "\n".join(lines)


@unittest.skipUnless(os.access(LL3M, os.X_OK), "ll3m is not built")
class Preflight(WithWorker):
    def told(self, scripts):
        """{script: {line: [misnomer]}}"""
        told = {}
        for first in range(0, len(scripts), WORDS_MAX):
            done = subprocess.run([LL3M, "docs", "check", "--json",
                                   *scripts[first:first + WORDS_MAX]],
                                  stdout=subprocess.PIPE, check=False)
            self.assertIn(done.returncode, (0, 1))
            for row in map(json.loads, done.stdout.decode().splitlines()):
                lines = told.setdefault(row["file"], {})
                for misnomer in row["misnomers"]:
                    lines.setdefault(misnomer["line"], []).append(misnomer)
        self.assertEqual(len(scripts), len(told))
        return told

    def raised(self, script):
        """{line: message} of all that fails."""
        raised = {}
        for _ in range(ROUNDS_MAX):
            reply = self.worker.run(script)
            if reply["ok"]:
                return raised
            error = reply["error"]
            self.assertEqual("error", error["kind"], error)
            raised.setdefault(error["line"], error["type"] + ": " + error["message"])
            script = without(script, error["line"])
        self.fail("a script that goes on failing")

    def test_misnomers_are_those_that_were_found_by_running(self):
        version = "%d.%d" % tuple(self.worker.hello["blender"][:2])
        with open(os.path.join(SCRIPTS, "expected.json"), encoding="utf-8") as file:
            expected = json.load(file).get(version)
        if not expected:
            self.skipTest("no list for Blender " + version)
        told = {os.path.basename(name): ["%d: %s" % (line, misnomer["name"])
                       for line, found in lines.items() for misnomer in found]
                for name, lines in self.told(paths()).items()}
        self.assertEqual(expected, told)

    def test_what_blender_and_we_ship_ourselves_has_no_misnomers(self):
        self.run_ok("import bpy\n")
        folders = self.said("import bpy\nsay(bpy.utils.script_paths())")
        scripts = [*below([os.path.join(folder, "templates_py") for folder in folders]),
                   *below([RECIPES])]
        self.assertTrue(scripts)
        for name, lines in self.told(scripts).items():
            self.assertEqual({}, lines, name)

    def test_what_fails_is_told_before_and_nothing_else_is(self):
        told, failed, caught, missed, false = self.told(paths()), 0, 0, [], []
        for path in paths():
            name = os.path.basename(path)
            with open(path, encoding="utf-8") as file:
                raised = self.raised(file.read())
            lines = told[path]
            for line, message in raised.items():
                if message.startswith(LATER):
                    continue
                failed += 1
                caught += line in lines
                if line not in lines:
                    missed.append("%s:%d %s" % (name, line, message[:100]))
            false += ["%s:%d %s" % (name, line, found[0]["message"])
                      for line, found in lines.items() if line not in raised]
        print("# %d errors, %d told before; missed: %s" % (failed, caught, missed), flush=True)
        self.assertEqual([], false)
        self.assertGreaterEqual(caught, CAUGHT_LEAST * failed)
        if self.worker.hello["blender"][:2] == [3, 4]:
            self.assertEqual(0, failed)


if __name__ == "__main__":
    worker_driver.main()
