#!/usr/bin/env python3
"""Runs: what they say, what they leave behind, what they cannot break.

In a real Blender: $LL3M_BLENDER, or `blender`.
"""

import json
import sys
import unittest

sys.dont_write_bytecode = True  # the source tree may be read-only

import worker_driver
from worker_driver import CUBE, RED, SAY, Gone, WithWorker, Worker

GIB = 1 << 30


class Talking(WithWorker):
    def test_hello_says_what_this_blender_can_do(self):
        hello = self.worker.hello
        self.assertEqual(1, hello["hello"])
        self.assertEqual(self.worker.process.pid, hello["pid"])
        self.assertEqual(3, len(hello["blender"]))
        self.assertIn("CYCLES", hello["engines"])
        self.assertIn("blend", hello["formats"])
        self.assertGreater(hello["rss_mb"], 50)
        for item in hello["missing"]:
            self.assertNotIn(item["format"], hello["formats"])
            self.assertTrue(item["needs"])

    def test_ping_counts_runs(self):
        before = self.ask_ok("ping")["runs"]
        self.run_ok(CUBE)
        after = self.ask_ok("ping")
        self.assertEqual(before + 1, after["runs"])
        self.assertGreater(after["rss_mb"], 50)

    def test_an_unknown_operation_is_refused_and_not_the_end(self):
        reply = self.worker.ask("dance")
        self.assertFalse(reply["ok"])
        self.assertIn("dance", reply["error"]["message"])
        self.ask_ok("ping")

    def test_check_tells_good_from_bad_without_running(self):
        self.ask_ok("check", script="import os\nos._exit(1)\n")
        error = self.worker.ask("check", script="def f(:\n    pass\n")["error"]
        self.assertEqual(("syntax", 1, "def f(:"),
                         (error["kind"], error["line"], error["source"]))

    def test_scripts_that_break_the_parser_are_bad_scripts(self):
        for script in ("x = " + "(" * 5000, "x = " + "-" * 200000 + "1", "a\0b", "return 1",
                       "x = '" + "9" * 10, "\tx = 1\n  y = 2"):
            with self.subTest(script[:12]):
                error = self.worker.ask("check", script=script)["error"]
                self.assertEqual("syntax", error["kind"])
                self.assertEqual("syntax", self.worker.run(script)["error"]["kind"])

    def test_quit_ends_it_cleanly(self):
        worker = Worker()
        try:
            with self.assertRaises(Gone) as gone:
                worker.ask("quit")
            self.assertEqual(0, gone.exception.args[0])
        finally:
            worker.close()


