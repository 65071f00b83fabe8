"""Runs a script in an empty file and tells what became of it."""

import builtins
import gc
import linecache
import random
import sys
import time
import traceback
import types
import warnings

import bpy
import mathutils

import checks
import scene
from limit import Limit, TimeIsUp, silence
from link import shorten
from origin import Origin

NOTES_MAX = 100


class Notes:
    """Warnings with the line of the script that caused them; each once, and not without end."""

    def __init__(self, name):
        self.name = name
        self.items = []
        self.seen = set()

    def add(self, text, line):
        text = shorten(text, 2000)
        if (text, line) not in self.seen and len(self.items) < NOTES_MAX:
            self.seen.add((text, line))
            self.items.append({"text": text, "line": line})

    def show_warning(self, message, category, filename, lineno, file=None, line=None):
        """Stands in for warnings.showwarning."""
        where = lineno if filename == self.name else self.line_now()
        self.add("%s: %s" % (category.__name__, message), where)

    def line_now(self):
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename != self.name:
            frame = frame.f_back
        return frame.f_lineno if frame else None


class Operators:
    """Listens to bpy.ops: an operator that gives up returns CANCELLED and says nothing else."""

    def __init__(self, notes):
        self.notes = notes
        self.depth = 0

    def __enter__(self):
        self.find = getattr(bpy.ops, "_bpy_ops_submodule__getattr__", None)
        if self.find:
            bpy.ops._bpy_ops_submodule__getattr__ = self.listen
        return self

    def __exit__(self, *error):
        if self.find:
            bpy.ops._bpy_ops_submodule__getattr__ = self.find

    def listen(self, module, function):
        return Operator(self, self.find(module, function), "bpy.ops.%s.%s" % (module, function))

    def call(self, operator, args, settings):
        self.depth += 1
        try:
            result = operator._operator(*args, **settings)
        finally:
            self.depth -= 1
        if self.depth == 0 and "CANCELLED" in result:
            self.notes.add("%s() was cancelled and did nothing" % operator._name,
                           self.notes.line_now())
        return result


class Operator:
    """One operator as the script sees it, with everything that Blender's own has."""

    __slots__ = ("_listener", "_operator", "_name")

    def __init__(self, listener, operator, name):
        self._listener = listener
        self._operator = operator
        self._name = name

    def __call__(self, *args, **settings):
        return self._listener.call(self, args, settings)

    def __getattr__(self, name):
        return getattr(self._operator, name)

    def __repr__(self):
        return repr(self._operator)

    def __str__(self):
        return str(self._operator)


def seed():
    """The same script makes the same scene."""
    random.seed(0)
    mathutils.noise.seed_set(1)  # 0 would mean the clock
    numpy = sys.modules.get("numpy")
    if numpy is not None and hasattr(numpy, "random"):
        numpy.random.seed(0)


def make_module(origin):
    """A module of the script's own, with builtins of its own, so that ours stay out of its way."""
    module = types.ModuleType("__main__")
    module.__file__ = origin.name
    module.__builtins__ = {**vars(builtins), **origin.builtins()}
    sys.modules["__main__"] = module
    return module


def script_frames(error, name):
    frames = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    return [(frame.f_code.co_name, line) for frame, line in frames
            if frame.f_code.co_filename == name]


def trimmed_traceback(error, name):
    """The error's own story, without the frames of the worker above it."""
    tb = error.__traceback__
    while tb is not None and tb.tb_frame.f_code.co_filename != name:
        tb = tb.tb_next
    lines = traceback.format_exception(type(error), error, tb or error.__traceback__)
    return shorten("".join(lines))


def kind_of(error):
    for kind, cls in (("timeout", TimeIsUp), ("exit", SystemExit), ("memory", MemoryError)):
        if isinstance(error, cls):
            return kind
    return "error"


def message_of(error, kind):
    if kind == "exit":
        return "the script ended itself with exit code %s" % shorten(str(error.code), 200)
    if kind == "memory":
        return str(error) or "the script ran out of memory"
    try:
        return shorten(str(error))
    except Exception:
        return "(the error cannot say what it is)"


def describe(error, script, name):
    """The record of an error: the last line of the script's own is where to look first."""
    kind = kind_of(error)
    if kind == "memory":
        traceback.clear_frames(error.__traceback__)  # what filled the memory is held in there
    where = script_frames(error, name)
    function, line = where[-1] if where else (None, None)
    record = {
        "kind": kind,
        "type": type(error).__name__,
        "message": message_of(error, kind),
        "line": line,
        "source": checks.source_line(script, line),
        "function": function if function != "<module>" else None,
    }
    record["traceback"] = trimmed_traceback(error, name)
    return record


def execute(code, origin, script, limit, restore):
    """Runs the code in a module of its own; the error record, and what `restore` could not undo.

    Until `restore` is done no name of a builtin or of a library means anything: none is used.
    """
    module = make_module(origin)
    names = vars(module)
    error = None
    try:
        try:
            limit.start()
            exec(code, names)
        finally:
            limit.armed = False
    except BaseException as caught:
        limit.armed = False  # an alarm may have rung between the last two lines
        error = caught
    silence()
    remains = restore()
    if isinstance(error, MemoryError):
        names.clear()
    return error and describe(error, script, origin.name), remains


def object_mode():
    """Edit mode keeps a mesh to itself; nobody else could see what was built."""
    layer = bpy.context.view_layer
    layer.update()  # or objects that the script removed last are listed as None
    for item in [item for item in layer.objects if item.mode != "OBJECT"]:
        layer.objects.active = item
        try:
            bpy.ops.object.mode_set(mode="OBJECT")
        except RuntimeError:
            pass


def run(desk, request):
    script = str(request.get("script", ""))
    origin = Origin(str(request.get("name") or "script.py"))
    notes = Notes(origin.name)
    desk.blender.clear()
    desk.runs += 1
    desk.python.look()
    desk.noise.mark("begin", request)
    start = time.monotonic()
    limit = Limit(request.get("limit_ms") or 0)
    error, remains = run_script(script, origin, notes, limit, desk.python.restore)
    desk.talk.leave_if_copy()
    ms = round((time.monotonic() - start) * 1000)
    desk.noise.mark("end", request)
    remains = desk.blender.calm() or remains
    object_mode()
    gc.collect()  # functions and their globals are a ring, and the ring holds big lists
    return {"ok": error is None, "error": error, "ms": ms, "warnings": notes.items,
            "recycle": remains, **scene.summary(bpy.context.scene, origin.lines())}


def run_script(script, origin, notes, limit, restore):
    """What `execute` says, or why there was nothing to execute."""
    try:
        tree = origin.instrument(checks.parse(script, origin.name))
    except checks.BadScript as bad:
        return bad.error, None
    lines = script.splitlines(True)
    linecache.cache[origin.name] = (len(script), None, lines, origin.name)
    seed()
    with warnings.catch_warnings(), Operators(notes):
        warnings.simplefilter("default")
        warnings.showwarning = notes.show_warning
        code = compile(tree, origin.name, "exec", dont_inherit=True)
        return execute(code, origin, script, limit, restore)
