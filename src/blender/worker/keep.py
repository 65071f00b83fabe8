"""What a script may change in Python for itself, but not for the next script or for us.

A picture of the interpreter is taken before the first script and laid over it after each. This
stops accidents and cheap tricks, no more: what keeps a hostile script in is the sandbox around us.
"""

import _thread
import gc
import json
import locale
import os
import signal
import sys
import threading
import types

KEPT_CLASSES = (json.JSONDecoder, json.JSONEncoder)
KEPT_IN_SYS = (
    "argv", "displayhook", "excepthook", "meta_path", "modules", "path", "path_hooks", "stdin",
    "unraisablehook", "__excepthook__",
)


def is_library(name):
    return name.split(".")[0] in sys.stdlib_module_names and name not in ("sys", "__main__")


def is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def open_descriptors():
    """Where there is no /proc nothing is known, and nothing will be missed."""
    try:
        return {fd for fd in map(int, os.listdir("/proc/self/fd")) if is_open(fd)}
    except OSError:
        return set()


class Python:
    """The interpreter as it was; `restore` makes it so again and says what it could not undo."""

    def __init__(self, folder, more_modules):
        modules = [module for name, module in sys.modules.items()
                   if is_library(name) and isinstance(module, types.ModuleType)]
        self.tables = [(vars(module), dict(vars(module)))
                       for module in modules + list(more_modules)]
        self.classes = [(kind, dict(vars(kind))) for kind in KEPT_CLASSES]
        self.of_sys = {name: getattr(sys, name) for name in KEPT_IN_SYS}
        self.lists = [(part, part[:]) for part in (sys.argv, sys.path, sys.meta_path,
                                                   sys.path_hooks, gc.callbacks)]
        self.modules = dict(sys.modules)
        self.environ = dict(os.environ)
        self.folder = folder
        self.recursion = sys.getrecursionlimit()
        self.gc_threshold = gc.get_threshold()
        self.umask = os.umask(0o077)
        os.umask(self.umask)
        self.broken = None
        self.look()

    def look(self):
        """Before each script: what is open and running now is not the script's."""
        self.descriptors = open_descriptors()
        self.threads = _thread._count()

    def restore(self):
        for table, kept in self.tables:
            for name in [*table]:
                if name not in kept:
                    del table[name]
            table.update(kept)
        # Only from here on do the names of builtins mean what they say.
        for kind, kept in self.classes:
            self._restore_class(kind, kept)
        for name, value in self.of_sys.items():
            setattr(sys, name, value)
        for part, kept in self.lists:
            part[:] = kept
        self._restore_process()
        self._restore_modules()
        self.broken = self.broken or self._what_remains()
        return self.broken

    @staticmethod
    def _restore_class(kind, kept):
        for name in set(vars(kind)) - set(kept):
            delattr(kind, name)
        for name, value in kept.items():
            if vars(kind).get(name) is not value:
                setattr(kind, name, value)

    def _restore_process(self):
        sys.settrace(None)
        sys.setprofile(None)
        threading.settrace(None)
        threading.setprofile(None)
        sys.setrecursionlimit(self.recursion)
        gc.enable()
        gc.set_threshold(*self.gc_threshold)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
        locale.setlocale(locale.LC_NUMERIC, "C")
        os.umask(self.umask)
        os.makedirs(self.folder, exist_ok=True)
        os.chdir(self.folder)
        if dict(os.environ) != self.environ:
            os.environ.clear()
            os.environ.update(self.environ)

    def _restore_modules(self):
        """Modules from the system may stay, they are slow to load; those a script made may not."""
        new = [name for name in sys.modules if name not in self.modules]
        for name in new:
            if not self._is_from_system(sys.modules[name]):
                del sys.modules[name]
        sys.modules.update(self.modules)
        for name in new:
            parent, _, child = name.rpartition(".")
            if name in sys.modules and parent in self.modules:
                setattr(self.modules[parent], child, sys.modules[name])

    def _is_from_system(self, module):
        origin = getattr(getattr(module, "__spec__", None), "origin", None)
        return isinstance(origin, str) and not os.path.realpath(origin).startswith(self.folder)

    def _what_remains(self):
        """Why this process should not run another script, or nothing."""
        if _thread._count() > self.threads:
            return "the script left a thread running"
        if not self.descriptors <= open_descriptors() | {0, 1, 2}:
            return "the script closed files of Blender's own"
        try:
            # An audit hook cannot be taken off, and one that raises stops us here.
            if eval(compile("6 * 7", "check", "eval")) == 42:
                return None
        except BaseException:
            pass
        return "the script broke the interpreter"
