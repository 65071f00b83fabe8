"""The parent's side of the worker's protocol, and just enough PNG, for worker_*test.py."""

import json
import os
import resource
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
MAIN = os.path.join(HERE, "..", "..", "src", "blender", "worker", "main.py")
PROGRAM = os.environ.get("LL3M_BLENDER", "blender")
WAIT_S = 240

CUBE = "import bpy\nbpy.ops.mesh.primitive_cube_add()\n"

RED = """
import bpy
def red():
    made = bpy.data.materials.new("Red")
    if bpy.app.version < (5, 0):
        made.use_nodes = True
    made.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (0.8, 0, 0, 1)
    return made
"""

# Says what a run has to say: the last line of a script is `say(...)`, the test reads `said()`.
SAY = """
import json
def say(what):
    raise RuntimeError(json.dumps(what))
"""


def command(fd, desk):
    """How to start it: a Blender, or a Python that has the bpy module."""
    tail = ["--", str(fd), desk]
    if os.path.basename(PROGRAM).startswith("python"):
        return [PROGRAM, MAIN, *tail]
    return [PROGRAM, "-b", "--factory-startup", "--python", MAIN, *tail]


class Gone(Exception):
    """The worker has closed its end."""


class Worker:
    """One Blender, one folder, one request at a time."""

    def __init__(self, memory_bytes=None):
        self.desk = os.path.realpath(tempfile.mkdtemp(prefix="ll3m-worker-"))
        self.noise_path = os.path.join(self.desk, "noise")
        self.socket, child = socket.socketpair()
        self.socket.settimeout(WAIT_S)
        self.waiting, self.count, self.events = b"", 0, []

        def limit():
            if memory_bytes:
                resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))

        with open(self.noise_path, "wb") as noise:
            self.process = subprocess.Popen(
                command(child.fileno(), self.desk), pass_fds=[child.fileno()], preexec_fn=limit,
                stdin=subprocess.DEVNULL, stdout=noise, stderr=noise, start_new_session=True)
        child.close()
        self.hello = self.receive()

    def close(self):
        self.socket.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.desk, ignore_errors=True)

    def _more(self):
        data = self.socket.recv(1 << 20)
        if not data:
            raise Gone(self.process.wait(30))
        self.waiting += data

    def receive(self):
        while b"\n" not in self.waiting:
            self._more()
        head, self.waiting = self.waiting.split(b"\n", 1)
        while len(self.waiting) < int(head):
            self._more()
        body, self.waiting = self.waiting[:int(head)], self.waiting[int(head):]
        return json.loads(body)

    def send_bytes(self, body):
        self.socket.sendall(b"%d\n" % len(body) + body)

    def ask(self, op, **fields):
        """The reply to a request; what comes before it is kept in `events`."""
        self.count += 1
        self.send_bytes(json.dumps({"id": self.count, "op": op, **fields}).encode())
        self.events = []
        while True:
            message = self.receive()
            assert message["id"] == self.count, message
            if "event" not in message:
                return message
            self.events.append(message)

    def run(self, script, **fields):
        fields = {"name": "asset.py", "limit_ms": 60000, "token": "t0k3n", **fields}
        return self.ask("run", script=script, **fields)

    def noise(self):
        with open(self.noise_path, encoding="utf-8", errors="replace") as file:
            return file.read()


def unfilter(kind, row, before, step):
    for i, value in enumerate(row):
        left, up = (row[i - step] if i >= step else 0), before[i]
        corner = before[i - step] if i >= step else 0
        if kind == 1:
            value += left
        elif kind == 2:
            value += up
        elif kind == 3:
            value += (left + up) // 2
        elif kind == 4:
            guess = left + up - corner
            value += min((abs(guess - left), 0, left), (abs(guess - up), 1, up),
                         (abs(guess - corner), 2, corner))[2]
        row[i] = value & 255
    return row


def read_png(path):
    """(width, height, rows of RGB bytes) of an 8-bit RGB picture."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    at, packed, width, height = 8, b"", 0, 0
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if name == b"IHDR":
            width, height, depth, color = struct.unpack(">IIBB", body[:10])
            assert (depth, color) == (8, 2), (depth, color)
        elif name == b"IDAT":
            packed += body
        at += size + 12
    raw, rows, before = zlib.decompress(packed), [], bytearray(3 * width)
    for y in range(height):
        start = y * (3 * width + 1)
        before = unfilter(raw[start], bytearray(raw[start + 1:start + 1 + 3 * width]), before, 3)
        rows.append(before)
    return width, height, rows


def box_of(rows, is_part):
    """(left, top, right, bottom) of the pixels that are part of something, or None."""
    found = [(x, y) for y, row in enumerate(rows) for x in range(len(row) // 3)
             if is_part(*row[3 * x:3 * x + 3])]
    if not found:
        return None
    across, down = zip(*found)
    return min(across), min(down), max(across) + 1, max(down) + 1


class WithWorker(unittest.TestCase):
    """One Blender for the tests of a class; each test begins with a run of its own."""

    @classmethod
    def setUpClass(cls):
        cls.worker = Worker()

    @classmethod
    def tearDownClass(cls):
        cls.worker.close()

    def run_ok(self, script, **fields):
        reply = self.worker.run(script, **fields)
        self.assertTrue(reply["ok"], reply.get("error"))
        return reply

    def run_bad(self, script, kind, **fields):
        reply = self.worker.run(script, **fields)
        self.assertFalse(reply["ok"])
        self.assertEqual(kind, reply["error"]["kind"], reply["error"])
        return reply["error"]

    def said(self, script):
        return json.loads(self.run_bad(SAY + script, "error")["message"])

    def ask_ok(self, op, **fields):
        reply = self.worker.ask(op, **fields)
        self.assertTrue(reply["ok"], reply.get("error"))
        return reply


class Tap(unittest.TestResult):
    """Says of each test, on a line of its own, whether it kept its promise."""

    def stopTest(self, test):
        super().stopTest(test)
        bad = self.failures + self.errors
        title = test.id().split(".")[-1].replace("test_", "", 1)
        print("%sok %d - %s" % ("not " if bad else "", self.testsRun, title))
        self.explain()
        sys.stdout.flush()

    def explain(self):
        """Moves what went wrong since the last test into comments."""
        for _, text in self.failures + self.errors:
            self.is_bad = True
            print("".join("# %s\n" % line for line in text.splitlines()), end="")
        self.failures.clear()
        self.errors.clear()

    is_bad = False


def main():
    """Runs the tests of the file that calls; exit code 77 says that there is no Blender."""
    if shutil.which(PROGRAM) is None:
        print("skipped: there is no %s here" % PROGRAM)
        sys.exit(77)
    names = sys.argv[1:] or None
    loader, module = unittest.defaultTestLoader, sys.modules["__main__"]
    suite = (loader.loadTestsFromNames(names, module) if names
             else loader.loadTestsFromModule(module))
    print("1..%d" % suite.countTestCases())
    result = Tap()
    suite.run(result)
    result.explain()  # a class whose Blender does not start has no test to blame
    sys.exit(result.is_bad)
