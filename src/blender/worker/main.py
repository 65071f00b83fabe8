"""The worker: our half inside Blender, kept alive between jobs.

    blender -b --factory-startup --python main.py -- FD DESK
    python3 main.py -- FD DESK            where the bpy module is installed

Requests come and replies go as frames (a decimal length, a newline, that many bytes of JSON) on the
socket FD; files come out in the folder DESK. Standard output belongs to Blender and the scripts.
doc/worker.md has every request. One at a time: what takes too long is killed by the parent.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)

import bpy

import api
import checks
import exports
import facts
import keep
import link
import names
import params
import reset
import run
import scene
import views


class Desk:
    """What the jobs share: where files go, how to speak, and what has to be put back."""

    def __init__(self, talk, noise, folder):
        self.talk = talk
        self.noise = noise
        self.folder = os.path.realpath(folder)
        self.python = keep.Python(self.folder, (bpy, bpy.ops, bpy.utils, bpy.path))
        self.blender = reset.Blender()
        self.runs = 0

    def file(self, name):
        """The path of a file inside the folder; whatever leads out of it is refused."""
        path = os.path.realpath(os.path.join(self.folder, str(name)))
        if not path.startswith(self.folder + os.sep):
            raise link.Refused("%s is outside the worker's folder" % name)
        return path

    def event(self, request, kind, **fields):
        self.talk.send({"id": request.get("id"), "event": kind, **fields})


def ping(desk, request):
    return {"rss_mb": link.rss_mb(), "runs": desk.runs}


OPERATIONS = {
    "ping": ping,
    "check": checks.check,
    "run": run.run,
    "views": views.views,
    "facts": facts.facts,
    "params": params.params,
    "names": names.names,
    "tree": scene.tree,
    "save": exports.save,
    "export": exports.export,
    "api": api.api,
}


def hello():
    formats, missing = exports.probe()
    return {
        "hello": 1,
        "version": bpy.app.version_string,
        "blender": list(bpy.app.version),
        "python": sys.version.split()[0],
        "pid": os.getpid(),
        "engines": views.engines(),
        "denoise": reset.has_denoiser(),
        "formats": formats,
        "missing": missing,
        "rss_mb": link.rss_mb(),
    }


def answer(desk, request):
    """The reply to one request. Whatever goes wrong in a job is said, and is not the end."""
    job = OPERATIONS.get(request.get("op"))
    if job is None:
        return link.refusal("refused", "the worker has no operation %r" % (request.get("op"),))
    try:
        reply = job(desk, request)
    except link.Refused as refused:
        return link.refusal(refused.kind, str(refused))
    except BaseException as broken:
        return link.failure(broken)
    reply.setdefault("ok", True)
    return reply


def serve(desk):
    desk.talk.send(hello())
    while True:
        request = desk.talk.receive()
        if request is None or request.get("op") == "quit":
            return
        reply = answer(desk, request)
        reply["id"] = request.get("id")
        desk.talk.send(reply)


def hide_from_scripts():
    """Scripts may name their modules as they like; ours are reached through `desk` alone."""
    sys.path.remove(HERE)
    for name, module in list(sys.modules.items()):
        if name != "__main__" and os.path.dirname(getattr(module, "__file__", None) or "") == HERE:
            del sys.modules[name]


def main():
    fd, folder = sys.argv[sys.argv.index("--") + 1:][:2]
    os.chdir(folder)
    hide_from_scripts()
    reset.empty_file()
    serve(Desk(link.Talk(int(fd)), link.Noise(), folder))


status = 70
try:
    main()
    status = 0
except BaseException:
    sys.excepthook(*sys.exc_info())
finally:
    # Blender's own way out takes longer than the parent should wait for it.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