class Running(WithWorker):
    def test_a_run_begins_in_an_empty_file(self):
        found = self.said("import bpy\nsay([len(x) for x in (bpy.data.objects, bpy.data.meshes, "
                          "bpy.data.materials, bpy.data.lights, bpy.data.cameras)] "
                          "+ [len(bpy.data.scenes)])")
        self.assertEqual([0, 0, 0, 0, 0, 1], found)

    def test_a_good_run_says_what_was_built(self):
        reply = self.run_ok(RED + """
bpy.ops.mesh.primitive_cube_add()
cube = bpy.context.object
cube.name = "Body"
cube.data.materials.append(red())
bpy.ops.object.empty_add()
cube.parent = bpy.context.object
""")
        self.assertEqual((2, 6, False), (reply["objects"], reply["faces"], reply["nothing"]))
        body = next(part for part in reply["parts"] if part["name"] == "Body")
        self.assertEqual(("MESH", 6, "Empty", ["Red"]), (
            body["type"], body["faces"], body["parent"], body["materials"]))

    def test_objects_know_the_lines_of_their_part(self):
        script = """import bpy

def new(name):
    ob = bpy.data.objects.new("x", bpy.data.meshes.new("x"))
    bpy.context.collection.objects.link(ob)
    ob.name = name
    return ob

def build_body():
    bpy.ops.mesh.primitive_cube_add()
    bpy.context.object.name = "Body"
    new("Lid")

def build_leg(index):
    new("Leg")

def main():
    build_body()
    for index in range(3):
        build_leg(index)

main()
new("Loose")
"""
        parts = self.run_ok(script)["parts"]
        lines = {part["name"]: (part["line"], part["end_line"]) for part in parts}
        self.assertEqual((9, 12), lines["Body"])
        self.assertEqual((9, 12), lines["Lid"])
        self.assertEqual((14, 15), lines["Leg.002"])
        self.assertEqual((23, 23), lines["Loose"])

    def test_an_error_names_its_line(self):
        error = self.run_bad(CUBE + "def f():\n    return {}['legs']\n\nf()\n", "error")
        self.assertEqual(("KeyError", 4, "return {}['legs']", "f"), (
            error["type"], error["line"], error["source"], error["function"]))
        self.assertIn('File "asset.py", line 4, in f', error["traceback"])
        self.assertNotIn("run.py", error["traceback"])

    def test_a_script_stays_loaded_after_its_error(self):
        reply = self.worker.run(CUBE + "1 / 0\n")
        self.assertEqual((False, 1, 6), (reply["ok"], reply["objects"], reply["faces"]))

    def test_an_operator_error_is_the_scripts_error(self):
        error = self.run_bad(CUBE + "bpy.ops.object.modifier_add(type='NOSUCH')\n", "error")
        self.assertIn("NOSUCH", error["message"])
        self.assertEqual(3, error["line"])

    def test_a_cancelled_operator_is_a_warning_with_its_line(self):
        reply = self.run_ok(CUBE + "\nbpy.ops.object.modifier_apply(modifier='Nope')\n")
        self.assertEqual([4], [item["line"] for item in reply["warnings"]])
        self.assertIn("bpy.ops.object.modifier_apply", reply["warnings"][0]["text"])

    def test_a_python_warning_is_kept_with_its_line_and_once(self):
        reply = self.run_ok("import warnings\nfor i in range(9):\n    warnings.warn('old')\n")
        self.assertEqual([{"text": "UserWarning: old", "line": 3}], reply["warnings"])

    def test_operators_look_like_blenders_own(self):
        self.run_ok("import bpy\nassert bpy.ops.mesh.primitive_cube_add.poll()\n"
                    "assert 'primitive_cube_add' in repr(bpy.ops.mesh.primitive_cube_add)\n"
                    "assert bpy.ops.mesh.primitive_cube_add.get_rna_type().identifier\n"
                    "made = bpy.ops.mesh.primitive_cube_add('EXEC_DEFAULT', size=1)\n"
                    "assert made == {'FINISHED'}, made\n")

    def test_a_loop_that_catches_exceptions_is_stopped(self):
        error = self.run_bad("while True:\n    try:\n        sum(range(99))\n"
                             "    except Exception:\n        pass\n", "timeout", limit_ms=300)
        self.assertIn(error["line"], range(1, 6))

    def test_a_stopped_operator_loop_leaves_blender_usable(self):
        self.run_bad("import bpy\nwhile True:\n    bpy.ops.mesh.primitive_cube_add()\n",
                     "timeout", limit_ms=300)
        self.assertEqual(1, self.run_ok(CUBE)["objects"])

    def test_sys_exit_ends_the_script_and_not_blender(self):
        for code in ("import sys\nsys.exit(3)", "raise SystemExit(3)", "exit(3)"):
            self.assertIn("3", self.run_bad(code, "exit")["message"])
        self.ask_ok("ping")

    def test_an_error_that_cannot_be_printed_is_still_an_error(self):
        error = self.run_bad("class Odd(Exception):\n    def __str__(self):\n        return 1 / 0\n"
                             "raise Odd\n", "error")
        self.assertEqual(("Odd", 4), (error["type"], error["line"]))

    def test_long_errors_are_cut(self):
        error = self.run_bad("raise ValueError('x' * 50000000)", "error")
        self.assertLess(len(json.dumps(error)), 100000)
        self.run_bad("def f():\n    f()\nf()\n", "error")

    def test_strange_text_arrives_as_text(self):
        error = self.run_bad("raise ValueError('a\\0b\\ud800 \\u00e9')", "error")
        self.assertEqual("a\ufffdb? \u00e9", error["message"])

    def test_edit_mode_is_left_so_that_others_see_the_mesh(self):
        reply = self.run_ok(CUBE + "bpy.ops.object.mode_set(mode='EDIT')\n"
                            "bpy.ops.mesh.subdivide(number_cuts=1)\n")
        self.assertEqual(24, reply["faces"])

    def test_objects_removed_last_do_not_confuse_it(self):
        reply = self.run_ok(CUBE + "old = bpy.context.object\n" + CUBE +
                            "bpy.data.objects.remove(old)\n")
        self.assertEqual(1, reply["objects"])

    def test_nothing_is_told_from_something(self):
        camera = "import bpy\nbpy.ops.object.camera_add()\nbpy.ops.object.light_add()\n"
        for script, word in (
                ("pass", "no object"),
                (camera, "without a surface"),
                (CUBE + "bpy.context.object.hide_render = True", "hidden"),
                (CUBE + "bpy.context.object.scale = (0, 0, 0)", "one point"),
                (CUBE + "bpy.context.object.scale = (1e6, 1e6, 1e6)", "large"),
                ("import bpy\nob = bpy.data.objects.new('a', bpy.data.meshes.new('a'))\n"
                 "bpy.context.collection.objects.link(ob)", "faces")):
            with self.subTest(word):
                reply = self.run_ok(script)
                self.assertTrue(reply["nothing"])
                self.assertIn(word, reply["nothing_why"])

    def test_what_is_printed_stands_between_the_marks(self):
        self.run_ok("print('one')\nimport os, sys\nsys.stderr.write('two\\n')\n"
                    "os.system('echo three')\n", token="abc")
        inside = self.worker.noise().split(" begin %d abc\n" % self.worker.count)[1]
        inside, after = inside.split("\x1e ll3m end %d abc\n" % self.worker.count)
        self.assertEqual({"one", "two", "three"}, set(inside.split()))
        self.assertNotIn("one", after)

    def test_the_same_script_gives_the_same_scene_and_picture(self):
        script = CUBE + ("import random, mathutils\nbpy.context.object.scale.x = random.random()\n"
                         "bpy.context.object.scale.y = mathutils.noise.random()\n")
        seen = set()
        for _ in range(2):
            self.run_ok(script)
            shot = self.ask_ok("views", views=["front"], size_px=64)["views"][0]
            with open(shot["path"], "rb") as file:
                seen.add(file.read())
        self.assertEqual(1, len(seen))


class Isolation(WithWorker):
    def test_names_do_not_outlive_their_run(self):
        self.run_ok("leg = 1\nimport sys\nsys.modules['mine'] = sys\nsys.argv.append('x')\n"
                    "import os\nos.environ['LL3M_TEST'] = '1'\nos.chdir('/')\n")
        found = self.said("import sys, os\nsay(['leg' in globals(), 'mine' in sys.modules, "
                          "'x' in sys.argv, 'LL3M_TEST' in os.environ, os.getcwd()])")
        self.assertEqual([False, False, False, False, self.worker.desk], found)

    def test_scripts_do_not_see_the_worker(self):
        found = self.said("import sys\nimport __main__\n"
                          "say([n for n in ('link', 'run', 'views', 'keep') if n in sys.modules]"
                          "+ [n for n in ('desk', 'serve', 'answer') if hasattr(__main__, n)])")
        self.assertEqual([], found)

    def test_blenders_own_state_is_put_back(self):
        self.run_ok("""
import bpy
class MADE_OT_up(bpy.types.Operator):
    bl_idname = "made.up"
    bl_label = "Made up"
    def execute(self, context):
        return {'FINISHED'}
class MadeUp(bpy.types.PropertyGroup):
    number: bpy.props.IntProperty()
bpy.utils.register_class(MADE_OT_up)
bpy.utils.register_class(MadeUp)
bpy.types.Object.made_up = bpy.props.PointerProperty(type=MadeUp)
bpy.types.Scene.made_up = bpy.props.IntProperty()
bpy.types.Mesh.made_up = 5
bpy.app.driver_namespace["made_up"] = 1
bpy.app.handlers.depsgraph_update_post.append(lambda *args: 1 / 0)
bpy.app.handlers.load_post.append(lambda *args: 1 / 0)
bpy.ops.made.up()
""")
        found = self.said("""
import bpy
say([hasattr(bpy.types, "MADE_OT_up"), hasattr(bpy.types, "MadeUp"),
     hasattr(bpy.types.Object, "made_up"), "made_up" in bpy.types.Scene.bl_rna.properties,
     hasattr(bpy.types.Mesh, "made_up"), "made_up" in bpy.app.driver_namespace,
     len(bpy.app.handlers.load_post), len(bpy.app.handlers.depsgraph_update_post)])
""")
        self.assertEqual([False] * 6, found[:6])
        clean = Worker()
        try:
            fresh = clean.run(SAY + "import bpy\nsay([len(bpy.app.handlers.load_post), "
                              "len(bpy.app.handlers.depsgraph_update_post)])")
        finally:
            clean.close()
        self.assertEqual(json.loads(fresh["error"]["message"]), found[6:])

    def test_parts_of_libraries_loaded_later_stay_usable(self):
        self.run_ok("import logging.handlers, xml.dom.minidom\n")
        self.run_ok("import logging.handlers, xml.dom.minidom\n"
                    "logging.handlers.MemoryHandler(9)\nxml.dom.minidom.Document()\n")

    def test_replaced_builtins_and_libraries_do_not_confuse_it(self):
        self.worker.run("""
import builtins, json, os, signal, sys, time, traceback, warnings
for name in ("len", "list", "print", "set", "str", "isinstance", "getattr", "setattr", "vars"):
    setattr(builtins, name, None)
for module in (json, os, signal, time, traceback, warnings):
    for name in [*module.__dict__]:
        if name[0] != "_":
            module.__dict__[name] = None
json.JSONEncoder = None
sys.stdout = sys.stderr = sys.excepthook = None
sys.path.clear()
sys.meta_path.clear()
sys.modules.clear()
""")
        self.assertEqual(1, self.run_ok(CUBE + "import json, os\nprint(len([os.getcwd()]))\n")
                         ["objects"])
        self.assertEqual(1, len(self.ask_ok("views", views=["top"], size_px=32)["views"]))

    def test_cleared_globals_do_not_confuse_it(self):
        self.run_ok("def f():\n    globals().clear()\nf()\n")
        self.run_ok("import sys\ndef f():\n    sys._getframe(1).f_globals.clear()\nf()\n")

    def test_a_closed_output_is_opened_again(self):
        self.run_ok("import os, sys\nsys.stdout.close()\nos.close(1)\nos.close(2)\n")
        self.run_ok("print('still here')", token="again")
        self.assertIn("still here", self.worker.noise())

    def test_a_fork_of_a_script_stays_silent(self):
        self.run_ok("import os\nos.fork()\n", limit_ms=5000)
        self.ask_ok("ping")

    def test_an_alarm_of_the_scripts_does_not_ring_for_us(self):
        self.run_ok("import signal\nsignal.signal(signal.SIGALRM, lambda *a: 1 / 0)\n"
                    "signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)\n")
        for _ in range(3):
            self.run_ok(CUBE)

    def test_what_cannot_be_put_back_asks_for_another_process(self):
        for script in ("import threading, time\n"
                       "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n",
                       "import os\nos.closerange(3, 100)\n",
                       "import bpy\nbpy.ops.preferences.addon_disable(module='cycles')\n",
                       "import sys\nsys.addaudithook(lambda event, args: event == 'compile' and "
                       "1 / 0)\n"):
            worker = Worker()
            try:
                self.assertIsNone(worker.run(CUBE)["recycle"])
                if "closerange" in script and worker.run(
                        SAY + "import os\nsay(len([f for f in os.listdir('/proc/self/fd') "
                        "if 3 <= int(f) < 100]))")["error"]["message"] == "1":
                    continue  # nothing but the listing itself is open there
                self.assertTrue(worker.run(script)["recycle"], script)
            finally:
                worker.close()


class Dying(unittest.TestCase):
    def test_leaving_is_seen_as_the_end_with_its_code(self):
        worker = Worker()
        try:
            with self.assertRaises(Gone) as gone:
                worker.run("import os\nos._exit(7)\n")
            self.assertEqual(7, gone.exception.args[0])
        finally:
            worker.close()

    def test_a_parent_that_goes_away_ends_it(self):
        worker = Worker()
        worker.socket.close()
        try:
            self.assertEqual(0, worker.process.wait(30))
        finally:
            worker.close()

    def test_memory_that_is_not_there_is_an_error_of_the_script(self):
        worker = Worker(memory_bytes=4 * GIB)
        try:
            for script in ("x = bytearray(64 << 30)\n",
                           "x = []\nwhile True:\n    x.append(bytearray(64 << 20))\n"):
                error = worker.run(script)["error"]
                self.assertEqual("memory", error["kind"], error)
                self.assertTrue(worker.run(CUBE)["ok"])
        finally:
            worker.close()


if __name__ == "__main__":
    worker_driver.main()
